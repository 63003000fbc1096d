// A system that pymrio saved as text (save_all, table_format = "txt"), which is also how EXIOBASE 3 comes:
//   FOLDER/file_parameters.json, Z.txt (or A.txt), Y.txt, x.txt
//   FOLDER/EXTENSION/file_parameters.json, F.txt, F_Y.txt, unit.txt
// Rows of an extension become satellites; those of the extension that holds value added become primary rows.
#include "read/pymrio.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "kontor/base/csv.h"
#include "kontor/base/error.h"
#include "kontor/base/files.h"
#include "kontor/base/text.h"
#include "read/draft.h"
#include "read/readers.h"
#include "read/settings.h"

namespace kontor {

namespace fs = std::filesystem;

namespace {

using Key = std::vector<std::string>;

/// A folder of saved tables, read as they are asked for.
class SavedFolder {
 public:
  SavedFolder(fs::path folder, const ImportOptions& options, Accounts& accounts, std::string inside);

  bool has(const std::string& key) const;
  /// The table of that key. Throws Error(data) naming what is wrong; remarks go to `remarks`.
  LevelTable table(const std::string& key, Findings& remarks);
  fs::path path_of(const std::string& key) const { return folder_ / find(key)->name; }

 private:
  const SavedFile* find(const std::string& key) const;

  fs::path folder_;
  const ImportOptions& options_;
  Accounts& accounts_;
  std::string inside_;  // folder name to put before file names in the sources
  std::vector<SavedFile> files_;
};

struct Extension {
  std::string name;
  LevelTable flows, final;  // F and F_Y
  std::map<Key, std::string> units;
};

}  // namespace

static constexpr std::size_t longest_parameters = std::size_t{1} << 20;  // bytes of a file_parameters.json

SavedFolder::SavedFolder(fs::path folder, const ImportOptions& options, Accounts& accounts, std::string inside)
    : folder_(std::move(folder)), options_(options), accounts_(accounts), inside_(std::move(inside)) {
  const fs::path parameters = folder_ / "file_parameters.json";
  files_ = parse_file_parameters(read_file(parameters, longest_parameters), parameters.string());
}

const SavedFile* SavedFolder::find(const std::string& key) const {
  const auto found = std::find_if(files_.begin(), files_.end(), [&](const SavedFile& f) { return f.key == key; });
  return found == files_.end() || !fs::exists(folder_ / found->name) ? nullptr : &*found;
}

bool SavedFolder::has(const std::string& key) const { return find(key) != nullptr; }

LevelTable SavedFolder::table(const std::string& key, Findings& remarks) {
  const SavedFile& file = *find(key);
  const fs::path path = folder_ / file.name;
  const std::shared_ptr<const MappedFile> mapped = MappedFile::open(path);
  Problems problems(path.string());
  LevelTable result = parse_level_table(mapped->text(), file.header_rows, file.index_columns, options_, problems);
  if (result.rows.empty() && !problems.any_errors())
    problems.error("no-rows", 0, "", "no data rows", "rows after the header", "save the system again");
  problems.throw_if_any_errors();
  for (Finding& f : problems.all())
    if (f.code != "dialect") remarks.push_back(std::move(f));  // tabs are what is expected here
  accounts_.sources.push_back({inside_ + file.name, sha256(mapped->text()), "", ""});
  return result;
}

// Numbers of the labels of a table in the accounts, or an error naming the first that is not there or stands twice.
static std::vector<std::size_t> places(const std::vector<Key>& labels, const std::map<Key, std::size_t>& known, const std::string& file,
                                       const std::string& side) {
  std::vector<std::size_t> result;
  std::vector<char> seen(known.size(), 0);
  for (const Key& label : labels) {
    const auto found = known.find(label);
    if (found == known.end() || seen[found->second])
      fail(Exit::data, found == known.end() ? "unknown-label" : "duplicate", file, side, "", quoted(joined(label, ".")),
           found == known.end() ? "the labels of the rows of Z (or A)" : "each label once", "save the system again");
    seen[found->second] = 1;
    result.push_back(found->second);
  }
  return result;
}

static std::map<Key, std::size_t> numbered(const std::vector<Key>& labels, const std::string& file) {
  std::map<Key, std::size_t> result;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (labels[i].size() < 2)
      fail(Exit::data, "labels", file, "", "", "labels of one level", "two levels: region and sector", "save the system with pymrio");
    if (!result.emplace(labels[i], i).second)
      fail(Exit::data, "duplicate", file, std::to_string(i + 1), "", quoted(joined(labels[i], ".")) + " stands twice", "each label once",
           "");
  }
  return result;
}

