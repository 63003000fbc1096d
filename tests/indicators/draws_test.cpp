// Draws on a world of paper: what is drawn, that a draw is a function of its number, and quantiles whose answer is known.
#include "kontor/indicators/draws.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "kontor/base/distributions.h"
#include "kontor/base/error.h"
#include "kontor/base/parallel.h"
#include "kontor/base/statistics.h"
#include "model/closures_world.h"

using namespace kontor;

static const std::string head = R"(
[programme]
id = "P"
horizon = [2021, 2024]
currency = "EUR"
price_year = 2020
)";

static std::string contract(const std::string& id, const std::string& seller, const std::string& additional,
                            const std::string& status = "signed") {
  return "\n[[measure]]\nid = \"" + id + "\"\nkind = \"contract\"\nstatus = \"" + status + "\"\nseller = { region = \"" + seller +
         "\", sector = \"1\" }\nbuyer = { region = \"N0.0\", use = \"household\" }\nmoney = { total = 4e6, basis = \"basic\" }\n"
         "period = [\"2021-01\", \"2024-12\"]\n" +
         (additional.empty() ? "" : "additional = " + additional + "\n") + "replaces = { domestic = 0.5, nothing = 0.5 }\n";
}

static const std::string range = "{ low = 0.1, mid = 0.3, high = 0.8 }";

namespace {

Accounts world() {
  Accounts a = accounts_of(test::PaperWorld());
  a.trade_elasticities = {{0, 4.0, 1.0, "somebody (2020)"}, {1, 6.0, std::nan(""), "somebody (2020)"}};
  return a;
}

struct Drawn {
  explicit Drawn(const std::string& text, Accounts given = world())
      : accounts(std::move(given)),
        system(accounts),
        programme(parse_programme(head + text, "programme.toml", ".", accounts)),
        calibration(calibrate(accounts, options())),
        model(system, calibration, programme, {2024}),
        table(model.empty_table()) {}

  CalibrationOptions options() const {
    std::vector<std::string> used;
    return calibration_options(accounts, programme.parameters, used);
  }
  const Drawn& take(long draws) {
    table.draws = model.draws(1, draws);
    return *this;
  }
  std::size_t outcome(const std::string& indicator, const std::string& region) const {
    for (std::size_t o = 0; o < table.outcomes.size(); ++o)
      if (table.outcomes[o].indicator == indicator && table.outcomes[o].region == region) return o;
    FAIL("no outcome " << indicator << " of " << region);
    return 0;
  }
  std::size_t input(const std::string& name) const {
    for (std::size_t i = 0; i < table.inputs.size(); ++i)
      if (table.inputs[i] == name) return i;
    FAIL("no input " << name);
    return 0;
  }
  std::vector<EffectRow> rows() const {
    return statistics_of(table, programme, model.uncertain(), model.tornado(), model.quadrature(), 2024);
  }

  Accounts accounts;
  LeontiefSystem system;
  Programme programme;
  Calibration calibration;
  DrawModel model;
  DrawTable table;
};

bool same(const Draw& a, const Draw& b) {
  const auto equal = [](const std::vector<double>& x, const std::vector<double>& y) {
    return x.size() == y.size() &&
           std::equal(x.begin(), x.end(), y.begin(), [](double p, double q) { return p == q || (std::isnan(p) && std::isnan(q)); });
  };
  return a.number == b.number && a.failure == b.failure && equal(a.inputs, b.inputs) && equal(a.outcomes, b.outcomes);
}

std::string errors_of(const std::string& text, const Accounts& accounts = world()) {
  try {
    Drawn drawn(text, accounts);
  } catch (const Error& error) {
    CHECK(error.exit() == Exit::data);
    std::string all;
    for (const Finding& f : error.findings()) all += to_line(f) + '\n';
    return all;
  }
  return "";
}

}  // namespace

