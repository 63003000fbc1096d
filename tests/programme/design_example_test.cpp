#include <catch2/catch.hpp>

#include <set>

#include "kontor/accounts/store.h"
#include "kontor/base/error.h"
#include "kontor/base/files.h"
#include "programme/invented_accounts.h"
#include "programme/worlds.h"
#include "support.h"

using namespace kontor;
using namespace kontor::test;

static Programme example(const Accounts& accounts) {
  return read_programme(std::string(KONTOR_SOURCE_DIR) + "/examples/invented-xa-xb/programme.toml", accounts);
}

TEST_CASE("the invented accounts balance") {
  const Accounts a = invented_accounts();
  for (std::size_t j = 0; j < a.cells.size(); ++j) {
    double cost = a.primary(0, j) + a.primary(1, j);
    for (std::size_t i = 0; i < a.cells.size(); ++i) cost += a.intermediate(i, j);
    CHECK(cost == Approx(a.output(0, j)).epsilon(1e-12));
    CHECK(a.primary(0, j) > 0.0);
  }
}

TEST_CASE("the accounts that ship with the example are these, byte for byte") {
  const test::TemporaryFolder folder;
  write_accounts(invented_accounts(), folder / "mrio-2022");
  CHECK(accounts_fingerprint(folder / "mrio-2022") ==
        accounts_fingerprint(std::filesystem::path(KONTOR_SOURCE_DIR) / "examples/invented-xa-xb/accounts/mrio-2022"));
}

TEST_CASE("the example programme is read whole") {
  const Accounts accounts = invented_accounts();
  const Programme p = example(accounts);
  CHECK(p.id == "forum-2026");
  CHECK(p.first_year == 2026);
  CHECK(p.last_year == 2035);
  CHECK(p.deflator == 1.0);
  CHECK(p.uncertainty.draws == 2000);
  CHECK(p.uncertainty.vary.size() == 3);
  REQUIRE(p.measures.size() == 6);
  REQUIRE(p.agreements.size() == 1);
  CHECK(p.agreements[0].measures == std::vector<std::string>{"M1", "M5"});
  CHECK(p.measures[0].at("additional").number.low == 0.1);
  CHECK(p.measures[0].at("additional").number.mid == 0.3);
  CHECK(is_committed(p.measures[0]));
  CHECK_FALSE(is_committed(p.measures[1]));
}

TEST_CASE("every measure of the example compiles to its own changes") {
  const Accounts accounts = invented_accounts();
  Compiled compiled;
  try {
    compiled = compile(example(accounts), accounts);
  } catch (const Error& error) {
    for (const Finding& f : error.findings()) UNSCOPED_INFO(to_line(f));
    FAIL("the example has errors");
  }
  std::set<std::string> seen;
  for (const Shock& shock : compiled.shocks) {
    seen.insert(shock.measure + " " + change_name(shock.change));
    CHECK(shock.year >= 2026);
    CHECK(shock.year <= 2035);
  }
  for (const char* wanted :
       {"M1 final_demand", "M2 target", "M3 final_demand", "M3 factor", "M3 ownership", "M3 capacity", "M3 transfer", "M4 final_demand",
        "M4 productivity", "M5 final_demand", "M5 trade_cost", "M5 transfer", "M6 tariff", "M6 trade_cost"})
    CHECK(seen.count(wanted) == 1);
}

TEST_CASE("the contract of the example: 30 per cent additional, a fifth of it new") {
  const Accounts accounts = invented_accounts();
  const Compiled compiled = compile(example(accounts), accounts);
  double stated = 0.0, net = 0.0, in_2027 = 0.0;
  for (const Shock& shock : compiled.shocks) {
    const auto* items = std::get_if<std::vector<FinalDemand>>(&shock.change);
    if (shock.measure != "M1" || !items) continue;
    for (const FinalDemand& item : *items) {
      net += item.amount;
      if (shock.step == Step::stated) stated += item.amount;
      if (shock.step == Step::stated && shock.year == 2027) in_2027 += item.amount;
    }
  }
  CHECK(stated == Approx(84.0));
  CHECK(in_2027 == Approx(33.6));
  CHECK(net == Approx(84.0 * 0.3 * 0.2));
}

TEST_CASE("the substitution of the example moves (0.35 - 0.1) of 310 million from 2031 on") {
  const Accounts accounts = invented_accounts();
  const Compiled compiled = compile(example(accounts), accounts);
  for (const Shock& shock : compiled.shocks)
    if (const auto* target = std::get_if<Target>(&shock.change); target && shock.year >= 2031) {
      double moved = 0.0;
      for (const Sourcing& move : target->moves) moved += move.amount;
      CHECK(moved == Approx(77.5));
      CHECK(target->share == Approx(0.35));
      CHECK(target->unit_cost_ratio == 1.2);
    }
}

TEST_CASE("the building phase of the plant is 220 million, three fifths of it from abroad") {
  const Accounts accounts = invented_accounts();
  const Compiled compiled = compile(example(accounts), accounts);
  double total = 0.0, abroad = 0.0;
  for (const Shock& shock : compiled.shocks) {
    const auto* items = std::get_if<std::vector<FinalDemand>>(&shock.change);
    if (shock.measure != "M3" || !items) continue;
    CHECK(shock.temporary);
    for (const FinalDemand& item : *items) {
      total += item.amount;
      if (accounts.regions[nation_of(accounts, supplier_region(accounts, item.supplier))].code != "XA") abroad += item.amount;
    }
  }
  CHECK(total == Approx(220.0));
  CHECK(abroad == Approx(132.0));
}
