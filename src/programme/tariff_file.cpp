// A tariff schedule beside the programme: sector, exporter, importer, rate. One row a border, rate on the pre-tariff
// value (0.1: ten per cent). A nation or bloc stands for its regions. Every row that is wrong is a finding with its line.
#include <algorithm>
#include <map>
#include <tuple>

#include "kontor/base/csv.h"
#include "kontor/base/text.h"
#include "programme/kinds.h"
#include "programme/parts_of_programme.h"

namespace kontor {

constexpr double lowest_rate = -1.0;  // at -100 % the buyer pays nothing
constexpr double high_rate = 1.0;     // above 100 % somebody may have meant per cent

namespace {
/// The table while it is read.
struct Schedule {
  const CsvTable& table;
  const KnownLabels& labels;
  const Accounts& accounts;
  const Programme& programme;
  std::vector<int> members;
  int sector = 0, exporter = 0, importer = 0, rate = 0;  // columns
  std::map<std::tuple<int, int, int>, std::size_t> lines;
  Findings& findings;
};
}  // namespace

static void report(const Schedule& s, const CsvRow& row, int column, Severity severity, const std::string& code, std::string found,
                   std::string expected, std::string remedy) {
  const std::string place = s.table.header[static_cast<std::size_t>(column)] + " (" + std::to_string(column + 1) + ')';
  s.findings.push_back(
      {severity, code, s.table.file, std::to_string(row.line), place, std::move(found), std::move(expected), std::move(remedy)});
}

static bool is_known(const Schedule& s, const CsvRow& row, int column, const std::vector<std::string>& known, const char* what) {
  const std::string& label = s.table.field(row, column);
  if (std::find(known.begin(), known.end(), label) != known.end()) return true;
  report(s, row, column, Severity::error, std::string("unknown-") + what, std::string("unknown ") + what + ' ' + quoted(label),
         did_you_mean(label, known), "use a label of the accounts");
  return false;
}

static bool read_rate(const Schedule& s, const CsvRow& row, double& rate) {
  const std::string& text = s.table.field(row, s.rate);
  if (read_number(trimmed(text), rate) != NumberProblem::none) {
    report(s, row, s.rate, Severity::error, "not-a-number", quoted(text) + " as a rate", "a number with a decimal point",
           "write 0.1 for ten per cent");
    return false;
  }
  if (rate <= lowest_rate) {
    report(s, row, s.rate, Severity::error, "out-of-range", "a rate of " + number_text(rate), "above -1, which is -100 per cent",
           "write 0.1 for ten per cent, -0.1 for a subsidy of ten per cent");
    return false;
  }
  if (rate > high_rate)
    report(s, row, s.rate, Severity::warning, "high-rate",
           "a rate of " + number_text(rate) + ", which is " + number_text(100 * rate) + " per cent", "0.1 is ten per cent",
           "check its unit");
  return true;
}

// The borders that a row stands for: both regions among the members, of two nations, and the exporter sells the product.
static void add_borders(Schedule& s, const CsvRow& row, double rate, std::vector<TariffRow>& rows) {
  const std::string &from = s.table.field(row, s.exporter), &to = s.table.field(row, s.importer);
  const int sector = sector_index(s.accounts, s.table.field(row, s.sector));
  bool abroad = false, sold = false;
  for (const auto& [name, column] : {std::pair(&from, s.exporter), std::pair(&to, s.importer)})
    for (const int leaf : regions_named(s.programme, s.accounts, *name))
      if (!holds(s.members, leaf)) {
        report(s, row, column, Severity::error, "not-a-member", s.accounts.regions[leaf].code + " is no member",
               "a schedule holds the borders between members", "add it to `members`, or remove the row");
        return;
      }
  for (const int origin : regions_named(s.programme, s.accounts, from))
    for (const int destination : regions_named(s.programme, s.accounts, to)) {
      if (nation_of(s.accounts, origin) == nation_of(s.accounts, destination)) continue;
      abroad = true;
      if (supplier_index(s.accounts, origin, sector) < 0) continue;
      sold = true;
      const auto [first, is_new] = s.lines.emplace(std::tuple(sector, origin, destination), row.line);
      if (!is_new) {
        report(s, row, s.exporter, Severity::error, "duplicate-row",
               "the border from " + s.accounts.regions[origin].code + " to " + s.accounts.regions[destination].code + " for " +
                   s.accounts.sectors[sector].code + " stands in line " + std::to_string(first->second) + " already",
               "one rate for each border and sector", "remove one of the two");
        return;
      }
      rows.push_back({sector, origin, destination, rate, s.table.file + ':' + std::to_string(row.line)});
    }
  if (!abroad)
    report(s, row, s.importer, Severity::error, "no-border", "no border lies between " + from + " and " + to, "regions of two nations",
           "correct or remove the row");
  else if (!sold)
    report(s, row, s.sector, Severity::error, "no-flow", from + " makes no " + s.accounts.sectors[sector].code + " in the accounts",
           "a product that the exporter sells", "correct or remove the row");
}

void read_tariffs(Written& measure, const std::filesystem::path& folder, const KnownLabels& labels, const Accounts& accounts,
                  Programme& programme, Findings& findings) {
  Value& file = measure.fields.at("tariff.file");
  const CsvTable table = parse_csv(read_named_file(file, "tariff.file", folder, programme), file.text);
  Schedule s{table, labels, accounts, programme, {}, 0, 0, 0, 0, {}, findings};
  s.sector = required_column(table, "sector"), s.exporter = required_column(table, "exporter");
  s.importer = required_column(table, "importer"), s.rate = required_column(table, "rate");
  if (!measure.has("members")) return;  // reported when the fields were read
  for (const std::string& name : measure.at("members").list)
    for (const int leaf : regions_named(programme, accounts, name))
      if (!holds(s.members, leaf)) s.members.push_back(leaf);
  if (table.rows.empty())
    findings.push_back(
        {Severity::error, "empty-table", table.file, "1", "", "a schedule without rows", "one row a border", "fill it, or use tariff.to"});
  for (const CsvRow& row : table.rows) {
    double rate = 0.0;
    bool good = is_known(s, row, s.sector, labels.sectors, "sector");
    good &= is_known(s, row, s.exporter, labels.regions, "region");
    good &= is_known(s, row, s.importer, labels.regions, "region");
    good &= read_rate(s, row, rate);
    if (good) add_borders(s, row, rate, file.tariffs);
  }
}

}  // namespace kontor
