// One small world for each kind of measure, redone on paper.
#include <catch2/catch.hpp>

#include <cmath>
#include <map>

#include "kontor/base/error.h"
#include "programme/worlds.h"

using namespace kontor;
using namespace kontor::test;

template <class Wanted>
static std::vector<std::pair<int, Wanted>> changes(const Compiled& compiled) {
  std::vector<std::pair<int, Wanted>> found;
  for (const Shock& shock : compiled.shocks)
    if (const auto* change = std::get_if<Wanted>(&shock.change)) found.emplace_back(shock.year, *change);
  return found;
}

static const std::string for_sector = R"(
[[measure]]
id = "M1"
kind = "contract"
seller = { region = "A", sector = "1" }
buyer = { region = "B", sector = "28" }
money = { total = 4e6, basis = "basic" }
period = [2021, 2022]
additional = 0.5
replaces = { third_country = 0.25, domestic = 0.75 }
)";

TEST_CASE("a contract with a sector moves its purchases between origins and adds no demand") {
  const Accounts world = small_world();
  const Compiled compiled = compile_text(world, for_sector);
  CHECK(net_demand(compiled) == Approx(0.0).margin(1e-12));
  CHECK(net_demand(compiled, world, "A.1", Step::stated) == Approx(4.0));
  // Half of 4 is additional: a quarter of that from C, three quarters from B.
  CHECK(moved_to(compiled, world, "A.1") == Approx(2.0));
  CHECK(moved_to(compiled, world, "B.1") == Approx(-1.5));
  CHECK(moved_to(compiled, world, "C.1") == Approx(-0.5));
}

TEST_CASE("a contract with a sector cannot replace nothing") {
  std::string text = for_sector;
  text.replace(text.find("third_country = 0.25"), 20, "nothing = 0.25");
  CHECK_THAT(errors_of(small_world(), text), Catch::Contains("requires final use"));
}

TEST_CASE("a contract at purchasers' prices gives margins to trade and lets tax leave") {
  const Accounts world = small_world();
  const Compiled compiled = compile_text(world, R"(
[[measure]]
id = "M1"
kind = "contract"
seller = { region = "A", sector = "1" }
buyer = { region = "B", use = "FD" }
money = { total = 5e6, basis = "purchaser", margins = { 28 = 0.2 }, tax = 0.1 }
period = ["2021-07", "2022-06"]
additional = 1
replaces = { nothing = 1 }
)");
  CHECK(net_demand(compiled, world, "A.1", Step::stated) == Approx(5.0));
  CHECK(net_demand(compiled, world, "A.1") == Approx(3.5));
  CHECK(net_demand(compiled, world, "B.28") == Approx(1.0));  // the buyer's region has the sector
}

TEST_CASE("nobody loses more than they sell") {
  // C sells households of B 30 of product 1.
  CHECK_THAT(errors_of(small_world(), R"(
[[measure]]
id = "M1"
kind = "contract"
new = true
seller = { region = "A", sector = "1" }
buyer = { region = "B", use = "FD" }
money = { total = 40e6 }
period = [2021, 2021]
replaces = { third_country = 1 }
)"),
             Catch::Contains("`third_country` would lose 40 million EUR") && Catch::Contains("30 million EUR"));
}

TEST_CASE("another payer gives the buyer what the contract adds to its spending, at basic prices") {
  const Accounts world = small_world();
  const std::string contract = R"(
[[measure]]
id = "M1"
kind = "contract"
seller = { region = "A", sector = "1" }
buyer = { region = "B", use = "FD" }
money = { total = 5e6, basis = "purchaser", margins = { 28 = 0.2 }, tax = 0.1 }
period = [2021, 2021]
additional = 0.5
replaces = { nothing = 0.4, third_country = 0.6 }
)";
  CHECK(changes<Transfer>(compile_text(world, contract)).empty());
  CHECK(changes<Transfer>(compile_text(world, contract + "payer = { B = 1 }\n")).empty());
  const Compiled compiled = compile_text(world, contract + "payer = { A = 0.25, C = 0.75 }\n");
  double paid = 0.0;
  for (const auto& [year, transfer] : changes<Transfer>(compiled)) {
    CHECK(transfer.to == 1);
    paid += transfer.amount;
  }
  CHECK(paid == Approx(5 * 0.9 * 0.5 * 0.4));
  CHECK(paid == Approx(net_demand(compiled)));  // what all its steps add up to
  CHECK_THAT(notes_of(compile_text(world, for_sector + "payer = { C = 1 }\n")), Catch::Contains("nothing-to-pay"));
  CHECK(changes<Transfer>(compile_text(world, for_sector + "payer = { C = 1 }\n")).empty());
  CHECK_THAT(errors_of(world, contract + "payer = { A = 0.25 }\n"), Catch::Contains("the shares in `payer` sum to 0.25"));
}

