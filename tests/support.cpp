#include "support.h"

namespace kontor::test {

Accounts tiny_accounts() {
  Accounts a;
  a.title = "Tiny world";
  a.year = a.price_year = 2020;
  a.currency = "EUR";
  a.gross_output = "reported";
  a.regions = {{"L", "Left", "", false}, {"M", "Middle", "", false}};
  a.sectors = {{"1", "Farms", ""}, {"2", "Works", ""}};
  a.cells = {{0, 0, 0}, {0, 1, 1}, {1, 0, 0}, {1, 1, 1}};
  a.categories = {{"FD", "Households", FinalRole::household}};
  a.final_uses = {{0, 0}, {1, 0}};
  a.primary_rows = {{"labour", "Labour", PrimaryRole::labour, true}};
  const auto fill = [](std::size_t rows, std::size_t columns, std::vector<double> values) {
    Matrix m(rows, columns);
    m.values = std::move(values);
    return Block(std::move(m));
  };
  a.intermediate = fill(4, 4, {10, 20, 5, 5, 20, 30, 10, 10, 5, 10, 20, 15, 5, 10, 15, 20});
  a.final_use = fill(4, 2, {50, 10, 100, 30, 10, 40, 10, 40});
  a.primary = fill(1, 4, {60, 130, 50, 50});
  a.output = fill(1, 4, {100, 200, 100, 100});
  return a;
}

}  // namespace kontor::test
