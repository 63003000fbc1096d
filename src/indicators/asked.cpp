#include "kontor/indicators/asked.h"

#include "kontor/base/error.h"
#include "kontor/base/text.h"

namespace kontor {

std::vector<std::string> taken_apart(const std::vector<std::string>& texts) {
  std::vector<std::string> names;
  for (const std::string& text : texts)
    for (const std::string& name : split(text, ',')) names.push_back(name);
  return names;
}

static Settings settings_of(const std::vector<std::string>& texts) {
  Settings settings;
  for (const std::string& text : texts) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos || equals == 0)
      fail(Exit::usage, "usage", "", "", "--with", quoted(text), "key=value", "e.g. --with method=kww");
    settings[text.substr(0, equals)] = text.substr(equals + 1);
  }
  return settings;
}

Question question_of(const Accounts& a, const AskedQuestion& asked, const Blocs& of_programme) {
  Blocs blocs = read_blocs(a, asked.blocs);
  for (const auto& [name, members] : of_programme)
    if (!blocs.emplace(name, members).second)
      fail(Exit::usage, "bloc-name", "", "", "--bloc", quoted(name) + " is a bloc of the programme", "a name of its own",
           "rename the bloc");
  Question question;
  for (const auto& [name, members] : blocs) question.blocs.push_back(region_set(a, blocs, name));
  for (const std::string& name : asked.regions) question.regions.push_back(region_set(a, blocs, name));
  for (const std::string& name : asked.partners) {
    if (name == "all") {
      for (RegionSet& set : single_regions(a, true)) question.partners.push_back(std::move(set));
      continue;
    }
    question.partners.push_back(region_set(a, blocs, name));
  }
  std::vector<std::string> codes;
  for (const Sector& s : a.sectors) codes.push_back(s.code);
  for (const std::string& name : asked.sectors) {
    question.sectors.push_back(sector_index(a, name));
    if (question.sectors.back() < 0)
      fail(Exit::usage, "unknown-sector", "", "", "--sector", "unknown sector " + quoted(name), "a sector of the accounts",
           did_you_mean(name, codes));
  }
  question.settings = settings_of(asked.settings);
  return question;
}

}  // namespace kontor
