// Indicators of accounts: names to a question, the answer as columns, notes and text.
#include <pybind11/stl.h>
#include <pybind11/stl/filesystem.h>

#include "areas.h"
#include "columns.h"
#include "indicators_of_result.h"
#include "kontor/base/text.h"
#include "kontor/indicators/ask_before_after.h"
#include "kontor/indicators/asked.h"
#include "kontor/indicators/dependence_of_programme.h"
#include "kontor/indicators/indicator.h"
#include "kontor/report/indicator_table.h"
#include "open_accounts.h"
#include "watched.h"

namespace py = pybind11;

namespace kontor::python {

namespace {

using Names = std::vector<std::string>;

// A bloc as the command line takes it, so that it is checked by the same rules.
Names bloc_texts(const Blocs& blocs) {
  Names texts;
  for (const auto& [name, members] : blocs) texts.push_back(name + "=" + joined(members, ","));
  return texts;
}

py::tuple answer_of(OpenAccounts& open, const std::string& name, Names regions, Names partners, Names sectors, const Blocs& blocs,
                    const Settings& settings, const py::object& progress) {
  const Indicator& indicator = find_indicator(name);
  const AskedQuestion asked{std::move(regions), std::move(partners), std::move(sectors), bloc_texts(blocs), {}};
  const IndicatorAnswer answer = watched(progress, [&](const Told& told) {
    told(indicator.name, 0.0);
    Question question = question_of(open.accounts(), asked);
    question.settings = settings;
    return open.with_picture([&](const Picture& picture) { return ask(indicator, picture, question); });
  });
  return py::make_tuple(columns_of(answer.rows), answer.notes, indicator_text(indicator, answer, open.accounts()));
}

}  // namespace

py::list indicators_of_result(const Held& held, const Names& names, const Names& regions, const Names& partners, const Names& sectors,
                              const Blocs& blocs, const Settings& settings, const std::string& years, const std::string& measure,
                              const std::string& closure, const std::filesystem::path& accounts, const py::object& progress) {
  struct ToldAnswer {
    IndicatorAnswer answer;
    std::string text;
  };
  const AskedQuestion asked{regions, partners, sectors, bloc_texts(blocs), {}};
  const std::vector<ToldAnswer> told = watched(progress, [&](const Told&) {
    std::vector<const Indicator*> chosen;
    for (const std::string& name : names) chosen.push_back(&find_indicator(name));
    return with_inputs(held, accounts, [&](const Accounts& a, const Programme& programme, const Compiled& compiled, bool gross_only) {
      Question question = question_of(a, asked, programme.blocs);
      question.settings = settings;
      const StatesQuestion states{years_asked(programme, years), measure, closure.empty() && gross_only ? "leontief" : closure};
      std::vector<ToldAnswer> all;
      for (IndicatorAnswer& answer : ask_before_after(a, programme, compiled, chosen, question, states)) {
        std::string text = indicator_text(*chosen[all.size()], answer, a);
        all.push_back({std::move(answer), std::move(text)});
      }
      return all;
    });
  });
  py::list list;
  for (const ToldAnswer& one : told) list.append(py::make_tuple(columns_of(one.answer.rows), one.answer.notes, one.text));
  return list;
}

void bind_indicators(py::module_& module) {
  module.def("indicator", &answer_of, py::arg("accounts"), py::arg("name"), py::arg("regions"), py::arg("partners"), py::arg("sectors"),
             py::arg("blocs"), py::arg("settings"), py::arg("progress") = py::none(), "(columns, notes, text) of one indicator.");
  module.def("indicator_list_json", &indicator_list_json, "All indicators with meaning, formula, source, terms and settings.");
  module.def(
      "indicator_words", [](const std::string& name) { return indicator_words(find_indicator(name)); }, py::arg("name"),
      "The same of one, for people.");
  module.def(
      "dependence_indicators", [] { return Names(std::begin(page_of_dependence), std::end(page_of_dependence)); },
      "What a result says of who depends on whom.");
}

}  // namespace kontor::python
