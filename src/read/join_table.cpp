#include "read/join_table.h"

#include <algorithm>
#include <limits>

#include "kontor/base/error.h"
#include "kontor/base/text.h"

namespace kontor {

JoinTable::JoinTable(std::string_view bytes, const std::string& name, const ImportOptions& options)
    : problems_(name),
      source_(text_of_bytes(bytes, nullptr, name, options.encoding)),
      table_(source_.text, problems_),
      numbers_(problems_, table_.delimiter(), options.decimal_comma, options.na) {
  if (!table_.next() && !problems_.any_errors())
    problems_.error("empty-file", 0, "", "file is empty", "a header and rows", "check the download");
  problems_.throw_if_any_errors();
  for (std::size_t i = 0; i < table_.size(); ++i) {
    if (column(table_[i]) >= 0 && !table_[i].empty())
      problems_.error("duplicate-column", table_.row(), std::to_string(i + 1),
                      "column " + quoted(std::string(table_[i])) + " stands at positions " + std::to_string(column(table_[i]) + 1) +
                          " and " + std::to_string(i + 1),
                      "each column once", "take one of them out");
    header_.emplace_back(table_[i]);
  }
  problems_.throw_if_any_errors();
}

int JoinTable::column(std::string_view name) const {
  const auto found = std::find(header_.begin(), header_.end(), name);
  return found == header_.end() ? -1 : static_cast<int>(found - header_.begin());
}

int JoinTable::required(const std::vector<std::string>& names) const {
  for (const std::string& name : names)
    if (const int found = column(name); found >= 0) return found;
  fail(Exit::data, "missing-column", problems_.file(), "1", "", "no column `" + joined(names, "` or `") + '`',
       "columns found: " + joined(header_, ", "), "add the column or name it");
}

bool JoinTable::next() { return table_.next(header_.size()); }

double JoinTable::number(int column) {
  if (column < 0) return std::numeric_limits<double>::quiet_NaN();
  const auto at = static_cast<std::size_t>(column);
  return numbers_.read(table_[at], table_.row(), column_name(header_[at], at));
}

int JoinTable::label(int column, const std::map<std::string, int, std::less<>>& known, const std::vector<std::string>& names,
                     const std::string& kind) {
  const auto at = static_cast<std::size_t>(column);
  const auto found = known.find(table_[at]);
  if (found != known.end()) return found->second;
  problems_.error("unknown-" + kind, table_.row(), column_name(header_[at], at), "unknown " + kind + ' ' + quoted(std::string(table_[at])),
                  "a " + kind + " of the accounts", did_you_mean(table_[at], names));
  return -1;
}

Findings JoinTable::finish() {
  table_.finish();
  numbers_.finish();
  problems_.throw_if_any_errors();
  return problems_.all();
}

Codes region_codes(const Accounts& accounts) {
  Codes codes;
  for (std::size_t r = 0; r < accounts.regions.size(); ++r) {
    codes.numbers.emplace(accounts.regions[r].code, static_cast<int>(r));
    codes.names.push_back(accounts.regions[r].code);
  }
  return codes;
}

Codes sector_codes(const Accounts& accounts) {
  Codes codes;
  for (std::size_t s = 0; s < accounts.sectors.size(); ++s) {
    codes.numbers.emplace(accounts.sectors[s].code, static_cast<int>(s));
    codes.names.push_back(accounts.sectors[s].code);
  }
  return codes;
}

}  // namespace kontor
