#include <catch2/catch.hpp>

#include <cmath>
#include <limits>

#include "asking.h"
#include "kontor/accounts/aggregate.h"
#include "kontor/accounts/store.h"
#include "kontor/base/error.h"
#include "plain.h"
#include "support.h"

using namespace kontor;
using test::asked;
using test::at;
using test::says;

static const Accounts& shipped(const std::string& name) {
  static std::map<std::string, Accounts> read;
  const auto found = read.find(name);
  if (found != read.end()) return found->second;
  return read.emplace(name, read_accounts(std::string(KONTOR_SOURCE_DIR) + "/data/" + name)).first->second;
}

// The tiny world with jobs, and labour as its only primary input.
static Accounts with_jobs() {
  Accounts a = test::tiny_accounts();
  a.satellites = {{"jobs", "Jobs", "persons", false, Resolution::cell, {}, "made up"}};
  Matrix jobs(1, 4);
  jobs.values = {10, 40, 30, 5};
  a.satellite = Block(std::move(jobs));
  return a;
}

static std::string region_of(const Accounts& a, std::size_t cell) { return a.regions[static_cast<std::size_t>(a.cells[cell].region)].code; }
static std::string sector_of(const Accounts& a, std::size_t cell) { return a.sectors[static_cast<std::size_t>(a.cells[cell].sector)].code; }

TEST_CASE("multipliers of type I are those of the explicit inverse, in all and in the region itself") {
  const Accounts a = with_jobs();
  const Picture picture(a);
  const Matrix l = test::plain_leontief(test::coefficients_of(a, true));
  const IndicatorAnswer output = asked(picture, "output_multiplier"), value = asked(picture, "value_added_multiplier"),
                        jobs = asked(picture, "job_content"), per_job = asked(picture, "job_multiplier"),
                        income = asked(picture, "income_multiplier");
  for (std::size_t j = 0; j < 4; ++j) {
    double whole = 0, own = 0, added = 0, added_own = 0, people = 0, people_own = 0;
    for (std::size_t i = 0; i < 4; ++i) {
      const bool home = a.cells[i].region == a.cells[j].region;
      const double v = a.primary(0, i) / a.output(0, i) * l(i, j), e = a.satellite(0, i) / a.output(0, i) * l(i, j);
      whole += l(i, j), added += v, people += e;
      if (home) own += l(i, j), added_own += v, people_own += e;
    }
    const std::string region = region_of(a, j), sector = sector_of(a, j);
    const double direct = a.satellite(0, j) / a.output(0, j), wage = a.primary(0, j) / a.output(0, j);
    CHECK(at(output, region, sector) == Approx(whole).epsilon(1e-14));
    CHECK(at(output, region, sector, "own") == Approx(own).epsilon(1e-14));
    CHECK(at(value, region, sector) == Approx(1).epsilon(1e-14));  // labour is all that is not bought from cells
    CHECK(at(value, region, sector, "own") == Approx(added_own).epsilon(1e-14));
    CHECK(at(value, region, sector, "per_direct") == Approx(1 / wage).epsilon(1e-14));
    CHECK(at(income, region, sector) == Approx(added).epsilon(1e-14));
    CHECK(at(jobs, region, sector) == Approx(people).epsilon(1e-14));
    CHECK(at(jobs, region, sector, "own") == Approx(people_own).epsilon(1e-14));
    CHECK(at(per_job, region, sector) == Approx(people / direct).epsilon(1e-14));
    CHECK(at(per_job, region, sector, "own") == Approx(people_own / direct).epsilon(1e-14));
  }
  CHECK(jobs.rows.front().unit == "persons per million EUR");
}

