// The world table of 2011, solved whole: anchor figures from SOURCE.md beside the data and measures by another program.
#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>

#include "kontor/base/csv.h"
#include "kontor/base/sum.h"
#include "kontor/base/text.h"
#include "kontor/model/leontief.h"
#include "kontor/read/reader.h"
#include "support.h"

using namespace kontor;

static const Accounts& wiod_2011() {
  static const Accounts accounts =
      find_reader("wiod").read(test::shared_folder() / "data/wiod2013/wiot_2011.csv.gz", ImportOptions{}).accounts;
  return accounts;
}

static const LeontiefSystem& wiod_system() {
  static const LeontiefSystem system(wiod_2011());
  return system;
}

static std::size_t cell(const std::string& region, const std::string& sector) {
  const Accounts& a = wiod_2011();
  return static_cast<std::size_t>(cell_index(a, region_index(a, region), sector_index(a, sector)));
}

TEST_CASE("WIOD 2011: largest column sum, spectral radius and its bound", "[long]") {
  NEEDS_SHARED_DATA();
  const LeontiefSystem& system = wiod_system();
  const Accounts& a = wiod_2011();
  REQUIRE(system.size() == 1435);
  CHECK(std::fabs(system.certificate().largest_column_sum - 0.910365) <= 0.5e-6);
  // Power iteration on A: positive enough that the largest eigenvalue stands alone.
  std::vector<double> v(1435, 1.0), next(1435);
  double radius = 0.0;
  for (int step = 0; step < 200; ++step) {
    double size = 0.0;
    for (std::size_t i = 0; i < 1435; ++i) {
      next[i] = 0.0;
      for (std::size_t j = 0; j < 1435; ++j) next[i] += a.intermediate(i, j) * system.inverse_output(j) * v[j];
      size = std::max(size, next[i]);
    }
    for (std::size_t i = 0; i < 1435; ++i) v[i] = next[i] / size;
    radius = size;
  }
  CHECK(std::fabs(radius - 0.610162) <= 0.5e-6);
  CHECK(system.certificate().spectral_radius >= radius);
  CHECK(system.certificate().spectral_radius < 1);
  CHECK(system.certificate().digits > 12);
}

TEST_CASE("WIOD 2011: output multipliers, largest, mean, and the part that stays at home") {
  NEEDS_SHARED_DATA();
  const LeontiefSystem& system = wiod_system();
  const std::vector<double>& m = system.output_multipliers();
  const auto largest = std::max_element(m.begin(), m.end());
  CHECK(static_cast<std::size_t>(largest - m.begin()) == cell("CHN", "c14"));
  CHECK(std::fabs(*largest - 3.628669) <= 0.5e-6);
  Sum sum;
  int active = 0;
  for (std::size_t j = 0; j < m.size(); ++j)
    if (wiod_2011().output(0, j) > 0) sum.add(m[j]), ++active;
  CHECK(active == 1435 - 22);
  CHECK(std::fabs(sum.value() / active - 2.124722) <= 0.5e-6);

  const struct {
    const char *region, *sector;
    double total, own;
  } published[] = {{"RUS", "c1", 2.046540, 1.811111},
                   {"RUS", "c13", 2.489184, 2.087326},
                   {"RUS", "c14", 2.470586, 2.120554},
                   {"RUS", "c18", 2.147115, 1.914075},
                   {"DEU", "c15", 2.771670, 1.847508}};
  Matrix home(2, 1435), units(5, 1435);  // home: ones on the cells of Russia, of Germany
  for (std::size_t j = 0; j < 1435; ++j) {
    const std::string& region = wiod_2011().regions[static_cast<std::size_t>(wiod_2011().cells[j].region)].code;
    home(0, j) = region == "RUS", home(1, j) = region == "DEU";
  }
  const Solved own = system.solve_transposed(home);
  for (std::size_t k = 0; k < 5; ++k) {
    const std::size_t j = cell(published[k].region, published[k].sector);
    CHECK(std::fabs(m[j] - published[k].total) <= 0.5e-6);
    CHECK(std::fabs(own(k == 4, j) - published[k].own) <= 0.5e-6);
    units(k, j) = 1.0;
  }
  // The same from the other side: what one unit of final demand calls for in all cells.
  const Solved columns = system.solve(units);
  for (std::size_t k = 0; k < 5; ++k) {
    Sum total;
    for (const double x : columns.row(k)) total.add(x);
    CHECK(total.value() == Approx(m[cell(published[k].region, published[k].sector)]).epsilon(1e-13));
    CHECK(*std::min_element(columns.row(k).begin(), columns.row(k).end()) >= 0);
  }
}

