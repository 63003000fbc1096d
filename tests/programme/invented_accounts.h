// Accounts of an invented world for the example programme: nations XA (XA-01, XA-02, XA-05) and XB (XB-01, XB-02, XB-03)
// and the rest of the world, eight sectors, with labour, capital, jobs, tariffs and non-tariff measures.
#pragma once

#include "kontor/accounts/accounts.h"

namespace kontor::test {

/// 2022, USD, millions. Made by formula: final use by size and taste, technology by sector, origin by distance and
/// speciality; flows rounded to 0.1, output the sum of uses, value added what is left.
Accounts invented_accounts();

}  // namespace kontor::test
