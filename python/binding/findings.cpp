// Findings, and what a kontor::Error becomes: kontor.errors knows the class of each exit code.
#include <pybind11/stl.h>

#include "areas.h"
#include "kontor/base/error.h"
#include "kontor/base/finding.h"
#include "kontor/base/job.h"

namespace py = pybind11;

namespace kontor::python {

static std::string place(const Finding& finding) {
  std::string text = finding.file;
  for (const std::string& part : {finding.row, finding.column})
    if (!part.empty()) text += (text.empty() ? "" : ":") + part;
  return text;
}

static Severity severity_named(const std::string& name) {
  for (const Severity severity : {Severity::note, Severity::warning, Severity::error})
    if (name == severity_name(severity)) return severity;
  throw py::value_error("severity is note, warning or error");
}

static void raise(const Error& error) {
  const py::object make = py::module_::import("kontor.errors").attr("error_of");
  const py::object made = make(static_cast<int>(error.exit()), error.findings());
  PyErr_SetObject(reinterpret_cast<PyObject*>(Py_TYPE(made.ptr())), made.ptr());
}

void bind_findings(py::module_& module) {
  py::class_<Finding>(module, "Finding", "One thing that is wrong, or worth knowing: where, what, the rule, what to do next.")
      .def(py::init([](const std::string& severity, std::string code, std::string file, std::string row, std::string column,
                       std::string found, std::string expected, std::string remedy) {
             return Finding{severity_named(severity), std::move(code),  std::move(file),     std::move(row),
                            std::move(column),        std::move(found), std::move(expected), std::move(remedy)};
           }),
           py::kw_only(), py::arg("severity") = "error", py::arg("code") = "", py::arg("file") = "", py::arg("row") = "",
           py::arg("column") = "", py::arg("found") = "", py::arg("expected") = "", py::arg("remedy") = "")
      .def_property_readonly(
          "severity", [](const Finding& f) { return severity_name(f.severity); }, "error, warning or note.")
      .def_readonly("code", &Finding::code, "Short stable name, e.g. unknown-region.")
      .def_readonly("file", &Finding::file, "As it was given; empty for an argument.")
      .def_readonly("row", &Finding::row, "Line counted from 1, a sheet cell, or the label of a cell.")
      .def_readonly("column", &Finding::column, "Column, key path or argument.")
      .def_readonly("found", &Finding::found, "The value seen.")
      .def_readonly("expected", &Finding::expected, "The rule.")
      .def_readonly("remedy", &Finding::remedy, "The next step.")
      .def_property_readonly("place", &place, "FILE:ROW:COLUMN, as far as they are known.")
      .def_readonly("hint", &Finding::remedy, "The next step: another name of `remedy`.")
      .def("__str__", &to_line)
      .def("__repr__", [](const Finding& f) { return "<Finding " + to_line(f) + ">"; });

  py::register_exception_translator([](std::exception_ptr problem) {
    try {
      if (problem) std::rethrow_exception(problem);
    } catch (const Error& error) {
      raise(error);
    } catch (const Cancelled&) {
      PyErr_SetNone(PyExc_KeyboardInterrupt);
    }
  });
}

}  // namespace kontor::python