static const std::string substitution = R"(
[[measure]]
id = "M2"
kind = "import_substitution"
product = { sector = "1", value = 20e6, imported = 0.8 }
users = ["B"]
from = ["C"]
target = { share = 0.6, by = 2022 }
produced_in = { B = 1 }
instrument = "tariff"
)";

TEST_CASE("a substitution moves the share that is missing, in equal steps") {
  const Accounts world = small_world();
  const Compiled compiled = compile_text(world, substitution);
  const auto targets = changes<Target>(compiled);
  REQUIRE(targets.size() == 10);
  // From 0.2 to 0.6 of 20 in two steps: 4 in 2021, 8 from 2022 on.
  for (const auto& [year, target] : targets) {
    double moved = 0.0;
    for (const Sourcing& move : target.moves) {
      CHECK(supplier_label(world, move.from) == "C.1");
      CHECK(supplier_label(world, move.to) == "B.1");
      CHECK(move.amount <= purchase(world, move.from, move.buyer));
      moved += move.amount;
    }
    CHECK(moved == Approx(year == 2021 ? 4.0 : 8.0));
    CHECK(target.share == Approx(year == 2021 ? 0.4 : 0.6));
    CHECK(target.instrument == Instrument::tariff);
    CHECK(target.users == std::vector<int>{1});
    REQUIRE(target.origins.size() == 1);
    CHECK(supplier_label(world, target.origins[0]) == "C.1");
    REQUIRE(target.producers.size() == 1);
    CHECK(supplier_label(world, target.producers[0]) == "B.1");
  }
  CHECK(net_demand(compiled) == Approx(0.0).margin(1e-12));
  CHECK(net_demand(compiled, world, "B.1", Step::stated) == Approx(4.0 + 9 * 8.0));
}

TEST_CASE("a substitution without value acts on the whole cell and says so") {
  std::string text = substitution;
  text.replace(text.find(", value = 20e6, imported = 0.8"), 30, "");
  const Compiled compiled = compile_text(small_world(), text);
  CHECK_THAT(notes_of(compiled), Catch::Contains("whole-cell"));
  // Users in B buy 156 of product 1: from A 5 + 1 + 10, B 10 + 20 + 2 + 40 and C 1 + 15 + 30; B makes 72 of 134.
  CHECK(changes<Target>(compiled).front().second.use == Approx(134.0));
}

TEST_CASE("each instrument of a substitution is kept apart") {
  for (const auto& [word, instrument] : {std::pair("tariff", Instrument::tariff), std::pair("subsidy", Instrument::subsidy),
                                         std::pair("procurement", Instrument::procurement)}) {
    std::string text = substitution;
    text.replace(text.find("\"tariff\""), 8, '"' + std::string(word) + '"');
    CHECK(changes<Target>(compile_text(small_world(), text)).front().second.instrument == instrument);
  }
}

TEST_CASE("a target above one or already met is refused") {
  std::string text = substitution;
  text.replace(text.find("share = 0.6"), 11, "share = 1.2");
  CHECK_THAT(errors_of(small_world(), text), Catch::Contains("`1.2` in `target.share`") && Catch::Contains("a share from 0 to 1"));
  text.replace(text.find("share = 1.2"), 11, "share = 0.2");
  CHECK_THAT(errors_of(small_world(), text), Catch::Contains("already-reached") && Catch::Contains("where the share is 0.2 today"));
}

TEST_CASE("a target beyond what the origins sell is unreachable, with figures") {
  std::string text = substitution;
  text.replace(text.find("value = 20e6, imported = 0.8"), 28, "value = 100e6, imported = 0.9");
  CHECK_THAT(errors_of(small_world(), text), Catch::Contains("unreachable: 50 million EUR") && Catch::Contains("46 million EUR"));
}

static const std::string plant = R"(
[[measure]]
id = "M3"
kind = "joint_venture"
host = { region = "B", sector = "28" }
equity = { A = 0.4, B = 0.6 }
capex = { total = 9e6, assets = { construction = 0.5, machinery = 0.5 }, years = [2021, 2022, 2023], imported = 0.3 }
output = { capacity = 10e6, start = 2024, ramp = [0.5, 1.0] }
finance = { loan = 0.5, lender = "C", equity = 0.5 }
)";