// Moves a table into a block with rows and columns in the order of the accounts; a field without a value is 0 and counted.
static Matrix in_order(LevelTable table, const std::vector<std::size_t>& rows, const std::vector<std::size_t>& columns,
                       std::size_t row_count, std::size_t column_count, const std::string& file, Findings& remarks) {
  std::size_t missing = 0;
  for (double& v : table.values.values)
    if (std::isnan(v)) v = 0, ++missing;
  if (missing)
    remarks.push_back({Severity::warning, "missing-value", file, "", "", std::to_string(missing) + " fields have no value",
                       "they stand as 0 in the table", ""});
  Matrix result(row_count, column_count);
  for (std::size_t i = 0; i < rows.size(); ++i)
    for (std::size_t j = 0; j < columns.size(); ++j) result(rows[i], columns[j]) = table.values(i, j);
  return result;
}

// Number of a label, entered if it is new.
template <class Items>
static int entered(Items& items, std::map<std::string, int>& known, const std::string& code) {
  const auto [found, is_new] = known.emplace(code, static_cast<int>(items.size()));
  if (is_new) {
    items.emplace_back();
    items.back().code = items.back().name = code;
  }
  return found->second;
}

static void name_cells(const LevelTable& flows, Accounts& a, std::map<std::string, int>& regions) {
  std::map<std::string, int> sectors;
  for (const Key& label : flows.rows) {
    const int region = entered(a.regions, regions, label[0]);
    const int sector = entered(a.sectors, sectors, joined({label.begin() + 1, label.end()}, "."));
    a.cells.push_back({region, sector, sector});
  }
}

static void name_final_uses(const LevelTable& uses, Accounts& a, const std::map<std::string, int>& regions, const std::string& file,
                            Problems& problems) {
  std::map<std::string, int> categories;
  for (const Key& label : uses.columns) {
    const auto region = regions.find(label[0]);
    if (region == regions.end() || label.size() < 2)
      fail(Exit::data, "unknown-region", file, "1", "", quoted(joined(label, ".")), "a region of the rows and a category",
           "save the system again");
    const int category = entered(a.categories, categories, joined({label.begin() + 1, label.end()}, "."));
    a.final_uses.push_back({region->second, category});
  }
  for (FinalCategory& category : a.categories) {
    const FinalGuess guess = guess_final_role(category.name);
    category.role = guess.role;
    if (!guess.known) problems.note("role", "final use " + quoted(category.code) + " is taken as purchases of households");
  }
}

static Extension read_extension(const fs::path& folder, const ImportOptions& options, Accounts& a, Findings& remarks) {
  Extension result;
  result.name = folder.filename().string();
  SavedFolder saved(folder, options, a, result.name + '/');
  if (!saved.has("F")) return result;
  result.flows = saved.table("F", remarks);
  for (const char* key : {"F_Y", "F_hh"})  // F_hh is the older name
    if (saved.has(key) && result.final.rows.empty()) result.final = saved.table(key, remarks);
  if (!saved.has("unit")) return result;
  // The unit stands in the last column; what is before it names the row.
  const fs::path path = saved.path_of("unit");
  const CsvTable units = parse_csv(read_file(path), path.string(), '\t');
  for (const CsvRow& row : units.rows) result.units[Key(row.fields.begin(), row.fields.end() - 1)] = row.fields.back();
  return result;
}

static std::vector<Extension> read_extensions(const fs::path& folder, const ImportOptions& options, Accounts& a, Findings& remarks) {
  std::vector<fs::path> folders;
  for (const auto& entry : fs::directory_iterator(folder))
    if (entry.is_directory() && fs::exists(entry.path() / "file_parameters.json")) folders.push_back(entry.path());
  std::sort(folders.begin(), folders.end());
  std::vector<Extension> result;
  for (const fs::path& path : folders) {
    result.push_back(read_extension(path, options, a, remarks));
    if (result.back().flows.rows.empty()) result.pop_back();
  }
  return result;
}

static std::string row_code(const Extension& e, std::size_t row, const std::map<std::string, int>& taken) {
  const std::string code = joined(e.flows.rows[row], ".");
  return taken.contains(code) ? e.name + '/' + code : code;
}

