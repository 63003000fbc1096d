#include "kontor/report/indicator_table.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include <fmt/format.h>

#include "kontor/base/text.h"
#include "kontor/report/text_table.h"

namespace kontor {

namespace {

constexpr std::size_t most_across = 8;  // columns of numbers that a terminal has room for
constexpr std::size_t page_width = 100;

/// One of the columns by which rows are told apart.
struct Axis {
  const char* heading;
  std::string (*of)(const EffectRow& row);
  std::vector<std::string> values;  // in the order in which they come
};

// A term is the indicator's own and, of a result, the state behind a slash.
std::size_t slash_of(const std::string& term) {
  const std::size_t slash = term.rfind('/');
  const std::string last = slash == std::string::npos ? term : term.substr(slash + 1);
  if (last == "before" || last == "after" || last == "change") return slash == std::string::npos ? 0 : slash;
  return std::string::npos;
}
std::string state_of(const EffectRow& row) {
  const std::size_t slash = slash_of(row.term);
  return slash == std::string::npos ? "" : slash == 0 ? row.term : row.term.substr(slash + 1);
}
std::string own_term(const EffectRow& row) {
  const std::size_t slash = slash_of(row.term);
  return slash == std::string::npos ? row.term : row.term.substr(0, slash);
}

std::vector<Axis> axes_of(const std::vector<EffectRow>& rows) {
  std::vector<Axis> axes = {{"region", [](const EffectRow& r) { return r.region; }, {}},
                            {"sector", [](const EffectRow& r) { return r.sector; }, {}},
                            {"partner", [](const EffectRow& r) { return r.partner; }, {}},
                            {"year", [](const EffectRow& r) { return r.year ? std::to_string(r.year) : std::string(); }, {}},
                            {"measure", [](const EffectRow& r) { return r.measure; }, {}},
                            {"term", own_term, {}},
                            {"unit", [](const EffectRow& r) { return r.unit; }, {}},
                            {"state", state_of, {}}};
  for (Axis& axis : axes) {
    std::set<std::string> seen;
    for (const EffectRow& row : rows)
      if (const std::string value = axis.of(row); seen.insert(value).second) axis.values.push_back(value);
  }
  return axes;
}

Axis& axis(std::vector<Axis>& axes, std::string_view heading) {
  return *std::find_if(axes.begin(), axes.end(), [&](const Axis& a) { return heading == a.heading; });
}

// Across: states where there are any; else terms, if they fit; else partners, sectors or regions, whichever is shortest.
const Axis* across(std::vector<Axis>& axes) {
  const auto fits = [&](std::string_view name) {
    const std::size_t count = axis(axes, name).values.size();
    return count > 1 && count <= most_across;
  };
  if (axis(axes, "state").values.size() > 1) return &axis(axes, "state");
  if (fits("term")) return &axis(axes, "term");
  const Axis* best = nullptr;
  for (const char* name : {"partner", "region", "sector"})
    if (fits(name) && (!best || axis(axes, name).values.size() < best->values.size())) best = &axis(axes, name);
  if (!best) return nullptr;
  for (const char* name : {"region", "sector", "partner"})  // something has to be left for the rows
    if (&axis(axes, name) != best && axis(axes, name).values.size() > 1) return best;
  return nullptr;
}

std::string name_of(const Accounts& a, const std::string& heading, const std::string& code) {
  std::string name;
  if (heading == "sector") {
    const int s = sector_index(a, code);
    name = s < 0 ? "" : a.sectors[static_cast<std::size_t>(s)].name;
  } else {
    const int r = region_index(a, code);
    name = r < 0 ? "" : a.regions[static_cast<std::size_t>(r)].name;
  }
  return name == code ? "" : name;
}

std::string number_text_of(double value, const std::string& unit) {
  if (unit == "%") return table_number(value, 2);
  const bool pure = unit == "share" || unit == "ratio" || unit == "index" || unit == "stages";
  return table_number(value, pure ? 4 : std::fabs(value) < 10.0 ? 4 : 2);
}

std::vector<std::string> wrapped(const std::string& text, std::size_t width) {
  std::vector<std::string> lines = {""};
  for (const std::string& word : split(text, ' ')) {
    if (!lines.back().empty() && width_of(lines.back()) + 1 + width_of(word) > width) lines.emplace_back();
    lines.back() += (lines.back().empty() ? "" : " ") + word;
  }
  return lines;
}

// Words after a label, further lines under the first word.
std::string paragraph(const std::string& label, const std::string& words, std::size_t indent) {
  std::string text;
  for (const std::string& line : wrapped(words, page_width - indent)) {
    std::string start = text.empty() ? label : "";
    start += std::string(indent - std::min(indent, width_of(start)), ' ');
    text += start + line + '\n';
  }
  return text;
}

PrintedTable table_of(const std::vector<EffectRow>& rows, const Accounts& accounts) {
  std::vector<Axis> axes = axes_of(rows);
  const Axis* columns = across(axes);
  std::vector<const Axis*> down;
  for (const Axis& a : axes) {
    const bool varies = a.values.size() > 1;
    const bool place = std::string_view(a.heading) == "region" && !a.values.front().empty();
    // Terms that differ in unit say so above the table.
    if (&a == columns || !(varies || place)) continue;
    if (std::string_view(a.heading) == "unit" && columns && std::string_view(columns->heading) == "term") continue;
    down.push_back(&a);
  }
  std::vector<std::vector<std::string>> keys;
  std::map<std::vector<std::string>, std::size_t> place;
  std::map<std::pair<std::size_t, std::string>, std::string> cell;
  for (const EffectRow& row : rows) {
    std::vector<std::string> key;
    for (const Axis* a : down) key.push_back(a->of(row));
    const auto [at, is_new] = place.emplace(key, keys.size());
    if (is_new) keys.push_back(key);
    const std::string column = columns ? columns->of(row) : "";
    cell[{at->second, column}] = number_text_of(row.value, row.unit);
  }
  PrintedTable table;
  for (const Axis* a : down) {
    table.columns.push_back({a->heading, std::string_view(a->heading) == "year"});
    if (const std::string_view h = a->heading; (h == "region" || h == "sector") && a->values.size() > 1)
      table.columns.push_back({"", false});
  }
  const std::vector<std::string> headings = columns ? columns->values : std::vector<std::string>{""};
  for (const std::string& h : headings) {
    std::string heading = !columns ? "value" : h.empty() ? "all" : h;
    table.columns.push_back({heading, true});
  }
  for (std::size_t i = 0; i < keys.size(); ++i) {
    std::vector<std::string> line;
    for (std::size_t k = 0; k < down.size(); ++k) {
      const std::string_view h = down[k]->heading;
      const bool labelled = h == "region" || h == "sector" || h == "partner";
      line.push_back(keys[i][k].empty() && labelled ? "all" : keys[i][k]);
      if ((h == "region" || h == "sector") && down[k]->values.size() > 1) line.push_back(name_of(accounts, down[k]->heading, keys[i][k]));
    }
    for (const std::string& h : headings) line.push_back(cell.count({i, h}) ? cell.at({i, h}) : "");
    table.rows.push_back(std::move(line));
  }
  // Names that nobody has leave their column.
  for (std::size_t j = table.columns.size(); j-- > 0;)
    if (table.columns[j].header.empty() &&
        std::all_of(table.rows.begin(), table.rows.end(), [&](const auto& line) { return line[j].empty(); })) {
      table.columns.erase(table.columns.begin() + static_cast<std::ptrdiff_t>(j));
      for (auto& line : table.rows) line.erase(line.begin() + static_cast<std::ptrdiff_t>(j));
    }
  return table;
}

// "million EUR: output, value_added; %: output_percent"
std::string units_of_terms(const std::vector<EffectRow>& rows) {
  std::vector<std::pair<std::string, std::vector<std::string>>> units;
  for (const EffectRow& row : rows) {
    auto of = std::find_if(units.begin(), units.end(), [&](const auto& u) { return u.first == row.unit; });
    if (of == units.end()) of = units.insert(units.end(), {row.unit, {}});
    const std::string term = own_term(row);
    if (std::find(of->second.begin(), of->second.end(), term) == of->second.end()) of->second.push_back(term);
  }
  std::string text;
  for (const auto& [unit, terms] : units) text += (text.empty() ? "" : "; ") + unit + ": " + joined(terms, ", ");
  return text;
}

}  // namespace

std::string indicator_text(const Indicator& indicator, const IndicatorAnswer& answer, const Accounts& accounts) {
  const std::vector<EffectRow>& rows = answer.rows;
  std::string unit = rows.empty() ? indicator.unit : rows.front().unit;
  if (std::any_of(rows.begin(), rows.end(), [&](const EffectRow& row) { return row.unit != unit; })) unit = "units below";
  std::string head = std::string(indicator.name) + " (" + unit;
  if (!rows.empty() && rows.front().year &&
      std::all_of(rows.begin(), rows.end(), [&](const EffectRow& row) { return row.year == rows.front().year; }))
    head += ", " + std::to_string(rows.front().year);
  if (!rows.empty() && !rows.front().measure.empty()) head += ", " + rows.front().measure + " alone";
  std::string text = head + ")\n" + paragraph("", indicator.meaning, 0);
  if (unit == "units below") text += paragraph("units:", units_of_terms(rows), 8);
  text += '\n';
  if (rows.empty())
    text += "No row for what was asked.\n";
  else
    text += table_text(table_of(rows, accounts), 28);
  text += '\n';
  for (const std::string& note : answer.notes) text += paragraph("note:", note, 8);
  text += paragraph("source:", indicator.source, 8);
  text += std::string("page:   docs/methods/") + indicator.page + ".md\n\n";
  return text;
}

}  // namespace kontor
