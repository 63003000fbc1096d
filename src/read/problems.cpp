#include "read/problems.h"

#include <algorithm>

#include "kontor/base/error.h"

namespace kontor {

static constexpr std::size_t most_per_code = 1000;  // more of one kind than anyone reads; the rest is a number

void Problems::add(Severity severity, std::string code, std::string row, std::string column, std::string found, std::string expected,
                   std::string remedy) {
  if (severity == Severity::error) ++errors_;
  if (++counts_[code] > most_per_code) return;
  findings_.push_back(
      {severity, std::move(code), file_, std::move(row), std::move(column), std::move(found), std::move(expected), std::move(remedy)});
}

Findings Problems::all() const {
  Findings result = findings_;
  std::stable_sort(result.begin(), result.end(), [](const Finding& a, const Finding& b) { return a.severity > b.severity; });
  for (const auto& [code, count] : counts_) {
    if (count <= most_per_code) continue;
    const auto same = [&wanted = code](const Finding& f) { return f.code == wanted; };
    const Severity severity = std::find_if(result.begin(), result.end(), same)->severity;
    result.push_back({severity, code, file_, "", "", "and " + std::to_string(count - most_per_code) + " more of this kind", "", ""});
  }
  return result;
}

void Problems::throw_if_any_errors() const {
  if (!any_errors()) return;
  Findings errors = all();
  std::erase_if(errors, [](const Finding& f) { return f.severity == Severity::note; });
  throw Error(Exit::data, errors);
}

}  // namespace kontor