TEST_CASE("type II is the inverse bordered with one household a region, summed over the cells of production") {
  const Accounts a = with_jobs();
  const Picture picture(a);
  // L's people earn 190 and buy for 170: they spend 170/190 of what they earn. M's earn 100 and buy for 120: all of it.
  const double spending[] = {190, 120};
  Matrix c(6, 6);
  for (std::size_t i = 0; i < 4; ++i)
    for (std::size_t j = 0; j < 4; ++j) c(i, j) = a.intermediate(i, j) / a.output(0, j);
  for (std::size_t r = 0; r < 2; ++r)
    for (std::size_t i = 0; i < 4; ++i) {
      c(i, 4 + r) = a.final_use(i, r) / spending[r];
      if (a.cells[i].region == static_cast<int>(r)) c(4 + r, i) = a.primary(0, i) / a.output(0, i);
    }
  const Matrix l = test::plain_leontief(c);
  const Settings two = {{"type", "II"}};
  const IndicatorAnswer output = asked(picture, "output_multiplier", {}, two), jobs = asked(picture, "job_content", {}, two),
                        first = asked(picture, "output_multiplier");
  for (std::size_t j = 0; j < 4; ++j) {
    double whole = 0, people = 0;
    for (std::size_t i = 0; i < 4; ++i) whole += l(i, j), people += a.satellite(0, i) / a.output(0, i) * l(i, j);
    CHECK(at(output, region_of(a, j), sector_of(a, j)) == Approx(whole).epsilon(1e-13));
    CHECK(at(jobs, region_of(a, j), sector_of(a, j)) == Approx(people).epsilon(1e-13));
    CHECK(whole > at(first, region_of(a, j), sector_of(a, j)));
  }
  CHECK(says(output, "households buy more than that income pays for in M:"));
  CHECK(!says(output, "pays for in L"));
}

TEST_CASE("type II asks for an income: without pay of labour it is not available, and all value added is the user's choice") {
  const Picture picture(shipped("world-2011"));
  const IndicatorAnswer none = asked(picture, "output_multiplier", {"DEU"}, {{"type", "II"}});
  CHECK(std::isnan(at(none, "DEU", "MCH")));
  CHECK(says(none, "no primary row of these accounts is labour income"));
  const IndicatorAnswer all = asked(picture, "output_multiplier", {"DEU"}, {{"type", "II"}, {"income", "value_added"}});
  CHECK(at(all, "DEU", "MCH") > at(asked(picture, "output_multiplier", {"DEU"}), "DEU", "MCH"));
  CHECK(std::isnan(at(asked(picture, "income_multiplier", {"DEU"}), "DEU", "")));
}

TEST_CASE("where all income is spent at home and nothing leaks, type II has no answer rather than a huge one") {
  Accounts a = test::tiny_accounts();
  a.regions.resize(1), a.sectors.resize(1);
  a.cells = {{0, 0, 0}}, a.final_uses = {{0, 0}};
  a.intermediate = a.final_use = a.primary = Block(Matrix(1, 1, 50.0));
  a.output = Block(Matrix(1, 1, 100.0));
  const Picture picture(a);
  CHECK(at(asked(picture, "output_multiplier"), "L", "1") == Approx(2).epsilon(1e-15));
  try {
    asked(picture, "output_multiplier", {}, {{"type", "II"}});
    FAIL("an endless circle has a multiplier");
  } catch (const Error& error) {
    CHECK(error.exit() == Exit::no_answer);
  }
}

