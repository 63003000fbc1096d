// Worlds for the tests of value added in trade: golden tables as accounts, and small tables of chance.
#pragma once

#include <string>
#include <vector>

#include "golden.h"
#include "kontor/accounts/accounts.h"
#include "kontor/indicators/indicator.h"

namespace kontor::test {

/// Cells `region.sector` or `region_sector`; final use columns `region.category` or the region alone. Output is the sum of
/// the row, value added what closes the column. `parents`: child, parent; final use of a parent goes to its first child.
Accounts chain_world(const std::vector<std::string>& cells, const Matrix& z, const std::vector<std::string>& uses, const Matrix& y,
                     const std::vector<std::pair<std::string, std::string>>& parents = {});

/// NAME_Z.csv and NAME_Y.csv of the golden folder.
Accounts golden_world(const std::string& name);

/// Numbers between 0 and 1 that are the same everywhere.
class Dice {
 public:
  explicit Dice(unsigned seed) : state_(seed) {}
  double next();

 private:
  unsigned long long state_;
};

/// `regions` named A, B, C, ... with `sectors` each; every flow above 0.
Accounts chance_world(int regions, int sectors, unsigned seed);

/// Asks with settings as on the command line; names as there.
IndicatorAnswer asked(const Picture& picture, const std::string& name, const std::vector<std::string>& regions,
                      const std::vector<std::string>& partners = {}, const Settings& settings = {}, const Blocs& blocs = {});

/// The row with these fields; fails the test where there is none.
double value_at(const IndicatorAnswer& answer, const std::string& region, const std::string& sector, const std::string& partner,
                const std::string& term);

}  // namespace kontor::test
