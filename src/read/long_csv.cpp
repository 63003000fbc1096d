// Long CSV: one row a flow, with the columns from_region, from_sector, to_region, to_sector, value in any order.
//   sector    to sector           intermediate use
//   sector    to FD[:category]    final use
//   VA:row    to sector or FD     primary input (from_region empty, or the buyer's)
//   sector    to X                output of the seller (to_region empty, or the seller's)
//   X         to sector           the same, written as a row of column totals
//   SAT:name  to sector or FD     satellite (from_region empty, or the buyer's)
// A cell is a (region, sector) that sells or buys. Regions of `external` have no cells: what they sell are import
// rows, what they buy are final-use columns.
#include "read/long_csv.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "kontor/base/error.h"
#include "kontor/base/files.h"
#include "kontor/base/sum.h"
#include "kontor/base/text.h"
#include "read/draft.h"
#include "read/long_checks.h"
#include "read/readers.h"
#include "read/settings.h"
#include "read/text_source.h"

namespace kontor {
namespace {

/// Where the labels of a file stand in the accounts.
struct LongNumbers {
  std::vector<int> region, label;  // per label: number in the accounts; -1 where it has none
  std::vector<int> seller, buyer;  // per (region, label): cell or import row; cell or final-use column; -1: none
  std::size_t labels = 0;