TEST_CASE("what is linear in one triangular range has its quantiles") {
  // The fixed-price effect of a contract is a + b x in its additional part x, so its quantiles are a + b q(p).
  Drawn d(contract("M1", "N1.1", range) + "[uncertainty]\nvary = [\"measure_ranges\"]\n");
  constexpr long draws = 512;
  d.take(draws);
  const std::size_t outcome = d.outcome("value_added", "N1.1"), additional = d.input("M1.additional");
  const std::vector<EffectRow> rows = d.rows();
  const double at_low = d.model.tornado().at(0).low.at(outcome), at_high = d.model.tornado().at(0).high.at(outcome);
  const Distribution& triangular = *find_distribution("triangular");
  const auto q = [&](double p) { return triangular.quantile(p, 0.1, 0.3, 0.8); };
  const double slope = (at_high - at_low) / (q(0.95) - q(0.05));
  CHECK(slope > 0.0);
  for (const Draw& draw : d.table.draws)
    CHECK(draw.outcomes[outcome] == Approx(at_low + slope * (draw.inputs[additional] - q(0.05))).epsilon(1e-9));
  for (std::size_t k = 0; k < std::size(draw_points); ++k) {
    const double p = draw_points[k], found = value_of(rows, {"value_added", "N1.1", "", "", "", draw_terms[k], 2024});
    // A Sobol net of 512 points has one in each interval of length 1/512, so a quantile is off by two intervals at most.
    const double below = at_low + slope * (q(p - 2.0 / draws) - q(0.05)), above = at_low + slope * (q(p + 2.0 / draws) - q(0.05));
    CHECK(found >= below);
    CHECK(found <= above);
  }
  CHECK(value_of(rows, {"draws", "", "", "", "", "failed", 0}) == 0.0);
}

TEST_CASE("draw k is the same in every range and for any number of threads") {
  const Drawn d(contract("M1", "N1.1", range) + contract("M2", "Q2.2", "") +
                "[uncertainty]\nvary = [\"measure_ranges\", \"trade_elasticity\", \"accounts\"]\n");
  set_thread_count(1);
  const std::vector<Draw> all = d.model.draws(1, 12);
  set_thread_count(2);
  const std::vector<Draw> some = d.model.draws(7, 12);
  set_thread_count(0);
  REQUIRE(some.size() == 6);
  for (std::size_t k = 0; k < some.size(); ++k) CHECK(same(all[6 + k], some[k]));
  CHECK_FALSE(same(all[0], all[1]));
}

TEST_CASE("the members of a group are high together") {
  const std::string two = contract("M1", "N1.1", range) + contract("M2", "Q2.2", range);
  Drawn together(two + "[uncertainty]\nvary = [\"measure_ranges\"]\ngroups = [[\"M1.additional\", \"M2\"]]\n");
  Drawn apart(two + "[uncertainty]\nvary = [\"measure_ranges\"]\n");
  together.take(8), apart.take(8);
  for (const Draw& draw : together.table.draws) CHECK(draw.inputs[0] == draw.inputs[1]);
  const std::vector<TornadoBar> bars = together.model.tornado();
  REQUIRE(bars.size() == 1);
  CHECK(bars[0].name == "M1.additional and 1 more");
  // What a group moves is what its members move in the fixed-price model, which is linear in them.
  const std::size_t o = together.outcome("value_added", "");
  const std::vector<TornadoBar> alone = apart.model.tornado();
  CHECK(bars[0].high[o] - bars[0].low[o] == Approx(alone[0].high[o] - alone[0].low[o] + alone[1].high[o] - alone[1].low[o]).epsilon(1e-9));
  for (const Draw& draw : apart.table.draws) CHECK(draw.inputs[0] != draw.inputs[1]);
}

TEST_CASE("numbers without ranges have no spread") {
  Drawn d(contract("M1", "N1.1", "0.5") + "[uncertainty]\nvary = [\"measure_ranges\"]\n");
  const std::vector<EffectRow> rows = d.take(10).rows();
  CHECK(d.table.inputs.empty());
  for (const Draw& draw : d.table.draws) CHECK(draw.outcomes == d.table.draws.front().outcomes);
  // The mean of ten equal numbers is off by their sum's rounding at most, and so is the deviation from it.
  const double mean = value_of(rows, {"real_income", "N1.1", "", "", "", "mean", 2024});
  CHECK(value_of(rows, {"real_income", "N1.1", "", "", "", "deviation", 2024}) <=
        10 * std::numeric_limits<double>::epsilon() * std::fabs(mean));
  CHECK(value_of(rows, {"real_income", "N1.1", "", "", "", "p5", 2024}) ==
        value_of(rows, {"real_income", "N1.1", "", "", "", "p95", 2024}));
}

TEST_CASE("an elasticity varies by its standard error, without one not at all, and the list says so") {
  Drawn d(contract("M1", "N1.1", "0.5"));
  d.take(256);
  REQUIRE(d.table.inputs == std::vector<std::string>{"trade_elasticity.1"});
  std::vector<double> values;
  for (const Draw& draw : d.table.draws) values.push_back(draw.inputs[0]);
  const Moments m = moments(values);
  CHECK(m.mean == Approx(4.0).epsilon(0.01));  // 256 stratified points
  CHECK(m.deviation == Approx(1.0).epsilon(0.05));
  CHECK_THAT(d.model.uncertain().fixed.front(), Catch::Contains("without a standard error: 2"));
  Drawn assumed(contract("M1", "N1.1", "0.5") + "[uncertainty]\nelasticity_error = 0.25\n");
  CHECK(assumed.table.inputs == std::vector<std::string>{"trade_elasticity.1", "trade_elasticity.2"});
  CHECK_THAT(assumed.model.uncertain().numbers[1].source, Catch::Contains("assumed by the programme: 25 %"));
}

