#include "households.h"

#include <algorithm>

#include "kontor/base/sum.h"

namespace kontor {

namespace {

double income_of(const Accounts& a, std::size_t cell, ClosingIncome income) {
  Sum sum;
  for (std::size_t p = 0; p < a.primary_rows.size(); ++p)
    if (income == ClosingIncome::labour ? a.primary_rows[p].role == PrimaryRole::labour : a.primary_rows[p].value_added)
      sum.add(a.primary(p, cell));
  return sum.value();
}

bool of_households(const Accounts& a, std::size_t final_use, std::size_t region) {
  const FinalUse& f = a.final_uses[final_use];
  return static_cast<std::size_t>(f.region) == region && a.categories[static_cast<std::size_t>(f.category)].role == FinalRole::household;
}

// What the households of a region buy: from cells, from abroad, and the taxes on it.
double spending_of(const Accounts& a, std::size_t region) {
  Sum sum;
  for (std::size_t f = 0; f < a.final_uses.size(); ++f) {
    if (!of_households(a, f, region)) continue;
    for (const Block* block : {&a.final_use, &a.imports_final, &a.primary_final})
      for (std::size_t i = 0; i < block->rows(); ++i) sum.add((*block)(i, f));
  }
  return sum.value();
}

}  // namespace

Bordered with_households(const Accounts& a, ClosingIncome closing) {
  const std::size_t n = a.cells.size();
  std::vector<Sum> earned(a.regions.size());
  for (std::size_t j = 0; j < n; ++j) earned[static_cast<std::size_t>(a.cells[j].region)].add(income_of(a, j, closing));

  Bordered result;
  Accounts& b = result.accounts;
  b.year = a.year, b.regions = a.regions, b.sectors = a.sectors, b.cells = a.cells;
  b.sectors.push_back({"households", "Households", ""});
  const int households = static_cast<int>(b.sectors.size()) - 1;
  std::vector<double> spent;
  for (std::size_t r = 0; r < a.regions.size(); ++r) {
    const double income = earned[r].value(), purchases = spending_of(a, r);
    if (!(income > 0.0)) continue;
    b.cells.push_back({static_cast<int>(r), households, households});
    spent.push_back(std::max(income, purchases));
    if (purchases > income) result.spend_more_than_income.push_back(static_cast<int>(r));
  }
  result.has_income = !spent.empty();

  const std::size_t m = b.cells.size();
  Matrix flows(m, m), output(1, m);
  for (std::size_t i = 0; i < n; ++i) {
    output(0, i) = a.output(0, i);
    for (std::size_t j = 0; j < n; ++j) flows(i, j) = a.intermediate(i, j);
  }
  for (std::size_t h = n; h < m; ++h) {
    const auto region = static_cast<std::size_t>(b.cells[h].region);
    output(0, h) = spent[h - n];
    for (std::size_t f = 0; f < a.final_uses.size(); ++f)
      if (of_households(a, f, region))
        for (std::size_t i = 0; i < n; ++i) flows(i, h) += a.final_use(i, f);
    for (std::size_t j = 0; j < n; ++j)
      if (static_cast<std::size_t>(a.cells[j].region) == region && a.output(0, j) > 0.0) flows(h, j) = income_of(a, j, closing);
  }
  b.intermediate = Block(std::move(flows)), b.output = Block(std::move(output));
  return result;
}

}  // namespace kontor
