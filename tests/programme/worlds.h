// Small worlds and short ways for the tests of the programme.
#pragma once

#include <string>

#include "kontor/accounts/accounts.h"
#include "kontor/programme/programme.h"

namespace kontor::test {

/// Three nations A, B, C with sectors 1 (farms) and F (construction) and 28 (machines); columns household and
/// investment; labour and capital rows; EUR, scale 1e6, year and prices of 2020.
/// Households of B buy product 1 from A 10, from B 40, from C 30; sector 28 of B buys product 1 from A 5, B 20, C 15.
Accounts small_world();

/// A programme on that world with the usual header, horizon 2021 to 2030.
Programme programme_of(const Accounts& accounts, const std::string& measures, const std::string& header = "");
Compiled compile_text(const Accounts& accounts, const std::string& measures, const std::string& header = "");
/// The lines of everything that is wrong with it; empty if nothing is.
std::string errors_of(const Accounts& accounts, const std::string& measures, const std::string& header = "");
/// Lines of notes and warnings.
std::string notes_of(const Compiled& compiled);

/// Final demand on a supplier over all years, steps (or one) and columns.
double net_demand(const Compiled& compiled, const Accounts& accounts, const std::string& supplier);
double net_demand(const Compiled& compiled, const Accounts& accounts, const std::string& supplier, Step step);
/// The same over all suppliers.
double net_demand(const Compiled& compiled);
/// What moves to a supplier from others, over all years.
double moved_to(const Compiled& compiled, const Accounts& accounts, const std::string& supplier);

}  // namespace kontor::test
