// Runs and results: the main job, its rows, its explanation, and two of them side by side.
#include <pybind11/numpy.h>
#include <pybind11/stl.h>
#include <pybind11/stl/filesystem.h>

#include <limits>

#include "areas.h"
#include "columns.h"
#include "held_result.h"
#include "indicators_of_result.h"
#include "kontor/base/error.h"
#include "kontor/base/text.h"
#include "kontor/model/programme_states.h"
#include "kontor/report/compare.h"
#include "kontor/report/explanation.h"
#include "kontor/report/write_result.h"
#include "open_accounts.h"
#include "watched.h"

namespace py = pybind11;
namespace fs = std::filesystem;

namespace kontor::python {

namespace {

AttributionOptions attribution_named(const std::string& name) {
  const std::vector<std::string> known = {"path", "shapley", "none"};
  if (std::find(known.begin(), known.end(), name) == known.end())
    fail(Exit::usage, "usage", "", "", "attribution", "unknown rule " + quoted(name), "path, shapley (beside the path) or none",
         did_you_mean(name, known));
  AttributionOptions options;
  options.path = name != "none", options.shapley = name == "shapley";
  return options;
}

Held run(const fs::path& programme, const std::string& text, const fs::path& accounts, bool gross_only, bool strict,
         const std::string& attribution, std::optional<long> draws, const py::object& progress) {
  RunOptions options;
  options.programme = programme, options.text = text, options.accounts = accounts;
  options.gross_only = gross_only, options.strict = strict;
  options.attribution = attribution_named(attribution);
  Result result = watched(progress, [&](const Told&) {
    const long wanted = draws ? *draws : draws_of_programme(options);
    if (wanted > 0) options.draws.first = 1, options.draws.last = wanted;
    return run_programme(options);
  });
  return std::make_shared<HeldResult>(HeldResult{std::move(result), {}});
}

Held read(const fs::path& folder) {
  return std::make_shared<HeldResult>(HeldResult{watched(py::none(), [&](const Told&) { return read_result(folder); }), folder});
}

py::tuple explained(const Held& held, const ExplainQuestion& question, std::size_t levels, const fs::path& accounts,
                    const py::object& progress) {
  const auto [json, text] = watched(progress, [&](const Told&) {
    return with_inputs(held, accounts, [&](const Accounts& a, const Programme& programme, const Compiled& compiled, bool) {
      if (question.indicator.empty())
        fail(Exit::usage, "usage", "", "", "indicator", "no number is named", joined(explained_indicators(a), ", "), "e.g. real_income");
      const Explained found = explain(a, programme, compiled, question);
      return std::pair(explanation_json(found, question), explanation_text(found, a, levels));
    });
  });
  return py::make_tuple(json, text);
}

std::shared_ptr<OpenAccounts> accounts_after(const Held& held, int year, const fs::path& accounts, const py::object& progress) {
  Accounts after = watched(progress, [&](const Told&) {
    return with_inputs(held, accounts, [&](const Accounts& a, const Programme& programme, const Compiled& compiled, bool gross_only) {
      return ProgrammeStates(a, programme, compiled, gross_only ? "leontief" : "").after(year);
    });
  });
  return std::make_shared<OpenAccounts>(std::move(after), fs::path());
}

void draw_part_into(const fs::path& programme, long first, long last, const fs::path& folder, const fs::path& accounts, bool force,
                    const py::object& progress) {
  RunOptions options;
  options.programme = programme, options.accounts = accounts;
  options.draws.first = first, options.draws.last = last;
  watch(progress, [&](const Told&) { write_part(draw_part(options, folder), folder, force); });
}

Held merged(const std::vector<fs::path>& parts, const fs::path& programme, const fs::path& accounts, const py::object& progress) {
  Result result = watched(progress, [&](const Told&) { return merge_parts(parts, programme, accounts); });
  return std::make_shared<HeldResult>(HeldResult{std::move(result), {}});
}

py::tuple compared(const Held& a, const Held& b, bool everything) {
  const Comparison comparison = watched(py::none(), [&](const Told&) { return compare(a->result, b->result, everything); });
  std::vector<EffectRow> rows;
  const auto count = static_cast<py::ssize_t>(comparison.rows.size());
  py::array_t<double> of_a(count), of_b(count);
  for (py::ssize_t k = 0; k < count; ++k) {
    const ComparedRow& row = comparison.rows[static_cast<std::size_t>(k)];
    rows.push_back(row.row);
    of_a.mutable_at(k) = row.a, of_b.mutable_at(k) = row.b;
  }
  py::dict columns = columns_of(rows);
  columns["a"] = of_a, columns["b"] = of_b;
  return py::make_tuple(columns, comparison_text(comparison), comparison.findings);
}

py::list regions(const Held& held) {
  py::list list;
  for (const Region& r : held->result.accounts.regions) list.append(py::make_tuple(r.code, r.name));
  return list;
}

py::list not_counted(const Held& held) {
  py::list list;
  for (const NotCounted& n : held->result.not_counted) list.append(py::make_tuple(n.measure, n.change, n.why, n.first_year, n.last_year));
  return list;
}

py::list defaults(const Held& held) {
  py::list list;
  for (const DefaultUsed& d : held->result.defaults) list.append(py::make_tuple(d.measure, d.field, d.value, d.why));
  return list;
}

}  // namespace

void bind_results(py::module_& module) {
  py::class_<HeldResult, Held> type(module, "Result", "What one run found.");
  type.def_property_readonly("folder", [](const Held& held) { return said_folder(held->folder); })
      .def_property_readonly("id", [](const Held& held) { return held->result.programme.id; })
      .def_property_readonly("title", [](const Held& held) { return held->result.programme.title; })
      .def_property_readonly("programme_text", [](const Held& held) { return held->result.programme.text; })
      .def_property_readonly("first_year", [](const Held& held) { return held->result.programme.first_year; })
      .def_property_readonly("last_year", [](const Held& held) { return held->result.programme.last_year; })
      .def_property_readonly("accounts_title", [](const Held& held) { return held->result.accounts.title; })
      .def_property_readonly("accounts_year", [](const Held& held) { return held->result.accounts.year; })
      .def_property_readonly("currency", [](const Held& held) { return held->result.accounts.currency; })
      .def_property_readonly("scale", [](const Held& held) { return held->result.accounts.scale; })
      .def_property_readonly("regions", &regions, "(code, name).")
      .def_property_readonly("answer", [](const Held& held) { return held->result.answer; })
      .def_property_readonly("findings", [](const Held& held) { return held->result.findings; })
      .def_property_readonly("assumptions", [](const Held& held) { return held->result.assumptions; })
      .def_property_readonly("parameters_used", [](const Held& held) { return held->result.parameters_used; })
      .def_property_readonly("not_counted", &not_counted, "(measure, change, why, first year, last year).")
      .def_property_readonly("defaults", &defaults, "(measure, field, value, why).")
      .def(
          "columns", [](const Held& held) { return columns_of(held->result.effects); }, "All rows as columns.")
      .def("certificate_json", [](const Held& held) { return certificate_json(held->result); })
      .def("summary_text", [](const Held& held) { return summary_text(held->result); })
      .def("report_html", [](const Held& held) { return watched(py::none(), [&](const Told&) { return report_html(held->result); }); })
      .def(
          "write",
          [](const Held& held, const fs::path& folder, bool force) {
            watch(py::none(), [&](const Told&) { write_result(held->result, folder, force); });
          },
          py::arg("folder"), py::arg("force") = false, "Writes the result folder whole or not at all.")
      .def(
          "explain",
          [](const Held& held, std::string indicator, std::string region, std::string sector, int year, std::string closure,
             std::size_t most, bool shapley, std::size_t levels, const fs::path& accounts, const py::object& progress) {
            ExplainQuestion question{std::move(indicator), std::move(region), std::move(sector), year, std::move(closure), most};
            if (shapley) question.most_shapley = 1000;
            return explained(held, question, levels, accounts, progress);
          },
          py::arg("indicator"), py::arg("region") = "", py::arg("sector") = "", py::arg("year") = 0, py::arg("closure") = "",
          py::arg("most") = 5, py::arg("shapley") = false, py::arg("levels") = 4, py::arg("accounts") = "",
          py::arg("progress") = py::none(), "(json, text) of the tree behind one number.")
      .def("accounts_after", &accounts_after, py::arg("year"), py::arg("accounts") = "", py::arg("progress") = py::none(),
           "Accounts as they are after the programme.")
      .def("indicators", &indicators_of_result, py::arg("names"), py::arg("regions"), py::arg("partners"), py::arg("sectors"),
           py::arg("blocs"), py::arg("settings"), py::arg("years") = "", py::arg("measure") = "", py::arg("closure") = "",
           py::arg("accounts") = "", py::arg("progress") = py::none(), "(columns, notes, text) of each indicator before and after.");

  module.def("run", &run, py::arg("programme"), py::arg("text") = "", py::arg("accounts") = "", py::arg("gross_only") = false,
             py::arg("strict") = false, py::arg("attribution") = "path", py::arg("draws") = 0, py::arg("progress") = py::none(),
             "The main job. draws=None: as many as the programme says.");
  module.def("draw_part", &draw_part_into, py::arg("programme"), py::arg("first"), py::arg("last"), py::arg("folder"),
             py::arg("accounts") = "", py::arg("force") = false, py::arg("progress") = py::none(), "A range of draws, into a folder.");
  module.def("merge", &merged, py::arg("parts"), py::arg("programme") = "", py::arg("accounts") = "", py::arg("progress") = py::none(),
             "The result of draws that lie in parts.");
  module.def("read_result", &read, py::arg("folder"), "A result folder.");
  module.def("compare", &compared, py::arg("a"), py::arg("b"), py::arg("everything") = false, "(columns, text, findings).");
  module.def(
      "accounts_of_text", [](const std::string& text, const fs::path& file) { return accounts_of_text(text, file); }, py::arg("text"),
      py::arg("file"), "Folder of the accounts that a programme names.");
  module.def("is_result", &is_result, py::arg("folder"), "Whether the folder is a result that `kontor run` wrote.");
}

}  // namespace kontor::python