  std::size_t at(int r, int s) const { return static_cast<std::size_t>(r) * labels + static_cast<std::size_t>(s); }
};

}  // namespace

static void refuse_role(const std::string& code, const std::string& role) {
  fail(Exit::usage, "setting", "", "", "--with roles", quoted(role) + " is no role of " + quoted(code),
       "final use: household, npish, government, investment, inventories, exports, discrepancy; "
       "primary inputs: labour, capital, land, mixed, tax, margin",
       "");
}

static FinalCategory category_of(const std::string& code, const std::string& role, Problems& problems) {
  FinalGuess guess = guess_final_role(code);
  if (!role.empty() && !read_role(role, guess.role)) refuse_role(code, role);
  if (role.empty() && !guess.known)
    problems.note("role", "final use " + quoted(code) + " is taken as purchases of households", "a role for each category",
                  "say `--with roles=" + code + ":ROLE` if it is not");
  return {code, code == "FD" ? "Final demand" : code, guess.role};
}

static PrimaryRow primary_row_of(const std::string& code, const std::string& role, Problems& problems) {
  PrimaryGuess guess = guess_primary_role(code);
  if (!role.empty() && !read_role(role, guess.role)) refuse_role(code, role);
  if (!role.empty()) guess.value_added = guess.role != PrimaryRole::margin && (guess.role != PrimaryRole::tax || guess.value_added);
  if (role.empty() && !guess.known)
    problems.note("role", "primary row " + quoted(code) + " is taken as mixed income", "a role for each row",
                  "say `--with roles=" + code + ":ROLE` if it is not");
  return {code, code, guess.role, guess.value_added};
}

static Satellite satellite_of(const std::string& code, const std::map<std::string, std::string>& units, Problems& problems) {
  const auto unit = units.find(code);
  if (unit == units.end())
    problems.note("unit", "the unit of satellite " + quoted(code) + " is not known", "a unit", "say `--with units=" + code + ":UNIT`");
  return {code, code, unit == units.end() ? "" : unit->second, false, Resolution::cell, {}, ""};
}

// Regions, sectors, categories, rows: in order of first appearance.
static void number_labels(const LongRows& in, const LongShape& shape, const ImportOptions& options, Accounts& a, LongNumbers& numbers,
                          Problems& problems) {
  const std::map<std::string, std::string> roles = map_setting(options, "roles"), units = map_setting(options, "units");
  numbers.labels = shape.kinds.size();
  numbers.region.assign(shape.regions, -1);
  numbers.label.assign(shape.kinds.size(), -1);
  for (int r = 0; r < in.regions.size(); ++r) {
    if (in.regions[r].text.empty()) continue;
    numbers.region[static_cast<std::size_t>(r)] = static_cast<int>(a.regions.size());
    a.regions.push_back({in.regions[r].text, in.regions[r].text, "", shape.is_external(r)});
  }
  const auto entered = [](auto& items, auto item) {
    items.push_back(std::move(item));
    return static_cast<int>(items.size()) - 1;
  };
  for (int s = 0; s < in.sectors.size(); ++s) {
    const std::string& text = in.sectors[s].text;
    const std::string code(reserved_name(text));
    const auto said = roles.find(code);
    const std::string role = said == roles.end() ? "" : said->second;
    int& number = numbers.label[static_cast<std::size_t>(s)];
    switch (shape.kind(s)) {
      case SectorKind::sector: number = entered(a.sectors, Sector{text, text, ""}); break;
      case SectorKind::final_use: number = entered(a.categories, category_of(code, role, problems)); break;
      case SectorKind::primary: number = entered(a.primary_rows, primary_row_of(code, role, problems)); break;
      case SectorKind::satellite: number = entered(a.satellites, satellite_of(code, units, problems)); break;
      case SectorKind::output: break;
    }
  }
}

// Purchases of an external region are its exports, whatever sector they were written for.
static int exports_category(Accounts& a) {
  int category = category_index(a, "exports");
  if (category < 0) {
    category = static_cast<int>(a.categories.size());
    a.categories.push_back({"exports", "Exports", FinalRole::exports});
  }
  return category;
}

// Cells, import rows and final-use columns: by region, and inside a region in the order of the labels.
static void number_cells(const LongRows& in, const LongShape& shape, Accounts& a, LongNumbers& numbers) {
  std::vector<char> sells(shape.regions * numbers.labels, 0), buys(sells.size(), 0);
  for (const LongRow& row : in.rows) {
    if (shape.kind(row.from_sector) == SectorKind::satellite) continue;
    sells[numbers.at(row.from_region, row.from_sector)] = 1;
    buys[numbers.at(row.to_region, row.to_sector)] = 1;
  }
  numbers.seller.assign(sells.size(), -1);
  numbers.buyer.assign(sells.size(), -1);
  for (int r = 0; r < in.regions.size(); ++r) {
    const int region = numbers.region[static_cast<std::size_t>(r)];
    int exports = -1;
    for (int s = 0; s < in.sectors.size(); ++s) {
      const std::size_t k = numbers.at(r, s);
      const int label = numbers.label[static_cast<std::size_t>(s)];
      const bool is_sector = shape.kind(s) == SectorKind::sector;
      if (is_sector && !shape.is_external(r) && (sells[k] || buys[k])) {
        numbers.seller[k] = numbers.buyer[k] = static_cast<int>(a.cells.size());
        a.cells.push_back({region, label, label});
      } else if (is_sector && sells[k]) {
        numbers.seller[k] = static_cast<int>(a.imports.size());
        a.imports.push_back({region, label});
      }
      if (!buys[k] || (is_sector && !shape.is_external(r)) || (!is_sector && shape.kind(s) != SectorKind::final_use)) continue;
      const bool is_export = is_sector || (shape.is_external(r) && in.sectors[s].text == "FD");
      if (is_export && exports >= 0) {
        numbers.buyer[k] = exports;
        continue;
      }
      numbers.buyer[k] = static_cast<int>(a.final_uses.size());
      if (is_export) exports = numbers.buyer[k];
      a.final_uses.push_back({region, is_export ? exports_category(a) : label});
    }
  }
}

// Output of a cell from a row of X; the two ways of writing it must agree.
static void put_output(Draft& d, int cell, const LongRow& row, Problems& problems) {
  double& output = d.reported_output[static_cast<std::size_t>(cell)];
  if (!std::isnan(output) && std::fabs(output - row.value) > 1e-9 * std::fabs(output))  // 1e-9: digits that a file may drop
    problems.error("two-outputs", row.line, "value",
                   fmt::format("output of {} is {} here and {} elsewhere", quoted(cell_label(d.accounts, cell)), number_text(row.value),
                               number_text(output)),
                   "one output for each cell", "correct one of the two");
  output = row.value;
}

// Puts every value in its place. Values that share a place (exports to several sectors abroad) add up.
static void fill_blocks(const LongRows& in, const LongShape& shape, const LongNumbers& numbers, Draft& d, Problems& problems) {
  const bool reports_output = std::find(shape.kinds.begin(), shape.kinds.end(), SectorKind::output) != shape.kinds.end();
  if (reports_output) d.reported_output.assign(d.accounts.cells.size(), std::numeric_limits<double>::quiet_NaN());
  Sum inside_external;
  for (const LongRow& row : in.rows) {
    const int seller = numbers.seller[numbers.at(row.from_region, row.from_sector)],
              buyer = numbers.buyer[numbers.at(row.to_region, row.to_sector)];
    const auto i = static_cast<std::size_t>(seller), j = static_cast<std::size_t>(buyer);
    const auto r = static_cast<std::size_t>(numbers.label[static_cast<std::size_t>(row.from_sector)]);
    const bool to_cell = shape.kind(row.to_sector) == SectorKind::sector && !shape.is_external(row.to_region);
    if (shape.kind(row.to_sector) == SectorKind::output) {
      put_output(d, seller, row, problems);
      continue;
    }
    if (buyer < 0) {  // only satellites name cells that nothing else names
      problems.error("unknown-cell", row.line, "to_sector",
                     "a satellite of " + quoted(in.regions[row.to_region].text + '.' + in.sectors[row.to_sector].text) +
                         ", which neither sells nor buys",
                     "a cell of the table", "check the labels");
      continue;
    }
    switch (shape.kind(row.from_sector)) {
      case SectorKind::sector:
        if (!shape.is_external(row.from_region))
          (to_cell ? d.intermediate(i, j) : d.final_use(i, j)) += row.value;
        else if (shape.is_external(row.to_region))
          inside_external.add(row.value);
        else
          (to_cell ? d.imports_intermediate(i, j) : d.imports_final(i, j)) += row.value;
        break;
      case SectorKind::primary: (to_cell ? d.primary(r, j) : d.primary_final(r, j)) += row.value; break;
      case SectorKind::satellite: (to_cell ? d.satellite(r, j) : d.satellite_final(r, j)) = row.value; break;
      case SectorKind::output: put_output(d, buyer, row, problems); break;
      case SectorKind::final_use: break;
    }
  }
  if (inside_external.value() != 0)
    problems.note("external", "flows inside external regions, " + number_text(inside_external.value()) + " in all",
                  "they are no part of the accounts");
  for (std::size_t c = 0; c < d.reported_output.size(); ++c)
    if (std::isnan(d.reported_output[c]))
      problems.add(Severity::error, "no-output", quoted(cell_label(d.accounts, static_cast<int>(c))), "",
                   "no output `X`, though others have one", "output for every cell or for none",
                   "add the row, or say --gross-output row_sums");
}

static const Setting long_csv_settings[] = {
    {"external", "NAME;NAME...", "regions without production accounts: abroad"},
    {"roles", "NAME:ROLE;...", "what final-use categories and primary rows are"},
    {"units", "NAME:UNIT;...", "units of satellites"},
    {"tolerance", "0.01", "largest gap between output and uses or costs, as a share of output, that is no error"},
    {"reference_total", "NUMBER", "total output the table should have, in its own units: a factor 1000 is noticed"},
};

Imported parse_long_csv(std::string_view bytes, const std::string& name, const ImportOptions& options) {
  check_settings(options.settings, long_csv_settings, "long_csv");
  Problems problems(name);
  const TextSource source = text_of_bytes(bytes, nullptr, name, options.encoding);
  LongRows input = read_long_rows(source.text, options, problems);
  LongShape shape = shape_of(input, setting(options, "external"), name);
  check_rows(input, shape, problems);
  settle_duplicates(input, options, problems);
  settle_values(input, shape, options, problems);
  problems.throw_if_any_errors();  // regions of broken rows would look like regions without flows
  const std::size_t absent = check_regions(input, shape, options, problems);
  problems.throw_if_any_errors();

  Draft draft;
  LongNumbers numbers;
  number_labels(input, shape, options, draft.accounts, numbers, problems);
  number_cells(input, shape, draft.accounts, numbers);
  draft.make_blocks(name);
  fill_blocks(input, shape, numbers, draft, problems);
  problems.throw_if_any_errors();
  if (absent)
    draft.accounts.notes.push_back(
        fmt::format("{} blocks of flows between regions are absent in the source and were taken as zero", absent));
  Accounts accounts = finish_draft(std::move(draft), options, number_setting(options, "tolerance", 0.01), problems);
  check_reference_total(accounts, number_setting(options, "reference_total", 0), problems);
  return {std::move(accounts), problems.all()};
}

static Imported read_long_csv(const std::filesystem::path& path, const ImportOptions& options) {
  const std::shared_ptr<const MappedFile> file = MappedFile::open(path);
  Imported result = parse_long_csv(file->text(), path.string(), options);
  result.accounts.sources.push_back({path.filename().string(), sha256(file->text()), "", ""});
  if (result.accounts.title.empty()) result.accounts.title = path.stem().string();
  return result;
}

extern const Reader long_csv_reader = {
    "long_csv",
    "One row a flow: from_region, from_sector, to_region, to_sector, value",
    "a CSV file, plain or gzip; FD, VA:row, X and SAT:name are reserved names",
    "textbook tables and tables of two million rows made for the purpose",
    long_csv_settings,
    read_long_csv,
};

}  // namespace kontor
