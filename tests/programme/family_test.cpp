// What holds for every kind of measure, tested over the list of kinds.
#include <catch2/catch.hpp>

#include <map>
#include <set>

#include "kontor/base/csv.h"
#include "kontor/base/error.h"
#include "kontor/base/files.h"
#include "kontor/base/text.h"
#include "programme/invented_accounts.h"
#include "programme/kinds.h"
#include "programme/worlds.h"
#include "support.h"

using namespace kontor;
using namespace kontor::test;

TEST_CASE("every kind has a name, a summary, fields with a meaning, and no field twice") {
  std::set<std::string> names;
  CHECK(measure_kinds().size() == 6);
  for (const MeasureKind* kind : measure_kinds()) {
    CHECK(names.insert(kind->name).second);
    CHECK(find_measure_kind(kind->name) == kind);
    CHECK(std::string(kind->summary).size() > 20);
    std::set<std::string> fields;
    for (const Field& field : common_fields()) fields.insert(field.name);
    for (const Field& field : kind->fields) {
      INFO(kind->name << ' ' << field.name);
      CHECK(fields.insert(field.name).second);
      CHECK(std::string(field.meaning).size() > 5);
      const bool needs_words = field.type == FieldType::choice || field.type == FieldType::named_shares;
      CHECK(std::string(field.choices).empty() != needs_words);
    }
  }
  CHECK(find_measure_kind("gift") == nullptr);
}

TEST_CASE("every asset of the shipped table has a source, shares that sum to one, and a place in the fields") {
  const CsvTable table = read_csv(std::string(KONTOR_SOURCE_DIR) + "/data/parameters/assets.csv");
  std::map<std::string, double> shares;
  std::vector<std::string> names;
  for (const CsvRow& row : table.rows) {
    double share = 0.0;
    REQUIRE(read_number(row.fields[2], share) == NumberProblem::none);
    if (shares.count(row.fields[0]) == 0) names.push_back(row.fields[0]);
    shares[row.fields[0]] += share;
    CHECK(row.fields[3].size() > 20);
  }
  for (const auto& [asset, sum] : shares) CHECK(sum == Approx(1.0));
  for (const MeasureKind* kind : measure_kinds())
    for (const Field& field : kind->fields)
      if (std::string(field.name).ends_with(".assets")) CHECK(field.choices == joined(names, "|"));
}

static Compiled example() {
  const Accounts accounts = invented_accounts();
  return compile(read_programme(std::string(KONTOR_SOURCE_DIR) + "/examples/invented-xa-xb/programme.toml", accounts), accounts);
}

TEST_CASE("a change of origin takes from each buyer what it gives, and never more than is there") {
  const Accounts accounts = invented_accounts();
  for (const Shock& shock : example().shocks) {
    const auto* moves = std::get_if<std::vector<Sourcing>>(&shock.change);
    if (const auto* target = std::get_if<Target>(&shock.change)) moves = &target->moves;
    if (!moves) continue;
    std::map<std::pair<int, int>, double> taken;
    for (const Sourcing& move : *moves) {
      CHECK(supplier_sector(accounts, move.from) == supplier_sector(accounts, move.to));
      CHECK(move.amount >= 0.0);
      taken[{move.from, move.buyer}] += move.amount;
    }
    for (const auto& [pair, amount] : taken) CHECK(amount <= purchase(accounts, pair.first, pair.second) * (1 + 1e-9));
  }
}

TEST_CASE("gross views carried by a household column are taken back whole") {
  // M2 is a change of origin only: whatever it adds to a column in one step leaves in another.
  std::map<std::tuple<int, int, int>, double> net;
  for (const Shock& shock : example().shocks)
    if (const auto* items = std::get_if<std::vector<FinalDemand>>(&shock.change); items && shock.measure == "M2")
      for (const FinalDemand& item : *items) net[{shock.year, item.supplier, item.final_use}] += item.amount;
  CHECK_FALSE(net.empty());
  for (const auto& [place, amount] : net) CHECK(amount == Approx(0.0).margin(1e-9));
}

TEST_CASE("no final use falls below zero") {
  const Accounts accounts = invented_accounts();
  std::map<std::tuple<int, int, int>, double> change;
  for (const Shock& shock : example().shocks)
    if (const auto* items = std::get_if<std::vector<FinalDemand>>(&shock.change))
      for (const FinalDemand& item : *items) change[{shock.year, item.supplier, item.final_use}] += item.amount;
  for (const auto& [place, amount] : change) {
    const auto& [year, supplier, column] = place;
    CHECK(purchase(accounts, supplier, buyer_of_final_use(accounts, column)) + amount >= 0.0);
  }
}

