// Lists from the rows: kinds of measure, tables of the programme file, models.
#include <pybind11/stl.h>

#include "areas.h"
#include "kontor/model/models.h"
#include "kontor/programme/programme.h"

namespace py = pybind11;

namespace kontor::python {

static py::list fields_of(std::span<const Field> rows) {
  py::list list;
  for (const Field& f : rows) {
    py::dict field;
    field["name"] = f.name, field["required"] = f.required, field["choices"] = f.choices, field["meaning"] = f.meaning;
    list.append(field);
  }
  return list;
}

static py::dict named(const char* name, const char* summary, std::span<const Field> fields) {
  py::dict row;
  row["name"] = name, row["summary"] = summary, row["fields"] = fields_of(fields);
  return row;
}

static py::list measures() {
  py::list list;
  for (const MeasureKind* kind : measure_kinds()) list.append(named(kind->name, kind->summary, kind->fields));
  return list;
}

static py::list tables() {
  py::list list;
  for (const ProgrammeTable& table : programme_tables()) list.append(named(table.name, table.summary, table.fields));
  return list;
}

static py::list model_rows() {
  py::list list;
  for (const ModelRow& model : models()) {
    py::dict row;
    row["name"] = model.name, row["summary"] = model.summary;
    row["counts"] = model.counts, row["does_not_count"] = model.does_not_count;
    list.append(row);
  }
  return list;
}

void bind_lists(py::module_& module) {
  module.def("measures", &measures, "The kinds of measure and their fields.");
  module.def("programme_tables", &tables, "The other tables of a programme file and their fields.");
  module.def("models", &model_rows, "The models and what each can represent.");
}

}  // namespace kontor::python
