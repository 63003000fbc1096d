#include "kontor/model/income_channels.h"

#include "income_steps.h"

namespace kontor {

IncomeChannels::IncomeChannels(const Calibration& base, const Flows& first, std::vector<bool> regions)
    : base_(base),
      first_(first),
      regions_(std::move(regions)),
      partners_(base.accounts->regions.size() + 1),
      products_(static_cast<std::size_t>(base.products) + 1) {}

std::size_t IncomeChannels::size() const { return 7 * partners_ * products_; }

IncomeItem IncomeChannels::item(std::size_t i) const {
  const std::size_t partner = i / products_ % partners_, product = i % products_;
  return {static_cast<int>(i / products_ / partners_), partner + 1 == partners_ ? -1 : static_cast<int>(partner),
          product + 1 == products_ ? -1 : static_cast<int>(product)};
}

std::vector<double> IncomeChannels::between(const PathPoint& from, const PathPoint& to) const {
  std::vector<double> items(size(), 0.0);
  const IncomePoint a = income_point(from.economy, from.work, from.flows), b = income_point(to.economy, to.work, to.flows);
  add_income_step(first_, a, b, [&](std::size_t region, IncomePart part, int partner, int product, double value) {
    if (!regions_[region]) return;
    const std::size_t at = partner < 0 ? partners_ - 1 : static_cast<std::size_t>(partner);
    const std::size_t of = product < 0 ? products_ - 1 : static_cast<std::size_t>(product);
    items[(static_cast<std::size_t>(part) * partners_ + at) * products_ + of] += value;
  });
  return items;
}

}  // namespace kontor
