// Wang, Wei and Zhu: sixteen terms of what s sells to r; Koopman, Wang and Wei: nine terms of all exports, their sums over
// partners. Vectors multiply entry by entry, by exporting sector; t runs over third economies, l and u over absorption.
//
//   DVA_FIN      v_s'L_ss Y_sr                          RDV_FIN1   h A_sr L_rr Y_rs               h = v_s'H_s
//   DVA_INT      h A_sr L_rr Y_rr                       RDV_FIN2   h A_sr sum_t L_rt Y_ts
//   DVA_INTrex1  h A_sr sum_t L_rt Y_tt                 RDV_INT    h A_sr L_rs Y_ss
//   DVA_INTrex2  h A_sr L_rr sum_t Y_rt                 DDC_FIN    h A_sr L_rs sum_{l not s} Y_sl
//   DVA_INTrex3  h A_sr sum_t L_rt sum_{u not s,t} Y_tu  DDC_INT    (v_s'L_ss - h) A_sr X_r
//   FVA_FIN1     f_r Y_sr                               FVA_INT1   f_r A_sr H_r Y_rr              f_r = v_r'L_rs
//   FVA_FIN2     f_t Y_sr                               FVA_INT2   f_t A_sr H_r Y_rr              f_t the other foreign content
//   MDC          f_r A_sr H_r E_r                       ODC        f_t A_sr H_r E_r               H_r E_r = X_r - H_r Y_rr
//
// Sums over t need no blocks: sum_t L_rt Y_tt = (L Y_home)_r - L_rr Y_rr - L_rs Y_ss, with Y_home the use of every economy of its own
// goods.
#include "decomposition.h"
#include "kontor/base/sum.h"

namespace kontor {

namespace {

/// By cell of a partner: what A_sr is multiplied with.
struct Uses {
  std::vector<double> direct, third_home, third_direct, third_third, back, back_through, own, out, here, all;
};

}  // namespace

static Uses uses_of_partners(const Exports& e) {
  const Picture& picture = e.chains->picture();
  const std::size_t n = e.chains->output().size();
  const std::vector<double> zero(n, 0.0);
  Uses u{zero, zero, zero, zero, zero, zero, zero, zero, zero, zero};
  for (const ChainEconomy* r : e.partners)
    for (std::size_t k = 0; k < r->cells.size(); ++k) {
      const std::size_t j = r->cells[k];
      const std::span<const double> looped = r->looped_use.row(k);
      for (std::size_t l = 0; l < looped.size(); ++l) (r->has[l] ? u.direct : e.exporter->has[l] ? u.back : u.third_direct)[j] += looped[l];
      u.here[j] = in_regions(r->local_use.row(k), *r);
      const double back_all = in_regions(picture.called_for().row(j), *e.exporter);
      u.all[j] = e.chains->output()[j], u.own[j] = e.own_use[j], u.out[j] = e.exported_use[j];
      u.third_home[j] = e.home_use[j] - u.direct[j] - u.own[j];
      u.back_through[j] = back_all - u.own[j] - u.back[j];
      u.third_third[j] = (u.all[j] - e.home_use[j]) - (back_all - u.own[j]) - u.out[j] - u.third_direct[j];
    }
  return u;
}

Parts wang_wei_zhu(const Exports& e) {
  const Uses u = uses_of_partners(e);
  const BorderFactors f = border_factors(e);
  const Matrix finals = final_exports(e), here = into_partners(e, u.here), all = into_partners(e, u.all);
  // In the order of the parts from the second: times h.
  const Matrix with_h[] = {into_partners(e, u.direct),      into_partners(e, u.third_home), into_partners(e, u.third_direct),
                           into_partners(e, u.third_third), into_partners(e, u.back),       into_partners(e, u.back_through),
                           into_partners(e, u.own),         into_partners(e, u.out)};
  Parts parts(16, Matrix(finals.rows, finals.columns));
  for (std::size_t i = 0; i < finals.rows; ++i)
    for (std::size_t r = 0; r < finals.columns; ++r) {
      const double h = f.domestic_first(i, r), from_partner = e.partners[r]->content[e.exporter->cells[i]];
      const double from_others = f.foreign[i] - from_partner, sent_on = all(i, r) - here(i, r);
      parts[0](i, r) = f.domestic[i] * finals(i, r);
      for (std::size_t k = 0; k < 8; ++k) parts[k + 1](i, r) = h * with_h[k](i, r);
      parts[9](i, r) = (f.domestic[i] - h) * all(i, r);
      parts[10](i, r) = from_partner * finals(i, r), parts[11](i, r) = from_others * finals(i, r);
      parts[12](i, r) = from_partner * here(i, r), parts[13](i, r) = from_others * here(i, r);
      parts[14](i, r) = from_partner * sent_on, parts[15](i, r) = from_others * sent_on;
    }
  return parts;
}

Parts koopman_wang_wei(const Exports& e) {
  // Which of the sixteen go into each of the nine: DVA_FIN, DVA_INT, DVA_INTrex, RDV_FIN, RDV_INT, DDC, FVA_FIN, FVA_INT, FDC.
  static const std::vector<std::size_t> members[] = {{0}, {1, 2}, {3, 4}, {5, 6}, {7}, {8, 9}, {10, 11}, {12, 13}, {14, 15}};
  const Parts sixteen = wang_wei_zhu(e);
  Parts nine(9, Matrix(sixteen[0].rows, sixteen[0].columns));
  for (std::size_t k = 0; k < nine.size(); ++k)
    for (const std::size_t member : members[k])
      for (std::size_t q = 0; q < nine[k].values.size(); ++q) nine[k].values[q] += sixteen[member].values[q];
  return nine;
}

}  // namespace kontor
