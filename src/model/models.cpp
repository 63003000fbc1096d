#include "kontor/model/models.h"

namespace kontor {

std::span<const ModelRow> models() {
  static const std::vector<ModelRow> rows = {
      {"leontief",
       "fixed prices and proportions: the gross effect, with displaced suppliers taken off",
       {"final_demand", "sourcing", "target", "capacity"},
       {"input_ratio", "productivity", "factor", "ownership", "trade_cost", "rent", "tariff", "subsidy", "transfer"}},
      {"equilibrium",
       "prices, trade shares and incomes adjust, resources are scarce, someone pays: the net effect",
       {"final_demand", "sourcing", "target", "input_ratio", "productivity", "factor", "ownership", "trade_cost", "rent", "tariff",
        "subsidy", "transfer", "capacity"},
       {}}};
  return rows;
}

}  // namespace kontor