TEST_CASE("a plant is built, paid for, and then adds capital, owners and a limit") {
  const Accounts world = small_world();
  const Compiled compiled = compile_text(world, plant);
  // Investment of B buys no construction abroad, machines from A 2 and C 2: the imported 2.7 are machines.
  CHECK(net_demand(compiled, world, "B.F") == Approx(4.5));
  CHECK(net_demand(compiled, world, "B.28") == Approx(1.8));
  CHECK(net_demand(compiled, world, "A.28") == Approx(0.9));
  CHECK(net_demand(compiled, world, "C.28") == Approx(1.8));
  double paid_by_a = 0.0, paid_by_c = 0.0, back_from_a = 0.0, back_from_b = 0.0;
  for (const auto& [year, transfer] : changes<Transfer>(compiled)) {
    double& sum = transfer.to == 2 ? (transfer.from == 0 ? back_from_a : back_from_b) : transfer.from == 0 ? paid_by_a : paid_by_c;
    sum += transfer.amount;
  }
  CHECK(paid_by_a == Approx(9 * 0.5 * 0.4));
  CHECK(paid_by_c == Approx(9 * 0.5));
  // The loan of 4.5 is paid back from 2024 on: 25 equal years at 4 %, of which the horizon shows seven.
  const double a_year = 4.5 * 0.04 / (1 - std::pow(1.04, -25));
  CHECK(back_from_a == Approx(7 * 0.4 * a_year));
  CHECK(back_from_b == Approx(7 * 0.6 * a_year));
  const int cell = cell_index(world, 1, 1);
  const double base = world.output(0, static_cast<std::size_t>(cell));
  const auto factors = changes<FactorSupply>(compiled);
  REQUIRE(factors.size() == 7);
  CHECK(factors[0].first == 2024);
  CHECK(factors[0].second.ratio == Approx(1 + 5 / base));
  CHECK(factors[6].second.ratio == Approx(1 + 10 / base));
  CHECK(changes<Capacity>(compiled).back().second.limit == Approx(base + 10));
  CHECK(changes<Ownership>(compiled).front().second.share == Approx(0.4));
  for (const Shock& shock : compiled.shocks) {
    const bool builds = std::holds_alternative<std::vector<FinalDemand>>(shock.change);
    CHECK(shock.building == builds);
    const auto* transfer = std::get_if<Transfer>(&shock.change);
    CHECK(shock.temporary == (builds || (transfer && transfer->to == 1)));
    CHECK((shock.temporary ? shock.year <= 2023 : shock.year >= 2024));
  }
}

TEST_CASE("profit that partners leave in the host region is the host's") {
  const Accounts world = small_world();
  const Compiled compiled = compile_text(world, plant + "profit = { rate = 0.1, repatriated = 0.25 }\n");
  double all = 0.0;
  for (const auto& [year, owner] : changes<Ownership>(compiled)) {
    CHECK(owner.share == Approx(owner.owner == 0 ? 0.1 : 0.9));
    all += owner.share;
  }
  CHECK(all == Approx(7.0));  // the whole rent, each year from 2024 to 2030
}

TEST_CASE("measures that need capital are refused where income is mixed") {
  Accounts world = small_world();
  world.primary_rows[1].role = PrimaryRole::mixed;
  CHECK_THAT(errors_of(world, plant), Catch::Contains("labour and capital apart"));
}

TEST_CASE("an asset that the accounts cannot place asks for sectors") {
  Accounts world = small_world();
  world.sectors[2].code = "building";
  CHECK_THAT(errors_of(world, plant), Catch::Contains("unmapped-asset") && Catch::Contains("capex.sectors"));
}

TEST_CASE("a modernisation spends first and is more productive after its lag") {
  const Accounts world = small_world();
  const Compiled compiled = compile_text(world, R"(
[[measure]]
id = "M4"
kind = "modernisation"
where = { region = "B", sector = "28", share = 0.4 }
capex = { total = 6e6, years = [2021, 2022], imported = 0 }
effect = { output_per_worker = { low = 0.05, mid = 0.12, high = 0.20 }, input_savings = { 1 = 0.1 }, lag = 2 }
evidence = "a study"
)");
  CHECK(net_demand(compiled, world, "B.28") == Approx(6.0));
  const auto gains = changes<Productivity>(compiled);
  REQUIRE(gains.size() == 7);  // 2024 to 2030
  CHECK(gains[0].first == 2024);
  CHECK(gains[0].second.ratio == Approx(1.048));
  CHECK(gains[0].second.kind == ProductivityKind::output_per_worker);
  for (const auto& [year, ratio] : changes<InputRatio>(compiled)) CHECK(ratio.ratio == Approx(0.96));
}

