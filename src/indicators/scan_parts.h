// Inside the scan: what its files share.
#pragma once

#include <map>
#include <vector>

#include "kontor/indicators/scan.h"

namespace kontor {

inline bool is_cost(LeverKind kind) { return kind == LeverKind::trade_cost || kind == LeverKind::tariff; }
inline bool is_cell(LeverKind kind) { return kind == LeverKind::productivity || kind == LeverKind::capital; }

/// Row of the calibration that a supplier has; -1 if there is none.
int row_of_supplier(const Calibration& calibration, int supplier);
/// What a region sells another of a product in the scanned economy, at the seller's price.
double flow_between(const ScanBase& base, int origin, int destination, int sector);

/// What stands on a flow now.
InPlace in_place(const ScanBase& base, int origin, int destination, int sector);

/// Purchases that move when a partner's share in a region's use of a product grows.
class SourcingMoves {
 public:
  explicit SourcingMoves(const ScanBase& base);

  /// The partner's share of what the region buys of the product at base prices; NaN where it buys none.
  double share(int partner, int region, int sector);
  /// For a share that grows by `step`. Empty where the partner sells nothing there, or everything.
  std::vector<Sourcing> moves(const Lever& lever, double step);
  /// dy by the share.
  double value(const Lever& lever, const EconomyGradient& gradient);

 private:
  /// One buyer's purchases of a product, by its suppliers.
  struct Buyer {
    int buyer = 0, group = 0;
    std::vector<double> bought;
    double all = 0.0;
  };
  struct Market {
    std::vector<int> suppliers, rows, regions;
    std::vector<Buyer> buyers;
    std::vector<double> from;  // by supplier, all buyers together
    double all = 0.0;
  };
  const Market& market(int region, int sector);
  double spending(int group, int sector) const;
  double sum_before(int sector, int group) const;
  double tariff(int row, int region) const;

  const ScanBase& base_;
  std::map<std::pair<int, int>, Market> markets_;
  std::map<std::pair<int, int>, double> moved_;  // (sector, group): by how much the shocks' moves miss a sum of one
};

/// What is within reach of each lever, in its units; NaN with a reason where that cannot be told.
struct Reach {
  double step = 0.0, implied = 0.0, predicted = 0.0;
  const char* why_not = nullptr;
};
std::vector<Reach> steps_within_reach(const ScanBase& base, const std::vector<Lever>& levers, const ScanOptions& options,
                                      std::map<LeverKind, std::string>& rules);

/// What makes the number of a lever weak, in words.
std::vector<std::string> quality_of(const ScanBase& base, const Opportunity& opportunity);

}  // namespace kontor
