// Published and independently computed figures. Source of each: SOURCE.md beside the files.
#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <map>

#include "golden.h"
#include "kontor/base/csv.h"
#include "kontor/base/text.h"
#include "kontor/model/leontief.h"
#include "support.h"

using namespace kontor;
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

// The first `count` rows and columns of a table as flows.
static Matrix corner(const Labelled& table, std::size_t count) {
  Matrix flows(count, count);
  for (std::size_t i = 0; i < count; ++i)
    for (std::size_t j = 0; j < count; ++j) flows(i, j) = table.values(i, j);
  return flows;
}

TEST_CASE("Miller and Blair, interregional example: inverse, multipliers and extraction to 1e-10") {
  NEEDS_SHARED_DATA();
  const Labelled table = test::read_labelled(golden("textbook/mb-interregional/table.csv"));
  const std::vector<std::string> cells(table.rows.begin(), table.rows.begin() + 5);
  std::vector<double> output = column_of(table, "output");
  output.resize(5);
  const Accounts accounts = test::square_accounts(cells, corner(table, 5), output);
  const LeontiefSystem system(accounts);
  Matrix units(5, 5);
  for (std::size_t i = 0; i < 5; ++i) units(i, i) = 1.0;
  const Solved inverse = system.solve(units);  // row j holds column j of L
  const CsvTable expected = read_csv(golden("textbook/mb-interregional/expected.csv"));
  int compared = 0;
  for (const CsvRow& row : expected.rows) {
    const auto at = [&](const std::string& label) {
      return static_cast<std::size_t>(std::find(cells.begin(), cells.end(), label) - cells.begin());
    };
    const double value = number(row.fields[3]);
    if (row.fields[0] == "L") {
      CHECK(inverse(at(row.fields[2]), at(row.fields[1])) == Approx(value).epsilon(1e-10));
      ++compared;
    }
    if (row.fields[0] == "output_multiplier") {
      CHECK(system.output_multipliers()[at(row.fields[2])] == Approx(value).epsilon(1e-10));
      ++compared;
    }
  }
  CHECK(compared == 30);
}

TEST_CASE("Eurostat manual 15.4 (Beutel 2008), Germany 1995: output multipliers to 1e-10 and to the printed digits") {
  NEEDS_SHARED_DATA();
  const Labelled table = test::read_labelled(golden("textbook/beutel-15-4/table.csv"));
  // Column 0 is the label in words; flows follow.
  Matrix flows(6, 6);
  std::vector<double> output(6);
  for (std::size_t i = 0; i < 6; ++i) {
    output[i] = table.values(table.row("P1"), i + 1);
    for (std::size_t j = 0; j < 6; ++j) flows(i, j) = table.values(i, j + 1);
  }
  const Accounts accounts = test::square_accounts({"1", "2", "3", "4", "5", "6"}, flows, output);
  const LeontiefSystem system(accounts);
  const CsvTable expected = read_csv(golden("textbook/beutel-15-4/expected.csv"));
  std::size_t sector = 0;
  for (const CsvRow& row : expected.rows) {
    if (row.fields[0].rfind("output_multiplier", 0) != 0) continue;
    CHECK(system.output_multipliers()[sector] == Approx(number(row.fields[3])).epsilon(1e-10));
    CHECK(std::fabs(system.output_multipliers()[sector] - number(row.fields[4])) <= 0.5e-4 + 1e-9);
    ++sector;
  }
  CHECK(sector == 6);
}

TEST_CASE("ONS analytical tables UK 2010: published multipliers and effects of every second product to 1e-10") {
  NEEDS_SHARED_DATA();
  const Labelled table = test::read_labelled(golden("io/uk2010_iot_domestic_pxp.csv"));
  const std::size_t n = table.row("Total consumption");
  const std::vector<std::string> codes(table.rows.begin(), table.rows.begin() + static_cast<long>(n));
  std::vector<double> output(n), wages(n), gva(n);
  for (std::size_t j = 0; j < n; ++j) {
    output[j] = table.values(table.row("Total output"), j);
    wages[j] = table.values(table.row("Compensation of employees"), j);
    gva[j] =
        wages[j] + table.values(table.row("Gross Operating Surplus"), j) + table.values(table.row("Taxes less subsidies on production"), j);
  }
  std::vector<std::string> cells;
  for (const std::string& code : codes) cells.push_back("UK." + code);
  const Accounts accounts = test::square_accounts(cells, corner(table, n), output);
  const LeontiefSystem system(accounts);
  Matrix rows(2, n);
  const std::vector<double> wage_shares = system.coefficients(wages), gva_shares = system.coefficients(gva);
  std::copy(wage_shares.begin(), wage_shares.end(), rows.row(0).begin());
  std::copy(gva_shares.begin(), gva_shares.end(), rows.row(1).begin());
  const Solved effects = system.solve_transposed(rows);
  const CsvTable published = read_csv(golden("io/uk2010_published_multipliers_odd.csv"));
  std::size_t compared = 0;
  for (const CsvRow& row : published.rows) {
    const std::size_t j = table.row(row.fields[0]);
    const auto agrees = [&](const char* column, double ours) {
      const std::string& text = published.field(row, published.column(column));
      if (text.empty() || text == "NA") return;
      CHECK(ours == Approx(number(text)).epsilon(1e-10));
      ++compared;
    };
    agrees("Output multiplier", system.output_multipliers()[j]);
    agrees("Employment cost effects", effects(0, j));
    agrees("GVA effects", effects(1, j));
    if (wages[j] != 0) agrees("Employment cost multiplier", effects(0, j) / wage_shares[j]);
    if (gva[j] != 0) agrees("GVA multiplier", effects(1, j) / gva_shares[j]);
  }
  CHECK(compared > 250);
}