TEST_CASE("sectors that take one estimate are off by one error") {
  Accounts a = world();
  a.trade_elasticities[1] = {1, 4.0, 1.0, "somebody (2020)"};
  const Drawn d(contract("M1", "N1.1", "0.5"), a);
  REQUIRE(d.table.inputs == std::vector<std::string>{"trade_elasticity.1+2"});
  CHECK(d.model.uncertain().numbers[0].sectors == std::vector<int>{0, 1});
}

TEST_CASE("an additional part that nobody states is anything from none to all") {
  const Drawn d(contract("M1", "N1.1", "") + "[uncertainty]\nvary = [\"measure_ranges\"]\n");
  REQUIRE(d.model.uncertain().numbers.size() == 1);
  const Uncertain& number = d.model.uncertain().numbers[0];
  CHECK(number.distribution == "uniform");
  CHECK(number.mid == 1.0);
  CHECK(number.at(0.25) == 0.25);
}

TEST_CASE("shares that are drawn apart sum to one again") {
  std::string text = contract("M1", "N1.1", "0.5");
  const std::string old = "{ domestic = 0.5, nothing = 0.5 }";
  text.replace(text.find(old), old.size(), "{ domestic = { low = 0.2, mid = 0.5, high = 0.6 }, nothing = 0.5 }");
  const Drawn d(text + "[uncertainty]\nvary = [\"measure_ranges\"]\n");
  const Programme drawn = with_values(d.programme, d.model.uncertain(), {0.25});
  const auto& weights = drawn.measures[0].at("replaces").weights;
  CHECK(weights[0].second.mid == Approx(0.25 / 0.75));
  CHECK(weights[1].second.mid == Approx(0.5 / 0.75));
}

TEST_CASE("a measure more at the end of the file leaves the draws of the others as they are") {
  for (const std::string& rule : {std::string("sobol"), std::string("random")}) {
    const std::string table = "[uncertainty]\nrule = \"" + rule + "\"\n";
    Drawn a(contract("M1", "N1.1", range) + table), b(contract("M1", "N1.1", range) + contract("M2", "Q2.2", range) + table);
    a.take(16), b.take(16);
    const DrawnDifference difference = difference_of(a.table, b.table);
    CHECK(difference.apart.empty());
    CHECK(difference.draws == 16);
    // The same draws: the difference is surer than that of independent ones would be.
    const auto deviation = [](const std::vector<EffectRow>& rows) {
      return value_of(rows, {"equivalent_variation", "N1.1", "", "", "", "deviation", 2024});
    };
    const DrawnDifference none = difference_of(a.table, a.table);
    CHECK(deviation(none.rows) == 0.0);
    CHECK(deviation(difference.rows) > 0.0);
  }
}

TEST_CASE("a measure that is not agreed keeps its coordinate and moves nothing") {
  const std::string two = contract("M1", "N1.1", range, "idea") + contract("M2", "Q2.2", range);
  Drawn idea(two + "[uncertainty]\n"), both(contract("M1", "N1.1", range) + contract("M2", "Q2.2", range) + "[uncertainty]\n");
  idea.take(4), both.take(4);
  for (std::size_t k = 0; k < 4; ++k)
    CHECK(idea.table.draws[k].inputs[idea.input("M2.additional")] == both.table.draws[k].inputs[both.input("M2.additional")]);
  CHECK(idea.table.inputs.size() == 2);
}

TEST_CASE("closures are drawn by their weights") {
  Drawn d(contract("M1", "N1.1", "0.5") + "[uncertainty]\nvary = [\"closure\"]\nclosures = { short_run = 0.75, long_run = 0.25 }\n");
  d.take(64);
  long second = 0;
  for (const Draw& draw : d.table.draws) second += draw.inputs[0] == 1.0;
  CHECK(second == 16);  // of 64 points of a net
  const std::size_t o = d.outcome("real_income", "N0.0");
  std::vector<double> values;
  for (const Draw& draw : d.table.draws) values.push_back(draw.outcomes[o]);
  CHECK(quantile(values, 0.0) < quantile(values, 1.0));
}

