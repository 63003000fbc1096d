// Published and independently computed linkages. Source of each: SOURCE.md beside the files.
#include <catch2/catch.hpp>

#include <cmath>
#include <map>

#include "asking.h"
#include "golden.h"
#include "kontor/base/csv.h"
#include "kontor/base/text.h"
#include "kontor/read/reader.h"
#include "plain.h"
#include "support.h"

using namespace kontor;
using test::asked;
using test::at;
using test::Labelled;

static std::string golden(const std::string& name) { return (test::shared_folder() / "golden" / name).string(); }

static double number(const std::string& text) {
  double value = std::nan("");
  read_number(text, value);
  return value;
}

static std::vector<double> column_of(const Labelled& table, const std::string& name) {
  std::vector<double> values;
  for (std::size_t i = 0; i < table.rows.size(); ++i) values.push_back(table.values(i, table.column(name)));
  return values;
}

TEST_CASE("toyio: the indicators of linkages, direct and total, of both regions to 1e-10") {
  NEEDS_SHARED_DATA();
  const Labelled z = test::read_labelled(golden("io/toyio_Z.csv")), x = test::read_labelled(golden("io/toyio_X.csv"));
  const Accounts a = test::square_accounts(z.rows, z.values, column_of(x, "X"));
  const Picture picture(a);
  const IndicatorAnswer backward = asked(picture, "backward_linkage"), forward = asked(picture, "forward_linkage");
  std::size_t compared = 0;
  for (const CsvRow& row : read_csv(golden("io/toyio_linkages_raw.csv")).rows) {
    const bool back = row.fields[2].starts_with("BL");
    const char* term = row.fields[2].ends_with("dir") ? "direct" : "total";
    CHECK(at(back ? backward : forward, row.fields[0].substr(1), row.fields[1], term) == Approx(number(row.fields[3])).epsilon(1e-10));
    ++compared;
  }
  CHECK(compared == 40);
}

// The package ioanalysis calls upstreamness what is not that of Antras, Chor, Fally and Hillberry: it divides a flow by its
// buyer's output, x(j) + e(j) - m(j), with exports that include sales to the other region and imports by buyer, not product.
// Its figures are reproduced so that the difference is known to be one of definition.
TEST_CASE("toyio: what ioanalysis calls upstreamness follows from its own formula to 1e-10, and is another number than ours") {
  NEEDS_SHARED_DATA();
  const Labelled z = test::read_labelled(golden("io/toyio_Z.csv")), x = test::read_labelled(golden("io/toyio_X.csv"));
  const Labelled e = test::read_labelled(golden("io/toyio_E.csv")), f = test::read_labelled(golden("io/toyio_f.csv")),
                 m = test::read_labelled(golden("io/toyio_M.csv"));
  const std::vector<double> output = column_of(x, "X");
  const std::size_t n = output.size(), half = n / 2;
  Matrix shares(n, n);
  for (std::size_t j = 0; j < n; ++j) {
    double sold = e.values(j, 0) + e.values(j, 1);
    for (std::size_t k = 0; k < n; ++k)
      if ((k < half) != (j < half)) sold += z.values(j, k);
    for (std::size_t k = 0; k < f.columns.size(); ++k)
      if ((k < f.columns.size() / 2) != (j < half)) sold += f.values(j, k);
    for (std::size_t i = 0; i < n; ++i) shares(i, j) = z.values(i, j) / (output[j] + sold - m.values(0, j));
  }
  const Matrix theirs = test::plain_leontief(shares);
  const Accounts a = test::square_accounts(z.rows, z.values, output);
  const Picture picture(a);
  const IndicatorAnswer ours = asked(picture, "upstreamness");
  for (const CsvRow& row : read_csv(golden("io/toyio_upstream.csv")).rows) {
    double sum = 0.0;
    const std::size_t i = z.row(row.fields[0].substr(1) + '.' + row.fields[1]);
    for (std::size_t j = 0; j < n; ++j) sum += theirs(i, j);
    CHECK(sum == Approx(number(row.fields[3])).epsilon(1e-10));
    CHECK(std::fabs(at(ours, row.fields[0].substr(1), row.fields[1]) - number(row.fields[3])) > 0.005);
  }
}

