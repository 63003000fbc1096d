// Indicators of accounts: names to a question, the answer as columns, notes and text.
#include <pybind11/stl.h>

#include "areas.h"
#include "columns.h"
#include "kontor/base/error.h"
#include "kontor/base/text.h"
#include "kontor/indicators/indicator.h"
#include "kontor/report/indicator_table.h"
#include "open_accounts.h"
#include "watched.h"

namespace py = pybind11;

namespace kontor::python {

namespace {

using Names = std::vector<std::string>;

struct Asked {
  std::string name;
  Names regions, partners, sectors;
  Blocs blocs;
  Settings settings;
};

// A bloc as the command line takes it, so that it is checked by the same rules.
Names bloc_texts(const Blocs& blocs) {
  Names texts;
  for (const auto& [name, members] : blocs) texts.push_back(name + "=" + joined(members, ","));
  return texts;
}

int sector_named(const Accounts& a, const std::string& name) {
  const int sector = sector_index(a, name);
  if (sector >= 0) return sector;
  Names codes;
  for (const Sector& s : a.sectors) codes.push_back(s.code);
  fail(Exit::usage, "unknown-sector", "", "", "sector", "unknown sector " + quoted(name), "a sector of the accounts",
       did_you_mean(name, codes));
}

Question question_of(const Accounts& a, const Asked& asked) {
  const Blocs blocs = read_blocs(a, bloc_texts(asked.blocs));
  Question question;
  for (const auto& [name, members] : blocs) question.blocs.push_back(region_set(a, blocs, name));
  for (const std::string& name : asked.regions) question.regions.push_back(region_set(a, blocs, name));
  for (const std::string& name : asked.partners) {
    if (name == "all")
      for (RegionSet& set : single_regions(a, true)) question.partners.push_back(std::move(set));
    else
      question.partners.push_back(region_set(a, blocs, name));
  }
  for (const std::string& name : asked.sectors) question.sectors.push_back(sector_named(a, name));
  question.settings = asked.settings;
  return question;
}

py::tuple answer_of(OpenAccounts& open, std::string name, Names regions, Names partners, Names sectors, Blocs blocs, Settings settings,
                    const py::object& progress) {
  const Asked asked{std::move(name), std::move(regions), std::move(partners), std::move(sectors), std::move(blocs), std::move(settings)};
  const Indicator& indicator = find_indicator(asked.name);
  const IndicatorAnswer answer = watched(progress, [&](const Told& told) {
    told(indicator.name, 0.0);
    const Question question = question_of(open.accounts(), asked);
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
