// What caliendo_parro_test.cpp leaves: spending and prices by product, and the article's table of export structure.
#include "nafta.h"

#include <catch2/catch.hpp>
#include <numeric>

#include "model/equilibrium_parts.h"

using namespace kontor;
using namespace kontor::test;

namespace {

Work at_solution(const Nafta& n, const Economy& economy, const Equilibrium& solution) {
  Work work = work_for(economy);
  evaluate(work, solution.state);
  REQUIRE(work.demand.columns == n.base.regions.size());  // one group a region
  return work;
}

void check_products(ImbalanceRule imbalance, const std::string& file) {
  const Nafta n = nafta(imbalance);
  REQUIRE(n.after.solved());
  const Economy baseline = baseline_economy(n.base, closure_of_the_article(imbalance));
  const std::vector<Shock> shocks = tariffs_of_2005(n.accounts);
  std::vector<const Shock*> all, not_counted;
  for (const Shock& shock : shocks) all.push_back(&shock);
  const Economy with = economy_with(baseline, all, not_counted);
  CHECK(not_counted.empty());
  const Work before = at_solution(n, baseline, n.before), after = at_solution(n, with, n.after);
  const CsvTable table = golden_nafta(file);
  REQUIRE(table.rows.size() == 1240);
  for (const CsvRow& row : table.rows) {
    const auto p = static_cast<std::size_t>(sector_index(n.accounts, text(table, row, "sector")));
    const std::size_t r = n.region(text(table, row, "region"));
    INFO(text(table, row, "region") << ' ' << text(table, row, "sector"));
    CHECK(std::exp(after.log_price(p, r) - before.log_price(p, r)) == Approx(number(table, row, "P_hat")).epsilon(1e-9));
    // Spending is solved to the region's scale: the smallest cells have fewer digits of their own.
    const double scale = 1e-13 * n.before.flows.spending[r];
    CHECK(before.demand(p, r) == Approx(number(table, row, "expenditure_base")).epsilon(1e-9).margin(scale));
    CHECK(after.demand(p, r) == Approx(number(table, row, "expenditure_cfl")).epsilon(1e-9).margin(scale));
  }
}

/// Each product's share in a region's exports, percent.
std::vector<double> export_shares(const Nafta& n, const Flows& flows, std::size_t region) {
  std::vector<double> shares(n.accounts.sectors.size(), 0.0);
  for (std::size_t q = 0; q < n.base.cell_of.size(); ++q) {
    const auto cell = static_cast<std::size_t>(n.base.cell_of[q]);
    if (n.base.cell_region[cell] != static_cast<int>(region)) continue;
    for (std::size_t r = 0; r < n.base.regions.size(); ++r)
      if (r != region) shares[static_cast<std::size_t>(n.base.cell_product[cell])] += flows.sales(q, r);
  }
  const double total = std::accumulate(shares.begin(), shares.end(), 0.0);
  for (double& share : shares) share *= 100 / total;
  return shares;
}

}  // namespace

TEST_CASE("NAFTA: spending and prices of every region and product to 1e-9, with and without imbalances") {
  NEEDS_SHARED_DATA();
  check_products(ImbalanceRule::zero, "computed_nafta_zero_deficit_region_sector.csv");
  check_products(ImbalanceRule::fixed, "computed_nafta_with_deficit_region_sector.csv");
}

TEST_CASE("NAFTA, table 6: the members' export structure before and after to the printed digits") {
  NEEDS_SHARED_DATA();
  const Nafta n = nafta(ImbalanceRule::zero);
  const CsvTable table = golden_nafta("published_table6_export_shares.csv");
  REQUIRE(table.rows.size() == 20);
  for (const char* member : {"Mexico", "Canada", "USA"}) {
    const std::vector<double> before = export_shares(n, n.before.flows, n.region(member));
    const std::vector<double> after = export_shares(n, n.after.flows, n.region(member));
    const std::string column = std::string(member) == "USA" ? "usa" : std::string(member) == "Mexico" ? "mexico" : "canada";
    for (const CsvRow& row : table.rows) {
      INFO(member << ' ' << text(table, row, "sector"));
      const auto p = static_cast<std::size_t>(sector_index(n.accounts, text(table, row, "sector")));
      CHECK(before[p] == Approx(number(table, row, (column + "_before_pct").c_str())).margin(0.005).epsilon(0));
      CHECK(after[p] == Approx(number(table, row, (column + "_after_pct").c_str())).margin(0.005).epsilon(0));
    }
  }
}