TEST_CASE("pymrio's test system: output from final demand and multipliers of the emission rows to 1e-10") {
  NEEDS_SHARED_DATA();
  const Labelled z = test::read_labelled(golden("io/pymriotest_Z.csv")), y = test::read_labelled(golden("io/pymriotest_Y.csv"));
  const Labelled x = test::read_labelled(golden("io/pymriotest_x.csv")), f = test::read_labelled(golden("io/pymriotest_emissions_F.csv"));
  const Labelled m = test::read_labelled(golden("io/pymriotest_emissions_M.csv"));
  const Accounts accounts = test::square_accounts(z.rows, z.values, column_of(x, "indout"));
  const LeontiefSystem system(accounts);
  Matrix demand(1, z.rows.size()), rows(f.rows.size(), z.rows.size());
  for (std::size_t i = 0; i < y.rows.size(); ++i)
    for (std::size_t k = 0; k < y.columns.size(); ++k) demand(0, i) += y.values(i, k);
  const Solved output = system.solve(demand);
  for (std::size_t i = 0; i < y.rows.size(); ++i) CHECK(output(0, i) == Approx(accounts.output(0, i)).epsilon(1e-10));
  for (std::size_t r = 0; r < f.rows.size(); ++r) {
    const std::vector<double> s = system.coefficients(f.values.row(r));
    std::copy(s.begin(), s.end(), rows.row(r).begin());
  }
  const Solved multipliers = system.solve_transposed(rows);
  for (std::size_t r = 0; r < f.rows.size(); ++r)
    for (std::size_t j = 0; j < z.rows.size(); ++j) CHECK(multipliers(r, j) == Approx(m(f.rows[r], z.rows[j])).epsilon(1e-10));
}

TEST_CASE("leather example of decompr: value added of each origin in each output to 1e-10") {
  NEEDS_SHARED_DATA();
  const Labelled z = test::read_labelled(golden("io/leather_Z.csv")), out = test::read_labelled(golden("io/leather_out.csv"));
  const std::vector<double> output = column_of(out, "out");
  const Accounts accounts = test::square_accounts(z.rows, z.values, output);
  const LeontiefSystem system(accounts);
  const std::size_t n = z.rows.size();
  Matrix demands(n, n);
  for (std::size_t j = 0; j < n; ++j) demands(j, j) = output[j];
  const Solved answers = system.solve(demands);
  const CsvTable expected = read_csv(golden("io/leather_leontief_output.csv"));
  for (const CsvRow& row : expected.rows) {
    const std::size_t source = z.row(row.fields[0] + '.' + row.fields[1]), user = z.row(row.fields[2] + '.' + row.fields[3]);
    const double share = accounts.primary(0, source) / output[source];
    CHECK(share * answers(user, source) == Approx(number(row.fields[4])).epsilon(1e-10));
  }
}

// The table with the coefficients of `system` and another output: what its final demand or its primary inputs alone would give.
static Accounts at_output(const LeontiefSystem& system, const std::vector<std::string>& cells, const std::vector<double>& output,
                          Given given) {
  const Accounts& a = system.accounts();
  Matrix flows = a.intermediate.copy();
  for (std::size_t i = 0; i < output.size(); ++i)
    for (std::size_t j = 0; j < output.size(); ++j) {
      const std::size_t fixed = given == Given::final_demand ? j : i;  // shares of inputs in the column, or of sales in the row
      flows(i, j) *= output[fixed] / a.output(0, fixed);
    }
  return test::square_accounts(cells, flows, output);
}

