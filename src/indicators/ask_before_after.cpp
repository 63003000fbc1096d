#include "kontor/indicators/ask_before_after.h"

#include <fmt/format.h>

#include <algorithm>

#include "kontor/base/error.h"
#include "kontor/base/job.h"
#include "kontor/base/text.h"
#include "kontor/indicators/before_after.h"
#include "kontor/model/programme_states.h"

namespace kontor {

std::vector<int> years_asked(const Programme& programme, const std::string& asked) {
  if (asked.empty()) return {programme.last_year};
  std::vector<int> years;
  for (int year = programme.first_year; year <= programme.last_year && asked == "all"; ++year) years.push_back(year);
  if (!years.empty()) return years;
  for (const std::string& text : split(asked, ',')) {
    const auto year = read_integer(text);
    if (!year || *year < programme.first_year || *year > programme.last_year)
      fail(Exit::usage, "unknown-year", "", "", "--year", quoted(text),
           fmt::format("a year of the horizon, {} to {}, or `all`", programme.first_year, programme.last_year), "ask for one of these");
    years.push_back(static_cast<int>(*year));
  }
  return years;
}

static void add_notes(std::vector<std::string>& notes, const std::vector<std::string>& more) {
  for (const std::string& note : more)
    if (std::find(notes.begin(), notes.end(), note) == notes.end()) notes.push_back(note);
}

static std::string states_note(const Accounts& accounts, const Programme& programme, const ProgrammeStates& states,
                               const std::string& measure) {
  const bool leontief = states.closure() == "leontief";
  return fmt::format("before: the accounts of {}; after: {} of the programme {}, {}. No growth lies between the two.", accounts.year,
                     measure.empty() ? "the agreed measures" : "measure " + measure + " alone", programme.id,
                     leontief ? "leontief model, at the prices of the base"
                              : "equilibrium model, closure " + states.closure() + ", in money of its prices");
}

// One line a change that the model cannot represent.
static void add_not_counted(std::vector<std::string>& notes, const ProgrammeStates& states) {
  for (const Shock* shock : states.not_counted())
    add_notes(notes, {"not counted by this model: " + std::string(change_name(shock->change)) + " of " + shock->measure});
}

std::vector<IndicatorAnswer> ask_before_after(const Accounts& accounts, const Programme& programme, const Compiled& compiled,
                                              std::span<const Indicator* const> asked, const Question& question,
                                              const StatesQuestion& wanted) {
  const auto steps = static_cast<double>(1 + asked.size() * (wanted.years.size() + 1));
  double step = 0.0;
  const auto next = [&](const std::string& what) { begin_step(what, step++ / steps); };
  next("solving");
  ProgrammeStates states(accounts, programme, compiled, wanted.closure);
  std::vector<IndicatorAnswer> before, answers;
  const Picture then(states.before());
  for (const Indicator* indicator : asked) {
    next(std::string(indicator->name) + ", before");
    before.push_back(ask(*indicator, then, question));
    answers.push_back({{}, before.back().notes});
    add_notes(answers.back().notes, {states_note(accounts, programme, states, wanted.measure)});
  }
  for (const int year : wanted.years) {
    const Accounts after_it = states.after(year, wanted.measure);
    const Picture now(after_it);
    for (std::size_t k = 0; k < asked.size(); ++k) {
      next(fmt::format("{}, after, {}", asked[k]->name, year));
      const IndicatorAnswer after = ask(*asked[k], now, question);
      const std::vector<EffectRow> rows = before_after(before[k].rows, after.rows, year, wanted.measure);
      answers[k].rows.insert(answers[k].rows.end(), rows.begin(), rows.end());
      add_notes(answers[k].notes, after.notes);
      add_not_counted(answers[k].notes, states);
    }
  }
  return answers;
}

}  // namespace kontor
