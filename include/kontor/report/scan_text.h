// A scan and a portfolio as text for a terminal.
#pragma once

#include <string>

#include "kontor/indicators/scan_portfolio.h"

namespace kontor {

/// One table a kind of lever, with what it rests on; every rank correlation above 0.95 is told.
std::string scan_text(const Accounts& accounts, const Scan& scan);
std::string portfolio_text(const Accounts& accounts, const Portfolio& portfolio);

}  // namespace kontor
