#include "kontor/model/selftest.h"

#include "kontor/base/sum.h"
#include "kontor/model/scenarios.h"
#include "selftest_worlds.h"

namespace kontor {

// From the text of a programme to its effect, through everything in between.
void selftest_programme(std::vector<SelftestCase>& cases) {
  const Accounts a = selftest_tiny_world();
  const LeontiefSystem system(a);
  const Programme programme = parse_programme(R"(
[programme]
id = "self-test"
horizon = [2001, 2001]
currency = "XXX"
price_year = 2000

[[measure]]
id = "purchase"
kind = "contract"
status = "signed"
seller = { region = "L", sector = "2" }
buyer = { region = "M", use = "FD" }
money = { total = 4, basis = "basic" }
period = ["2001-01", "2001-12"]
additional = 0.5
replaces = { nothing = 1.0 }

[[measure]]
id = "supplier"
kind = "contract"
status = "signed"
seller = { region = "L", sector = "1" }
buyer = { region = "M", sector = "2" }
money = { total = 3, basis = "basic" }
period = ["2001-01", "2001-12"]
additional = 1.0
replaces = { domestic = 1.0 }
)",
                                              "self-test", ".", a);
  const Compiled compiled = compile(programme, a);
  const std::vector<NamedScenario> scenarios = scenarios_of(programme, compiled);
  std::vector<Scenario> plain;
  for (const NamedScenario& named : scenarios) plain.push_back(named.scenario);
  const std::vector<LeontiefSolution> solutions = solve_leontief(system, plain);
  const std::vector<double> shares = system.coefficients(a.primary.row(0));
  const std::string world = "programme", source = "closed world: every purchase is worth its money in value added";
  for (std::size_t k = 0; k < scenarios.size(); ++k) {
    Sum added;
    for (std::size_t i = 0; i < shares.size(); ++i) added.add(shares[i] * solutions[k].output[i]);
    const auto expect = [&](const std::string& what, double value) {
      cases.push_back({world, "value added of all regions: " + what, source, value, added.value(), 1e-12});
    };
    const NamedScenario& named = scenarios[k];
    if (named.view == View::headline) expect("both measures", 2.0);
    if (named.view == View::measure && named.measure == "purchase") expect("a purchase of 4, half of it additional", 2.0);
    if (named.view == View::measure && named.measure == "supplier") expect("a pure change of supplier", 0.0);
    if (named.view != View::measure || named.measure != "supplier") continue;
    // The same with the table that has the moved cells, solved from the start.
    Matrix z = a.intermediate.copy(), y(1, 4);
    z(2, 3) -= 3, z(0, 3) += 3;
    Accounts moved = a;
    moved.intermediate = Block(z);
    for (std::size_t i = 0; i < 4; ++i) y(0, i) = sum_of(a.final_use.row(i));
    const LeontiefSystem anew(moved);
    const Solved after = anew.solve(y);
    for (std::size_t i = 0; i < 4; ++i)
      cases.push_back({world, "change of supplier: output of " + cell_label(a, static_cast<int>(i)),
                       "the table with the moved cells, solved anew", after(0, i) - a.output(0, i), solutions[k].output[i], 1e-11});
  }
}

std::vector<SelftestCase> run_selftest() {
  std::vector<SelftestCase> cases;
  selftest_two_sectors(cases);
  selftest_two_regions(cases);
  selftest_germany(cases);
  selftest_programme(cases);
  return cases;
}

}  // namespace kontor