TEST_CASE("every default that was used says why") {
  const Compiled compiled = example();
  CHECK(compiled.defaults.size() > 5);
  for (const DefaultUsed& used : compiled.defaults) {
    CHECK_FALSE(used.field.empty());
    CHECK_FALSE(used.value.empty());
    CHECK_FALSE(used.why.empty());
  }
}

TEST_CASE("where additionality is missing the report is told that it is unproven") {
  const Compiled compiled = compile_text(small_world(), R"(
[[measure]]
id = "M1"
kind = "contract"
seller = { region = "A", sector = "1" }
buyer = { region = "B", use = "FD" }
money = { total = 1e6 }
period = [2021, 2021]
replaces = { nothing = 1 }
)");
  bool told = false;
  for (const DefaultUsed& used : compiled.defaults)
    told |= used.measure == "M1" && used.field == "additional" && used.why == "additionality unproven";
  CHECK(told);
}

static std::string as_text(const Shock& shock, const Accounts& accounts) {
  std::string text = shock.measure + ' ' + std::to_string(shock.year) + ' ' + step_name(shock.step) + ' ' + change_name(shock.change);
  if (const auto* items = std::get_if<std::vector<FinalDemand>>(&shock.change))
    for (const FinalDemand& i : *items)
      text += ' ' + supplier_label(accounts, i.supplier) + '>' + buyer_label(accounts, buyer_of_final_use(accounts, i.final_use)) + '=' +
              number_text(i.amount);
  if (const auto* target = std::get_if<Target>(&shock.change))
    for (const Sourcing& m : target->moves)
      text += ' ' + std::to_string(m.buyer) + ':' + std::to_string(m.from) + ':' + std::to_string(m.to) + '=' + number_text(m.amount);
  if (const auto* cost = std::get_if<TradeCost>(&shock.change)) text += ' ' + std::to_string(cost->origin) + ' ' + number_text(cost->ratio);
  if (const auto* owner = std::get_if<Ownership>(&shock.change)) text += ' ' + number_text(owner->share);
  return text;
}

TEST_CASE("a portfolio in CSV gives the same changes as the same measures in TOML") {
  const Accounts world = small_world();
  const TemporaryFolder folder;
  write_file(
      folder / "portfolio.csv",
      "id,kind,status,seller.region,seller.sector,buyer.region,buyer.use,money.total,money.profile,period,additional.low,additional.mid,"
      "additional.high,replaces,trade_cost,opens,cost.total,cost.years,host.region,host.sector,equity,capex.total,capex.assets,capex.years,"
      "output.capacity,output.start,output.ramp\n"
      "M1,contract,signed,A,1,B,FD,4e6,0.25;0.75,2021-07;2022-06,0.1,0.3,0.6,third_country=0.5;nothing=0.5,,,,,,,,,,,,,\n"
      "M5,corridor,,,,,,,,,,,,,A<>B=-0.03,2029,15e6,2026;2027,,,,,,,,,\n"
      "M3,joint_venture,idea,,,,,,,,,,,,,,,,B,28,A=0.4;B=0.6,6e6,construction=0.5;machinery=0.5,2021;2022,10e6,2024,0.5;1\n");
  const std::string header = "[programme]\nid = 'P'\nhorizon = [2021, 2030]\ncurrency = 'EUR'\nprice_year = 2020\n";
  const Compiled from_csv = compile(parse_programme(header + "portfolio = 'portfolio.csv'\n", "p.toml", folder.path(), world), world);
  const Compiled from_toml = compile(parse_programme(header + R"(
[[measure]]
id = "M1"
kind = "contract"
status = "signed"
seller = { region = "A", sector = "1" }
buyer = { region = "B", use = "FD" }
money = { total = 4e6, profile = [0.25, 0.75] }
period = ["2021-07", "2022-06"]
additional = { low = 0.1, mid = 0.3, high = 0.6 }
replaces = { third_country = 0.5, nothing = 0.5 }
[[measure]]
id = "M5"
kind = "corridor"
trade_cost = [ { from = "A", to = "B", change = -0.03, both_ways = true } ]
opens = 2029
cost = { total = 15e6, years = [2026, 2027] }
[[measure]]
id = "M3"
kind = "joint_venture"
status = "idea"
host = { region = "B", sector = "28" }
equity = { A = 0.4, B = 0.6 }
capex = { total = 6e6, assets = { construction = 0.5, machinery = 0.5 }, years = [2021, 2022] }
output = { capacity = 10e6, start = 2024, ramp = [0.5, 1] }
)",
                                                     "p.toml", folder.path(), world),
                                     world);
  REQUIRE(from_csv.shocks.size() == from_toml.shocks.size());
  for (std::size_t i = 0; i < from_csv.shocks.size(); ++i) CHECK(as_text(from_csv.shocks[i], world) == as_text(from_toml.shocks[i], world));
}

