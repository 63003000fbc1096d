// Money of the programme to the accounts' prices and currency.
//
//   deflator = index(accounts' price year) / index(programme's price year) x exchange rate(accounts' price year)
//
// The index is of prices in the programme's currency; the exchange rate is accounts' currency per unit of it.
#include <cmath>
#include <optional>

#include "kontor/base/csv.h"
#include "kontor/base/text.h"
#include "programme/parts_of_programme.h"
#include "programme/raw.h"

namespace kontor {

static std::optional<double> number_of_year(const CsvTable& table, int year, const char* column, Findings& findings) {
  const int years = table.column("year"), values = table.column(column);
  if (values < 0) {
    findings.push_back({Severity::error, "missing-column", table.file, "1", column, std::string("no column `") + column + '`',
                        "columns found: " + joined(table.header, ", "), "add the column"});
    return std::nullopt;
  }
  for (const CsvRow& row : table.rows) {
    if (trimmed(table.field(row, years)) != std::to_string(year)) continue;
    double number = 0.0;
    if (read_number(trimmed(table.field(row, values)), number) == NumberProblem::none && number > 0.0) return number;
    findings.push_back({Severity::error, "wrong-number", table.file, std::to_string(row.line),
                        std::string(column) + " (" + std::to_string(values + 1) + ')',
                        quoted(table.field(row, values)) + " in `" + column + '`', "a number above 0", "correct it"});
    return std::nullopt;
  }
  findings.push_back({Severity::error, "missing-year", table.file, "", "year", "no row for " + std::to_string(year),
                      std::string("a row with `") + column + "` for that year", "add it, with its source"});
  return std::nullopt;
}

void read_deflator(const Value* file, const Raw& place, const std::filesystem::path& folder, const Accounts& accounts, Programme& programme,
                   Findings& findings) {
  const int target = accounts.price_year ? accounts.price_year : accounts.year;
  const auto missing = [&](const char* field, const char* remedy) {
    findings.push_back(problem_at(place, field, "missing-field", std::string("[programme] has no `") + field + '`',
                                  "amounts need a currency and a price year", remedy));
  };
  if (programme.currency.empty() && !place.find("currency")) missing("currency", "add currency = \"USD\" to [programme]");
  if (programme.price_year == 0 && !place.find("price_year")) missing("price_year", "add price_year = 2022 to [programme]");
  if (programme.currency.empty() || programme.price_year == 0) return;
  const bool other_currency = programme.currency != accounts.currency, other_year = programme.price_year != target;
  if (!file) {
    if (!other_currency && !other_year) return;
    findings.push_back(problem_at(place, "deflator", "missing-field",
                                  "money in " + programme.currency + " at prices of " + std::to_string(programme.price_year) +
                                      ", accounts in " + accounts.currency + " at prices of " + std::to_string(target),
                                  other_currency ? "an exchange rate and a price index" : "a price index",
                                  "add deflator = \"file.csv\" with year, index, exchange_rate, source"));
    return;
  }
  const CsvTable table = parse_csv(read_named_file(*file, "deflator", folder, programme), file->text);
  required_column(table, "year");
  const int source = required_column(table, "source");
  const auto from = number_of_year(table, programme.price_year, "index", findings), to = number_of_year(table, target, "index", findings);
  const auto rate = other_currency ? number_of_year(table, target, "exchange_rate", findings) : std::optional<double>(1.0);
  if (!from || !to || !rate) return;
  programme.deflator = *to / *from * *rate;
  for (const CsvRow& row : table.rows)
    if (trimmed(table.field(row, table.column("year"))) == std::to_string(target)) programme.deflator_source = table.field(row, source);
  if (trimmed(programme.deflator_source).empty())
    findings.push_back({Severity::error, "missing-source", table.file, "", "source", "no source for the index of " + std::to_string(target),
                        "an index is cited", "fill the column `source`"});
}

}  // namespace kontor