TEST_CASE("Miller and Blair, interregional example: multiplier in all, in the region, and of the region by itself to 1e-10") {
  NEEDS_SHARED_DATA();
  const Labelled table = test::read_labelled(golden("textbook/mb-interregional/table.csv"));
  const std::vector<std::string> cells(table.rows.begin(), table.rows.begin() + 5);
  std::vector<double> output = column_of(table, "output");
  output.resize(5);
  Matrix flows(5, 5);
  for (std::size_t i = 0; i < 5; ++i)
    for (std::size_t j = 0; j < 5; ++j) flows(i, j) = table.values(i, j);
  const Accounts a = test::square_accounts(cells, flows, output);
  const Picture picture(a);
  const IndicatorAnswer whole = asked(picture, "output_multiplier"), parts = asked(picture, "interregional_multiplier"),
                        value = asked(picture, "value_added_multiplier");
  std::map<std::string, int> compared;
  for (const CsvRow& row : read_csv(golden("textbook/mb-interregional/expected.csv")).rows) {
    const std::string &what = row.fields[0], region = row.fields[2].substr(0, 1),
                      sector = row.fields[2].empty() ? "" : row.fields[2].substr(2);
    double ours = std::nan("");
    if (what == "output_multiplier") ours = at(whole, region, sector);
    if (what == "intraregional_multiplier") ours = at(whole, region, sector, "own");
    if (what == "single_region_multiplier") ours = at(parts, region, sector, "own");
    if (what == "value_added_multiplier_must_be_1") ours = at(value, region, sector);
    if (std::isnan(ours)) continue;
    CHECK(ours == Approx(number(row.fields[3])).epsilon(1e-10));
    ++compared[what];
  }
  CHECK(compared == std::map<std::string, int>{{"output_multiplier", 5},
                                               {"intraregional_multiplier", 5},
                                               {"single_region_multiplier", 5},
                                               {"value_added_multiplier_must_be_1", 5}});
}

TEST_CASE(
    "Eurostat manual (Beutel 2008), Germany 1995: backward and forward linkages to the printed digits, but for one with two exchanged") {
  NEEDS_SHARED_DATA();
  std::map<std::pair<std::string, std::string>, double> cell;
  for (const CsvRow& row : read_csv(golden("io/germany1995_long.csv")).rows) cell[{row.fields[0], row.fields[1]}] = number(row.fields[2]);
  const std::vector<std::string> sectors = {"agriculture_group", "industry_group",          "construction",
                                            "trade_group",       "business_services_group", "other_services_group"};
  Matrix flows(6, 6);
  std::vector<double> output(6);
  for (std::size_t i = 0; i < 6; ++i) {
    output[i] = cell.at({"output", sectors[i]});
    for (std::size_t j = 0; j < 6; ++j) flows(i, j) = cell.at({sectors[i], sectors[j]});
  }
  const Accounts a = test::square_accounts(sectors, flows, output);
  const Picture picture(a);
  const IndicatorAnswer backward = asked(picture, "backward_linkage"), forward = asked(picture, "forward_linkage");
  int compared = 0;
  for (const CsvRow& row : read_csv(golden("io/germany1995_published.csv")).rows) {
    std::string sector = row.fields[1];
    if (sector != "construction") sector += "_group";
    const double ours = at(row.fields[0] == "forward_linkage" ? forward : backward, "R", sector, "total");
    CAPTURE(row.fields[0], sector);
    if (row.fields[0] == "forward_linkage" && sector == "industry_group") {
      CHECK(row.fields[2] == "1.6691");
      CHECK(std::fabs(ours - 1.6910) <= 0.5e-4 + 1e-9);
    } else {
      CHECK(std::fabs(ours - number(row.fields[2])) <= 0.5e-4 + 1e-9);
    }
    ++compared;
  }
  CHECK(compared == 12);
}

