#include <fmt/format.h>

#include <algorithm>

#include "dependence.h"
#include "kontor/base/sum.h"
#include "kontor/indicators/effects.h"

namespace kontor {

std::vector<bool> members(const Accounts& a, const RegionSet& set) {
  std::vector<bool> has(a.regions.size(), false);
  for (const int r : set.regions) has[static_cast<std::size_t>(r)] = true;
  return has;
}

int product_of(const Accounts& a, int supplier) {
  const auto i = static_cast<std::size_t>(supplier);
  return i < a.cells.size() ? a.cells[i].product : a.imports[i - a.cells.size()].sector;
}

static double final_entry(const Accounts& a, std::size_t supplier, std::size_t use) {
  return supplier < a.cells.size() ? a.final_use(supplier, use) : a.imports_final(supplier - a.cells.size(), use);
}

Matrix final_purchases(const Picture& picture, const Question& question, std::vector<std::string>& notes) {
  const Accounts& a = picture.accounts();
  constexpr std::string_view words[] = {"bought", "table"};
  const bool bought = word_setting(question.settings, "final_use", words) == "bought";
  const auto suppliers = static_cast<std::size_t>(supplier_count(a));
  Matrix table;
  if (!bought) table = Matrix(suppliers, a.regions.size());
  std::vector<bool> asked(a.regions.size(), false);
  for (const RegionSet& set : question.regions)
    for (const int r : set.regions) asked[static_cast<std::size_t>(r)] = true;
  const std::size_t uses = a.final_uses.size();
  std::vector<bool> gap(uses), counts(uses);
  for (std::size_t f = 0; f < uses; ++f) {
    counts[f] = asked[static_cast<std::size_t>(a.final_uses[f].region)];
    gap[f] = a.categories[static_cast<std::size_t>(a.final_uses[f].category)].role == FinalRole::discrepancy;
  }
  int negative = 0;
  Sum drawn, unexplained;
  for (std::size_t i = 0; i < suppliers; ++i)
    for (std::size_t f = 0; f < uses; ++f) {
      const double value = final_entry(a, i, f);
      if (!bought) table(i, static_cast<std::size_t>(a.final_uses[f].region)) += value;
      if (!counts[f] || value == 0.0) continue;
      if (gap[f]) unexplained.add(value);
      if (!gap[f] && value < 0.0) ++negative, drawn.add(value);
    }
  const std::string unit = money_unit(a);
  if (negative > 0)
    notes.push_back(
        bought ? fmt::format("{} final purchases below zero (stocks drawn down), {:.4g} {} in all, count for nothing: a share is a "
                             "share of what was bought (--with final_use=table takes them as they stand)",
                             negative, drawn.value(), unit)
               : fmt::format("{} final purchases are below zero, {:.4g} {} in all: a share may lie outside 0 to 1", negative, drawn.value(),
                             unit));
  if (unexplained.value() != 0.0 && bought)
    notes.push_back(fmt::format("columns of statistical discrepancy, {:.4g} {} in all, are nobody's purchases and are left out",
                                unexplained.value(), unit));
  return bought ? picture.bought_finally() : table;
}

Matrix all_purchases(const Accounts& a, const Matrix& final) {
  Matrix all = final;
  const std::size_t n = a.cells.size();
  for (std::size_t i = 0; i < all.rows; ++i) {
    const auto z = i < n ? a.intermediate.row(i) : a.imports_intermediate.row(i - n);
    for (std::size_t j = 0; j < n; ++j) all(i, static_cast<std::size_t>(a.cells[j].region)) += z[j];
  }
  return all;
}

std::vector<double> bought_by(const RegionSet& set, const Matrix& purchases) {
  std::vector<double> bought(purchases.rows, 0.0);
  for (std::size_t i = 0; i < bought.size(); ++i)
    for (const int r : set.regions) bought[i] += purchases(i, static_cast<std::size_t>(r));
  return bought;
}

Matrix value_by_origin(const Picture& picture, const std::vector<double>& bought) {
  const Accounts& a = picture.accounts();
  const Matrix& origins = picture.origins();
  const std::size_t n = a.cells.size(), products = a.sectors.size();
  std::vector<std::size_t> product(bought.size());
  for (std::size_t i = 0; i < bought.size(); ++i) product[i] = static_cast<std::size_t>(product_of(a, static_cast<int>(i)));
  Matrix value(origins.rows, products + 1);
  for (std::size_t o = 0; o < origins.rows; ++o) {
    const auto shares = origins.row(o);
    const auto by_product = value.row(o);
    for (std::size_t i = 0; i < n; ++i) by_product[product[i]] += shares[i] * bought[i];
  }
  for (std::size_t i = n; i < bought.size(); ++i)
    value(static_cast<std::size_t>(supplier_region(a, static_cast<int>(i))), product[i]) += bought[i];
  for (std::size_t o = 0; o < value.rows; ++o)
    for (std::size_t p = 0; p < products; ++p) value(o, products) += value(o, p);
  return value;
}

std::vector<RegionSet> blocs_around(const Accounts& a, const Question& question, const RegionSet& set) {
  std::vector<RegionSet> around;
  const auto holds = [&](const RegionSet& bloc) {
    return bloc.regions.size() > set.regions.size() &&
           std::includes(bloc.regions.begin(), bloc.regions.end(), set.regions.begin(), set.regions.end());
  };
  for (const RegionSet& bloc : question.blocs)
    if (holds(bloc)) around.push_back(bloc);
  if (!around.empty() || set.regions.empty()) return around;
  const int nation = nation_of(a, set.regions.front());
  RegionSet home{a.regions[static_cast<std::size_t>(nation)].code, leaves_of(a, nation)};
  std::sort(home.regions.begin(), home.regions.end());
  if (holds(home)) around.push_back(std::move(home));
  return around;
}

void note_negative_value_added(const Picture& picture, std::vector<std::string>& notes) {
  const auto& v = picture.value_added();
  const auto below = std::count_if(v.begin(), v.end(), [](double value) { return value < 0.0; });
  if (below > 0)
    notes.push_back(
        fmt::format("value added is negative in {} cells, where inputs cost more than what is made sells for: shares that look "
                    "through may leave 0 to 1 by as much",
                    below));
}

void note_one_origin_abroad(const Accounts& a, std::vector<std::string>& notes) {
  for (const Region& region : a.regions)
    if (region.external)
      notes.push_back(region.code +
                      " is one origin in these accounts, whatever countries it holds: nothing behind it is looked through, and "
                      "concentration among its countries is not in the index");
}

bool sectors_by_pair(const Question& question) {
  return !question.sectors.empty() || (question.regions.size() == 1 && question.partners.size() == 1);
}

double concentration_of(const std::vector<double>& amounts) {
  const double all = sum_of(amounts);
  if (!(all > 0.0)) return std::nan("");
  Sum squares;
  for (const double amount : amounts) squares.add(amount / all * (amount / all));
  return squares.value();
}

}  // namespace kontor