TEST_CASE("toyio: extraction of each sector of the first region, backward and forward, column or row only and total, to 1e-10") {
  NEEDS_SHARED_DATA();
  const Labelled z = test::read_labelled(golden("io/toyio_Z.csv")), f = test::read_labelled(golden("io/toyio_f.csv"));
  const Labelled x = test::read_labelled(golden("io/toyio_X.csv")), v = test::read_labelled(golden("io/toyio_V.csv"));
  const std::vector<double> output = column_of(x, "X");
  const Accounts accounts = test::square_accounts(z.rows, z.values, output);
  const LeontiefSystem system(accounts);
  const std::size_t n = z.rows.size();
  // The package leaves exports out of final demand and imports out of primary inputs (and the table's columns do not add up to X
  // with them either). So each of its losses is X less the output after extraction from the smaller table: X - L f, or X - v G, and
  // what that table loses. "Total" cuts row and column but for the diagonal, which the other two cut as well.
  Matrix demand(1, n), value_added(1, n);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t k = 0; k < f.columns.size(); ++k) demand(0, i) += f.values(i, k);
    for (std::size_t k = 0; k < v.rows.size(); ++k) value_added(0, i) += v.values(k, i) / output[i];
  }
  const Solved l_f = system.solve(demand), v_l = system.solve_transposed(value_added);
  std::vector<double> from_f(n), from_v(n);
  for (std::size_t i = 0; i < n; ++i) from_f[i] = l_f(0, i), from_v[i] = v_l(0, i) * output[i];
  const Accounts of_f = at_output(system, z.rows, from_f, Given::final_demand),
                 of_v = at_output(system, z.rows, from_v, Given::primary_inputs);
  const LeontiefSystem backward(of_f), forward(of_v);
  const CsvTable expected = read_csv(golden("io/toyio_extraction_r1.csv"));
  std::map<std::string, int> compared;
  for (const CsvRow& row : expected.rows) {
    const std::string& path = row.fields[0];
    const std::size_t i = z.row(row.fields[1]);
    const int k = static_cast<int>(z.row("Hogwarts." + row.fields[2]));
    std::vector<double> loss;
    if (path == "/backward") loss = extract_purchases(backward, k);
    if (path == "/backward.total") loss = extract_cell(backward, k, Given::final_demand);
    if (path == "/forward") loss = extract_sales(forward, k);
    if (path == "/forward.total") loss = extract_cell(forward, k, Given::primary_inputs);
    REQUIRE(loss.size() == n);
    const double left = path.starts_with("/backward") ? from_f[i] : from_v[i];
    CHECK(output[i] - left + loss[i] == Approx(number(row.fields[3])).epsilon(1e-10));
    ++compared[path];
  }
  CHECK(compared == std::map<std::string, int>{{"/backward", 50}, {"/backward.total", 50}, {"/forward", 50}, {"/forward.total", 50}});
}

TEST_CASE("toyio: direct and total backward and forward linkages of both regions to 1e-10") {
  NEEDS_SHARED_DATA();
  const Labelled z = test::read_labelled(golden("io/toyio_Z.csv")), x = test::read_labelled(golden("io/toyio_X.csv"));
  const std::vector<double> output = column_of(x, "X");
  const Accounts accounts = test::square_accounts(z.rows, z.values, output);
  const LeontiefSystem system(accounts);
  const std::size_t n = z.rows.size();
  // Row sums of the Ghosh inverse G = X^-1 L X, by one solve: X^-1 L x.
  Matrix outputs(1, n);
  std::copy(output.begin(), output.end(), outputs.row(0).begin());
  const Solved forward = system.solve(outputs);
  const CsvTable expected = read_csv(golden("io/toyio_linkages_raw.csv"));
  std::size_t compared = 0;
  for (const CsvRow& row : expected.rows) {
    const std::size_t j = z.row(row.fields[0].substr(1) + '.' + row.fields[1]);
    const double value = number(row.fields[3]);
    double inputs = 0.0, sales = 0.0;
    for (std::size_t i = 0; i < n; ++i) inputs += z.values(i, j), sales += z.values(j, i);
    if (row.fields[2] == "BL.dir") CHECK(inputs / output[j] == Approx(value).epsilon(1e-10));
    if (row.fields[2] == "FL.dir") CHECK(sales / output[j] == Approx(value).epsilon(1e-10));
    if (row.fields[2] == "BL.tot") CHECK(system.output_multipliers()[j] == Approx(value).epsilon(1e-10));
    if (row.fields[2] == "FL.tot") CHECK(forward(0, j) / output[j] == Approx(value).epsilon(1e-10));
    ++compared;
  }
  CHECK(compared == 40);
}
