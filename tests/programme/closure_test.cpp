// What a run of the equilibrium model is told by the programme: closure, parameters, appraisal. Wrong words and numbers
// are refused with their place, the rule and the next step.
#include <catch2/catch.hpp>

#include "kontor/accounts/store.h"
#include "programme/worlds.h"

using namespace kontor;
using namespace kontor::test;

static Programme with(const std::string& header) { return programme_of(small_world(), "", header); }

static void refuses(const std::string& header, std::initializer_list<const char*> parts) {
  const std::string errors = errors_of(small_world(), "", header);
  INFO(header + errors);
  for (const char* part : parts) CHECK_THAT(errors, Catch::Contains(part));
}

TEST_CASE("a programme that names no closure runs in the short run, and says so") {
  const Programme p = with("");
  CHECK(p.closure == "short_run");
  CHECK(p.closure_rules.labour == LabourRule::real_wage);
  CHECK(p.closure_rules.capital == CapitalRule::fixed);
  CHECK(p.closure_rules.payers.empty());
  bool told = false;
  for (const DefaultUsed& used : p.defaults) told |= used.field == "closure" && used.value == "short_run";
  CHECK(told);
}

TEST_CASE("a preset by name is that preset") {
  const Closure wanted = long_run(), read = with("closure = 'long_run'\n").closure_rules;
  CHECK(read.name == "long_run");
  CHECK(read.labour == wanted.labour);
  CHECK(read.capital == wanted.capital);
  CHECK(read.imbalance == wanted.imbalance);
  CHECK(read.budget == wanted.budget);
}

TEST_CASE("parts that a closure does not name come from the short run, or from its preset, and are listed") {
  Programme p = with("closure = { capital = 'mobile', imbalance = 'zero' }\n");
  CHECK(p.closure == "capital=mobile;imbalance=zero");
  CHECK(p.closure_rules.name == p.closure);
  CHECK(p.closure_rules.labour == LabourRule::real_wage);
  CHECK(p.closure_rules.capital == CapitalRule::mobile);
  CHECK(p.closure_rules.imbalance == ImbalanceRule::zero);
  std::string listed;
  for (const DefaultUsed& used : p.defaults) listed += used.field + '=' + used.value + " (" + used.why + ") ";
  CHECK_THAT(listed,
             Catch::Contains("closure.labour=real_wage (not given: as in short_run)") && Catch::Contains("closure.budget=lump_sum"));

  p = with("closure = { preset = 'long_run', labour_elasticity = 2.5, budget = 'lump_sum' }\n");
  CHECK(p.closure == "preset=long_run;budget=lump_sum");
  CHECK(p.closure_rules.labour == LabourRule::mobile);
  CHECK(p.closure_rules.capital == CapitalRule::world_return);
  CHECK(p.closure_rules.budget == BudgetRule::lump_sum);
  CHECK(p.closure_rules.labour_elasticity == 2.5);
}

TEST_CASE("an unknown closure is refused with the nearest word") {
  refuses("closure = 'shortrun'\n", {"unknown-word", "programme.toml:6:closure", "did you mean `short_run`?"});
  refuses("closure = { labour = 'mobil' }\n", {"closure.labour", "did you mean `mobile`?"});
  refuses("closure = { preset = 'longrun' }\n", {"closure.preset", "did you mean `long_run`?"});
  refuses("closure = { labor = 'fixed' }\n", {"unknown-key", "did you mean `closure.labour`"});
  refuses("closure = { budget = 3 }\n", {"closure.budget", "a text in quotes"});
}

TEST_CASE("payers close the budget: shares that sum to one, a bloc by the income of its regions") {
  const Programme p = programme_of(small_world(), "",
                                   "closure = { budget = 'transfer', payers = { UNION = 0.75, C = 0.25 } }\n[blocs]\nUNION = ['A', 'B']\n");
  const Accounts world = small_world();
  double a = 0.0, b = 0.0;
  for (const int cell : cells_of(world, 0)) a += value_added(world, cell);
  for (const int cell : cells_of(world, 1)) b += value_added(world, cell);
  REQUIRE(p.closure_rules.payers.size() == 3);
  CHECK(p.closure_rules.payers[0].second == Approx(0.75 * a / (a + b)));
  CHECK(p.closure_rules.payers[1].second == Approx(0.75 * b / (a + b)));
  CHECK(p.closure_rules.payers[2].second == Approx(0.25));
}

