// Footprints as indicators: in all, per head, and per unit.
#include <algorithm>
#include <cmath>

#include "cell_groups.h"
#include "footprint_accounts.h"
#include "kontor/indicators/effects.h"
#include "rows_of.h"
#include "satellite_setting.h"

namespace kontor {

namespace {

void add_negative_note(const Picture& picture, const Question& question, IndicatorAnswer& answer) {
  const Accounts& a = picture.accounts();
  std::size_t count = 0;
  for (std::size_t i = 0; i < a.cells.size(); ++i)
    for (std::size_t f = 0; f < a.final_uses.size(); ++f)
      count += a.final_use(i, f) < 0.0 && std::any_of(question.regions.begin(), question.regions.end(),
                                                      [&](const RegionSet& set) { return set.has(a.final_uses[f].region); });
  if (count > 0)
    answer.notes.push_back(std::to_string(count) +
                           " entries of final use are negative (stocks drawn down, gaps of the table): "
                           "what is behind them counts negative, so that consumption adds up to production");
}

void add_resolution_notes(const std::vector<FootprintFlow>& flows, IndicatorAnswer& answer) {
  for (const FootprintFlow& flow : flows)
    if (flow.satellite) add_resolution_note(*flow.satellite, answer.notes);
}

}  // namespace

IndicatorAnswer footprint_accounts(const Picture& picture, const Question& question) {
  IndicatorAnswer answer;
  const std::vector<FootprintFlow> flows = footprint_flows(picture, question.settings);
  for (const FootprintFlow& flow : flows) add_footprint_rows(picture, question, flow, "footprint_" + flow.code, answer);
  add_resolution_notes(flows, answer);
  add_negative_note(picture, question, answer);
  return answer;
}

IndicatorAnswer footprints_per_head(const Picture& picture, const Question& question) {
  const Accounts& a = picture.accounts();
  IndicatorAnswer answer;
  for (const FootprintFlow& flow : footprint_flows(picture, question.settings)) {
    IndicatorAnswer totals;
    add_footprint_rows(picture, question, flow, "footprint_per_head_" + flow.code, totals);
    for (EffectRow& row : totals.rows) {
      if (!row.sector.empty()) continue;
      const auto set =
          std::find_if(question.regions.begin(), question.regions.end(), [&](const RegionSet& s) { return s.code == row.region; });
      row.value /= population_of(a, *set);
      if (!flow.satellite) row.value *= a.scale;
      row.unit = (flow.satellite ? flow.unit : a.currency) + " per head";
      answer.rows.push_back(std::move(row));
    }
    answer.notes.insert(answer.notes.end(), totals.notes.begin(), totals.notes.end());
  }
  if (std::any_of(question.regions.begin(), question.regions.end(),
                  [&](const RegionSet& set) { return std::isnan(population_of(a, set)); }))
    answer.notes.emplace_back("not available where the accounts hold no satellite `population` with people in the region");
  return answer;
}

IndicatorAnswer footprint_intensities(const Picture& picture, const Question& question) {
  const Accounts& a = picture.accounts();
  const auto x = a.output.row(0);
  IndicatorAnswer answer;
  const std::vector<FootprintFlow> flows = footprint_flows(picture, question.settings);
  Matrix panel(flows.size(), a.cells.size());
  for (std::size_t k = 0; k < flows.size(); ++k)
    for (std::size_t j = 0; j < panel.columns; ++j)
      if (!std::isnan(flows[k].per_output[j])) panel(k, j) = flows[k].per_output[j];
  const Matrix m = picture.system().solve_transposed(panel).answers;
  for (std::size_t k = 0; k < flows.size(); ++k) {
    const std::string unit = flows[k].satellite ? flows[k].unit + " per " + money_unit(a) : "ratio";
    for (const RegionSet& set : question.regions)
      for (const CellGroup& group : cell_groups(a, set, flows[k].satellite)) {
        const auto put = [&](const char* term, double value) {
          answer.rows.push_back(row_of(set, group.label, term, value, unit));
          answer.rows.back().indicator = "footprint_intensity_" + flows[k].code;
        };
        const double total = group_mean(group, m.row(k), x);
        put("direct", group_mean(group, flows[k].per_output, x));
        put("total", flows[k].unknown.empty() ? total : std::nan(""));
        if (!flows[k].unknown.empty()) put("total_known", total);
      }
    if (!flows[k].unknown.empty())
      answer.notes.push_back(flows[k].code + ": no number for " + cells_in_words(a, flows[k].unknown) +
                             ": totals are not available; `total_known` leaves these cells out and is a lower bound");
  }
  add_resolution_notes(flows, answer);
  return answer;
}

}  // namespace kontor
