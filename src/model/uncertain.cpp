// Values of uncertain numbers, and programmes that hold them.
#include "kontor/model/uncertain.h"

#include <algorithm>
#include <cmath>

#include "kontor/base/distributions.h"
#include "kontor/base/sum.h"

namespace kontor {

double Uncertain::at(double u) const {
  if (kind == UncertainKind::closure) {
    double below = 0.0;
    for (std::size_t k = 0; k + 1 < chances.size(); ++k)
      if (u < (below += chances[k])) return static_cast<double>(k);
    return static_cast<double>(chances.size() - 1);
  }
  if (distribution == "lognormal") return positive_quantile(u, mid, standard_error);
  return low < high ? find_distribution(distribution)->quantile(u, low, mid, high) : mid;
}

std::vector<Driver> drivers_of(const UncertainNumbers& uncertain) {
  std::vector<Driver> drivers;
  for (std::size_t k = 0; k < uncertain.numbers.size(); ++k) {
    const Uncertain& number = uncertain.numbers[k];
    auto at = std::find_if(drivers.begin(), drivers.end(), [&](const Driver& d) { return d.coordinate == number.coordinate; });
    if (at == drivers.end()) at = drivers.insert(drivers.end(), {number.coordinate, number.name, {}});
    at->numbers.push_back(k);
  }
  for (Driver& driver : drivers)
    if (driver.numbers.size() > 1) driver.name += " and " + std::to_string(driver.numbers.size() - 1) + " more";
  return drivers;
}

std::vector<double> values_at(const UncertainNumbers& uncertain, const std::vector<double>& point) {
  std::vector<double> values;
  for (const Uncertain& number : uncertain.numbers) values.push_back(number.at(point[number.coordinate]));
  return values;
}

std::vector<double> central_values(const UncertainNumbers& uncertain) {
  std::vector<double> values;
  for (const Uncertain& number : uncertain.numbers) values.push_back(number.mid);
  return values;
}

CentreAndSpread centre_and_spread(const Uncertain& number) {
  if (number.distribution == "lognormal") return {number.mid, number.standard_error};
  // The midpoint rule in u, which leaves out half a per mille of each tail.
  constexpr int points = 1000;
  Sum mean, square;
  for (int k = 0; k < points; ++k) mean.add(number.at((k + 0.5) / points) / points);
  for (int k = 0; k < points; ++k) {
    const double off = number.at((k + 0.5) / points) - mean.value();
    square.add(off * off / points);
  }
  return {mean.value(), std::sqrt(square.value())};
}

static Value& field_of(Written& measure, const std::string& field) {
  const auto [at, added] = measure.fields.emplace(field, Value());
  if (added) at->second.source = measure.source;  // `additional` that nobody wrote
  return at->second;
}

Programme with_values(const Programme& programme, const UncertainNumbers& uncertain, const std::vector<double>& values) {
  Programme drawn = programme;
  std::vector<Value*> shares;
  for (std::size_t k = 0; k < uncertain.numbers.size(); ++k) {
    const Uncertain& number = uncertain.numbers[k];
    const Range value{values[k], values[k], values[k]};
    if (number.kind == UncertainKind::parameter) drawn.parameters[number.field] = values[k];
    const auto measure =
        std::find_if(drawn.measures.begin(), drawn.measures.end(), [&](const Written& m) { return m.id == number.measure; });
    if (measure == drawn.measures.end()) continue;
    Value& field = field_of(*measure, number.field);
    if (number.kind == UncertainKind::field) field.number = value;
    if (number.kind == UncertainKind::trade_cost) field.trade_costs[number.part].change = values[k];
    if (number.kind == UncertainKind::weight) {
      field.weights[number.part].second = value;
      if (number.of_whole && std::find(shares.begin(), shares.end(), &field) == shares.end()) shares.push_back(&field);
    }
  }
  for (Value* field : shares) {
    Sum sum;
    for (const auto& [name, share] : field->weights) sum.add(share.mid);
    for (auto& [name, share] : field->weights) share.low /= sum.value(), share.mid /= sum.value(), share.high /= sum.value();
  }
  return drawn;
}

}  // namespace kontor
