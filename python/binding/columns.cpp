#include "columns.h"

#include <pybind11/numpy.h>

#include <cstdint>
#include <unordered_map>

namespace py = pybind11;

namespace kontor::python {

// Tens of thousands of rows name a few hundred things. Bytes that are no UTF-8 become U+FFFD, as in JSON.
static py::object texts_of(const std::vector<EffectRow>& rows, std::string EffectRow::*field) {
  std::unordered_map<std::string, py::object> known;
  py::list list(rows.size());
  for (std::size_t k = 0; k < rows.size(); ++k) {
    const std::string& text = rows[k].*field;
    auto found = known.find(text);
    if (found == known.end()) {
      PyObject* made = PyUnicode_DecodeUTF8(text.data(), static_cast<py::ssize_t>(text.size()), "replace");
      if (!made) throw py::error_already_set();
      found = known.emplace(text, py::reinterpret_steal<py::object>(made)).first;
    }
    list[k] = found->second;
  }
  return py::module_::import("numpy").attr("array")(list, py::arg("dtype") = "object");
}

py::dict columns_of(const std::vector<EffectRow>& rows) {
  const auto count = static_cast<py::ssize_t>(rows.size());
  py::array_t<std::int64_t> years(count);
  py::array_t<double> values(count);
  for (py::ssize_t k = 0; k < count; ++k) {
    const EffectRow& row = rows[static_cast<std::size_t>(k)];
    years.mutable_at(k) = row.year;
    values.mutable_at(k) = row.value;
  }
  py::dict columns;
  columns["indicator"] = texts_of(rows, &EffectRow::indicator);
  columns["region"] = texts_of(rows, &EffectRow::region);
  columns["sector"] = texts_of(rows, &EffectRow::sector);
  columns["partner"] = texts_of(rows, &EffectRow::partner);
  columns["year"] = years;
  columns["measure"] = texts_of(rows, &EffectRow::measure);
  columns["term"] = texts_of(rows, &EffectRow::term);
  columns["value"] = values;
  columns["unit"] = texts_of(rows, &EffectRow::unit);
  return columns;
}

}  // namespace kontor::python