TEST_CASE("ONS analytical tables UK 2010: the indicators of output, pay and value added of every second product to 1e-10") {
  NEEDS_SHARED_DATA();
  const Labelled table = test::read_labelled(golden("io/uk2010_iot_domestic_pxp.csv"));
  const std::size_t n = table.row("Total consumption");
  std::vector<std::string> cells;
  Matrix flows(n, n), primary(3, n);
  std::vector<double> output(n);
  const char* rows[] = {"Compensation of employees", "Gross Operating Surplus", "Taxes less subsidies on production"};
  for (std::size_t j = 0; j < n; ++j) {
    cells.push_back("UK." + table.rows[j]);
    output[j] = table.values(table.row("Total output"), j);
    for (std::size_t i = 0; i < n; ++i) flows(i, j) = table.values(i, j);
    for (std::size_t p = 0; p < 3; ++p) primary(p, j) = table.values(table.row(rows[p]), j);
  }
  Accounts a = test::square_accounts(cells, flows, output);
  a.primary_rows = {{"pay", rows[0], PrimaryRole::labour, true},
                    {"surplus", rows[1], PrimaryRole::capital, true},
                    {"taxes", rows[2], PrimaryRole::tax, true}};
  a.primary = Block(std::move(primary));
  const Picture picture(a);
  const IndicatorAnswer whole = asked(picture, "output_multiplier"), pay = asked(picture, "income_multiplier"),
                        value = asked(picture, "value_added_multiplier");
  const CsvTable published = read_csv(golden("io/uk2010_published_multipliers_odd.csv"));
  std::size_t compared = 0;
  for (const CsvRow& row : published.rows) {
    const auto agrees = [&](const char* column, double ours) {
      const std::string& text = published.field(row, published.column(column));
      if (text.empty() || text == "NA" || std::isnan(ours)) return;
      CAPTURE(row.fields[0], column);
      CHECK(ours == Approx(number(text)).epsilon(1e-10));
      ++compared;
    };
    const std::string& product = row.fields[0];
    agrees("Output multiplier", at(whole, "UK", product));
    agrees("Employment cost effects", at(pay, "UK", product));
    agrees("Employment cost multiplier", at(pay, "UK", product, "per_direct"));
    agrees("GVA effects", at(value, "UK", product));
    agrees("GVA multiplier", at(value, "UK", product, "per_direct"));
  }
  CHECK(compared > 250);
}

TEST_CASE("WIOD 2011: output multiplier, value-added multiplier, upstreamness and downstreamness of 420 cells to 1e-10") {
  NEEDS_SHARED_DATA();
  const Accounts a = find_reader("wiod").read(test::shared_folder() / "data/wiod2013/wiot_2011.csv.gz", ImportOptions{}).accounts;
  const Picture picture(a);
  const IndicatorAnswer whole = asked(picture, "output_multiplier"), up = asked(picture, "upstreamness"),
                        down = asked(picture, "downstreamness"), value = asked(picture, "value_added_multiplier");
  const CsvTable table = read_csv(golden("io/wiod2011_industry_measures.csv"));
  int compared = 0;
  for (const CsvRow& row : table.rows) {
    const auto expected = [&](const char* column) { return number(table.field(row, required_column(table, column))); };
    if (expected("output") == 0.0) {
      CHECK(std::isnan(at(up, row.fields[0], row.fields[1])));
      continue;
    }
    CAPTURE(row.fields[0], row.fields[1]);
    CHECK(at(whole, row.fields[0], row.fields[1]) == Approx(expected("out_mult")).epsilon(1e-10));
    CHECK(at(up, row.fields[0], row.fields[1]) == Approx(expected("upstreamness")).epsilon(1e-10));
    CHECK(at(down, row.fields[0], row.fields[1]) == Approx(expected("downstreamness")).epsilon(1e-10));
    CHECK(at(value, row.fields[0], row.fields[1]) == Approx(expected("va_mult")).epsilon(1e-10));
    ++compared;
  }
  CHECK(compared == 413);
}
