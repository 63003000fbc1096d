// WIOD, releases 2013 (35 industries, 41 regions) and 2016 (56 industries, 44 regions), and any cut of them.
//
//   line 1: ,,AUS,AUS,...        region of each column
//   line 2: region,industry,c1,c2,...,c42,GO
//   then:   AUS,c1,3107,12,...
//
// How many regions and industries there are is read from the labels. There are no rows of primary inputs:
// gross output less intermediate inputs is kept as one row.
#include "read/wiod.h"

#include <algorithm>
#include <array>

#include "kontor/base/csv.h"
#include "kontor/base/error.h"
#include "kontor/base/files.h"
#include "kontor/base/text.h"
#include "read/settings.h"
#include "read/text_source.h"
#include "read/wide_fields.h"
#include "read/wide_scan.h"
#include "read/wiod_jobs.h"
#include "read/xlsx.h"

namespace kontor {

namespace fs = std::filesystem;

static const FinalCategory categories[] = {
    {"c37", "Final consumption of households", FinalRole::household},
    {"c38", "Final consumption of non-profit institutions serving households", FinalRole::npish},
    {"c39", "Final consumption of government", FinalRole::government},
    {"c41", "Gross fixed capital formation", FinalRole::investment},
    {"c42", "Changes in inventories and valuables", FinalRole::inventories},
    {"CONS_h", "Final consumption of households", FinalRole::household},
    {"CONS_np", "Final consumption of non-profit institutions serving households", FinalRole::npish},
    {"CONS_g", "Final consumption of government", FinalRole::government},
    {"GFCF", "Gross fixed capital formation", FinalRole::investment},
    {"INVEN", "Changes in inventories and valuables", FinalRole::inventories},
};

// Rows of the xlsx sheet below the producers, where the region is TOT. Only value added is income.
static const PrimaryRow primary_rows[] = {
    {"TXSP", "Taxes less subsidies on products", PrimaryRole::tax, false},
    {"EXP_adj", "Cif/fob adjustments on exports", PrimaryRole::margin, false},
    {"PURR", "Direct purchases abroad by residents", PrimaryRole::margin, false},
    {"PURNR", "Purchases on the domestic territory by non-residents", PrimaryRole::margin, false},
    {"VA", "Value added at basic prices", PrimaryRole::mixed, true},
    {"IntTTM", "International transport margins", PrimaryRole::margin, false},
};

static constexpr const char* total_codes[] = {"II_fob"};
static constexpr const char* output_codes[] = {"GO"};

static const PrimaryRow residual = {"primary", "value added, net product taxes and international transport margins (residual)",
                                    PrimaryRole::mixed, true};

static const WideMeaning meaning = {categories,   primary_rows, total_codes,
                                    output_codes, residual,     "the sheet holds whole numbers that were cut, not rounded"};

static constexpr const char* citation =
    "Timmer, M. P. (ed.) (2012), The World Input-Output Database (WIOD): Contents, Sources and Methods, WIOD Working Paper 10; Timmer, M. "
    "P., "
    "Dietzenbacher, E., Los, B., Stehrer, R., de Vries, G. J. (2015), An Illustrated User Guide to the World Input-Output Database: the "
    "Case of "
    "Global Automotive Production, Review of International Economics 23, 575-605";
static constexpr const char* licence = "CC BY 4.0, as the publisher states for its 2016 release";

static constexpr std::array<std::array<const char*, 2>, 45> region_names = {{
    {"AUS", "Australia"}, {"AUT", "Austria"},        {"BEL", "Belgium"},    {"BGR", "Bulgaria"},      {"BRA", "Brazil"},
    {"CAN", "Canada"},    {"CHE", "Switzerland"},    {"CHN", "China"},      {"CYP", "Cyprus"},        {"CZE", "Czechia"},
    {"DEU", "Germany"},   {"DNK", "Denmark"},        {"ESP", "Spain"},      {"EST", "Estonia"},       {"FIN", "Finland"},
    {"FRA", "France"},    {"GBR", "United Kingdom"}, {"GRC", "Greece"},     {"HRV", "Croatia"},       {"HUN", "Hungary"},
    {"IDN", "Indonesia"}, {"IND", "India"},          {"IRL", "Ireland"},    {"ITA", "Italy"},         {"JPN", "Japan"},
    {"KOR", "Korea"},     {"LTU", "Lithuania"},      {"LUX", "Luxembourg"}, {"LVA", "Latvia"},        {"MEX", "Mexico"},
    {"MLT", "Malta"},     {"NLD", "Netherlands"},    {"NOR", "Norway"},     {"POL", "Poland"},        {"PRT", "Portugal"},
    {"ROM", "Romania"},   {"ROU", "Romania"},        {"RUS", "Russia"},     {"SVK", "Slovakia"},      {"SVN", "Slovenia"},
    {"SWE", "Sweden"},    {"TUR", "Turkey"},         {"TWN", "Taiwan"},     {"USA", "United States"}, {"RoW", "Rest of the world"},
}};

// Groups of the publisher's own table of seven regions; the codes CHN and RoW stand above.
static constexpr std::array<std::array<const char*, 2>, 6> group_names = {{
    {"EURO", "Euro area"},
    {"OEU", "Other European Union"},
    {"NAFTA", "North America"},
    {"EASIA", "East Asia"},
    {"BRIIAT", "Brazil, Russia, India, Indonesia, Australia, Turkey"},
    {"ROW", "Rest of the world"},
}};

void name_regions(Accounts& a) {
  for (Region& region : a.regions) {
    for (const auto& [code, name] : region_names)
      if (region.code == code) region.name = name;
    for (const auto& [code, name] : group_names)
      if (region.code == code) region.name = name;
  }
}

int year_in(const std::string& name) {
  int found = 0;
  for (std::size_t i = 0; i < name.size();) {
    std::size_t end = i;
    while (end < name.size() && name[end] >= '0' && name[end] <= '9') ++end;
    if (end - i == 4 && (name.compare(i, 2, "19") == 0 || name.compare(i, 2, "20") == 0)) {
      const int year = std::stoi(name.substr(i, 4));
      if (found && found != year) return 0;
      found = year;
    }
    i = std::max(end, i + 1);
  }
  return found;
}

static std::string lower_case(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

// The releases number the rows of totals and primary inputs differently (r60, r65, ...) but name them alike.
void code_by_name(std::vector<WideLabel>& labels) {
  static constexpr std::array<std::array<const char*, 2>, 5> other_names = {{{"total intermediate consumption", "II_fob"},
                                                                             {"output at basic prices", "GO"},
                                                                             {"gross output", "GO"},
                                                                             {"total output", "GO"},
                                                                             {"tot", "GO"}}};
  for (WideLabel& label : labels) {
    if (!label.region.empty()) continue;
    for (const std::string& written : {lower_case(label.code), lower_case(label.name)}) {
      for (const PrimaryRow& row : primary_rows)
        if (written == lower_case(row.name) || (row.code == "EXP_adj" && written == "cif/ fob adjustments on exports"))
          label.code = row.code;
      for (const auto& [name, code] : other_names)
        if (written == name) label.code = code;
    }
  }
}

Imported wiod_accounts(const WideTable& table, const ImportOptions& options) {
  const int year = options.year ? options.year : year_in(fs::path(table.file).filename().string());
  if (year == 0)
    fail(Exit::data, "no-year", table.file, "", "", "the file name does not say which year this is",
         "one year such as 2011 in the file name", "say it with --year 2011");
  Imported result = wide_accounts(table, meaning, options);
  Accounts& a = result.accounts;
  a.year = a.price_year = year;
  a.title = options.title.empty() ? "World Input-Output Table " + std::to_string(year) + ", WIOD" : options.title;
  a.currency = options.currency.empty() ? "USD" : options.currency;
  a.scale = options.scale > 0 ? options.scale : 1e6;
  a.valuation = "basic";
  const std::string classification = a.sectors.size() == 35   ? "WIOD 2013, 35 industries"
                                     : a.sectors.size() == 56 ? "WIOD 2016, 56 industries"
                                                              : "";
  for (Sector& sector : a.sectors) sector.classification = classification;
  name_regions(a);
  return result;
}

void name_sectors(Accounts& a, std::string_view industries_csv, const std::string& file) {
  const CsvTable names = parse_csv(industries_csv, file);
  const int code = required_column(names, "code"), name = required_column(names, "industry");
  for (const CsvRow& row : names.rows)
    if (const int sector = sector_index(a, names.field(row, code)); sector >= 0)
      a.sectors[static_cast<std::size_t>(sector)].name = names.field(row, name);
}

Source wiod_source(std::string_view bytes, const std::string& name) {
  return {fs::path(name).filename().string(), sha256(bytes), citation, licence};
}

// The two header lines: what each column of numbers is. The body is what is left of `text`.
static WideShape take_header(std::string_view& text, const std::string& file, const ImportOptions& options, WideTable& table,
                             Findings& findings) {
  if (trimmed(text.substr(0, 4096)).empty())
    fail(Exit::data, "empty-file", file, "", "", "file is empty", "two header lines and rows were expected", "check the download");
  const std::string_view regions_line = take_line(text, file, 1), codes_line = take_line(text, file, 2);
  WideShape shape = shape_of(file, regions_line, options, findings);
  const auto regions = fields_of(regions_line, shape.separator, file, 1), codes = fields_of(codes_line, shape.separator, file, 2);
  if (regions.size() != codes.size())
    fail(Exit::data, "ragged-header", file, "2", "",
         std::to_string(codes.size()) + " codes below " + std::to_string(regions.size()) + " regions",
         "line 1 names the region of each column, line 2 its industry or final use", "is this the publisher's wide sheet?");
  double number = 0;
  if (codes.size() < 4 || !regions[0].empty() || !regions[1].empty() || read_number(codes[3], number) == NumberProblem::none)
    fail(Exit::data, "bad-header", file, "1", "", "the first line begins with " + quoted(regions[0]),
         "two header lines: `,,AUS,AUS,...` with the region and `region,industry,c1,c2,...` with the code of each column",
         "is this the publisher's wide sheet?");
  for (std::size_t i = 2; i < codes.size(); ++i) {
    table.columns.push_back({regions[i], codes[i], "", "column " + std::to_string(i + 1)});
    shape.columns.push_back(regions[i].empty() ? codes[i] : regions[i] + '.' + codes[i]);
  }
  return shape;
}

Imported parse_wiod(std::string_view bytes, const std::string& name, const ImportOptions& options) {
  if (is_zip(bytes)) return parse_wiod_xlsx(bytes, name, options);
  const TextSource source = text_of_bytes(bytes, nullptr, name, options.encoding);
  std::string_view text = source.text;
  Findings findings;
  WideTable table;
  table.file = name;
  const WideShape shape = take_header(text, name, options, table, findings);
  WideRows rows = scan_wide(text, shape, findings);
  for (std::size_t i = 0; i < rows.lines.size(); ++i)
    table.rows.push_back({std::move(rows.labels[i][0]), std::move(rows.labels[i][1]), "", std::to_string(rows.lines[i])});
  table.numbers = std::move(rows.numbers);
  Imported result = wiod_accounts(table, options);
  result.findings.insert(result.findings.begin(), findings.begin(), findings.end());
  result.accounts.sources.push_back(wiod_source(bytes, name));
  return result;
}

void add_companions(Accounts& a, const fs::path& source, const ImportOptions& options) {
  constexpr std::size_t largest = std::size_t{16} << 20;  // bytes; these are short tables
  const fs::path beside = source.parent_path() / "industries.csv";
  if (std::error_code ignored; fs::is_regular_file(beside, ignored)) {
    const std::string names = read_file(beside, largest);
    name_sectors(a, names, beside.string());
    a.sources.push_back({"industries.csv", sha256(names), citation, licence});
  }
  const std::string jobs = setting(options, "jobs"), groups = setting(options, "job_groups");
  if (!jobs.empty()) add_jobs(a, read_file(jobs, largest), jobs, groups.empty() ? "" : read_file(groups, largest), groups);
}

static Imported read_wiod(const fs::path& source, const ImportOptions& options) {
  const auto file = MappedFile::open(source);
  Imported result = parse_wiod(file->text(), source.string(), options);
  add_companions(result.accounts, source, options);
  return result;
}

static constexpr Setting settings[] = {
    {"sheet", "NAME", "the sheet with the table, where the source is a workbook that holds several"},
    {"jobs", "FILE", "jobs as a satellite, from a table with columns region, industry, employment_1000 (thousand persons)"},
    {"job_groups", "FILE", "which industries the source of the jobs cannot tell apart, from a table with columns code, group"},
};

const Reader wiod_reader = {"wiod",
                            "World Input-Output Tables of WIOD, any year, any number of regions and industries",
                            "the publisher's wide sheet as .csv, .csv.gz or .xlsx; industries.csv beside it names the industries",
                            "WIOD 2013 release: 1995, 2000, 2005, 2008, 2011 and the 7-region table of 1995",
                            settings,
                            read_wiod};

}  // namespace kontor
