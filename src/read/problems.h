// What is wrong with one file, collected while it is read: reading does not stop at the first bad line.
#pragma once

#include <cstddef>
#include <map>
#include <string>

#include "kontor/base/finding.h"

namespace kontor {

/// Findings about one file. At most `most_per_code` of a kind are kept, the rest are counted.
class Problems {
 public:
  explicit Problems(std::string file) : file_(std::move(file)) {}

  void error(std::string code, std::size_t row, std::string column, std::string found, std::string expected, std::string remedy) {
    add(Severity::error, std::move(code), row == 0 ? "" : std::to_string(row), std::move(column), std::move(found), std::move(expected),
        std::move(remedy));
  }
  void add(Severity severity, std::string code, std::string row, std::string column, std::string found, std::string expected,
           std::string remedy);
  /// A remark about the whole file.
  void note(std::string code, std::string found, std::string expected = "", std::string remedy = "") {
    add(Severity::note, std::move(code), "", "", std::move(found), std::move(expected), std::move(remedy));
  }
  void warning(std::string code, std::string found, std::string expected, std::string remedy) {
    add(Severity::warning, std::move(code), "", "", std::move(found), std::move(expected), std::move(remedy));
  }

  const std::string& file() const { return file_; }
  std::size_t error_count() const { return errors_; }
  bool any_errors() const { return errors_ > 0; }
  /// Everything collected, with "and N more" for each kind of which there were too many.
  Findings all() const;
  /// Throws Error(data) with everything collected if there is an error.
  void throw_if_any_errors() const;

 private:
  std::string file_;
  Findings findings_;
  std::map<std::string, std::size_t> counts_;
  std::size_t errors_ = 0;
};

}  // namespace kontor