TEST_CASE("indices and tornado name what moves the outcome") {
  Drawn d(contract("M1", "N1.1", range) + "[uncertainty]\nvary = [\"measure_ranges\", \"trade_elasticity\"]\n");
  const std::vector<EffectRow> rows = d.take(200).rows();
  const auto share = [&](const char* indicator, const char* name) { return value_of(rows, {indicator, "", "", "", "", name, 2024}); };
  CHECK(share("real_income_variance_explained", "") > 95.0);
  const double range_first = share("real_income_variance_first", "M1.additional"),
               elasticity_first = share("real_income_variance_first", "trade_elasticity.1");
  CHECK(range_first > elasticity_first);
  CHECK(range_first + elasticity_first <= 100.0 + 1e-9);
  CHECK(share("real_income_variance_total", "M1.additional") >= range_first);
  // The quadrature beside ours: the outcome is nearly linear, so mean and deviation agree to the draws' own error.
  const double deviation = value_of(rows, {"real_income", "", "", "", "", "deviation", 2024});
  CHECK(value_of(rows, {"real_income", "", "", "", "", "quadrature_deviation", 2024}) == Approx(deviation).epsilon(0.05));
}

TEST_CASE("draws without a solution are counted and keep their reason") {
  // Each buys at most what the others sell; both at their highest take more than there is.
  const auto of = [](const char* id, const char* seller, const char* other) {
    return std::string("\n[[measure]]\nid = \"") + id + "\"\nkind = \"contract\"\nstatus = \"signed\"\nseller = { region = \"" + seller +
           "\", sector = \"1\" }\nbuyer = { region = \"N0.0\", sector = \"2\" }\nmoney = { total = 12e6, basis = \"basic\" }\n"
           "period = [\"2024-01\", \"2024-12\"]\nadditional = { low = 0.0, mid = 0.3, high = 0.9 }\nreplaces = { domestic = 1.0 }\n"
           "overlaps = [\"" +
           other + "\"]\nnew = true\n";
  };
  Drawn d(of("M1", "N1.1", "M2") + of("M2", "Q2.2", "M1") + "[uncertainty]\nvary = [\"measure_ranges\"]\n");
  d.take(64);
  long failed = 0;
  for (const Draw& draw : d.table.draws) {
    if (draw.failure.empty()) continue;
    ++failed;
    for (const double v : draw.outcomes) CHECK(std::isnan(v));
  }
  CHECK(failed > 0);
  CHECK(failed < 64);
  CHECK(value_of(d.rows(), {"draws", "", "", "", "", "failed", 0}) == static_cast<double>(failed));
}

TEST_CASE("what cannot be drawn is refused with place and next step") {
  const auto says = [](const std::string& errors, std::initializer_list<const char*> parts) {
    for (const char* part : parts) CHECK_THAT(errors, Catch::Contains(part));
  };
  const std::string one = contract("M1", "N1.1", range);
  says(errors_of(one + "[uncertainty]\ndraws = 0\n"), {"out-of-range", "draws", "from 1 to"});
  says(errors_of(one + "[uncertainty]\nvary = [\"elasticities\"]\n"), {"unknown-word", "`elasticities`", "trade_elasticity"});
  says(errors_of(one + "[uncertainty]\ndistribution = \"gauss\"\n"), {"unknown-word", "`gauss`", "triangular"});
  says(errors_of(one + "[uncertainty]\ndistribution = { M9 = \"pert\" }\n"), {"unknown-number", "`M9`"});
  says(errors_of(one + "[uncertainty]\ndistribution = { M1.additional = \"normal\" }\n"),
       {"range-bounds", "`M1.additional`", "triangular"});
  says(errors_of(one + "[uncertainty]\ngroups = [[\"M1.aditional\"]]\n"), {"unknown-number", "`M1.aditional`", "M1.additional"});
  says(errors_of(one + "[uncertainty]\ngroups = [[\"M1\"], [\"M1.additional\"]]\n"), {"listed-twice"});
  says(errors_of(one + "[uncertainty]\nvary = [\"closure\"]\n"), {"missing-field", "closures"});
  says(errors_of(one + "[uncertainty]\nclosures = { own = 1.0 }\n"), {"no-use", "closure"});
  says(errors_of(one + "[uncertainty]\nelasticity_error = -1\n"), {"out-of-range", "elasticity_error"});
  says(errors_of(contract("M1", "N1.1", "{ low = 0.6, mid = 0.3, high = 0.8 }")), {"range-order", "low <= mid <= high"});
  says(errors_of(contract("M1", "N1.1", "{ low = 0.1, mid = 0.3, high = 1.8 }")), {"out-of-range", "0 to 1"});
}
