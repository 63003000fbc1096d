#include <catch2/catch.hpp>

#include <fstream>

#include "kontor/accounts/store.h"
#include "kontor/base/csv.h"
#include "kontor/base/error.h"
#include "kontor/base/text.h"
#include "kontor/read/reader.h"
#include "read/pymrio.h"
#include "support.h"

using namespace kontor;
namespace fs = std::filesystem;

static std::vector<std::string> levels(const std::string& label) {
  const std::size_t dot = label.find('.');
  return dot == std::string::npos ? std::vector<std::string>{label} : std::vector<std::string>{label.substr(0, dot), label.substr(dot + 1)};
}

static double number(const std::string& text) {
  double value = 0;
  REQUIRE(read_number(text, value) == NumberProblem::none);
  return value;
}

// Writes a table the way pandas does: a line per column level, a line of row-level names, the rows.
static void save(const CsvTable& golden, const fs::path& file, const std::vector<std::string>& row_names, bool two_levels) {
  std::ofstream out(file);
  const std::string blanks(row_names.size() - 1, '\t');
  for (std::size_t level = 0; level < (two_levels ? 2 : 0); ++level) {
    out << (level == 0 ? "region" : "sector") << blanks;
    for (std::size_t j = 1; j < golden.header.size(); ++j) out << '\t' << levels(golden.header[j])[level];
    out << '\n';
  }
  out << joined(row_names, "\t");
  for (std::size_t j = 1; j < golden.header.size(); ++j) out << '\t' << (two_levels ? "" : golden.header[j]);
  out << '\n';
  for (const CsvRow& row : golden.rows) {
    out << joined(row_names.size() == 2 ? levels(row.fields[0]) : std::vector<std::string>{row.fields[0]}, "\t");
    for (std::size_t j = 1; j < row.fields.size(); ++j) out << '\t' << row.fields[j];
    out << '\n';
  }
}

static CsvTable golden(const std::string& name) {
  return read_csv((test::shared_folder() / ("golden/io/pymriotest_" + name + ".csv")).string());
}

static void write(const fs::path& file, const std::string& text) { std::ofstream(file) << text; }

static const char* root_parameters =
    R"({"systemtype": "IOSystem", "files": {
      "Z": {"name": "Z.txt", "nr_index_col": "2", "nr_header": "2"}, "Y": {"name": "Y.txt", "nr_index_col": "2", "nr_header": "2"},
      "x": {"name": "x.txt", "nr_index_col": "2", "nr_header": "1"}}})";
static const char* extension_parameters =
    R"({"systemtype": "Extension", "name": "Emissions", "files": {
      "F": {"name": "F.txt", "nr_index_col": "2", "nr_header": "2"}, "F_Y": {"name": "F_Y.txt", "nr_index_col": "2", "nr_header": "2"},
      "unit": {"name": "unit.txt", "nr_index_col": "2", "nr_header": "1"}}})";
static const char* factor_parameters =
    R"({"systemtype": "Extension", "files": {"F": {"name": "F.txt", "nr_index_col": 1, "nr_header": 2}}})";

static void save_test_system(const fs::path& folder) {
  save(golden("Z"), folder / "Z.txt", {"region", "sector"}, true);
  save(golden("Y"), folder / "Y.txt", {"region", "sector"}, true);
  save(golden("x"), folder / "x.txt", {"region", "sector"}, false);
  write(folder / "file_parameters.json", root_parameters);
  fs::create_directory(folder / "emissions");
  save(golden("emissions_F"), folder / "emissions/F.txt", {"stressor", "compartment"}, true);
  save(golden("emissions_F_Y"), folder / "emissions/F_Y.txt", {"stressor", "compartment"}, true);
  write(folder / "emissions/unit.txt", "stressor\tcompartment\tunit\nemission_type1\tair\tkg\nemission_type2\twater\tkg\n");
  write(folder / "emissions/file_parameters.json", extension_parameters);
  fs::create_directory(folder / "factor_inputs");
  save(golden("factor_inputs_F"), folder / "factor_inputs/F.txt", {"inputtype"}, true);
  write(folder / "factor_inputs/file_parameters.json", factor_parameters);
}

