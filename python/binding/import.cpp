// Accounts out of a publisher's files, and coarser ones out of finer ones.
#include "kontor/read/import.h"

#include <pybind11/stl.h>

#include "areas.h"
#include "kontor/accounts/aggregate.h"
#include "kontor/accounts/store.h"
#include "kontor/base/error.h"
#include "open_accounts.h"
#include "watched.h"

namespace py = pybind11;

namespace kontor::python {

static std::shared_ptr<OpenAccounts> in_no_folder(Accounts accounts) {
  return std::make_shared<OpenAccounts>(std::move(accounts), std::filesystem::path());
}

static py::tuple imported(std::string source, std::string format, std::string into, const std::shared_ptr<OpenAccounts>& onto,
                          std::string gross_output, std::string duplicates, std::string missing, std::string na, bool decimal_comma,
                          std::string encoding, bool allow_negative, int year, std::string currency, double scale, std::string title,
                          Settings settings, const py::object& progress) {
  ImportQuestion question;
  question.source = std::move(source), question.format = std::move(format), question.into = std::move(into);
  question.onto = onto ? &onto->accounts() : nullptr;
  question.gross_output = std::move(gross_output), question.duplicates = std::move(duplicates), question.missing = std::move(missing);
  ImportOptions& options = question.options;
  options.na = std::move(na), options.encoding = std::move(encoding), options.currency = std::move(currency);
  options.title = std::move(title), options.settings = std::move(settings);
  options.decimal_comma = decimal_comma, options.allow_negative = allow_negative, options.year = year, options.scale = scale;
  Imported found = watched(progress, [&](const Told& told) {
    told("reading " + question.source, 0.0);
    Imported read = import_source(question);
    throw_if_errors(read.findings);
    return read;
  });
  return py::make_tuple(in_no_folder(std::move(found.accounts)), found.findings);
}

static Concordance concordance_of(const std::string& file, const std::string& text, const char* name) {
  return !file.empty() ? read_concordance(file) : !text.empty() ? parse_concordance(text, name) : Concordance{};
}

static std::shared_ptr<OpenAccounts> aggregated(const OpenAccounts& open, const std::string& regions, const std::string& sectors,
                                                const std::string& regions_text, const std::string& sectors_text, const std::string& title,
                                                const py::object& progress) {
  return in_no_folder(watched(progress, [&](const Told&) {
    if (!open.folder().empty()) verify_accounts(open.folder());
    return aggregate_and_say(open.accounts(), concordance_of(regions, regions_text, "regions"),
                             concordance_of(sectors, sectors_text, "sectors"), title);
  }));
}

void bind_import(py::module_& module) {
  module.def("import_source", &imported, py::arg("source"), py::arg("format"), py::arg("into"), py::arg("onto").none(true),
             py::arg("gross_output"), py::arg("duplicates"), py::arg("missing"), py::arg("na"), py::arg("decimal_comma"),
             py::arg("encoding"), py::arg("allow_negative"), py::arg("year"), py::arg("currency"), py::arg("scale"), py::arg("title"),
             py::arg("settings"), py::arg("progress") = py::none(),
             "(accounts, findings) of a source that is read, or joined onto accounts.");
  module.def("aggregate", &aggregated, py::arg("accounts"), py::arg("regions") = "", py::arg("sectors") = "", py::arg("regions_text") = "",
             py::arg("sectors_text") = "", py::arg("title") = "", py::arg("progress") = py::none(),
             "Coarser accounts, by concordances in files or texts.");
}

}  // namespace kontor::python