TEST_CASE("value added, taxes and imports per unit of final demand sum to one wherever the columns of the table balance") {
  for (const char* name : {"finland-2014", "world-2011"}) {
    const Accounts& a = shipped(name);
    const Picture picture(a);
    const IndicatorAnswer parts = asked(picture, "value_added_multiplier", {}, {{"by", "row"}});
    // A column that misses its output by a share moves a multiplier by at most that times the largest output multiplier.
    double widest = 0.0, largest = 0.0;
    for (std::size_t j = 0; j < a.cells.size(); ++j) {
      double cost = 0.0;
      for (std::size_t i = 0; i < a.cells.size(); ++i) cost += a.intermediate(i, j);
      for (std::size_t p = 0; p < a.primary_rows.size(); ++p) cost += a.primary(p, j);
      for (std::size_t k = 0; k < a.imports.size(); ++k) cost += a.imports_intermediate(k, j);
      if (a.output(0, j) > 0) widest = std::max(widest, std::fabs(cost / a.output(0, j) - 1));
      largest = std::max(largest, picture.system().output_multipliers()[j]);
    }
    const double bound = widest * largest + 100 * std::numeric_limits<double>::epsilon() * picture.system().certificate().condition;
    REQUIRE(bound < 1e-5);
    std::map<std::pair<std::string, std::string>, double> sums;
    for (const EffectRow& row : parts.rows) sums[{row.region, row.sector}] += row.value;
    CHECK(sums.size() >= a.cells.size());
    for (const auto& [where, sum] : sums) {
      CAPTURE(name, where.first, where.second);
      CHECK(std::fabs(sum - 1) <= bound);
    }
  }
}

TEST_CASE("jobs are shown no finer than their source knows them, and cells without a number make a lower bound, never less jobs") {
  const Picture finland(shipped("finland-2014"));
  const IndicatorAnswer by_region = asked(finland, "job_content", {"Lappi", "FIN"});
  for (const EffectRow& row : by_region.rows) CHECK(row.sector.empty());
  CHECK(says(by_region, "by region only"));
  const Picture world(shipped("world-2011"));
  const IndicatorAnswer groups = asked(world, "job_content", {"DEU", "CHN"});
  CHECK(std::isnan(at(groups, "DEU", "MIN")));
  CHECK(at(groups, "DEU", "MIN", "known") > at(groups, "DEU", "MIN", "own"));
  CHECK(at(groups, "DEU", "MIN", "own") > 0);
  CHECK(std::isnan(at(groups, "CHN", "MIN", "own")));
  CHECK(std::isnan(value_of(groups.rows, {.region = "DEU", .sector = "MCH", .term = "own"})));  // machinery has no row of its own
  CHECK(says(groups, "no number for 60 cells"));
}

TEST_CASE("accounts without jobs have no job multiplier: not available, with the reason") {
  const Accounts a = test::tiny_accounts();
  const Picture picture(a);
  for (const char* name : {"job_content", "job_multiplier"}) {
    const IndicatorAnswer answer = asked(picture, name);
    REQUIRE(answer.rows.size() == 2);
    for (const EffectRow& row : answer.rows) CHECK(std::isnan(row.value));
    CHECK(says(answer, "not available"));
  }
  CHECK_THROWS_AS(asked(picture, "job_content", {}, {{"satellite", "jbs"}}), Error);
}

