// Indicators of accounts: names to a question, the answer as columns, notes and text.
#include <pybind11/stl.h>

#include "areas.h"
#include "columns.h"
#include "kontor/base/text.h"
#include "kontor/indicators/asked.h"
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

void bind_indicators(py::module_& module) {
  module.def("indicator", &answer_of, py::arg("accounts"), py::arg("name"), py::arg("regions"), py::arg("partners"), py::arg("sectors"),
             py::arg("blocs"), py::arg("settings"), py::arg("progress") = py::none(), "(columns, notes, text) of one indicator.");
  module.def("indicator_list_json", &indicator_list_json, "All indicators with meaning, formula, source, terms and settings.");
  module.def(
      "indicator_words", [](const std::string& name) { return indicator_words(find_indicator(name)); }, py::arg("name"),
      "The same of one, for people.");
}

}  // namespace kontor::python
