// WIOD as the publisher's workbook. As described by those who read it: a title with the year in A1, then four
// lines of labels (classification code, name, region, c-number) above the columns and the same four beside the
// rows; below the producers stand rows of region TOT (intermediate consumption, taxes less subsidies on
// products, ..., value added, transport margins, output) and at the right end one column of output.
// Nothing of this is taken by its place: the labels say what is what (wide_sheet.h).
#include "kontor/base/error.h"
#include "kontor/base/files.h"
#include "read/readers.h"
#include "read/wide_sheet.h"
#include "read/wiod.h"

namespace kontor {

// The year in the title above the table, where the file name does not say it.
static int year_in_title(const Sheet& sheet) {
  constexpr std::size_t title_rows = 6;
  for (const SheetText& text : sheet.texts)
    if (text.row < title_rows && text.column == 0)
      if (const int year = year_in(text.text)) return year;
  return 0;
}

Imported parse_wiod_xlsx(std::string_view bytes, const std::string& name, const ImportOptions& options) {
  const auto wanted = options.settings.find("sheet");
  const Sheet sheet = parse_xlsx(bytes, name, wanted == options.settings.end() ? "" : wanted->second);
  Findings findings;
  WideTable table = wide_table(sheet, "TOT", options, findings);
  code_by_name(table.rows);
  code_by_name(table.columns);
  ImportOptions with_year = options;
  if (options.year == 0 && year_in(std::filesystem::path(name).filename().string()) == 0) with_year.year = year_in_title(sheet);
  Imported result = wiod_accounts(table, with_year);
  result.findings.insert(result.findings.begin(), findings.begin(), findings.end());
  result.accounts.sources.push_back(wiod_source(bytes, name));
  return result;
}

static Imported read_wiod_xlsx(const std::filesystem::path& source, const ImportOptions& options) {
  const auto file = MappedFile::open(source);
  Imported result = parse_wiod_xlsx(file->text(), source.string(), options);
  add_companions(result.accounts, source, options);
  return result;
}

static constexpr Setting settings[] = {
    {"sheet", "NAME", "the sheet with the table, where the workbook holds several"},
    {"jobs", "FILE", "jobs as a satellite, from a table with columns region, industry, employment_1000 (thousand persons)"},
    {"job_groups", "FILE", "which industries the source of the jobs cannot tell apart, from a table with columns code, group"},
};

const Reader wiod_xlsx_reader = {"wiod_xlsx",
                                 "World Input-Output Tables of WIOD as a workbook",
                                 "the publisher's sheet as .xlsx; industries.csv beside it names the industries",
                                 "not yet tried on the publisher's xlsx file",
                                 settings,
                                 read_wiod_xlsx};

}  // namespace kontor