TEST_CASE("backward and forward linkages, their normalised values and dispersion are those of the explicit inverses") {
  const Accounts a = test::tiny_accounts();
  const Picture picture(a);
  const Matrix ca = test::coefficients_of(a, true), cb = test::coefficients_of(a, false);
  const Matrix l = test::plain_leontief(ca), g = test::plain_leontief(cb);
  const IndicatorAnswer backward = asked(picture, "backward_linkage"), forward = asked(picture, "forward_linkage"),
                        dispersion = asked(picture, "linkage_dispersion");
  const auto column = [](const Matrix& m, std::size_t j) {
    std::vector<double> values;
    for (std::size_t i = 0; i < m.rows; ++i) values.push_back(m(i, j));
    return values;
  };
  const auto row = [](const Matrix& m, std::size_t i) { return std::vector<double>(m.row(i).begin(), m.row(i).end()); };
  const auto sum = [](const std::vector<double>& values) { return values[0] + values[1] + values[2] + values[3]; };
  const auto variation = [&](const std::vector<double>& values) {
    const double mean = sum(values) / 4;
    double squares = 0;
    for (const double value : values) squares += (value - mean) * (value - mean);
    return std::sqrt(squares / 3) / mean;
  };
  double all_l = 0, all_g = 0, all_a = 0;
  for (std::size_t k = 0; k < 4; ++k) all_l += sum(column(l, k)), all_g += sum(row(g, k)), all_a += sum(column(ca, k));
  for (std::size_t k = 0; k < 4; ++k) {
    const std::string r = region_of(a, k), s = sector_of(a, k);
    CHECK(at(backward, r, s, "direct") == Approx(sum(column(ca, k))).epsilon(1e-14));
    CHECK(at(backward, r, s, "total") == Approx(sum(column(l, k))).epsilon(1e-14));
    CHECK(at(backward, r, s, "direct_normalised") == Approx(4 * sum(column(ca, k)) / all_a).epsilon(1e-14));
    CHECK(at(backward, r, s, "total_normalised") == Approx(4 * sum(column(l, k)) / all_l).epsilon(1e-14));
    CHECK(at(forward, r, s, "direct") == Approx(sum(row(cb, k))).epsilon(1e-14));
    CHECK(at(forward, r, s, "total") == Approx(sum(row(g, k))).epsilon(1e-14));
    CHECK(at(forward, r, s, "total_normalised") == Approx(4 * sum(row(g, k)) / all_g).epsilon(1e-14));
    CHECK(at(dispersion, r, s, "backward") == Approx(variation(column(l, k))).epsilon(1e-13));
    CHECK(at(dispersion, r, s, "forward") == Approx(variation(row(g, k))).epsilon(1e-13));
    const std::size_t first = a.cells[k].region == 0 ? 0 : 2;  // cells of the region are two in a row
    CHECK(at(backward, r, s, "intra") == Approx(l(first, k) + l(first + 1, k)).epsilon(1e-14));
    CHECK(at(forward, r, s, "intra") == Approx(g(k, first) + g(k, first + 1)).epsilon(1e-14));
    CHECK(at(forward, r, s, "inter") == Approx(sum(row(g, k)) - g(k, first) - g(k, first + 1)).epsilon(1e-13));
  }
  const IndicatorAnswer in_region = asked(picture, "backward_linkage", {"L"}, {{"mean", "region"}});
  CHECK(at(in_region, "L", "1", "total_normalised") + at(in_region, "L", "2", "total_normalised") == Approx(2).epsilon(1e-14));
}

TEST_CASE("a nation is one economy: its direct linkages are those of the table with its regions added up") {
  const Accounts& a = shipped("finland-2014");
  Concordance nation;
  for (const RegionSet& region : single_regions(a)) nation.lines.push_back({region.code, "ALL", "All"});
  nation.lines.push_back({"ABROAD", "ABROAD", "Abroad"});
  const Accounts one = aggregate(a, nation, {});
  const Picture fine(a), coarse(one);
  for (const char* name : {"backward_linkage", "forward_linkage"}) {
    const IndicatorAnswer set = asked(fine, name, {"FIN"}), region = asked(coarse, name, {"ALL"});
    for (const Sector& s : a.sectors) {
      CAPTURE(name, s.code);
      CHECK(at(set, "FIN", s.code, "direct") == Approx(at(region, "ALL", s.code, "direct")).epsilon(1e-12));
      CHECK(at(set, "FIN", s.code, "intra") == Approx(at(set, "FIN", s.code, "total")).epsilon(1e-12));
    }
  }
}

TEST_CASE("a cell is key when both its linkages are above the threshold, weak when neither is") {
  const Accounts a = test::tiny_accounts();
  const Picture picture(a);
  const IndicatorAnswer backward = asked(picture, "backward_linkage"), forward = asked(picture, "forward_linkage"),
                        classes = asked(picture, "key_sector"), easy = asked(picture, "key_sector", {}, {{"threshold", "0"}}),
                        hard = asked(picture, "key_sector", {}, {{"threshold", "2"}});
  for (std::size_t k = 0; k < 4; ++k) {
    const std::string r = region_of(a, k), s = sector_of(a, k);
    const bool pulls = at(backward, r, s, "total_normalised") > 1, pushes = at(forward, r, s, "total_normalised") > 1;
    const char* word = pulls && pushes ? "key" : pulls ? "backward" : pushes ? "forward" : "weak";
    CHECK(at(classes, r, s, word) == 2 * pulls + pushes);
    CHECK(at(easy, r, s, "key") == 3);
    CHECK(at(hard, r, s, "weak") == 0);
  }
  CHECK_THROWS_AS(asked(picture, "key_sector", {}, {{"threshold", "high"}}), Error);
}