TEST_CASE("payers that do not sum to one, that are missing or that nobody asks are refused") {
  refuses("closure = { budget = 'transfer', payers = { A = 0.5, B = 0.4 } }\n", {"share-sum", "sum to 0.9", "they sum to 1"});
  refuses("closure = { budget = 'transfer', payers = { A = 1.5 } }\n", {"closure.payers", "a share from 0 to 1"});
  refuses("closure = { budget = 'transfer', payers = { D = 1 } }\n", {"unknown region `D`"});
  refuses("closure = { budget = 'transfer' }\n", {"missing-field", "without `closure.payers`", "add payers"});
  refuses("closure = { budget = 'tax', payers = { A = 1 } }\n", {"no-use", "budget is \"tax\"", "budget = \"transfer\""});
  refuses("closure = { labour = 'fixed', labour_elasticity = 2 }\n", {"no-use", "labour = \"mobile\""});
  refuses("closure = { labour = 'mobile', labour_elasticity = 0 }\n", {"out-of-range", "above 0"});
}

TEST_CASE("parameters are read by name, by sector, and as ranges") {
  const Programme p = with(
      "[parameters]\ntrade_elasticity.28 = { low = 3, mid = 4.5, high = 6 }\n\"trade_elasticity.1\" = 8\nlabour_mobility = 2\n"
      "labour_share = 0.6\nsubstitution = { inputs = 0.5, value_added = 0.8 }\nscale = 0.0\n");
  CHECK(p.parameters == std::map<std::string, double>{{"trade_elasticity.28", 4.5},
                                                      {"trade_elasticity.1", 8.0},
                                                      {"labour_mobility", 2.0},
                                                      {"labour_share", 0.6},
                                                      {"substitution.inputs", 0.5},
                                                      {"substitution.value_added", 0.8},
                                                      {"scale", 0.0}});
  CHECK(p.closure_rules.labour_elasticity == 2.0);
  CHECK(
      with("closure = { labour = 'mobile', labour_elasticity = 3 }\n[parameters]\nlabour_mobility = 2\n").closure_rules.labour_elasticity ==
      3.0);
}

TEST_CASE("an elasticity that is zero, negative or no number is refused") {
  refuses("[parameters]\ntrade_elasticity = 0\n", {"out-of-range", "programme.toml:7", "`0` in `parameters.trade_elasticity`", "above 0"});
  refuses("[parameters]\ntrade_elasticity.28 = -4\n", {"`-4` in `parameters.trade_elasticity.28`", "above 0"});
  refuses("[parameters]\ntrade_elasticity = { low = 0, mid = 4, high = 5 }\n", {"`0` in `parameters.trade_elasticity`"});
  refuses("[parameters]\nsubstitution.inputs = -1\n", {"parameters.substitution.inputs", "above 0"});
  refuses("[parameters]\ntrade_elasticity = 'four'\n", {"wrong-kind", "a number"});
  refuses("[parameters]\ntrade_elasticity = nan\n", {"wrong-kind"});
  refuses("[parameters]\ntrade_elasticity = { low = 4, mid = 5 }\n", {"low, mid, high"});
}

TEST_CASE("shares and scale have their ranges, and an unknown parameter its nearest name") {
  refuses("[parameters]\nlabour_share = 1\n", {"above 0 and below 1"});
  refuses("[parameters]\nmixed_labour_share = 0\n", {"above 0 and below 1"});
  refuses("[parameters]\nscale = 1\n", {"from 0 to below 1"});
  refuses("[parameters]\nscale = -0.1\n", {"from 0 to below 1"});
  refuses("[parameters]\ntrade_elastisity = 4\n", {"unknown-key", "did you mean `trade_elasticity`?"});
  refuses("[parameters]\ntrade_elasticity.29 = 4\n", {"unknown sector `29`", "`28`"});
  refuses("[parameters]\nsubstitution.imports = 1\n", {"did you mean `substitution.inputs`?"});
  refuses("[parameters]\nlabour_share.1 = 0.5\n", {"unknown parameter `labour_share.1`"});
  refuses("[parameters]\ntrade_elasticity.28 = 4\n\"trade_elasticity.28\" = 5\n", {"stands twice"});
}

TEST_CASE("a building keeps a straight-line value unless the appraisal says none") {
  CHECK(with("").appraisal.residual_value == ResidualValue::straight_line);
  CHECK(with("[appraisal]\nresidual_value = 'none'\nlife = 40\n").appraisal.residual_value == ResidualValue::none);
  refuses("[appraisal]\nresidual_value = 'linear'\n", {"unknown-word", "straight_line"});
  refuses("[appraisal]\ndiscount_rate = 4\n", {"a share from 0 to 1", "write 0.04"});
  refuses("[appraisal]\nlife = 0\n", {"a whole number from 1 to 100"});
}

