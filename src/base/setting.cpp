#include "kontor/base/setting.h"

#include <algorithm>
#include <vector>

#include "kontor/base/error.h"
#include "kontor/base/text.h"

namespace kontor {

void check_settings(const Settings& said, std::span<const Setting> known, std::string_view owner) {
  std::vector<std::string> names;
  for (const Setting& s : known) names.emplace_back(s.name);
  for (const auto& [name, value] : said)
    if (std::find(names.begin(), names.end(), name) == names.end())
      fail(Exit::usage, "unknown-setting", "", "", "--with", quoted(name) + " is no setting of " + std::string(owner), "",
           names.empty() ? "it has none" : did_you_mean(name, names));
}

double number_setting(const Settings& said, const std::string& name, double otherwise, double least, double most) {
  const auto found = said.find(name);
  if (found == said.end()) return otherwise;
  double value = 0.0;
  if (read_number(found->second, value) != NumberProblem::none || value < least || value > most)
    fail(Exit::usage, "setting", "", "", "--with " + name, quoted(found->second),
         "a number from " + number_text(least) + " to " + number_text(most), "");
  return value;
}

std::string word_setting(const Settings& said, const std::string& name, std::span<const std::string_view> words) {
  const auto found = said.find(name);
  if (found == said.end()) return std::string(words.front());
  if (std::find(words.begin(), words.end(), found->second) != words.end()) return found->second;
  const std::vector<std::string> known(words.begin(), words.end());
  fail(Exit::usage, "setting", "", "", "--with " + name, quoted(found->second), joined(known, ", "), did_you_mean(found->second, known));
}

}  // namespace kontor
