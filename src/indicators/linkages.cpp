#include "linkages.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "kontor/base/sum.h"
#include "kontor/base/text.h"
#include "rows_of.h"

namespace kontor {

namespace {

using Words2 = std::array<std::string_view, 2>;

std::vector<double> over(std::span<const double> values, std::span<const double> output) {
  std::vector<double> result(values.size(), std::nan(""));
  for (std::size_t i = 0; i < result.size(); ++i)
    if (output[i] > 0.0) result[i] = values[i] / output[i];
  return result;
}

// The mean that a linkage is measured against: of all cells with output, or of those in the set.
double mean_linkage(const Accounts& a, const std::vector<double>& linkage, const RegionSet& set, const Settings& settings) {
  const bool whole_table = word_setting(settings, "mean", Words2{"table", "region"}) == "table";
  Sum sum;
  std::size_t count = 0;
  for (std::size_t i = 0; i < linkage.size(); ++i)
    if (!std::isnan(linkage[i]) && (whole_table || set.has(a.cells[i].region))) sum.add(linkage[i]), ++count;
  return count > 0 ? sum.value() / static_cast<double>(count) : std::nan("");
}

// For every set, one right-hand side over its cells: L (x in the set) for sales, 1 in the set times L for purchases.
Matrix inside_panel(const Picture& picture, const Question& question, bool backward) {
  const Accounts& a = picture.accounts();
  Matrix panel(question.regions.size(), a.cells.size());
  for (std::size_t s = 0; s < panel.rows; ++s) {
    const std::vector<bool> inside = cells_inside(a, question.regions[s]);
    for (std::size_t i = 0; i < inside.size(); ++i)
      if (inside[i]) panel(s, i) = backward ? 1.0 : a.output(0, i);
  }
  Matrix answers = backward ? picture.system().solve_transposed(panel).answers : picture.system().solve(panel).answers;
  if (!backward)
    for (std::size_t s = 0; s < answers.rows; ++s) {
      const std::vector<double> shares = over(answers.row(s), a.output.row(0));
      std::copy(shares.begin(), shares.end(), answers.row(s).begin());
    }
  return answers;
}

IndicatorAnswer linkage_rows(const Picture& picture, const Question& question, bool backward) {
  const Accounts& a = picture.accounts();
  const auto x = a.output.row(0);
  const Linkages all = linkages_of(picture);
  const std::vector<double>& direct = backward ? all.backward_direct : all.forward_direct;
  const std::vector<double>& total = backward ? all.backward_total : all.forward_total;
  const Matrix intra = inside_panel(picture, question, backward);
  IndicatorAnswer answer;
  for (std::size_t s = 0; s < question.regions.size(); ++s) {
    const RegionSet& set = question.regions[s];
    const double mean_direct = mean_linkage(a, direct, set, question.settings), mean_total = mean_linkage(a, total, set, question.settings);
    for (const CellGroup& group : cell_groups(a, set)) {
      const auto put = [&](const char* term, double value) { answer.rows.push_back(row_of(set, group.label, term, value, "ratio")); };
      const double d = group_mean(group, direct, x), t = group_mean(group, total, x), own = group_mean(group, intra.row(s), x);
      put("direct", d);
      put("total", t);
      put("direct_normalised", d / mean_direct);
      put("total_normalised", t / mean_total);
      put("intra", own);
      put("inter", t - own);
    }
  }
  add_idle_note(picture, question, answer.notes);
  return answer;
}

}  // namespace

Linkages linkages_of(const Picture& picture) {
  const Accounts& a = picture.accounts();
  const LeontiefSystem& system = picture.system();
  const std::size_t n = a.cells.size();
  const auto x = a.output.row(0);
  std::vector<Sum> bought(n), sold(n);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j) bought[j].add(a.intermediate(i, j)), sold[i].add(a.intermediate(i, j));
  std::vector<double> inputs(n), sales(n);
  for (std::size_t i = 0; i < n; ++i) inputs[i] = bought[i].value(), sales[i] = sold[i].value();
  Matrix output(1, n);
  std::copy(x.begin(), x.end(), output.row(0).begin());
  const Solved pushed = system.solve(output);
  Linkages result{over(inputs, x), system.output_multipliers(), over(sales, x), over(pushed.row(0), x)};
  for (std::size_t i = 0; i < n; ++i)
    if (!(x[i] > 0.0)) result.backward_total[i] = std::nan("");
  return result;
}