// Where the rows of the extensions go, in the order of the extensions.
static void name_rows(const std::vector<Extension>& extensions, const std::string& value_added, Accounts& a, Problems& problems) {
  std::map<std::string, int> taken;
  for (const Extension& e : extensions)
    for (std::size_t i = 0; i < e.flows.rows.size(); ++i) {
      const std::string code = row_code(e, i, taken);
      taken[code] = 1;
      if (e.name == value_added) {
        const PrimaryGuess guess = guess_primary_role(code);
        if (!guess.known) problems.note("role", "primary row " + quoted(code) + " is taken as mixed income");
        a.primary_rows.push_back({code, code, guess.role, guess.value_added});
        continue;
      }
      const auto unit = e.units.find(e.flows.rows[i]);
      a.satellites.push_back({code, code, unit == e.units.end() ? "" : unit->second, false, Resolution::cell, {}, e.name});
    }
}

static void fill_rows(const std::vector<Extension>& extensions, const std::string& value_added, const std::map<Key, std::size_t>& cells,
                      const std::map<Key, std::size_t>& uses, const std::string& file, Draft& d) {
  std::size_t primary = 0, satellite = 0;
  for (const Extension& e : extensions) {
    const std::vector<std::size_t> columns = places(e.flows.columns, cells, file + '/' + e.name, "F");
    const std::vector<std::size_t> final_columns = places(e.final.columns, uses, file + '/' + e.name, "F_Y");
    std::map<Key, std::size_t> final_rows;
    for (std::size_t i = 0; i < e.final.rows.size(); ++i) final_rows[e.final.rows[i]] = i;
    for (std::size_t i = 0; i < e.flows.rows.size(); ++i) {
      const bool is_primary = e.name == value_added;
      std::span<double> row = is_primary ? d.primary.row(primary) : d.satellite.row(satellite);
      std::span<double> final = is_primary ? d.primary_final.row(primary) : d.satellite_final.row(satellite);
      for (std::size_t j = 0; j < columns.size(); ++j) row[columns[j]] = e.flows.values(i, j);
      const auto f = final_rows.find(e.flows.rows[i]);
      for (std::size_t j = 0; f != final_rows.end() && j < final_columns.size(); ++j)
        final[final_columns[j]] = e.final.values(f->second, j);
      ++(is_primary ? primary : satellite);
    }
  }
}

// The extension that holds value added: only the one that is named, for rows of jobs and money may share a folder.
static std::string value_added_extension(const std::vector<Extension>& extensions, const ImportOptions& options, Problems& problems) {
  const std::string wanted = setting(options, "value_added");
  std::vector<std::string> names;
  for (const Extension& e : extensions) names.push_back(e.name);
  if (!wanted.empty() && std::find(names.begin(), names.end(), wanted) == names.end())
    fail(Exit::usage, "unknown-extension", "", "", "--with value_added", "no extension " + quoted(wanted), "", did_you_mean(wanted, names));
  for (const std::string& name : names)
    if (wanted.empty() && (name == "factor_inputs" || name == "value_added"))
      problems.note("value-added", "the rows of extension " + quoted(name) + " are read as satellites", "",
                    "say `--with value_added=" + name + "` if they are the primary inputs in the currency of the table");
  return wanted;
}

// Flows: Z as it stands, or A times output.
static Matrix flows_of(LevelTable table, bool is_coefficients, const std::vector<double>& output, const std::map<Key, std::size_t>& cells,
                       const std::string& file, Findings& remarks) {
  const std::vector<std::size_t> rows = places(table.rows, cells, file, "rows"), columns = places(table.columns, cells, file, "1");
  if (columns.size() != cells.size())
    fail(Exit::data, "not-square", file, "1", "", fmt::format("{} rows and {} columns", rows.size(), columns.size()),
         "as many columns as rows", "save the system again");
  Matrix flows = in_order(std::move(table), rows, columns, cells.size(), cells.size(), file, remarks);
  for (std::size_t i = 0; is_coefficients && i < flows.rows; ++i)
    for (std::size_t j = 0; j < flows.columns; ++j) flows(i, j) *= output[j];
  return flows;
}

static void check_signs(const Matrix& flows, const std::vector<Key>& labels, bool allowed, const std::string& file, Problems& problems) {
  for (std::size_t i = 0; i < flows.rows; ++i)
    for (std::size_t j = 0; j < flows.columns; ++j) {
      if (!(flows(i, j) < 0)) continue;
      problems.add(allowed ? Severity::note : Severity::error, "negative-flow", file + ", row " + joined(labels[i], "."),
                   joined(labels[j], "."), number_text(flows(i, j)), "intermediate flows of at least 0",
                   allowed ? "" : "correct it, or say `--allow-negative`");
    }
}

