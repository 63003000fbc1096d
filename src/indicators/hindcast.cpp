#include "kontor/indicators/hindcast.h"

#include <algorithm>
#include <cmath>

#include "kontor/base/error.h"
#include "kontor/base/sum.h"

namespace kontor {

// Cells below this share of all output are rounding in published tables; they count in the weighted error, not in the decile.
static constexpr double worth_counting = 1e-6;

static HindcastError error_over(const std::string& label, const std::vector<double>& predicted, const Accounts& to, const auto& takes) {
  Sum missed, output;
  std::vector<double> errors;
  const double total = sum_of(to.output.values());
  for (std::size_t i = 0; i < predicted.size(); ++i) {
    if (!takes(i)) continue;
    const double x = to.output(0, i), gap = std::fabs(predicted[i] - x);
    missed.add(gap), output.add(x);
    if (x > worth_counting * total) errors.push_back(gap / x);
  }
  HindcastError error{label, output.value() > 0 ? missed.value() / output.value() : std::nan(""), std::nan("")};
  if (errors.empty()) return error;
  std::sort(errors.begin(), errors.end());
  error.worst_decile = errors[std::min(errors.size() - 1, errors.size() * 9 / 10)];
  return error;
}

HindcastResult hindcast(const LeontiefSystem& system, const Accounts& to) {
  const Accounts& from = system.accounts();
  bool same = from.cells.size() == to.cells.size();
  for (std::size_t i = 0; same && i < from.cells.size(); ++i)
    same = cell_label(from, static_cast<int>(i)) == cell_label(to, static_cast<int>(i));
  if (!same)
    fail(Exit::data, "different-cells", "", "", "", "the two accounts have different cells",
         "the same regions and sectors in the same order", "aggregate both alike first");

  Matrix demand(1, to.cells.size());
  for (std::size_t i = 0; i < to.cells.size(); ++i) demand(0, i) = sum_of(to.final_use.row(i));
  const Solved answer = system.solve(demand);
  const std::vector<double> predicted(answer.row(0).begin(), answer.row(0).end());

  HindcastResult result{from.year, to.year, error_over("", predicted, to, [](std::size_t) { return true; }), {}, {}};
  for (std::size_t s = 0; s < to.sectors.size(); ++s)
    result.by_sector.push_back(
        error_over(to.sectors[s].code, predicted, to, [&](std::size_t i) { return to.cells[i].sector == static_cast<int>(s); }));
  for (std::size_t r = 0; r < to.regions.size(); ++r)
    result.by_region.push_back(
        error_over(to.regions[r].code, predicted, to, [&](std::size_t i) { return to.cells[i].region == static_cast<int>(r); }));
  return result;
}

}  // namespace kontor
