#include "multipliers.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "households.h"
#include "kontor/base/text.h"
#include "linkages.h"
#include "rows_of.h"

namespace kontor {

namespace {

std::string region_names(const Accounts& a, const std::vector<int>& regions) {
  std::vector<std::string> names;
  for (std::size_t k = 0; k < std::min<std::size_t>(regions.size(), 8); ++k)
    names.push_back(a.regions[static_cast<std::size_t>(regions[k])].code);
  if (regions.size() > names.size()) names.emplace_back("...");
  return joined(names, ", ");
}

// One row of q a row, by cell; the answer likewise.
Matrix multipliers_of(const Picture& picture, const Settings& settings, Matrix rows, std::vector<std::string>& notes) {
  if (word_setting(settings, "type", std::array<std::string_view, 2>{"I", "II"}) == "I")
    return picture.system().solve_transposed(rows).answers;
  const bool labour = word_setting(settings, "income", std::array<std::string_view, 2>{"labour", "value_added"}) == "labour";
  const Accounts& a = picture.accounts();
  const Bordered bordered = with_households(a, labour ? ClosingIncome::labour : ClosingIncome::value_added);
  const std::size_t n = rows.columns, m = bordered.accounts.cells.size();
  if (!bordered.has_income) {
    notes.push_back(labour ? "type II is not available: no primary row of these accounts is labour income; `--with income=value_added` "
                             "lets households spend all value added, an upper bound"
                           : "type II is not available: these accounts hold no value added");
    return Matrix(rows.rows, n, std::nan(""));
  }
  Matrix wide(rows.rows, m);
  for (std::size_t k = 0; k < rows.rows; ++k) std::copy(rows.row(k).begin(), rows.row(k).end(), wide.row(k).begin());
  const Matrix answers = LeontiefSystem(bordered.accounts).solve_transposed(wide).answers;
  for (std::size_t k = 0; k < rows.rows; ++k) std::copy_n(answers.row(k).begin(), n, rows.row(k).begin());
  notes.push_back(std::string("type II: ") + (labour ? "pay of labour" : "all value added") +
                  " is the income of households of the region where it is earned and is spent as their final consumption is; the sum "
                  "runs over cells of production only");
  if (!bordered.spend_more_than_income.empty())
    notes.push_back("households buy more than that income pays for in " + region_names(a, bordered.spend_more_than_income) +
                    ": there each unit of it is spent whole, and the rest of their purchases is given");
  return rows;
}

std::vector<std::size_t> unknown_cells(const Content& content) {
  std::vector<std::size_t> cells;
  for (std::size_t i = 0; i < content.per_output.size(); ++i)
    if (std::isnan(content.per_output[i])) cells.push_back(i);
  return cells;
}

/// The rows that are solved for one content: all cells, those that are known, and those of each set.
struct Panel {
  std::size_t all = 0, known = 0, own = 0;  // own: of the first set
  std::vector<std::size_t> unknown;
};

}  // namespace

IndicatorAnswer multiplier_rows(const Picture& picture, const Question& question, const std::vector<Content>& contents,
                                const ContentParts& parts, const Satellite* satellite) {
  const Accounts& a = picture.accounts();
  const std::size_t n = a.cells.size();
  const auto x = a.output.row(0);
  IndicatorAnswer answer;

  Matrix rows(0, n);
  const auto add = [&](std::vector<double> row) {
    rows.values.insert(rows.values.end(), row.begin(), row.end());
    return rows.rows++;
  };
  std::vector<Panel> panels;
  for (const Content& content : contents) {
    Panel panel;
    panel.unknown = unknown_cells(content);
    std::vector<double> known = content.per_output;
    for (const std::size_t i : panel.unknown) known[i] = 0.0;
    panel.known = add(known);
    panel.own = rows.rows;
    for (std::size_t s = 0; s < question.regions.size() && parts.own; ++s) {
      const std::vector<bool> inside = cells_inside(a, question.regions[s]);
      std::vector<double> own(n, 0.0);
      for (std::size_t i = 0; i < n; ++i)
        if (inside[i]) own[i] = known[i];
      add(own);
    }
    if (!panel.unknown.empty())
      answer.notes.push_back("no number for " + cells_in_words(a, panel.unknown) +
                             ": what all cells need is not available; the term `known` leaves these cells out and is a lower bound");
    panels.push_back(std::move(panel));
  }
  const Matrix m = multipliers_of(picture, question.settings, std::move(rows), answer.notes);

  for (std::size_t s = 0; s < question.regions.size(); ++s) {
    const std::vector<bool> inside = cells_inside(a, question.regions[s]);
    for (const CellGroup& group : cell_groups(a, question.regions[s], satellite))
      for (std::size_t c = 0; c < contents.size(); ++c) {
        const Panel& panel = panels[c];
        const double direct = group_mean(group, contents[c].per_output, x);
        const double known = group_mean(group, m.row(panel.known), x), all = panel.unknown.empty() ? known : std::nan("");
        const auto put = [&](const std::string& term, double value, const std::string& unit) {
          answer.rows.push_back(row_of(question.regions[s], group.label, term, value, unit));
        };
        const auto over_direct = [&](double value) { return direct > 0.0 ? value / direct : std::nan(""); };
        const auto shown = [&](const std::string& term, double value) {
          put(term, parts.only_per_direct ? over_direct(value) : value, contents[c].unit);
        };
        shown(contents[c].term, all);
        if (parts.own) {
          const bool own_known = std::none_of(panel.unknown.begin(), panel.unknown.end(), [&](std::size_t i) { return inside[i]; });
          shown("own", own_known ? group_mean(group, m.row(panel.own + s), x) : std::nan(""));
        }
        if (!panel.unknown.empty()) shown("known", known);
        if (parts.per_direct) put("per_direct", over_direct(all), "ratio");
      }
  }
  add_idle_note(picture, question, answer.notes);
  return answer;
}

}  // namespace kontor