TEST_CASE("a corridor is built by its ends and opens both ways") {
  const Accounts world = small_world();
  const Compiled compiled = compile_text(world, R"(
[[measure]]
id = "M5"
kind = "corridor"
trade_cost = [ { from = "A", to = "B", change = -0.03, both_ways = true, sectors = ["1"] } ]
opens = 2029
cost = { total = 15e6, years = [2026, 2027], paid_by = { A = 1 } }
)");
  // Construction makes 73 in A and 73 in B: each builds a half.
  CHECK(net_demand(compiled, world, "A.F") == Approx(7.5));
  CHECK(net_demand(compiled, world, "B.F") == Approx(7.5));
  const auto costs = changes<TradeCost>(compiled);
  REQUIRE(costs.size() == 4);  // two years, two ways
  for (const auto& [year, cost] : costs) CHECK(cost.ratio == Approx(0.97));
  double paid = 0.0;
  for (const auto& [year, transfer] : changes<Transfer>(compiled)) paid += transfer.amount;
  CHECK(paid == Approx(7.5));
}

TEST_CASE("a corridor is kept in repair from its opening on, with the products and the payers of its building") {
  const Accounts world = small_world();
  const Compiled compiled = compile_text(world, R"(
[[measure]]
id = "M5"
kind = "corridor"
trade_cost = [ { from = "A", to = "B", change = -0.03 } ]
opens = 2028
cost = { total = 15e6, years = [2026, 2027], paid_by = { A = 0.5, C = 0.5 }, maintenance = 1e6 }
)");
  std::map<int, double> bought, paid;
  for (const Shock& shock : compiled.shocks) {
    if (const auto* items = std::get_if<std::vector<FinalDemand>>(&shock.change)) {
      CHECK(shock.building);
      CHECK(shock.temporary == (shock.year < 2028));
      for (const FinalDemand& item : *items) bought[shock.year] += item.amount;
    }
    if (const auto* transfer = std::get_if<Transfer>(&shock.change)) paid[shock.year] += transfer->amount;
  }
  // A and B build a half each. A pays a half, of which a half to B; C pays a half: three quarters change hands.
  CHECK(bought.size() == 5);
  for (const int year : {2026, 2027}) CHECK(bought[year] == Approx(7.5));
  for (const int year : {2028, 2029, 2030}) CHECK(bought[year] == Approx(1.0));
  for (const int year : {2028, 2029, 2030}) CHECK(paid[year] == Approx(0.75));
  CHECK_THAT(errors_of(world, R"(
[[measure]]
id = "M5"
kind = "corridor"
trade_cost = [ { from = "A", to = "B", change = -0.03 } ]
opens = 2028
cost = { maintenance = 1e6 }
)"),
             Catch::Contains("`cost.maintenance` without `cost.total`"));
}

static const std::string union_of_two = R"(
[[measure]]
id = "M6"
kind = "integration"
members = ["A", "B"]
tariff = { sectors = ["1"], to = 0.0, phase = 5 }
ntm = { ave_cut = 0.25, resource_share = 0.7, sectors = ["28"], ave = 0.2 }
)";

TEST_CASE("a tariff is phased in and only the costly part of a measure at the border saves resources") {
  Accounts world = small_world();
  world.border_costs = {{0, 0, 1, 0.1, NAN}, {0, 1, 0, 0.05, NAN}};
  const Compiled compiled = compile_text(world, union_of_two);
  const auto rates = changes<TariffRate>(compiled);
  REQUIRE(rates.size() == 20);
  CHECK(rates[0].second.rate == Approx(0.08));
  CHECK(rates[19].second.rate == Approx(0.0).margin(1e-15));
  for (const auto& [year, cost] : changes<TradeCost>(compiled)) CHECK(cost.ratio == Approx((1 + 0.2 * (1 - 0.25 * 0.7)) / 1.2));
  // Cost and rent together change the user's price as the whole cut does.
  const auto rents = changes<Rent>(compiled);
  REQUIRE(rents.size() == changes<TradeCost>(compiled).size());
  for (const auto& [year, rent] : rents) CHECK(rent.ratio * (1 + 0.2 * (1 - 0.25 * 0.7)) / 1.2 == Approx((1 + 0.2 * (1 - 0.25)) / 1.2));
}

TEST_CASE("a cut needs the rate before it") {
  CHECK_THAT(errors_of(small_world(), union_of_two), Catch::Contains("no-base-tariff") && Catch::Contains("never assumed"));
  std::string text = union_of_two;
  text.replace(text.find(", ave = 0.2"), 11, "");
  CHECK_THAT(errors_of(small_world(), text), Catch::Contains("no-base-ave"));
}
