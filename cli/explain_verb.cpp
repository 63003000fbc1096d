// explain: why one number of a result is what it is.
#include <iostream>

#include "kontor/base/error.h"
#include "kontor/base/text.h"
#include "kontor/indicators/explain.h"
#include "kontor/report/explanation.h"
#include "kontor/report/result_inputs.h"
#include "verbs.h"

namespace kontor::cli {

namespace {

struct ExplainArguments {
  ExplainQuestion question;
  std::string folder, accounts, year, top, levels;
  bool shapley = false;
};

std::size_t whole_number(const std::string& flag, const std::string& text, long least, std::size_t otherwise) {
  if (text.empty()) return otherwise;
  const auto number = read_integer(text);
  if (!number || *number < least || *number > 1000)
    fail(Exit::usage, "usage", "", "", flag, quoted(text), "a whole number from " + std::to_string(least) + " to 1000", "leave it out");
  return static_cast<std::size_t>(*number);
}

void explain_verb(const Common& common, const ExplainArguments& arguments) {
  if (!is_result(arguments.folder))
    fail(Exit::data, "not-a-result", arguments.folder, "", "", "this is no result folder", "a result folder that `kontor run` wrote",
         "run the programme first");
  ExplainQuestion question = arguments.question;
  if (!arguments.year.empty()) {
    const auto year = read_integer(arguments.year);
    if (!year || *year < 1 || *year > 9999)
      fail(Exit::usage, "unknown-year", "", "", "--year", quoted(arguments.year), "a year of the horizon", "e.g. --year 2030");
    question.year = static_cast<int>(*year);
  }
  question.most = whole_number("--top", arguments.top, 1, question.most);
  if (arguments.shapley) question.most_shapley = 1000;
  const ResultInputs inputs = inputs_of_result(arguments.folder, arguments.accounts);
  if (question.indicator.empty())
    fail(Exit::usage, "usage", "", "", "--indicator", "no number is named", joined(explained_indicators(inputs.accounts), ", "),
         "e.g. --indicator real_income");
  const Explained found = explain(inputs.accounts, inputs.programme, inputs.compiled, question);
  if (common.json)
    std::cout << explanation_json(found, question);
  else
    std::cout << explanation_text(found, inputs.accounts, whole_number("--levels", arguments.levels, 1, 4));
}

}  // namespace

void add_explain(CLI::App& verb, Common& common) {
  static ExplainArguments arguments;
  verb.add_option("RESULT", arguments.folder, "result folder of `kontor run`")->required();
  verb.add_option(
      "--indicator", arguments.question.indicator,
      "the number: real_income, equivalent_variation, value_added_net, output_net, gdp, gni, exports_net, imports_net, jobs_net; "
      "at fixed prices value_added, output, jobs");
  verb.add_option("--region", arguments.question.region, "a region, nation or bloc (default: all regions together)");
  verb.add_option("--sector", arguments.question.sector, "one sector, where the number is told apart by sector");
  verb.add_option("--year", arguments.year, "a year of the horizon (default: the last)");
  verb.add_option("--closure", arguments.question.closure, "short_run or long_run (default: the programme's own)");
  verb.add_option("--top", arguments.top, "parts shown at each node, the others together (default: 5)");
  verb.add_option("--levels", arguments.levels, "levels of the tree that are printed (default: 4; --json holds all)");
  verb.add_flag("--shapley", arguments.shapley, "parts after Shapley also where there are more than eight measures");
  verb.add_option("--accounts", arguments.accounts, "the accounts of the result, where they have moved");
  verb.callback([&common] { explain_verb(common, arguments); });
}

}  // namespace kontor::cli
