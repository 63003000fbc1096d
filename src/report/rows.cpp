#include "kontor/report/rows.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "kontor/base/csv.h"
#include "kontor/base/error.h"
#include "kontor/base/text.h"

namespace kontor {

const std::vector<std::string>& effect_columns() {
  static const std::vector<std::string> columns = {"indicator", "region", "sector", "partner", "year", "measure", "term", "value", "unit"};
  return columns;
}

// Text that would be a formula once leading apostrophes are taken away: one more apostrophe in front of it can be
// taken off again without doubt.
static bool is_formula_like(std::string_view text) {
  const std::size_t first = text.find_first_not_of('\'');
  return first != std::string_view::npos && std::string_view("=+-@\t\r").find(text[first]) != std::string_view::npos;
}

static std::string text_cell(const std::string& text) { return csv_field(is_formula_like(text) ? '\'' + text : text); }

static std::string value_text(double value) { return std::isfinite(value) ? number_text(value) : ""; }

std::string rows_csv(const std::vector<EffectRow>& rows) {
  std::string csv = joined(effect_columns(), ",") + '\n';
  for (const EffectRow& row : rows) {
    for (const std::string* text : {&row.indicator, &row.region, &row.sector, &row.partner}) csv += text_cell(*text) + ',';
    csv += (row.year ? std::to_string(row.year) : "") + ',' + text_cell(row.measure) + ',' + text_cell(row.term) + ',';
    csv += value_text(row.value) + ',' + text_cell(row.unit) + '\n';
  }
  return csv;
}

std::string json_text(const std::string& text) {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string rows_json(const std::vector<EffectRow>& rows) {
  std::string json = "[";
  for (const EffectRow& row : rows) {
    json += json.size() == 1 ? "\n" : ",\n";
    json += "{\"indicator\":" + json_text(row.indicator) + ",\"region\":" + json_text(row.region);
    json += ",\"sector\":" + json_text(row.sector) + ",\"partner\":" + json_text(row.partner);
    json += ",\"year\":" + (row.year ? std::to_string(row.year) : std::string("null"));
    json += ",\"measure\":" + json_text(row.measure) + ",\"term\":" + json_text(row.term);
    const std::string value = value_text(row.value);
    json += ",\"value\":" + (value.empty() ? "null" : value) + ",\"unit\":" + json_text(row.unit) + '}';
  }
  return json + "\n]";
}

static std::string label_of(const std::string& cell) {
  return !cell.empty() && cell[0] == '\'' && is_formula_like(cell) ? cell.substr(1) : cell;
}

std::vector<EffectRow> read_rows_csv(std::string_view text, const std::string& file) {
  const CsvTable table = parse_csv(text, file);
  int at[9];
  for (std::size_t i = 0; i < 9; ++i) at[i] = required_column(table, effect_columns()[i]);
  const auto wrong = [&](const CsvRow& row, const char* column, const std::string& found, const char* rule) {
    fail(Exit::data, "bad-number", file, std::to_string(row.line), column, quoted(found), rule,
         "was the file edited? run the programme again");
  };
  std::vector<EffectRow> rows;
  rows.reserve(table.rows.size());
  for (const CsvRow& line : table.rows) {
    const auto cell = [&](int i) -> const std::string& { return table.field(line, at[i]); };
    EffectRow row{label_of(cell(0)), label_of(cell(1)), label_of(cell(2)), label_of(cell(3)), 0,
                  label_of(cell(5)), label_of(cell(6)), std::nan(""),      label_of(cell(8))};
    if (!cell(4).empty()) {
      const std::optional<long> year = read_integer(cell(4));
      if (!year || *year < 0 || *year > 9999) wrong(line, "year", cell(4), "a year was expected");
      row.year = static_cast<int>(*year);
    }
    if (!cell(7).empty() && read_number(cell(7), row.value) == NumberProblem::not_a_number)
      wrong(line, "value", cell(7), "a number was expected");
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace kontor
