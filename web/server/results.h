// Results that can be asked: those of the folder, and those that were computed here and are kept in memory until they are
// saved or too many.
#pragma once

#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "http.h"
#include "kontor/report/write_result.h"
#include "project.h"

namespace kontor::web {

struct OpenResult {
  std::string id, name;
  bool saved = false;
  std::filesystem::path folder;                                            // of a saved one
  Result result;                                                           // of a saved one what read_result gives
  std::map<std::string, std::string> files;                                // of one in memory
  std::unordered_map<std::string, std::vector<std::size_t>> by_indicator;  // rows

  /// A file of the result folder. Throws Error.
  std::string file(const std::string& name) const;
};

class Results {
 public:
  explicit Results(Project& project) : project_(project) {}

  /// Throws Error(usage), "unknown-id".
  std::shared_ptr<const OpenResult> open(const std::string& id);
  /// Takes a result in; its id. The oldest one that is not saved goes where there are more than sixteen.
  std::string add(Result result, const std::string& name);
  /// Those in memory, oldest first.
  std::vector<std::shared_ptr<const OpenResult>> in_memory();

 private:
  Project& project_;
  std::mutex guard_;
  std::list<std::shared_ptr<const OpenResult>> memory_;
  struct Read {
    std::string stamp;
    std::shared_ptr<const OpenResult> result;
  };
  std::list<std::pair<std::string, Read>> read_;  // from the folder, last used first
  long next_ = 1;
};

/// The files that may be fetched one by one.
bool is_result_file(std::string_view name);

/// The rows that a query asks for: `indicator` holds names separated by commas; of the other columns one that is given empty
/// means empty there, one that is absent means any. { columns, rows }.
std::string rows_answer(const OpenResult& result, const HttpRequest& request);

/// Indicators of a result in the order of their first rows: [{ name, unit, rows }].
std::string indicator_counts(const OpenResult& result);

}  // namespace kontor::web
