// What output is lost when a supplier or a border closes, seen from the regions that are exposed to it.
//
//   (I - A) x = y   without some of its deliveries:   x = L b - L U C^-1 V L b,   U V those deliveries
//
// Closed forms on the factorised system, never a new inverse. Method: docs/methods/losses.md
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "kontor/model/leontief.h"

namespace kontor {

/// What all scenarios of a closing share.
struct Closing {
  double share = 1.0;     // 0 to 1: the part of it that closes
  double replaced = 0.0;  // 0 to 1: the part of the missing deliveries that each buyer's other suppliers of the product make up,
                          // pro rata to what it buys from them now; a buyer without any goes without
  Given given = Given::final_demand;  // final demand: who loses sales; primary inputs: who is short of deliveries
};

/// A supplier that makes less: its cells go down to 1 - share of their output. Regions outside it are the exposed ones.
struct SupplierClosing {
  std::vector<int> cells;      // ascending; empty if only imports fall away
  std::vector<bool> region;    // by region: those of the supplier, whose own users replace nothing; an external one
                               // takes its deliveries of `product` away if primary inputs are given
  std::optional<int> product;  // of the imports that fall away; none: all
};

/// A border across which less is delivered, in both directions. The two sides share no region; an external region may be in one.
struct BorderClosing {
  std::vector<bool> one, other;  // by region
  bool intermediate = true, final = true;
};

struct Loss {
  std::vector<double> output;     // by cell, accounts units a year; above 0 is less
  std::size_t without_other = 0;  // purchases, by buyer and product, that nobody else can make up because the buyer has no other supplier
  int rounds = 0;                 // that a replacement took to settle; 0 without one
};

/// `columns`: L[:, cells], one a row, where they are at hand; otherwise they are solved for.
/// Throws Error(no_answer) where the economy without what closes has no answer.
Loss loss_without(const LeontiefSystem& system, const SupplierClosing& what, const Closing& how, const Matrix* columns = nullptr);
/// `columns`: L[:, i] for the cells of `near_side`, one a row.
Loss loss_without(const LeontiefSystem& system, const BorderClosing& what, const Closing& how, const Matrix* columns = nullptr);
/// Cells of the side of a border with fewer of them, ascending: those whose columns of L are needed.
std::vector<int> near_side(const Accounts& accounts, const BorderClosing& border);

}  // namespace kontor
