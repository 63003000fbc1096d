// Lists from the rows: kinds of measure, tables of the programme file, models, formats, as the command line has them.
#include "kontor/report/lists.h"

#include "areas.h"

namespace py = pybind11;

namespace kontor::python {

void bind_lists(py::module_& module) {
  module.def(
      "measures_json", [] { return measures_json(); }, "The kinds of measure and their fields.");
  module.def("programme_tables_json", &programme_tables_json, "The other tables of a programme file and their fields.");
  module.def("models_json", &models_json, "The models and what each can represent.");
  module.def("formats_json", &formats_json, "The formats that are read or joined, with their settings.");
}

}  // namespace kontor::python
