// Parts of net effects by measure as rows, and numbers as trees: at every level the parts are the whole.
#include "kontor/indicators/explain.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <set>

#include "kontor/base/error.h"
#include "kontor/indicators/effects.h"
#include "kontor/indicators/net_effects.h"
#include "model/closures_world.h"

using namespace kontor;

// A delivery, a plant that a neighbour owns half of, a road and a customs union.
static const char* const programme_text = R"(
[programme]
id = "P"
horizon = [2021, 2024]
currency = "EUR"
price_year = 2020

[blocs]
Ends = ["N0.0", "Q2.2"]

[[measure]]
id = "M1"
kind = "contract"
status = "signed"
seller = { region = "N1.1", sector = "1" }
buyer = { region = "N0.0", use = "household" }
money = { total = 4e6, basis = "basic" }
period = ["2021-01", "2024-12"]
additional = 0.5
replaces = { domestic = 0.5, nothing = 0.5 }

[[measure]]
id = "M2"
kind = "joint_venture"
status = "signed"
host = { region = "N0.0", sector = "1" }
equity = { "N0.0" = 0.5, "Q2.2" = 0.5 }
capex = { total = 3e6, sectors = { "1" = 0.6, "2" = 0.4 }, years = [2021, 2022] }
output = { capacity = 5e6, start = 2023 }
sales = { N = 1.0 }
displaces = { imports = 1.0 }
finance = { equity = 1.0 }

[[measure]]
id = "M3"
kind = "corridor"
status = "running"
trade_cost = [ { from = "N", to = "Q", change = -0.05, both_ways = true } ]
opens = 2023
cost = { total = 2e6, years = [2021, 2022], sectors = { "2" = 1.0 }, built_in = { "N1.1" = 1.0 }, paid_by = { "Q2.2" = 1.0 } }

[[measure]]
id = "M4"
kind = "integration"
status = "signed"
members = ["N", "Q"]
tariff = { to = 0.0 }
)";

namespace {

struct World {
  World()
      : accounts(with_investment()),
        programme(parse_programme(programme_text, "programme.toml", ".", accounts)),
        compiled(compile(programme, accounts)) {}

  static Accounts with_investment() {
    test::PaperWorld w;
    w.tariffs = true;
    Accounts a = accounts_of(w);
    const std::size_t n = a.cells.size();
    a.categories.push_back({"I", "investment", FinalRole::investment});
    for (int r = 0; r < 3; ++r) a.final_uses.push_back({w.region(static_cast<std::size_t>(r)), 2});
    Matrix y(n, 6), satellites(1, n);
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t r = 0; r < 3; ++r) y(i, r) = a.final_use(i, r) * 2.0 / 3.0, y(i, r + 3) = a.final_use(i, r) / 3.0;
      satellites(0, i) = 10.0 * static_cast<double>(i + 1);
    }
    a.final_use = std::move(y);
    a.satellites = {{"jobs", "Jobs", "persons", false, Resolution::cell, {}, ""}};
    a.satellite = std::move(satellites);
    a.trade_elasticities = {{0, 4.0, 0.5, "paper"}, {1, 6.0, 0.5, "paper"}};
    return a;
  }

  Explained ask(const ExplainQuestion& question) const { return explain(accounts, programme, compiled, question); }

  const Accounts accounts;
  const Programme programme;
  const Compiled compiled;
};

const World& world() {
  static const World w;
  return w;
}

const NetEffects& net() {
  static const NetEffects found = [] {
    const World& w = world();
    const LeontiefSystem system(w.accounts);
    const ProgrammeEffects gross = effects_of_programme(system, w.programme, w.compiled);
    std::vector<std::string> used;
    static const Calibration base = calibrate(w.accounts, calibration_options(w.accounts, w.programme.parameters, used));
    AttributionOptions rules;
    rules.shapley = true;
    return net_effects(base, w.programme, w.compiled, gross.rows, gross.years_in_detail, rules);
  }();
  return found;
}

double at(const std::string& indicator, const std::string& region, const std::string& measure = "", const std::string& term = "",
          const std::string& sector = "") {
  return value_of(net().rows, {indicator, region, sector, "", measure, term, 2024});
}

