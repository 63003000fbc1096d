// Which rows of the accounts multipliers are asked of: output itself, primary inputs, jobs.
#include <algorithm>
#include <array>
#include <cmath>

#include "kontor/base/error.h"
#include "kontor/base/text.h"
#include "kontor/indicators/effects.h"
#include "multipliers.h"
#include "rows_of.h"
#include "satellite_setting.h"

namespace kontor {

namespace {

std::vector<double> primary_per_output(const Picture& picture, auto&& counts) {
  const Accounts& a = picture.accounts();
  std::vector<double> flows(a.cells.size(), 0.0);
  for (std::size_t p = 0; p < a.primary_rows.size(); ++p)
    if (counts(a.primary_rows[p]))
      for (std::size_t j = 0; j < flows.size(); ++j) flows[j] += a.primary(p, j);
  return picture.system().coefficients(flows);
}

std::vector<double> imports_per_output(const Picture& picture) {
  const Accounts& a = picture.accounts();
  std::vector<double> flows(a.cells.size(), 0.0);
  for (std::size_t k = 0; k < a.imports.size(); ++k)
    for (std::size_t j = 0; j < flows.size(); ++j) flows[j] += a.imports_intermediate(k, j);
  return picture.system().coefficients(flows);
}

// Regions that were asked for, each not available, and why.
IndicatorAnswer not_available(const Question& question, const std::string& unit, const std::string& why) {
  IndicatorAnswer answer;
  for (const RegionSet& set : question.regions) answer.rows.push_back(row_of(set, "", "", std::nan(""), unit));
  answer.notes.push_back("not available: " + why);
  return answer;
}

IndicatorAnswer jobs_rows(const Picture& picture, const Question& question, bool per_direct) {
  const Accounts& a = picture.accounts();
  const int chosen = jobs_satellite(a, question.settings);
  const std::string per = per_direct ? "ratio" : "persons per " + money_unit(a);
  if (chosen < 0)
    return not_available(question, per,
                         "these accounts hold no satellite of jobs; `kontor import --format satellite` joins one, or "
                         "name another with `--with satellite=CODE`");
  const Satellite& jobs = a.satellites[static_cast<std::size_t>(chosen)];
  const Content content{"", per_direct ? "ratio" : satellite_unit(jobs) + " per " + money_unit(a),
                        picture.system().coefficients(a.satellite.row(static_cast<std::size_t>(chosen)))};
  IndicatorAnswer answer = multiplier_rows(picture, question, {content}, {.own = true, .only_per_direct = per_direct}, &jobs);
  add_resolution_note(jobs, answer.notes);
  return answer;
}

}  // namespace

IndicatorAnswer output_multipliers(const Picture& picture, const Question& question) {
  return multiplier_rows(picture, question, {{"", "ratio", std::vector<double>(picture.accounts().cells.size(), 1.0)}}, {.own = true});
}

IndicatorAnswer value_added_multipliers(const Picture& picture, const Question& question) {
  const Accounts& a = picture.accounts();
  if (word_setting(question.settings, "by", std::array<std::string_view, 2>{"total", "row"}) == "total")
    return multiplier_rows(picture, question, {{"", "ratio", picture.value_added()}}, {.own = true, .per_direct = true});
  std::vector<Content> contents;
  for (const PrimaryRow& row : a.primary_rows)
    contents.push_back({row.code, "ratio", primary_per_output(picture, [&](const PrimaryRow& other) { return &other == &row; })});
  if (!a.imports.empty()) contents.push_back({"imports", "ratio", imports_per_output(picture)});
  return multiplier_rows(picture, question, contents, {});
}

IndicatorAnswer income_multipliers(const Picture& picture, const Question& question) {
  const auto is_labour = [](const PrimaryRow& row) { return row.role == PrimaryRole::labour; };
  const std::vector<PrimaryRow>& rows = picture.accounts().primary_rows;
  if (std::none_of(rows.begin(), rows.end(), is_labour))
    return not_available(question, "ratio", "no primary row of these accounts is labour income");
  return multiplier_rows(picture, question, {{"", "ratio", primary_per_output(picture, is_labour)}}, {.own = true, .per_direct = true});
}

IndicatorAnswer job_contents(const Picture& picture, const Question& question) { return jobs_rows(picture, question, false); }
IndicatorAnswer job_multipliers(const Picture& picture, const Question& question) { return jobs_rows(picture, question, true); }

}  // namespace kontor
