// The accounts that programmes and portfolios are compiled against.
#pragma once

#include "kontor/accounts/accounts.h"

namespace kontor {

/// Two regions of two sectors that trade, a household and an investment column each.
inline Accounts two_regions() {
  Accounts a;
  a.title = "fuzz", a.year = a.price_year = 2020, a.currency = "EUR", a.gross_output = "reported";
  a.regions = {{"L", "Left", "", false}, {"M", "Middle", "", false}};
  a.sectors = {{"F", "Building", ""}, {"C28", "Machines", ""}};
  a.cells = {{0, 0, 0}, {0, 1, 1}, {1, 0, 0}, {1, 1, 1}};
  a.categories = {{"hh", "Households", FinalRole::household}, {"inv", "Investment", FinalRole::investment}};
  a.final_uses = {{0, 0}, {0, 1}, {1, 0}, {1, 1}};
  a.primary_rows = {{"labour", "Labour", PrimaryRole::labour, true}, {"capital", "Capital", PrimaryRole::capital, true}};
  a.intermediate = Block(Matrix(4, 4, 5.0));
  a.final_use = Block(Matrix(4, 4, 20.0));
  a.primary = Block(Matrix(2, 4, 40.0));
  a.output = Block(Matrix(1, 4, 100.0));
  return a;
}

}  // namespace kontor
