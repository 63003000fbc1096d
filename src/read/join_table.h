// A small table whose rows are joined onto accounts: columns by name, labels looked up, numbers checked.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "kontor/accounts/accounts.h"
#include "kontor/read/reader.h"
#include "read/problems.h"
#include "read/text_source.h"
#include "read/text_table.h"

namespace kontor {

class JoinTable {
 public:
  /// Reads the header. Throws Error(data) if there is none or a name stands twice.
  JoinTable(std::string_view bytes, const std::string& name, const ImportOptions& options);

  const std::vector<std::string>& header() const { return header_; }
  /// Position of a column, or -1.
  int column(std::string_view name) const;
  /// Position of the first of these names; throws Error(data) naming the columns found if none is there.
  int required(const std::vector<std::string>& names) const;

  bool next();
  std::size_t row() const { return table_.row(); }
  std::string text(int column) const { return column < 0 ? std::string() : std::string(table_[static_cast<std::size_t>(column)]); }
  /// NaN if the field is empty, the column is not there or the field is no number (which is reported).
  double number(int column);
  /// Number of a label of this row among `known`; -1 if it is not there, which is reported with the nearest.
  int label(int column, const std::map<std::string, int, std::less<>>& known, const std::vector<std::string>& names,
            const std::string& kind);

  Problems& problems() { return problems_; }
  /// Throws if anything was wrong; otherwise the remarks.
  Findings finish();

 private:
  Problems problems_;
  TextSource source_;
  TextTable table_;
  std::vector<std::string> header_;
  NumberReader numbers_;
};

/// Codes and their numbers, to look labels up.
struct Codes {
  std::map<std::string, int, std::less<>> numbers;
  std::vector<std::string> names;
};
Codes region_codes(const Accounts& accounts);
Codes sector_codes(const Accounts& accounts);

}  // namespace kontor
