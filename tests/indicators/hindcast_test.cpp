#include "kontor/indicators/hindcast.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>

#include "kontor/base/csv.h"
#include "kontor/base/error.h"
#include "kontor/base/parameters.h"
#include "kontor/base/text.h"
#include "kontor/model/elasticities.h"
#include "kontor/read/reader.h"
#include "support.h"

using namespace kontor;

static Block times(const Block& block, double factor) {
  Matrix m = block.copy();
  for (double& value : m.values) value *= factor;
  return Block(std::move(m));
}

TEST_CASE("a world that only grew is foreseen, and one cell that did not follow is the error") {
  const Accounts from = test::tiny_accounts();
  const LeontiefSystem system(from);
  Accounts to = from;
  to.year = 2025;
  to.final_use = times(from.final_use, 2);
  to.output = times(from.output, 2);
  const HindcastResult exact = hindcast(system, to);
  CHECK(exact.from == 2020);
  CHECK(exact.to == 2025);
  CHECK(exact.all.weighted_error == Approx(0).margin(1e-14));
  // Output of M.2 turns out 250 where 200 are foreseen: 50 of 200 + 400 + 200 + 250 in all, a fifth of that cell.
  Matrix output = to.output.copy();
  output(0, 3) = 250;
  to.output = Block(output);
  const HindcastResult missed = hindcast(system, to);
  CHECK(missed.all.weighted_error == Approx(50.0 / 1050));
  CHECK(missed.all.worst_decile == Approx(0.2));
  REQUIRE(missed.by_sector.size() == 2);
  CHECK(missed.by_sector[0].weighted_error == Approx(0).margin(1e-14));
  CHECK(missed.by_sector[1].weighted_error == Approx(50.0 / 650));
  CHECK(missed.by_region[0].weighted_error == Approx(0).margin(1e-14));
  CHECK(missed.by_region[1].weighted_error == Approx(50.0 / 450));
}

TEST_CASE("accounts with other cells cannot be compared") {
  const Accounts from = test::tiny_accounts();
  const LeontiefSystem system(from);
  Accounts to = from;
  std::swap(to.cells[0], to.cells[1]);
  CHECK_THROWS_AS(hindcast(system, to), Error);
}

TEST_CASE("WIOD 1995 to 2011: the shipped table of errors is what the tables say", "[long]") {
  NEEDS_SHARED_DATA();
  const auto accounts_of = [](const std::string& year) {
    return find_reader("wiod").read(test::shared_folder() / ("data/wiod2013/wiot_" + year + ".csv.gz"), ImportOptions{}).accounts;
  };
  const CsvTable shipped = parse_csv(parameter_table("hindcast.csv"), "hindcast.csv");
  const CsvTable shipped_classes = parse_csv(parameter_table("hindcast_sectors.csv"), "hindcast_sectors.csv");
  std::size_t classes_checked = 0;
  REQUIRE(shipped.rows.size() == 10);
  std::map<std::string, std::unique_ptr<Accounts>> tables;
  for (const char* year : {"1995", "2000", "2005", "2008", "2011"}) tables[year] = std::make_unique<Accounts>(accounts_of(year));
  std::string from;
  std::unique_ptr<LeontiefSystem> system;
  for (const CsvRow& row : shipped.rows) {
    if (row.fields[1] != from) from = row.fields[1], system = std::make_unique<LeontiefSystem>(*tables.at(from));
    const HindcastResult result = hindcast(*system, *tables.at(row.fields[2]));
    double weighted = 0, decile = 0;
    read_number(row.fields[3], weighted), read_number(row.fields[4], decile);
    CAPTURE(row.fields[1], row.fields[2]);
    CHECK(std::fabs(result.all.weighted_error - weighted) <= 0.5e-4 + 1e-12);
    CHECK(std::fabs(result.all.worst_decile - decile) <= 0.5e-4 + 1e-12);

    // Classes that are one sector of WIOD: its error; of several, no less than the best of them and no more than the worst.
    std::map<std::string, std::pair<double, double>> by_class;
    for (const HindcastError& sector : result.by_sector) {
      const auto [at, fresh] = by_class.emplace(product_class(sector.label), std::pair(sector.weighted_error, sector.weighted_error));
      at->second = {std::min(at->second.first, sector.weighted_error), std::max(at->second.second, sector.weighted_error)};
    }
    for (const CsvRow& of_class : shipped_classes.rows) {
      if (of_class.fields[1] != row.fields[1] || of_class.fields[2] != row.fields[2]) continue;
      const auto known = by_class.find(of_class.fields[3]);
      if (known == by_class.end()) continue;  // a class that WIOD does not tell apart
      double error = 0;
      read_number(of_class.fields[4], error);
      CAPTURE(of_class.fields[3]);
      CHECK(error >= known->second.first - 0.5e-4 - 1e-12);
      CHECK(error <= known->second.second + 0.5e-4 + 1e-12);
      ++classes_checked;
    }
  }
  CHECK(classes_checked == 10 * 26);
}
