// Households as one more cell a region: what they earn is spent again (type II multipliers).
//
//          | A    C |     H(r,j)  closing income that cell j pays the households of its region r, per unit of output
//   A* =   |        |     C(i,r)  what they buy from cell i per unit of spending
//          | H    0 |
//
// Households of r spend  d_r = max(closing income, purchases): where they buy more than the closing income pays for, each
// unit of it is spent whole, in the basket of the accounts; where they buy less, the rest is saved or taxed. Either way
// no column of A* sums to more than costs do. Income is earned where people work; imports and taxes leak out.
// Source: Miller and Blair (2022), chapter 2.5 and 6.2.
#pragma once

#include <string>

#include "kontor/accounts/accounts.h"

namespace kontor {

/// Which income closes the circle.
enum class ClosingIncome { labour, value_added };

/// The accounts with a cell of households behind the others for every region that has cells: intermediate flows and
/// output only. No cell is added where nobody pays such income: `has_income` is false then.
struct Bordered {
  Accounts accounts;
  bool has_income = false;
  std::vector<int> spend_more_than_income;  // regions whose households buy more than the closing income pays for
};

Bordered with_households(const Accounts& accounts, ClosingIncome income);

}  // namespace kontor
