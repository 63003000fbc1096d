// indicators: any indicator of any accounts, or of a result before and after its programme; and the list of them.
#include <iostream>
#include <optional>

#include "kontor/accounts/store.h"
#include "kontor/base/error.h"
#include "kontor/base/job.h"
#include "kontor/indicators/ask_before_after.h"
#include "kontor/indicators/asked.h"
#include "kontor/indicators/indicator.h"
#include "kontor/report/indicator_table.h"
#include "kontor/report/result_inputs.h"
#include "progress.h"
#include "verbs.h"

namespace kontor::cli {

namespace {

struct Asked {
  std::string folder, accounts, year, measure, closure;
  std::vector<std::string> names;
  AskedQuestion question;
  bool list = false;
};

using Chosen = std::vector<const Indicator*>;

std::vector<IndicatorAnswer> of_accounts(const Common& common, const Accounts& accounts, const Chosen& chosen, const Question& question) {
  Progress progress(common, static_cast<int>(chosen.size()));
  const Picture picture(accounts);
  std::vector<IndicatorAnswer> answers;
  for (const Indicator* indicator : chosen) {
    progress.next(indicator->name);
    answers.push_back(ask(*indicator, picture, question));
  }
  return answers;
}

std::vector<IndicatorAnswer> of_result(const Common& common, const ResultInputs& inputs, const Asked& asked, const Chosen& chosen,
                                       const Question& question) {
  const StatesQuestion states{years_asked(inputs.programme, asked.year), asked.measure,
                              asked.closure.empty() && inputs.gross_only ? "leontief" : asked.closure};
  Progress progress(common, 1 + static_cast<int>(chosen.size() * (states.years.size() + 1)));
  Job job;
  job.told = [&](std::string_view what, double) { progress.next(std::string(what)); };
  const WorkingFor watched(&job);
  return ask_before_after(inputs.accounts, inputs.programme, inputs.compiled, chosen, question, states);
}

void refuse_options_of_results(const Asked& asked) {
  for (const auto& [flag, said] : {std::pair<const char*, const std::string&>{"--year", asked.year},
                                   {"--measure", asked.measure},
                                   {"--closure", asked.closure},
                                   {"--accounts", asked.accounts}})
    if (!said.empty())
      fail(Exit::usage, "usage", asked.folder, "", flag, "these are accounts, which have no programme", "a result folder of `kontor run`",
           std::string("leave ") + flag + " out, or name a result");
}

void indicators_verb(const Common& common, const Asked& asked) {
  if (asked.list) {
    const std::vector<std::string> names = asked.folder.empty() ? asked.names : std::vector<std::string>{asked.folder};
    if (common.json)
      std::cout << indicator_list_json();
    else if (names.empty())
      std::cout << indicator_list_text();
    else
      for (const std::string& name : names) std::cout << indicator_words(find_indicator(name));
    return;
  }
  if (asked.folder.empty() || asked.names.empty())
    fail(Exit::usage, "usage", "", "", "", "no accounts or no name of an indicator", "ACCOUNTS NAME... or RESULT NAME...",
         "`kontor indicators --list` names them");
  Chosen chosen;
  for (const std::string& name : taken_apart(asked.names)) chosen.push_back(&find_indicator(name));
  std::optional<ResultInputs> inputs;
  if (is_result(asked.folder)) inputs = inputs_of_result(asked.folder, asked.accounts);
  if (!inputs) refuse_options_of_results(asked);
  const Accounts accounts = inputs ? inputs->accounts : read_accounts(asked.folder);
  AskedQuestion named = asked.question;
  for (auto* names : {&named.regions, &named.partners, &named.sectors}) *names = taken_apart(*names);
  const Question question = question_of(accounts, named, inputs ? inputs->programme.blocs : Blocs());
  const std::vector<IndicatorAnswer> answers =
      inputs ? of_result(common, *inputs, asked, chosen, question) : of_accounts(common, accounts, chosen, question);
  std::vector<EffectRow> rows;
  std::string text;
  for (std::size_t k = 0; k < chosen.size(); ++k) {
    text += indicator_text(*chosen[k], answers[k], accounts);
    if (common.json || common.csv)
      for (const std::string& note : answers[k].notes) say(common, std::string("note: ") + chosen[k]->name + ": " + note);
    rows.insert(rows.end(), answers[k].rows.begin(), answers[k].rows.end());
  }
  print_rows(common, rows, text);
}

}  // namespace

void add_indicators(CLI::App& verb, Common& common) {
  static Asked asked;
  verb.add_option("FOLDER", asked.folder, "accounts folder, or result folder of `kontor run`: then before, after and change");
  verb.add_option("NAME", asked.names, "names of indicators");
  verb.add_flag("--list", asked.list, "all indicators; with a name: its formula, source, terms and settings");
  verb.add_option("--region", asked.question.regions, "regions, nations or blocs, separated by commas (default: every region)")
      ->allow_extra_args(false);
  verb.add_option("--partner", asked.question.partners, "by partner: regions, nations or blocs, or `all`")->allow_extra_args(false);
  verb.add_option("--sector", asked.question.sectors, "these sectors only")->allow_extra_args(false);
  verb.add_option("--bloc", asked.question.blocs, "NAME=A,B,C: regions that are looked at as one; those of a programme are known")
      ->allow_extra_args(false);
  verb.add_option("--with", asked.question.settings, "key=value: a setting of the indicator")->allow_extra_args(false);
  verb.add_option("--year", asked.year, "of a result: years of the horizon, or `all` (default: the last)");
  verb.add_option("--measure", asked.measure, "of a result: this measure alone (default: all that are agreed)");
  verb.add_option("--closure", asked.closure, "of a result: leontief (fixed prices), short_run or long_run (default: the programme's own)");
  verb.add_option("--accounts", asked.accounts, "of a result: its accounts, where they have moved");
  verb.callback([&common] { indicators_verb(common, asked); });
}

}  // namespace kontor::cli