TEST_CASE("WIOD 2011: without its gap column, what final use calls for falls short of output by 131,756") {
  NEEDS_SHARED_DATA();
  const Accounts& a = wiod_2011();
  Matrix demand(2, 1435);  // without the gap column, with it
  for (std::size_t i = 0; i < 1435; ++i)
    for (std::size_t f = 0; f < a.final_uses.size(); ++f) {
      const bool gap = a.categories[static_cast<std::size_t>(a.final_uses[f].category)].role == FinalRole::discrepancy;
      if (!gap) demand(0, i) += a.final_use(i, f);
      demand(1, i) += a.final_use(i, f);
    }
  const Solved x = wiod_system().solve(demand);
  Sum missing, output;
  double largest = 0.0;
  for (std::size_t i = 0; i < 1435; ++i) {
    missing.add(a.output(0, i) - x(0, i)), output.add(a.output(0, i));
    largest = std::max(largest, a.output(0, i) - x(0, i));
    CHECK(std::fabs(x(1, i) - a.output(0, i)) <= 1e-9 * a.output(0, i));
  }
  CHECK(output.value() == 141767904);
  CHECK(std::fabs(missing.value() - 131756) <= 0.5);
  CHECK(std::fabs(100 * missing.value() / output.value() - 0.0929) <= 0.5e-4);
  CHECK(std::fabs(largest - 2356.7) <= 0.05);
}

TEST_CASE("WIOD 2011: industry measures of another program to 1e-10") {
  NEEDS_SHARED_DATA();
  const Accounts& a = wiod_2011();
  const LeontiefSystem& system = wiod_system();
  Matrix demand(1, 1435), shares(1, 1435);
  for (std::size_t i = 0; i < 1435; ++i) {
    for (std::size_t f = 0; f < a.final_uses.size(); ++f)
      if (a.categories[static_cast<std::size_t>(a.final_uses[f].category)].role != FinalRole::discrepancy)
        demand(0, i) += a.final_use(i, f);
    Sum inputs;
    for (std::size_t k = 0; k < 1435; ++k) inputs.add(a.intermediate(k, i));
    shares(0, i) = (a.output(0, i) - inputs.value()) * system.inverse_output(i);
  }
  const Solved x = system.solve(demand), added = system.solve_transposed(shares);
  const CsvTable table = read_csv((test::shared_folder() / "golden/io/wiod2011_industry_measures.csv").string());
  const auto number = [&](const CsvRow& row, const char* column) {
    double value = std::nan("");
    read_number(table.field(row, required_column(table, column)), value);
    return value;
  };
  int compared = 0;
  for (const CsvRow& row : table.rows) {
    const std::size_t i = cell(row.fields[0], row.fields[1]);
    CHECK(a.output(0, i) == number(row, "output"));
    if (a.output(0, i) == 0) continue;
    CHECK(x(0, i) == Approx(number(row, "output_from_L")).epsilon(1e-10));
    CHECK(system.output_multipliers()[i] == Approx(number(row, "out_mult")).epsilon(1e-10));
    CHECK(system.output_multipliers()[i] == Approx(number(row, "downstreamness")).epsilon(1e-10));  // the same number by another road
    CHECK(shares(0, i) == Approx(number(row, "va_share")).epsilon(1e-10));
    CHECK(added(0, i) == Approx(number(row, "va_mult")).epsilon(1e-10));
    ++compared;
  }
  CHECK(compared == 413);  // every industry with output of the twelve countries in the file
}