IndicatorAnswer backward_linkages(const Picture& picture, const Question& question) { return linkage_rows(picture, question, true); }
IndicatorAnswer forward_linkages(const Picture& picture, const Question& question) { return linkage_rows(picture, question, false); }

// A unit of the group is spread over its cells by output w: column L w over cells i, row (w' G)_j = sum_i w_i l_ij x_j / x_i.
IndicatorAnswer linkage_dispersions(const Picture& picture, const Question& question) {
  const Accounts& a = picture.accounts();
  const Matrix& inverse = picture.inverse();
  const auto x = a.output.row(0);
  const std::size_t n = a.cells.size();
  IndicatorAnswer answer;
  const auto variation = [&](const std::vector<double>& values) {
    Sum sum, squares;
    double count = 0.0;
    for (std::size_t i = 0; i < n; ++i)
      if (x[i] > 0.0) sum.add(values[i]), ++count;
    const double mean = sum.value() / count;
    for (std::size_t i = 0; i < n; ++i)
      if (x[i] > 0.0) squares.add((values[i] - mean) * (values[i] - mean));
    return count > 1.0 ? std::sqrt(squares.value() / (count - 1.0)) / mean : std::nan("");
  };
  for (const RegionSet& set : question.regions)
    for (const CellGroup& group : cell_groups(a, set)) {
      Sum made;
      for (const std::size_t j : group.cells) made.add(x[j]);
      std::vector<double> column(n, 0.0), row(n, 0.0);
      for (std::size_t i = 0; i < n; ++i)
        for (const std::size_t j : group.cells)
          if (x[j] > 0.0) column[i] += inverse(i, j) * x[j], row[i] += inverse(j, i) * x[i];
      const bool idle = !(made.value() > 0.0);  // the factor 1 / made leaves the coefficient of variation as it is
      answer.rows.push_back(row_of(set, group.label, "backward", idle ? std::nan("") : variation(column), "ratio"));
      answer.rows.push_back(row_of(set, group.label, "forward", idle ? std::nan("") : variation(row), "ratio"));
    }
  add_idle_note(picture, question, answer.notes);
  return answer;
}

IndicatorAnswer key_sectors(const Picture& picture, const Question& question) {
  const Accounts& a = picture.accounts();
  const auto x = a.output.row(0);
  const Linkages all = linkages_of(picture);
  const double threshold = number_setting(question.settings, "threshold", 1.0, 0.0, 1e6);
  IndicatorAnswer answer;
  for (const RegionSet& set : question.regions) {
    const double backward = mean_linkage(a, all.backward_total, set, question.settings),
                 forward = mean_linkage(a, all.forward_total, set, question.settings);
    for (const CellGroup& group : cell_groups(a, set)) {
      if (group.label.empty()) continue;  // a class is of a sector
      const double pull = group_mean(group, all.backward_total, x) / backward, push = group_mean(group, all.forward_total, x) / forward;
      const bool pulls = pull > threshold, pushes = push > threshold;
      const char* words[] = {"weak", "forward", "backward", "key"};
      const int number = (pulls ? 2 : 0) + (pushes ? 1 : 0);
      const bool idle = std::isnan(pull) || std::isnan(push);
      answer.rows.push_back(row_of(set, group.label, idle ? "" : words[number], idle ? std::nan("") : number, "class"));
    }
  }
  add_idle_note(picture, question, answer.notes);
  return answer;
}

void add_idle_note(const Picture& picture, const Question& question, std::vector<std::string>& notes) {
  const Accounts& a = picture.accounts();
  std::vector<std::size_t> idle;
  for (std::size_t i = 0; i < a.cells.size(); ++i)
    if (!(a.output(0, i) > 0.0) &&
        std::any_of(question.regions.begin(), question.regions.end(), [&](const RegionSet& set) { return set.has(a.cells[i].region); }))
      idle.push_back(i);
  if (!idle.empty()) notes.push_back("no output in " + cells_in_words(a, idle) + ": no recipe and no linkage of its own, not available");
}

}  // namespace kontor
