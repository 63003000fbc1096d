#include "kontor/accounts/shock.h"

#include <array>

namespace kontor {

const char* change_name(const Change& change) {
  static constexpr std::array names = {"final_demand", "sourcing", "input_ratio", "productivity", "factor",   "ownership", "trade_cost",
                                       "rent",         "tariff",   "subsidy",     "transfer",     "capacity", "target"};
  static_assert(names.size() == std::variant_size_v<Change>);
  return names[change.index()];
}

const char* step_name(Step step) {
  switch (step) {
    case Step::stated: return "gross chain effect";
    case Step::price_basis: return "less margins and taxes";
    case Step::additionality: return "less what would happen anyway";
    case Step::displacement: return "less displaced suppliers";
  }
  return "";
}

}  // namespace kontor
