#include <unistd.h>

#include <algorithm>
#include <iostream>
#include <map>

#include "kontor/report/findings_json.h"
#include "kontor/report/rows.h"
#include "verbs.h"

namespace kontor::cli {

void print_rows(const Common& common, const std::vector<EffectRow>& rows, const std::string& text) {
  std::cout << (common.json ? rows_json(rows) + "\n" : common.csv ? rows_csv(rows) : text);
}

void print_findings(const Common& common, const Findings& findings) {
  constexpr std::size_t most = 20;  // problems a file and severity; the rest is counted
  if (common.json) std::cout << findings_json(findings) << '\n';
  Findings sorted = findings;
  std::stable_sort(sorted.begin(), sorted.end(), [](const Finding& a, const Finding& b) { return a.severity > b.severity; });
  std::map<std::pair<std::string, Severity>, std::size_t> printed;
  for (const Finding& finding : sorted) {
    if (common.quiet && finding.severity != Severity::error) continue;
    if (++printed[{finding.file, finding.severity}] <= most) std::cerr << to_line(finding) << '\n';
  }
  for (const auto& [key, count] : printed)
    if (count > most) std::cerr << severity_name(key.second) << "[more] " << key.first << ": and " << count - most << " more\n";
}

void say(const Common& common, const std::string& line) {
  if (!common.quiet) std::cerr << line << '\n';
}

}  // namespace kontor::cli
