#include "programme/worlds.h"

#include "kontor/base/error.h"

namespace kontor::test {

// Sellers by row, buyers by column: cells A.1 A.28 A.F B.1 B.28 B.F C.1 C.28 C.F, then A.FD A.GFCF B.FD B.GFCF C.FD C.GFCF.
static const double uses[9][15] = {
    {10, 5, 2, 1, 5, 0, 1, 1, 0, 40, 0, 10, 0, 5, 0},  {4, 30, 10, 2, 4, 1, 1, 5, 1, 5, 40, 2, 20, 2, 10},
    {1, 2, 5, 0, 0, 0, 0, 0, 0, 5, 60, 0, 0, 0, 0},    {1, 1, 0, 10, 20, 2, 1, 1, 0, 5, 0, 40, 0, 5, 0},
    {1, 5, 1, 4, 20, 8, 1, 5, 1, 2, 20, 5, 40, 2, 10}, {0, 0, 0, 1, 2, 5, 0, 0, 0, 0, 0, 5, 60, 0, 0},
    {1, 1, 0, 1, 15, 0, 10, 5, 2, 5, 0, 30, 0, 40, 0}, {2, 5, 1, 2, 5, 1, 4, 30, 10, 2, 20, 2, 40, 5, 40},
    {0, 0, 0, 0, 0, 0, 1, 2, 5, 0, 0, 0, 0, 5, 60},
};

Accounts small_world() {
  Accounts a;
  a.title = "Small world";
  a.year = a.price_year = 2020;
  a.currency = "EUR";
  a.regions = {{"A", "A", "", false}, {"B", "B", "", false}, {"C", "C", "", false}};
  a.sectors = {{"1", "Farms", ""}, {"28", "Machines", ""}, {"F", "Construction", ""}};
  a.categories = {{"FD", "Households", FinalRole::household}, {"GFCF", "Investment", FinalRole::investment}};
  a.primary_rows = {{"labour", "Labour", PrimaryRole::labour, true}, {"capital", "Capital", PrimaryRole::capital, true}};
  Matrix z(9, 9), y(9, 6), v(2, 9), x(1, 9);
  for (int r = 0; r < 3; ++r)
    for (int s = 0; s < 3; ++s) a.cells.push_back({r, s, s});
  for (int r = 0; r < 3; ++r)
    for (int c = 0; c < 2; ++c) a.final_uses.push_back({r, c});
  for (std::size_t i = 0; i < 9; ++i)
    for (std::size_t j = 0; j < 15; ++j) {
      (j < 9 ? z(i, j) : y(i, j - 9)) = uses[i][j];
      x(0, i) += uses[i][j];
    }
  for (std::size_t j = 0; j < 9; ++j) {
    double left = x(0, j);
    for (std::size_t i = 0; i < 9; ++i) left -= z(i, j);
    v(0, j) = 0.6 * left;
    v(1, j) = 0.4 * left;
  }
  a.intermediate = Block(std::move(z));
  a.final_use = Block(std::move(y));
  a.primary = Block(std::move(v));
  a.output = Block(std::move(x));
  return a;
}

Programme programme_of(const Accounts& accounts, const std::string& measures, const std::string& header) {
  const std::string usual = "[programme]\nid = \"P\"\nhorizon = [2021, 2030]\ncurrency = \"" + accounts.currency +
                            "\"\nprice_year = " + std::to_string(accounts.price_year) + "\n";
  return parse_programme(usual + header + measures, "programme.toml", ".", accounts);
}

Compiled compile_text(const Accounts& accounts, const std::string& measures, const std::string& header) {
  return compile(programme_of(accounts, measures, header), accounts);
}

static std::string lines(const Findings& findings, bool errors) {
  std::string text;
  for (const Finding& f : findings)
    if ((f.severity == Severity::error) == errors) text += to_line(f) + '\n';
  return text;
}

std::string errors_of(const Accounts& accounts, const std::string& measures, const std::string& header) {
  try {
    compile_text(accounts, measures, header);
  } catch (const Error& error) {
    return lines(error.findings(), true);
  }
  return "";
}

std::string notes_of(const Compiled& compiled) { return lines(compiled.findings, false); }

template <class Wanted>
static double sum_demand(const Compiled& compiled, Wanted wanted) {
  double sum = 0.0;
  for (const Shock& shock : compiled.shocks)
    if (const auto* items = std::get_if<std::vector<FinalDemand>>(&shock.change))
      for (const FinalDemand& item : *items)
        if (wanted(shock, item)) sum += item.amount;
  return sum;
}

double net_demand(const Compiled& compiled, const Accounts& accounts, const std::string& supplier) {
  return sum_demand(compiled, [&](const Shock&, const FinalDemand& i) { return supplier_label(accounts, i.supplier) == supplier; });
}

double net_demand(const Compiled& compiled, const Accounts& accounts, const std::string& supplier, Step step) {
  return sum_demand(
      compiled, [&](const Shock& s, const FinalDemand& i) { return s.step == step && supplier_label(accounts, i.supplier) == supplier; });
}

double net_demand(const Compiled& compiled) {
  return sum_demand(compiled, [](const Shock&, const FinalDemand&) { return true; });
}

double moved_to(const Compiled& compiled, const Accounts& accounts, const std::string& supplier) {
  double sum = 0.0;
  for (const Shock& shock : compiled.shocks) {
    const auto* moves = std::get_if<std::vector<Sourcing>>(&shock.change);
    if (const auto* target = std::get_if<Target>(&shock.change)) moves = &target->moves;
    if (!moves) continue;
    for (const Sourcing& move : *moves) {
      if (supplier_label(accounts, move.to) == supplier) sum += move.amount;
      if (supplier_label(accounts, move.from) == supplier) sum -= move.amount;
    }
  }
  return sum;
}

}  // namespace kontor::test