TEST_CASE("a plant on accounts without capital is refused, and a labour share in the programme lets it in") {
  const Accounts world = read_accounts(std::string(KONTOR_SOURCE_DIR) + "/data/world-2011");
  const auto region = [&](int r) { return world.regions[static_cast<std::size_t>(r)].code; };
  const int cell = 0;
  const std::string plant = "[[measure]]\nid = 'M1'\nkind = 'joint_venture'\nnew = true\nhost = { region = '" +
                            region(world.cells[cell].region) + "', sector = '" +
                            world.sectors[static_cast<std::size_t>(world.cells[cell].sector)].code + "' }\nequity = { '" +
                            region(world.cells[cell].region) +
                            "' = 1 }\ncapex = { total = 1e6, assets = { machinery = 1 }, years = [2021] }\n"
                            "output = { capacity = 1e6, start = 2022 }\n";
  const std::string errors = errors_of(world, plant);
  INFO(errors);
  CHECK_THAT(errors, Catch::Contains("no-factor-split") && Catch::Contains("no primary row with role capital") &&
                         Catch::Contains("mixed_labour_share"));
  CHECK(errors_of(world, plant, "[parameters]\nmixed_labour_share = 0.6\n") == "");
}

// The small world as a trade model has it: value added in one row, one factor for all.
static Accounts one_factor_world(AccountsKind kind = AccountsKind::trade_model) {
  Accounts a = small_world();
  Matrix v(1, a.cells.size());
  for (std::size_t j = 0; j < a.cells.size(); ++j) v(0, j) = a.primary(0, j) + a.primary(1, j);
  a.kind = kind;
  a.primary = Block(std::move(v));
  a.primary_rows = {{"value_added", "Value added", kind == AccountsKind::table ? PrimaryRole::labour : PrimaryRole::mixed, true}};
  return a;
}

TEST_CASE("a closure that needs capital is refused on accounts without it, with what they hold and what is possible") {
  for (const AccountsKind kind : {AccountsKind::trade_model, AccountsKind::table}) {
    const Accounts world = one_factor_world(kind);
    for (const char* asked :
         {"'short_run'", "'long_run'", "{ preset = 'long_run' }", "{ labour = 'fixed', capital = 'fixed' }",
          "{ labour = 'fixed', capital = 'world_return' }", "{ labour = 'fixed', imbalance = 'portfolio' }", "{ labour = 'real_wage' }"}) {
      const std::string errors = errors_of(world, "", std::string("closure = ") + asked + "\n");
      INFO(asked << ": " << errors);
      CHECK_THAT(errors,
                 Catch::Contains("closure-without-factor") && Catch::Contains("programme.toml:6") &&
                     Catch::Contains(kind == AccountsKind::table ? "the accounts hold value_added (labour)" : "one factor for all") &&
                     Catch::Contains("possible here: closure = { labour = \"fixed\""));
    }
    CHECK(errors_of(world, "", "closure = { labour = 'fixed', capital = 'mobile', imbalance = 'zero', budget = 'lump_sum' }\n") == "");
  }
}

TEST_CASE("what a closure leaves open is chosen so that accounts without capital can carry it, and is listed") {
  const Accounts world = one_factor_world();
  for (const char* header : {"", "closure = { imbalance = 'zero' }\n"}) {
    const Programme p = programme_of(world, "", header);
    CHECK(p.closure_rules.labour == LabourRule::fixed);
    CHECK(p.closure_rules.capital == CapitalRule::mobile);
    CHECK(p.closure_rules.name == p.closure);
    CHECK(p.closure != "short_run");
    std::string listed;
    for (const DefaultUsed& used : p.defaults) listed += used.field + '=' + used.value + " (" + used.why + ") ";
    CHECK_THAT(listed, Catch::Contains("hold no capital") || Catch::Contains("presets need capital"));
  }
}

TEST_CASE("with land something is scarce beside labour, so that wages may follow prices") {
  Accounts world = one_factor_world(AccountsKind::table);
  Matrix v(2, world.cells.size());
  for (std::size_t j = 0; j < world.cells.size(); ++j) v(0, j) = 0.9 * world.primary(0, j), v(1, j) = 0.1 * world.primary(0, j);
  world.primary = Block(std::move(v));
  world.primary_rows.push_back({"land", "Land", PrimaryRole::land, true});
  CHECK(errors_of(world, "", "closure = { labour = 'real_wage', capital = 'mobile' }\n") == "");
  CHECK_THAT(errors_of(world, "", "closure = 'short_run'\n"), Catch::Contains("value_added (labour), land (land)"));
}