TEST_CASE("a cell without output has no linkage: not available, named in a note, and no part of the mean") {
  Accounts a = test::tiny_accounts();
  Matrix flows = a.intermediate.copy(), use = a.final_use.copy(), primary = a.primary.copy(), output = a.output.copy();
  for (std::size_t k = 0; k < 4; ++k) flows(3, k) = flows(k, 3) = 0.0;
  use(3, 0) = use(3, 1) = primary(0, 3) = output(0, 3) = 0.0;
  a.intermediate = Block(flows), a.final_use = Block(use), a.primary = Block(primary), a.output = Block(output);
  const Picture picture(a);
  const IndicatorAnswer backward = asked(picture, "backward_linkage");
  CHECK(std::isnan(at(backward, "M", "2", "total")));
  CHECK(says(backward, "no output in 1 cell (M.2)"));
  CHECK(at(backward, "L", "1", "total_normalised") + at(backward, "L", "2", "total_normalised") +
            at(backward, "M", "1", "total_normalised") ==
        Approx(3).epsilon(1e-14));
  CHECK(at(backward, "M", "", "total") == Approx(at(backward, "M", "1", "total")).epsilon(1e-14));
  CHECK(std::isnan(at(asked(picture, "upstreamness"), "M", "2")));
  CHECK(std::isnan(at(asked(picture, "key_sector"), "M", "2")));
}

TEST_CASE("what a region makes by itself, by way of others and what others make sum to the output multiplier") {
  for (const char* name : {"finland-2014", "world-2011"}) {
    const Accounts& a = shipped(name);
    const Picture picture(a);
    const std::vector<RegionSet> all = single_regions(a);
    const std::string region = all[1].code;
    std::vector<std::string> others;
    for (const RegionSet& set : all)
      if (set.code != region) others.push_back(set.code);
    const IndicatorAnswer parts = asked(picture, "interregional_multiplier", {region}),
                          whole = asked(picture, "output_multiplier", {region}),
                          by_partner = asked(picture, "interregional_multiplier", {region}, {}, others);
    for (const Sector& s : a.sectors) {
      CAPTURE(name, s.code);
      const double own = at(parts, region, s.code, "own"), feedback = at(parts, region, s.code, "feedback"),
                   spillover = at(parts, region, s.code, "spillover");
      if (std::isnan(own)) continue;
      CHECK(own + feedback + spillover == Approx(at(whole, region, s.code)).epsilon(1e-12));
      CHECK(own + feedback == Approx(at(whole, region, s.code, "own")).epsilon(1e-12));
      CHECK(feedback >= 0);
      double sum = 0;
      for (const std::string& other : others) sum += at(by_partner, region, s.code, "spillover", other);
      CHECK(sum == Approx(spillover).epsilon(1e-12));
    }
  }
  const Picture finland(shipped("finland-2014"));
  const IndicatorAnswer nation = asked(finland, "interregional_multiplier", {"FIN"});
  CHECK(at(nation, "FIN", "28", "spillover") == 0);
  CHECK(at(nation, "FIN", "28", "feedback") == 0);
}

