// The equations at a state, in the order in which they need each other.
#include <cmath>

#include "equilibrium_steps.h"

namespace kontor {

static void read_state(Work& w, const std::vector<double>& z) {
  const Calibration& base = *w.economy->base;
  const Layout& at = w.layout;
  for (std::size_t j = 0; j < at.cells; ++j) {
    w.log_cost[j] = z[at.log_cost() + j];
    w.output[j] = z[at.output() + j] * w.scale[static_cast<std::size_t>(base.cell_region[j])];
  }
  for (std::size_t r = 0; r < at.regions; ++r) w.log_wage[r] = z[at.wage() + r], w.spending[r] = z[at.spending() + r] * base.spending[r];
  for (std::size_t k = 0; k < at.capitals; ++k) w.log_capital_pool[k] = z[at.capital() + k];
  for (std::size_t k = 0; k < at.targets; ++k) w.log_wedge[k] = z[at.wedge() + k];
  for (std::size_t k = 0; k < at.limits; ++k) w.log_rent[static_cast<std::size_t>(w.economy->limits[k].cell)] = z[at.rent() + k];
}

void evaluate(Work& w, const std::vector<double>& z) {
  const Calibration& base = *w.economy->base;
  read_state(w, z);
  markets_of(w);
  other_sales_of_rows(w);
  for (std::size_t j = 0; j < w.layout.cells; ++j) {
    double sales = w.sales[static_cast<std::size_t>(base.row_of_cell[j])];
    if (w.log_rent[j] != 0.0) sales *= std::exp(-w.log_rent[j]);  // at unit cost: the rent is no cost
    w.residual[w.layout.output() + j] = (sales - w.output[j]) / w.scale[static_cast<std::size_t>(base.cell_region[j])];
  }
  rents_of_rules(w);
  equations_of_regions(w);
  equations_of_capital(w);
  equations_of_targets(w);
  equations_of_limits(w);
}

}  // namespace kontor