struct Walk {
  double largest_gap = 0.0, largest_remainder = 0.0;
  int nodes = 0, with_cells = 0;
  std::set<std::string> kinds;

  void take(const Explanation& node) {
    ++nodes, with_cells += node.cells.empty() ? 0 : 1;
    kinds.insert(node.kind);
    if (node.kind == "remainder") largest_remainder = std::max(largest_remainder, std::fabs(node.value));
    if (node.parts.empty()) return;
    double rest = node.value;
    for (const Explanation& part : node.parts) rest -= part.value, take(part);
    largest_gap = std::max(largest_gap, std::fabs(rest));
  }
};

double largest_in(const Explanation& node) {
  double m = std::fabs(node.value);
  for (const Explanation& part : node.parts) m = std::max(m, largest_in(part));
  return m;
}

}  // namespace

TEST_CASE("Rows of the path add up over measures to each net effect, and their remainder is next to nothing") {
  for (const std::string region : {"", "N", "Ends", "N0.0", "Q2.2"})
    for (const std::string indicator :
         {"equivalent_variation", "real_income", "value_added_net", "output_net", "gdp", "gni", "jobs_net", "exports_net", "imports_net"}) {
      if (region.empty() && (indicator == "exports_net" || indicator == "imports_net")) continue;  // nobody is outside
      CAPTURE(region, indicator);
      double sum = at(indicator, region, "(remainder)", "path"), size = 0.0;
      for (const char* id : {"M1", "M2", "M3", "M4"})
        sum += at(indicator, region, id, "path"), size = std::max(size, std::fabs(at(indicator, region, id, "path")));
      CHECK(size > 0.0);
      CHECK(std::fabs(sum - at(indicator, region)) < 1e-12 * size);
      CHECK(std::fabs(at(indicator, region, "(remainder)", "path")) < 1e-6 * size);  // the headline's solves leave it, 1e-10 of outputs
    }
  const double error = at("attribution_error", "", "", "path");  // of three points where a tariff of a tenth goes
  CHECK((error > 0.0 && error < 1e-4));
}

TEST_CASE("Rows by sector add up to their region's, and Shapley's to the effect") {
  for (const char* term : {"path", "shapley"})
    for (const char* id : {"M1", "M2", "M3", "M4"}) {
      double sum = 0.0;
      for (const char* sector : {"1", "2"}) sum += at("value_added_net", "N1.1", id, term, sector);
      CHECK(sum == Approx(at("value_added_net", "N1.1", id, term)).epsilon(1e-10).margin(1e-12));
    }
  double sum = 0.0;
  for (const char* id : {"M1", "M2", "M3", "M4"}) sum += at("equivalent_variation", "Q2.2", id, "shapley");
  CHECK(sum == Approx(at("equivalent_variation", "Q2.2")).epsilon(1e-6));
  // Road and customs union share the border of Q: alone each does more or less than last in, and both rules lie near the middle.
  const double alone = at("equivalent_variation", "Q2.2", "M3"), last = at("equivalent_variation", "Q2.2", "M3", "last_in");
  const double shapley = at("equivalent_variation", "Q2.2", "M3", "shapley"), path = at("equivalent_variation", "Q2.2", "M3", "path");
  REQUIRE(std::fabs(alone - last) > 1e-4 * std::fabs(alone));
  CHECK(std::fabs(shapley - 0.5 * (alone + last)) < 0.3 * std::fabs(alone - last));
  CHECK(std::fabs(path - shapley) < 0.3 * std::fabs(alone - last));
}