TEST_CASE("a cell that sells to final users only is one stage from them; one that buys from nobody is one stage from primary inputs") {
  Accounts a = test::tiny_accounts();
  Matrix flows = a.intermediate.copy(), use = a.final_use.copy();
  for (std::size_t k = 0; k < 4; ++k) use(0, 0) += flows(0, k), flows(0, k) = 0.0, flows(k, 3) = 0.0;
  a.intermediate = Block(flows), a.final_use = Block(use);
  const Picture picture(a);
  CHECK(at(asked(picture, "upstreamness"), "L", "1") == Approx(1).epsilon(1e-15));
  CHECK(at(asked(picture, "upstreamness"), "L", "2") > 1);
  CHECK(at(asked(picture, "downstreamness"), "M", "2") == Approx(1).epsilon(1e-15));
  // Without an external region there is nothing to correct.
  const IndicatorAnswer corrected = asked(picture, "upstreamness", {}, {{"correction", "trade"}});
  CHECK(at(corrected, "L", "2") == Approx(at(asked(picture, "upstreamness"), "L", "2")).epsilon(1e-14));
  CHECK(says(corrected, "changes nothing"));
}

// One region, two products, abroad as partner; a third of everything that is used of product 1 is imported.
static Accounts open_region() {
  Accounts a = test::tiny_accounts();
  a.regions = {{"R", "Region", "", false}, {"X", "Abroad", "", true}};
  a.cells = {{0, 0, 0}, {0, 1, 1}};
  a.final_uses = {{0, 0}, {1, 0}};
  a.imports = {{1, 0}, {1, 1}};
  const auto block = [](std::size_t columns, std::vector<double> values) {
    Matrix m(values.size() / columns, columns);
    m.values = std::move(values);
    return Block(std::move(m));
  };
  a.intermediate = block(2, {10, 20, 5, 15}), a.final_use = block(2, {30, 40, 70, 10});
  a.imports_intermediate = block(2, {5, 10, 0, 5}), a.imports_final = block(2, {15, 0, 5, 0});
  a.primary = block(2, {80, 50}), a.output = block(2, {100, 100});
  return a;
}

TEST_CASE("in an open table the correction of Antras and others divides by what is used at home: output less exports plus imports") {
  const Accounts a = open_region();
  const Picture picture(a);
  // Used at home: 100 - 40 + 30 = 90 of product 1, 100 - 10 + 10 = 100 of product 2; flows with imports (15, 30; 5, 20).
  Matrix sold(2, 2), bought(2, 2);
  sold.values = {15. / 90, 30. / 90, 5. / 100, 20. / 100};
  bought.values = {15. / 100, 30. / 100, 5. / 100, 20. / 100};
  const Matrix u = test::plain_leontief(sold), d = test::plain_leontief(bought);
  const Settings trade = {{"correction", "trade"}};
  const IndicatorAnswer up = asked(picture, "upstreamness", {"R"}, trade), down = asked(picture, "downstreamness", {"R"}, trade);
  CHECK(at(up, "R", "1") == Approx(u(0, 0) + u(0, 1)).epsilon(1e-14));
  CHECK(at(up, "R", "2") == Approx(u(1, 0) + u(1, 1)).epsilon(1e-14));
  CHECK(at(down, "R", "1") == Approx(d(0, 0) + d(1, 0)).epsilon(1e-14));
  CHECK(at(down, "R", "2") == Approx(d(0, 1) + d(1, 1)).epsilon(1e-14));
  CHECK(at(up, "R", "1") > at(asked(picture, "upstreamness", {"R"}), "R", "1"));  // half of what is made is sold abroad as final use
}

TEST_CASE("a cell that sells abroad more than it makes and imports bring has no corrected upstreamness") {
  Accounts a = open_region();
  Matrix use = a.final_use.copy(), imports = a.imports_final.copy(), inputs = a.imports_intermediate.copy();
  use(0, 1) = 110, use(0, 0) = -40;  // sold from stocks
  imports(0, 0) = 0, inputs(0, 0) = inputs(0, 1) = 5;
  a.final_use = Block(use), a.imports_final = Block(imports), a.imports_intermediate = Block(inputs);
  const Picture picture(a);
  const IndicatorAnswer up = asked(picture, "upstreamness", {"R"}, {{"correction", "trade"}});
  CHECK(std::isnan(at(up, "R", "1")));
  CHECK(std::isfinite(at(up, "R", "2")));
  CHECK(says(up, "more is sold abroad than is made"));
}
