// Asking an indicator the short way.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "kontor/indicators/indicator.h"

namespace kontor::test {

/// Names as on the command line; no regions: every region.
inline IndicatorAnswer asked(const Picture& picture, const std::string& name, const std::vector<std::string>& regions = {},
                             const Settings& settings = {}, const std::vector<std::string>& partners = {}, const Blocs& blocs = {}) {
  Question question;
  for (const std::string& region : regions) question.regions.push_back(region_set(picture.accounts(), blocs, region));
  for (const std::string& partner : partners) question.partners.push_back(region_set(picture.accounts(), blocs, partner));
  question.settings = settings;
  return ask(find_indicator(name), picture, question);
}

/// The one value of these rows for a region, sector, term and partner; NaN if there is none.
inline double at(const IndicatorAnswer& answer, const std::string& region, const std::string& sector, const std::string& term = "",
                 const std::string& partner = "") {
  return value_of(answer.rows, {.region = region, .sector = sector, .partner = partner, .term = term});
}

inline bool says(const IndicatorAnswer& answer, const std::string& words) {
  return std::any_of(answer.notes.begin(), answer.notes.end(),
                     [&](const std::string& note) { return note.find(words) != std::string::npos; });
}

}  // namespace kontor::test