TEST_CASE("At every node of every tree the parts sum to the node, and what a method leaves is next to nothing") {
  for (const std::string& indicator : explained_indicators(world().accounts))
    for (const std::string region : {"", "N", "N1.1", "Ends"})
      for (const std::string closure : {"", "long_run"}) {
        const bool gross = indicator == "value_added" || indicator == "output" || indicator == "jobs";
        if (!closure.empty() && (gross || indicator == "jobs_net")) continue;
        CAPTURE(indicator, region, closure);
        ExplainQuestion question{indicator, region, "", 0, closure};
        question.most = 3, question.most_shapley = 0;
        const Explained found = world().ask(question);
        Walk walk;
        walk.take(found.tree);
        const double size = largest_in(found.tree);
        if (region.empty() && (indicator == "exports_net" || indicator == "imports_net")) {
          CHECK(size == 0.0);
          continue;
        }
        CHECK(found.tree.parts.size() >= (gross ? 1 : 3));
        CHECK(walk.largest_gap <= 1e-9 * size);
        CHECK(walk.largest_remainder <= 1e-8 * size);
        CHECK(walk.with_cells > 0);
        CHECK(walk.kinds.count("measure") == 1);
        if (!gross && closure.empty()) {
          const double written = value_of(net().rows, {indicator, region, "", "", "", "", 2024});
          CHECK(found.tree.value == Approx(written).epsilon(1e-6).margin(1e-8));
        }
      }
}

TEST_CASE("A tree by sector is the row by sector, and a year before a measure starts does not hold it") {
  const Explained found = world().ask({"value_added_net", "N0.0", "1", 2024, "", 5, 8});
  CHECK(found.tree.value == Approx(at("value_added_net", "N0.0", "", "", "1")).epsilon(1e-6));
  for (const Explanation& part : found.tree.parts)
    if (part.kind == "measure") {
      REQUIRE(part.other);
      CHECK(part.value == Approx(at("value_added_net", "N0.0", part.name.substr(0, 2), "path", "1")).epsilon(1e-8).margin(1e-9));
    }
  const Explained early = world().ask({"gdp", "N", "", 2021, "", 5, 8});
  CHECK(early.tree.parts.size() >= 3);  // what is built, and the union
}

TEST_CASE("A path of suppliers is the product of its coefficients") {
  // M1's additional half less what it replaces at home; N1.1 sells 1, of which each unit takes a(1, 1) of itself.
  const Accounts& a = world().accounts;
  const Explained found = world().ask({"output", "N1.1", "1", 2024, "", 5, 8});
  const Explanation* measure = nullptr;
  for (const Explanation& part : found.tree.parts)
    if (part.name.rfind("M1", 0) == 0) measure = &part;
  REQUIRE(measure);
  REQUIRE(measure->parts.size() >= 3);
  const double direct = measure->parts[0].value;
  CHECK(measure->parts[0].name == "direct demand");
  const double own = a.intermediate(2, 2) / a.output(0, 2);
  bool seen = false;
  for (const Explanation& path : measure->parts[1].parts)
    if (path.name == "N1.1.1 <- N1.1.1") {
      seen = true;
      CHECK(path.value == Approx(direct * own).epsilon(1e-12));
      REQUIRE(path.cells.size() >= 2);
      CHECK(path.cells.back().value == a.intermediate(2, 2));
    }
  CHECK(seen);
}

TEST_CASE("Names that are not there are told with those that are near") {
  const auto message = [](const ExplainQuestion& question) {
    try {
      world().ask(question);
    } catch (const Error& error) {
      CHECK(error.exit() == Exit::usage);
      return error.findings().front().found + " " + error.findings().front().expected + " " + error.findings().front().remedy;
    }
    return std::string("no error");
  };
  CHECK(message({"real_incom", "N", "", 0, ""}).find("real_income") != std::string::npos);
  CHECK(message({"gdp", "N1", "", 0, ""}).find("N1.1") != std::string::npos);
  CHECK(message({"output_net", "N", "3", 0, ""}).find("unknown sector") != std::string::npos);
  CHECK(message({"gdp", "N", "", 2030, ""}).find("2021 to 2024") != std::string::npos);
  CHECK(message({"gdp", "N", "", 0, "short"}).find("short_run") != std::string::npos);
  CHECK(message({"gdp", "N", "1", 0, ""}).find("not told apart by sector") != std::string::npos);
  CHECK(message({"jobs_net", "N", "", 0, "long_run"}).find("fixed by the closure") != std::string::npos);
  CHECK(message({"output", "N", "", 0, "long_run"}).find("fixed prices") != std::string::npos);
}