TEST_CASE("a wrong column, cell or row of a portfolio names file, line and column") {
  const Accounts world = small_world();
  const TemporaryFolder folder;
  const auto errors = [&](const std::string& csv) {
    write_file(folder / "p.csv", csv);
    try {
      (void)parse_programme("[programme]\nhorizon = [2021, 2030]\ncurrency = 'EUR'\nprice_year = 2020\nportfolio = 'p.csv'\n", "p.toml",
                            folder.path(), world);
    } catch (const Error& error) {
      std::string lines;
      for (const Finding& f : error.findings()) lines += to_line(f) + '\n';
      return lines;
    }
    return std::string();
  };
  CHECK_THAT(errors("id,kind,money.totl\nM1,contract,1\n"),
             Catch::Contains("p.csv:1:money.totl (3)") && Catch::Contains("did you mean `money.total`"));
  CHECK_THAT(errors("id,kind,money.total\nM1,contract,many\n"), Catch::Contains("p.csv:2:money.total (column 3): `many`"));
  CHECK_THAT(errors("id,kind,money.total\nM1,contract\n"), Catch::Contains("found 2 fields"));
  CHECK_THAT(errors("id,kind,additional,additional.low\nM1,contract,0.5,0.1\n"), Catch::Contains("says it twice"));
  CHECK_THAT(errors("id,kind,additional.low,additional\nM1,contract,0.5,0.1\n"), Catch::Contains("says it twice"));
  CHECK_THAT(errors("id,id,kind\nM1,M1,contract\n"), Catch::Contains("stands at 1 and 2"));
  CHECK_THAT(errors("id,kind,opens\nM1,contract,2029\n"), Catch::Contains("unknown key `opens`"));
}

TEST_CASE("money of another currency and year comes by a cited index") {
  const Accounts world = small_world();
  const TemporaryFolder folder;
  const std::string header = "[programme]\nhorizon = [2021, 2030]\ncurrency = 'USD'\nprice_year = 2022\ndeflator = 'd.csv'\n";
  const std::string measure =
      "[[measure]]\nid = 'M1'\nkind = 'contract'\nseller = { region = 'A', sector = '1' }\nbuyer = { region = 'B', use = 'FD' }\n"
      "money = { total = 5e6 }\nperiod = [2021, 2021]\nreplaces = { nothing = 1 }\n";
  write_file(folder / "d.csv", "year,index,exchange_rate,source\n2020,100,0.5,Office of statistics\n2022,125,0.6,Office of statistics\n");
  const Programme p = parse_programme(header + measure, "p.toml", folder.path(), world);
  CHECK(p.deflator == Approx(0.4));  // 100 / 125 x 0.5
  CHECK(p.deflator_source == "Office of statistics");
  CHECK(p.inputs.at(0).first == "d.csv");
  CHECK(net_demand(compile(p, world)) == Approx(2.0));
  write_file(folder / "d.csv", "year,index,source\n2020,100,x\n2022,125,x\n");
  CHECK_THROWS_WITH(parse_programme(header + measure, "p.toml", folder.path(), world), Catch::Contains("no column `exchange_rate`"));
}

TEST_CASE("a measure that touches a restricted pair is flagged, and nothing is proposed instead") {
  const Accounts world = small_world();
  const TemporaryFolder folder;
  write_file(folder / "r.csv", "exporter,importer,sector,note\nA,B,1,licence needed\nA,C,,\n");
  const std::string text =
      "[programme]\nhorizon = [2021, 2030]\ncurrency = 'EUR'\nprice_year = 2020\nrestricted = 'r.csv'\n"
      "[[measure]]\nid = 'M1'\nkind = 'contract'\nseller = { region = 'A', sector = '1' }\nbuyer = { region = 'B', use = 'FD' }\n"
      "money = { total = 1e6 }\nperiod = [2021, 2021]\nreplaces = { third_country = 1 }\n";
  const Programme p = parse_programme(text, "p.toml", folder.path(), world);
  CHECK(p.restricted.size() == 2);
  const std::string notes = notes_of(compile(p, world));
  CHECK_THAT(notes, Catch::Contains("warning[flagged]") && Catch::Contains("licence needed"));
  CHECK_THAT(notes, !Catch::Contains("A to C"));
}

TEST_CASE("a bloc stands for its members") {
  const Accounts world = small_world();
  const Programme p = programme_of(world, "", "[blocs]\nUNION = ['A', 'B']\n");
  CHECK(regions_named(p, world, "UNION") == std::vector<int>{0, 1});
  CHECK(regions_named(p, world, "C") == std::vector<int>{2});
  CHECK(regions_named(p, world, "nobody").empty());
}