static const Setting pymrio_settings[] = {
    {"value_added", "EXTENSION or none",
     "folder whose rows are the primary inputs, e.g. factor_inputs; default: none, output less inputs is kept as one row"},
    {"tolerance", "0.01", "largest gap between output and uses or costs, as a share of output, that is no error"},
};

static Imported read_pymrio(const fs::path& folder, const ImportOptions& options) {
  check_settings(options.settings, pymrio_settings, "pymrio");
  const std::string name = folder.string();
  if (!fs::is_directory(folder))
    fail(Exit::environment, "file", name, "", "", fs::exists(folder) ? "this is a file" : "cannot open: no such folder",
         "a folder saved by pymrio", "check the path");
  Draft draft;
  Accounts& a = draft.accounts;
  Problems problems(name);
  Findings remarks;
  SavedFolder saved(folder, options, a, "");
  const bool coefficients = !saved.has("Z");
  for (const char* key : {coefficients ? "A" : "Z", "Y"})
    if (!saved.has(key))
      fail(Exit::data, "missing-file", name, "", "", std::string("no table ") + key, "Z (or A and x) and Y",
           "save the system with pymrio's save_all");
  if (coefficients && !saved.has("x"))
    fail(Exit::data, "missing-file", name, "", "", "coefficients A without output x", "Z, or A and x",
         "run pymrio's calc_all before saving");

  LevelTable flows = saved.table(coefficients ? "A" : "Z", remarks), uses = saved.table("Y", remarks);
  const std::string flows_file = saved.path_of(coefficients ? "A" : "Z").string(), uses_file = saved.path_of("Y").string();
  const std::vector<Key> labels = flows.rows;
  const std::map<Key, std::size_t> cells = numbered(flows.rows, flows_file), final_uses = numbered(uses.columns, uses_file);
  std::map<std::string, int> regions;
  name_cells(flows, a, regions);
  name_final_uses(uses, a, regions, uses_file, problems);
  const std::vector<Extension> extensions = read_extensions(folder, options, a, remarks);
  const std::string value_added = value_added_extension(extensions, options, problems);
  name_rows(extensions, value_added, a, problems);

  draft.make_blocks(name);
  if (saved.has("x")) {
    const LevelTable x = saved.table("x", remarks);
    const std::vector<std::size_t> rows = places(x.rows, cells, saved.path_of("x").string(), "rows");
    if (rows.size() != cells.size())
      fail(Exit::data, "no-output", saved.path_of("x").string(), "", "", fmt::format("{} rows for {} cells", rows.size(), cells.size()),
           "output for every cell", "");
    draft.reported_output.assign(cells.size(), 0);
    for (std::size_t i = 0; i < rows.size(); ++i) draft.reported_output[rows[i]] = x.values(i, 0);
  }
  draft.intermediate = flows_of(std::move(flows), coefficients, draft.reported_output, cells, flows_file, remarks);
  check_signs(draft.intermediate, labels, options.allow_negative, flows_file, problems);
  const std::vector<std::size_t> use_rows = places(uses.rows, cells, uses_file, "rows"),
                                 use_columns = places(uses.columns, final_uses, uses_file, "1");
  draft.final_use = in_order(std::move(uses), use_rows, use_columns, cells.size(), final_uses.size(), uses_file, remarks);
  fill_rows(extensions, value_added, cells, final_uses, name, draft);

  Accounts accounts = finish_draft(std::move(draft), options, number_setting(options, "tolerance", 0.01), problems);
  if (accounts.title.empty()) accounts.title = (folder.has_filename() ? folder : folder.parent_path()).filename().string();
  Findings findings = problems.all();
  findings.insert(findings.end(), remarks.begin(), remarks.end());
  return {std::move(accounts), std::move(findings)};
}

extern const Reader pymrio_reader = {
    "pymrio",
    "A system saved as text by pymrio (save_all), which is also how EXIOBASE 3 comes",
    "a folder with file_parameters.json, Z.txt or A.txt with x.txt, Y.txt, and a folder for each extension",
    "pymrio's test system, 6 regions and 8 sectors; not yet tried on EXIOBASE's own files",
    pymrio_settings,
    read_pymrio,
};

}  // namespace kontor
