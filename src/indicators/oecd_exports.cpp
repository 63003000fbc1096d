// OECD, Trade in Value Added: domestic content of exports by how far up the own supply chain it comes from.
//
//   EXGR_DDC(i) = v(i) H_s(i,i) E(i)                   the exporting cell's own value added
//   EXGR_IDC(i) = sum_{k not i} v(k) H_s(k,i) E(i)     its domestic suppliers'
//   EXGR_RIM(i) = (v_s'L_ss - v_s'H_s)(i) E(i)         that comes back inside imports
//   EXGR_FVA(i) = foreign content
//
// Source: OECD, Guide to OECD's Trade in Value Added indicators (2021 edition).
#include "decomposition.h"
#include "model/small_system.h"

namespace kontor {

Parts oecd(const Exports& e) {
  const std::vector<std::size_t>& own = e.exporter->cells;
  const std::vector<double>& v = e.chains->picture().value_added();
  const BorderFactors f = border_factors(e);
  Matrix local(own.size(), own.size());  // H_s', one row a column of H_s
  for (std::size_t i = 0; i < own.size(); ++i) local(i, i) = 1.0;
  if (!solve_small(e.chains->local_system(*e.exporter), local)) no_inverse(e.chains->picture().accounts(), *e.exporter);
  Parts parts(4, explained_exports(e));
  for (std::size_t i = 0; i < own.size(); ++i) {
    double suppliers = 0.0;
    for (std::size_t k = 0; k < own.size(); ++k)
      if (k != i) suppliers += v[own[k]] * local(i, k);
    for (std::size_t r = 0; r < e.partners.size(); ++r) {
      parts[0](i, r) *= v[own[i]] * local(i, i);
      parts[1](i, r) *= suppliers;
      parts[2](i, r) *= f.domestic[i] - f.domestic_first(i, r);
      parts[3](i, r) *= f.foreign[i];
    }
  }
  return parts;
}

}  // namespace kontor
