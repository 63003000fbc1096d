// A world that one can redo on paper: every region makes product 1 with 2 of product 1 and 1 of product 2 for each 8 of value
// added, product 2 with 3 and 4 for each 7, and its people buy 6 and 9; all times what trades(r, s) says. That table is
// symmetric, so every region's imports are its exports, unless `unbalanced`.
#pragma once

#include <string>
#include <vector>

#include "equilibrium_world.h"

namespace kontor::test {

/// A region of the world or a part of one: which of the three it is, and how much of it.
struct Piece {
  int id = 0;
  double part = 1.0;
};

struct PaperWorld {
  std::vector<Piece> pieces = {{0}, {1}, {2}};  // 0 and 1 form a nation, 2 another
  bool open = false, tariffs = false, unbalanced = false, labour_only = false, turned_sectors = false;
  double money = 1.0;

  int region(std::size_t piece) const { return 2 + static_cast<int>(piece); }  // number in the accounts
  int abroad() const { return region(pieces.size()); }
  int sector(int s) const { return turned_sectors ? 1 - s : s; }
  int cell(std::size_t piece, int s) const { return 2 * static_cast<int>(piece) + sector(s); }
};

/// What the users of one region buy from another; 3: abroad.
inline double trades(int from, int to) {
  static constexpr double table[4][4] = {{4.0, 1.0, 0.5, 0.3}, {1.0, 6.0, 0.8, 0.6}, {0.5, 0.8, 9.0, 0.9}, {0.3, 0.6, 0.9, 0.0}};
  return table[from][to];
}

inline Accounts accounts_of(const PaperWorld& w) {
  static constexpr double input[2][2] = {{2.0, 3.0}, {1.0, 4.0}}, bought[2] = {6.0, 9.0}, labour[2] = {0.6, 0.75};
  Accounts a;
  a.title = "paper world", a.year = 2020, a.currency = "EUR";
  a.regions = {{"N", "N", "", false}, {"Q", "Q", "", false}};
  a.sectors = {{"1", "one", ""}, {"2", "two", ""}};
  a.categories = {{"H", "households", FinalRole::household}, {"E", "exports", FinalRole::exports}};
  for (std::size_t k = 0; k < w.pieces.size(); ++k) {
    const std::string code = std::string(w.pieces[k].id == 2 ? "Q" : "N") + std::to_string(w.pieces[k].id) + "." + std::to_string(k);
    a.regions.push_back({code, code, w.pieces[k].id == 2 ? "Q" : "N", false});
    for (int s = 0; s < 2; ++s) a.cells.push_back({w.region(k), s, s});
    a.final_uses.push_back({w.region(k), 0});
  }
  if (w.open) a.regions.push_back({"X", "abroad", "", true}), a.final_uses.push_back({w.abroad(), 1});
  if (w.open) a.imports = {{w.abroad(), w.sector(0)}, {w.abroad(), w.sector(1)}};
  a.primary_rows = {{"L", "wages", PrimaryRole::labour, true}};
  if (!w.labour_only) a.primary_rows.push_back({"K", "surplus", PrimaryRole::capital, true});
  const std::size_t n = a.cells.size(), m = a.final_uses.size(), imports = a.imports.size();
  Matrix z(n, n), y(n, m), zi(imports, n), yi(imports, m), x(1, n), v(a.primary_rows.size(), n);
  const auto at = [](int i) { return static_cast<std::size_t>(i); };
  const auto size = [&](const Piece& from, const Piece& to) { return w.money * trades(from.id, to.id) * from.part * to.part; };
  for (std::size_t r = 0; r < w.pieces.size(); ++r)
    for (int i = 0; i < 2; ++i) {
      const std::size_t row = at(w.cell(r, i));
      for (std::size_t s = 0; s < w.pieces.size(); ++s) {
        const double t = size(w.pieces[r], w.pieces[s]);
        for (int j = 0; j < 2; ++j) z(row, at(w.cell(s, j))) = t * input[i][j];
        // Region 0 lives beyond its means: it buys more from 1 and 2 than it sells them.
        const bool more = w.unbalanced && w.pieces[s].id == 0 && w.pieces[r].id != 0;
        y(row, s) = t * (bought[i] + (more ? 4.0 : 0.0));
      }
      if (w.open) y(row, m - 1) = size(w.pieces[r], {3, 1.0}) * (input[i][0] + input[i][1] + bought[i]);
      for (std::size_t j = 0; j < n; ++j) x(0, row) += z(row, j);
      for (std::size_t f = 0; f < m; ++f) x(0, row) += y(row, f);
    }
  for (std::size_t s = 0; s < w.pieces.size(); ++s)
    for (int j = 0; j < 2; ++j) {
      const std::size_t column = at(w.cell(s, j));
      double rest = x(0, column);
      for (std::size_t i = 0; i < n; ++i) rest -= z(i, column);
      for (std::size_t i = 0; i < imports; ++i) {
        zi(i, column) = size({3, 1.0}, w.pieces[s]) * input[i][j], rest -= zi(i, column);
        yi(i, s) = size({3, 1.0}, w.pieces[s]) * bought[i];
      }
      v(0, column) = w.labour_only ? rest : labour[j] * rest;
      if (!w.labour_only) v(1, column) = rest - v(0, column);
    }
  if (w.tariffs)
    for (std::size_t r = 0; r < w.pieces.size(); ++r)
      for (std::size_t s = 0; s < w.pieces.size(); ++s)
        if ((w.pieces[r].id == 2) != (w.pieces[s].id == 2))
          for (int i = 0; i < 2; ++i) a.border_costs.push_back({w.sector(i), w.region(r), w.region(s), 0.08 + 0.04 * i, 0.0});
  a.intermediate = std::move(z), a.final_use = std::move(y), a.output = std::move(x), a.primary = std::move(v);
  a.imports_intermediate = std::move(zi), a.imports_final = std::move(yi);
  return a;
}

inline CalibrationOptions options_of(const PaperWorld& w) {
  CalibrationOptions options;
  options.trade_elasticity = {0.0, 0.0};
  options.trade_elasticity[static_cast<std::size_t>(w.sector(0))] = 4.0;
  options.trade_elasticity[static_cast<std::size_t>(w.sector(1))] = 6.0;
  return options;
}

inline Shock shock_of(Change change) { return {std::move(change), "M1", 2020, Step::stated, false, "programme.toml:1", false}; }

/// A programme in region 0 and at the border of 1 and 2, whatever the pieces; `money`: with amounts, not ratios alone.
inline std::vector<Shock> programme_on(const PaperWorld& w, double size = 1.0, bool money = true) {
  std::vector<Shock> all;
  for (std::size_t k = 0; k < w.pieces.size(); ++k) {
    const Piece& piece = w.pieces[k];
    if (piece.id == 0) all.push_back(shock_of(Productivity{w.cell(k, 1), ProductivityKind::total_factor, std::exp(0.05 * size)}));
    if (piece.id == 1 && !w.labour_only) all.push_back(shock_of(FactorSupply{w.cell(k, 0), 1, std::exp(0.2 * size)}));
    for (std::size_t s = 0; s < w.pieces.size(); ++s) {
      if (piece.id == 1 && w.pieces[s].id == 2) {
        all.push_back(shock_of(TradeCost{w.region(k), w.region(s), w.sector(0), std::exp(-0.1 * size)}));
        if (w.tariffs) all.push_back(shock_of(Rent{w.region(k), w.region(s), w.sector(1), std::exp(-0.05 * size)}));
      }
      if (!money || piece.id != 2 || w.pieces[s].id != 0) continue;
      const double amount = 0.5 * w.money * size * piece.part * w.pieces[s].part;  // 2 pays for what 0 buys from it
      all.push_back(shock_of(Transfer{w.region(k), w.region(s), amount}));
      all.push_back(shock_of(std::vector<FinalDemand>{{w.cell(k, 0), static_cast<int>(s), amount}}));
      all.back().building = true;
    }
  }
  return all;
}

/// All closures with 2 and 0 as the payers where there are any.
inline std::vector<Closure> closures_for(const PaperWorld& w) {
  std::vector<Closure> all = all_closures();
  for (Closure& c : all) {
    c.payers.clear();
    for (std::size_t k = 0; k < w.pieces.size(); ++k)
      if (w.pieces[k].id != 1) c.payers.emplace_back(w.region(k), w.pieces[k].part * (w.pieces[k].id == 2 ? 0.7 : 0.3));
  }
  return all;
}

}  // namespace kontor::test