TEST_CASE("pymrio's test system reads as its own numbers") {
  NEEDS_SHARED_DATA();
  const test::TemporaryFolder folder;
  save_test_system(folder.path());
  const Imported in = find_reader("pymrio").read(folder.path(), {});
  const Accounts& a = in.accounts;
  REQUIRE(a.cells.size() == 48);
  REQUIRE(a.final_uses.size() >= 42);
  const CsvTable z = golden("Z"), y = golden("Y"), x = golden("x"), f = golden("emissions_F"), fy = golden("emissions_F_Y"),
                 v = golden("factor_inputs_F");
  for (std::size_t i = 0; i < 48; ++i) {
    CHECK(cell_label(a, static_cast<int>(i)) == z.rows[i].fields[0]);
    for (std::size_t j = 0; j < 48; ++j) CHECK(a.intermediate(i, j) == number(z.rows[i].fields[j + 1]));
    for (std::size_t j = 0; j < 42; ++j) CHECK(a.final_use(i, j) == number(y.rows[i].fields[j + 1]));
    CHECK(a.output(0, i) == number(x.rows[i].fields[1]));
    CHECK(a.satellite(2, i) == number(v.rows[0].fields[i + 1]));
    for (std::size_t s = 0; s < 2; ++s) CHECK(a.satellite(s, i) == number(f.rows[s].fields[i + 1]));
  }
  CHECK(a.satellite_final(0, 7) == number(fy.rows[0].fields[8]));
  CHECK(a.satellites[1].code == "emission_type2.water");
  CHECK(a.satellites[1].unit == "kg");
  CHECK(a.categories[3].role == FinalRole::investment);
  CHECK(a.categories[1].role == FinalRole::npish);
  check_shapes(a, "pymrio");

  // Its value added does not close its columns (manufacturing of reg3 misses 98 % of output): refused as primary inputs.
  ImportOptions options;
  options.settings = {{"value_added", "factor_inputs"}};
  CHECK_THROWS_AS(find_reader("pymrio").read(folder.path(), options), Error);
}

TEST_CASE("coefficients and output give the same flows as the flows themselves") {
  const test::TemporaryFolder folder;
  write(folder / "A.txt", "region\t\tr\tr\nsector\t\ta\tb\nregion\tsector\t\t\nr\ta\t0.25\t0.5\nr\tb\t0\t0.125\n");
  write(folder / "Y.txt", "region\t\tr\nsector\t\tFD\nregion\tsector\t\nr\tb\t175\nr\ta\t-25\n");  // rows in another order
  write(folder / "x.txt", "region\tsector\tindout\nr\ta\t100\nr\tb\t200\n");
  std::string parameters = root_parameters;
  parameters.replace(parameters.find("\"Z\""), 3, "\"A\"");
  parameters.replace(parameters.find("Z.txt"), 5, "A.txt");
  write(folder / "file_parameters.json", parameters);
  const Accounts a = find_reader("pymrio").read(folder.path(), {}).accounts;
  CHECK(a.intermediate(0, 1) == 100);
  CHECK(a.final_use(1, 0) == 175);
  CHECK(a.primary_rows[0].code == "residual");
  CHECK(a.primary(0, 1) == 75);

  fs::create_directory(folder / "money");
  write(folder / "money/F.txt", "region\tr\tr\nsector\ta\tb\ninputtype\t\t\nwages\t70\t50\ntaxes\t5\t25\n");
  write(folder / "money/file_parameters.json", factor_parameters);
  ImportOptions options;
  options.settings = {{"value_added", "money"}};
  const Accounts b = find_reader("pymrio").read(folder.path(), options).accounts;
  CHECK(b.primary_rows[0].role == PrimaryRole::labour);
  CHECK(b.primary(1, 1) == 25);
}

static std::string refusal_of(const std::string& table) {
  Problems problems("Z.txt");
  try {
    parse_level_table(table, 2, 2, {}, problems);
    problems.throw_if_any_errors();
  } catch (const Error& error) {
    CHECK(error.exit() == Exit::data);
    return error.what();
  }
  return "read";
}

TEST_CASE("a saved table that is wrong is refused with its line") {
  CHECK(refusal_of("").find("header ends early") != std::string::npos);
  CHECK(refusal_of("region\t\tr\nsector\t\n").find("Z.txt:2") != std::string::npos);
  CHECK(refusal_of("region\t\tr\nsector\t\ta\nr\ta\tNaN\n").find("Z.txt:3:r.a (3)") != std::string::npos);
  CHECK(refusal_of("region\t\tr\nsector\t\ta\nr\ta\t1\t2\n").find("found 4 fields") != std::string::npos);
  CHECK(refusal_of("region\t\tr\nsector\t\ta\nr\ta\t1\n") == "read");
}

TEST_CASE("file parameters that lead out of the folder or nest without end are refused") {
  CHECK_THROWS_AS(parse_file_parameters(R"({"files": {"Z": {"name": "../Z.txt"}}})", "p.json"), Error);
  CHECK_THROWS_AS(parse_file_parameters(std::string(100000, '['), "p.json"), Error);
  CHECK_THROWS_AS(parse_file_parameters(R"({"files": {"Z": {"name": "Z.txt", "nr_header": "99"}}})", "p.json"), Error);
  CHECK_THROWS_AS(parse_file_parameters("[]", "p.json"), Error);
}
