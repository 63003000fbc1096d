// Borin and Mancini: exports by where they are absorbed, times value added per unit, with what crosses the border again apart.
//
//   absorption of E_sr, X = L Y of all final use, X^s of that of s:
//     1  Y_sr                                    final goods
//     2  A_sr H_r Y_rr                           intermediates, absorbed by the importer
//     3  A_sr H_r sum_{l not r,s} Y_rl           re-exported by the importer as final goods, to others
//     4  A_sr (X_r - X_r^s) - 2 - 3              re-exported as intermediates, absorbed abroad
//     5  A_sr H_r Y_rs                           re-exported as final goods to s
//     6  A_sr X_r^s - 5                          re-exported as intermediates, absorbed in s
//
//   source: value added counts where it first leaves: v_s' L*, all absorption; what is left of E_sr is double counted
//   sink:   value added counts where it last leaves: v_s' L, absorption without what crosses the border again
//
// Letters, borders and the extracted inverse L*: export_borders.cpp. Source: Borin and Mancini (2023).
#include "decomposition.h"

namespace kontor {

namespace {

struct Absorption {
  Matrix d[6];  // 1 to 6 of the head comment: cells x partners
};

}  // namespace

static Absorption absorption_of(const Exports& e) {
  const Picture& picture = e.chains->picture();
  const std::size_t n = e.chains->output().size();
  std::vector<double> here(n, 0.0), third(n, 0.0), back(n, 0.0), all(n, 0.0), all_back(n, 0.0);
  for (const ChainEconomy* r : e.partners)
    for (std::size_t k = 0; k < r->cells.size(); ++k) {
      const std::size_t j = r->cells[k];
      const std::span<const double> use = r->local_use.row(k);
      for (std::size_t l = 0; l < use.size(); ++l) (r->has[l] ? here : e.exporter->has[l] ? back : third)[j] += use[l];
      all[j] = e.chains->output()[j];
      all_back[j] = in_regions(picture.called_for().row(j), *e.exporter);
    }
  const Matrix whole = into_partners(e, all), home = into_partners(e, all_back);
  Absorption absorbed{{final_exports(e), into_partners(e, here), into_partners(e, third), whole, into_partners(e, back), home}};
  for (std::size_t k = 0; k < whole.values.size(); ++k) {
    absorbed.d[3].values[k] -= home.values[k] + absorbed.d[1].values[k] + absorbed.d[2].values[k];
    absorbed.d[5].values[k] -= absorbed.d[4].values[k];
  }
  return absorbed;
}

// VAX1-4, REF1-2, DDC, FVA1-4, FDC; the goods that go back to s are among those that the importer sends on (FVA3, FVA4).
static Parts empty_parts(const Exports& e) { return Parts(12, Matrix(e.exporter->cells.size(), e.partners.size())); }

static void fill(Parts& parts, std::size_t i, std::size_t r, const double (&d)[6], double domestic, double foreign) {
  for (std::size_t k = 0; k < 6; ++k) parts[k](i, r) = domestic * d[k];
  parts[7](i, r) = foreign * d[0], parts[8](i, r) = foreign * d[1];
  parts[9](i, r) = foreign * (d[2] + d[4]), parts[10](i, r) = foreign * (d[3] + d[5]);
}

Parts borin_mancini_source(const Exports& e) {
  const Absorption absorbed = absorption_of(e);
  const BorderFactors factors = border_factors(e);
  const Matrix explained = explained_exports(e);
  Parts parts = empty_parts(e);
  for (std::size_t i = 0; i < explained.rows; ++i)
    for (std::size_t r = 0; r < explained.columns; ++r) {
      double d[6];
      for (std::size_t k = 0; k < 6; ++k) d[k] = absorbed.d[k](i, r);
      fill(parts, i, r, d, factors.domestic_first(i, r), factors.foreign_first(i, r));
      parts[6](i, r) = (factors.domestic[i] - factors.domestic_first(i, r)) * explained(i, r);
      parts[11](i, r) = (factors.foreign[i] - factors.foreign_first(i, r)) * explained(i, r);
    }
  return parts;
}

Parts borin_mancini_sink(const Exports& e) {
  const Absorption absorbed = absorption_of(e);
  const BorderFactors factors = border_factors(e);
  const CrossedAgain again = crossed_again(e);
  Parts parts = empty_parts(e);
  for (std::size_t i = 0; i < again.all.rows; ++i)
    for (std::size_t r = 0; r < again.all.columns; ++r) {
      double d[6];
      for (std::size_t k = 0; k < 6; ++k) d[k] = absorbed.d[k](i, r);
      d[3] -= again.all(i, r) - again.for_exporter(i, r), d[5] -= again.for_exporter(i, r);
      fill(parts, i, r, d, factors.domestic[i], factors.foreign[i]);
      parts[6](i, r) = factors.domestic[i] * again.all(i, r);
      parts[11](i, r) = factors.foreign[i] * again.all(i, r);
    }
  return parts;
}

// The same border without a look at absorption: DVA, DDC, FVA, FDC.
Parts miroudot_ye(const Exports& e) {
  const BorderFactors factors = border_factors(e);
  Parts parts(4, explained_exports(e));
  for (std::size_t i = 0; i < parts[0].rows; ++i)
    for (std::size_t r = 0; r < parts[0].columns; ++r) {
      parts[0](i, r) *= factors.domestic_first(i, r);
      parts[1](i, r) *= factors.domestic[i] - factors.domestic_first(i, r);
      parts[2](i, r) *= factors.foreign_first(i, r);
      parts[3](i, r) *= factors.foreign[i] - factors.foreign_first(i, r);
    }
  return parts;
}

}  // namespace kontor
