// What only the whole programme shows: ids that stand twice, links that lead nowhere, periods outside the horizon.
#include <algorithm>
#include <cmath>

#include "kontor/base/text.h"
#include "programme/parts_of_programme.h"

namespace kontor {

static void check_ids(const Programme& programme, Findings& findings) {
  std::map<std::string, const Written*> seen;
  for (const Written& measure : programme.measures) {
    const auto [first, is_new] = seen.emplace(measure.id, &measure);
    if (is_new || measure.id.empty()) continue;
    findings.push_back(problem_in(measure, "id", Severity::error, "duplicate-id",
                                  "the id stands at " + first->second->source + " and at " + measure.source, "an id stands once",
                                  "rename one of the two"));
  }
}

static void check_links(const Programme& programme, Findings& findings) {
  std::vector<std::string> ids;
  for (const Written& measure : programme.measures) ids.push_back(measure.id);
  const auto known = [&](const std::string& id) { return std::find(ids.begin(), ids.end(), id) != ids.end(); };
  for (const Written& measure : programme.measures)
    for (const char* field : {"delivered_by", "overlaps"}) {
      if (!measure.has(field)) continue;
      for (const std::string& id : measure.at(field).list)
        if (!known(id) || id == measure.id)
          findings.push_back(problem_in(measure, field, Severity::error, "unknown-measure", quoted(id) + " in `" + field + '`',
                                        known(id) ? "another measure than itself" : did_you_mean(id, ids),
                                        "name a measure of this programme"));
    }
  std::map<std::string, std::string> agreements;
  for (const Agreement& agreement : programme.agreements) {
    const std::size_t colon = agreement.source.rfind(':');
    const auto report = [&](const char* field, const char* code, std::string found, std::string expected) {
      findings.push_back({Severity::error, code, agreement.source.substr(0, colon), agreement.source.substr(colon + 1), field,
                          "agreement " + quoted(agreement.id) + ": " + std::move(found), std::move(expected), "correct it"});
    };
    if (const auto [first, is_new] = agreements.emplace(agreement.id, agreement.source); !is_new)
      report("id", "duplicate-id", "the id stands at " + first->second + " and at " + agreement.source, "an id stands once");
    for (const std::string& id : agreement.measures)
      if (!known(id)) report("measures", "unknown-measure", "no measure " + quoted(id), did_you_mean(id, ids));
  }
}

// First and last year in which a measure asks for anything; false if it does not say.
static bool years_of(const Written& measure, double& first, double& last) {
  first = 1e9, last = -1e9;
  for (const auto& [name, value] : measure.fields) {
    if (name == "period")
      first = std::min(first, std::floor(value.numbers[0] / 12)), last = std::max(last, std::floor(value.numbers[1] / 12));
    if (name == "capex.years" || name == "cost.years")
      first = std::min(first, value.numbers.front()), last = std::max(last, value.numbers.back());
    if (name == "output.start" || name == "opens" || name == "start" || name == "target.start" || name == "target.by")
      first = std::min(first, value.number.mid), last = 1e9;  // lasting
  }
  return first < 1e9;
}

static void check_years(const Programme& programme, Findings& findings) {
  if (programme.first_year == 0) return;
  for (const Written& measure : programme.measures) {
    double first = 0.0, last = 0.0;
    if (!years_of(measure, first, last) || (first <= programme.last_year && last >= programme.first_year)) continue;
    findings.push_back(problem_in(measure, measure.has("period") ? "period" : "id", Severity::error, "outside-horizon",
                                  "it begins in " + number_text(first) + (last < 1e9 ? " and ends in " + number_text(last) : ""),
                                  "the horizon is " + std::to_string(programme.first_year) + " to " + std::to_string(programme.last_year),
                                  "move the measure or the horizon"));
  }
}

static void check_lengths(const Programme& programme, Findings& findings) {
  static constexpr const char* pairs[][2] = {{"capex.profile", "capex.years"}, {"cost.profile", "cost.years"}};
  for (const Written& measure : programme.measures) {
    for (const auto& [profile, years] : pairs)
      if (measure.has(years) &&
          std::adjacent_find(measure.at(years).numbers.begin(), measure.at(years).numbers.end()) != measure.at(years).numbers.end())
        findings.push_back(
            problem_in(measure, years, Severity::error, "year-twice", "a year stands twice", "each year once", "remove one"));
    for (const auto& [profile, years] : pairs)
      if (measure.has(profile) && measure.has(years) && measure.at(profile).numbers.size() != measure.at(years).numbers.size())
        findings.push_back(problem_in(measure, profile, Severity::error, "profile-length",
                                      std::to_string(measure.at(profile).numbers.size()) + " shares for " +
                                          std::to_string(measure.at(years).numbers.size()) + " years",
                                      std::string("one share for each of `") + years + '`', "add or remove shares"));
    if (measure.has("money.profile") && measure.has("period")) {
      const std::vector<double>& months = measure.at("period").numbers;
      const double years = std::floor(months[1] / 12) - std::floor(months[0] / 12) + 1;
      if (static_cast<double>(measure.at("money.profile").numbers.size()) != years)
        findings.push_back(
            problem_in(measure, "money.profile", Severity::error, "profile-length",
                       std::to_string(measure.at("money.profile").numbers.size()) + " shares for " + number_text(years) + " calendar years",
                       "one share for each calendar year of `period`", "add or remove shares"));
    }
  }
}

void check_programme(const Programme& programme, Findings& findings) {
  check_ids(programme, findings);
  check_links(programme, findings);
  check_years(programme, findings);
  check_lengths(programme, findings);
}

}  // namespace kontor
