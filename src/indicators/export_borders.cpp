// Borders of an exporter, and what crosses them for the first time or again.
//
// A border F is a set of flows of goods: from cells I of exporter s to partners P. Without its intermediate flows the rest of
// the world has the inverse L* = (I - A + A_F)^-1, and since only rows I change,
//
//   L*_.I = L_.I M^-1,   M = I + A_IP L_PI            M = (I - A_ss) L_ss where P is everybody else
//   domestic, first time   v_s' L*_.I = (v_s' L)_I M^-1                   foreign alike
//   crosses again          output L_.I M^-1 E_F serves goods that stand in E_F once more
//
// One solve a cell of the exporter, or its block of L alone, and systems of its own size. The extracted inverse is never formed.
#include <algorithm>
#include <map>

#include "decomposition.h"
#include "kontor/base/sum.h"
#include "model/small_system.h"

namespace kontor {

double in_regions(std::span<const double> by_region, const ChainEconomy& economy) {
  Sum sum;
  for (const int r : economy.regions) sum.add(by_region[static_cast<std::size_t>(r)]);
  return sum.value();
}

static Matrix sold(const Exports& e, const Matrix& by_region) {
  Matrix m(e.exporter->cells.size(), e.partners.size());
  for (std::size_t i = 0; i < m.rows; ++i)
    for (std::size_t r = 0; r < m.columns; ++r) m(i, r) = in_regions(by_region.row(e.exporter->cells[i]), *e.partners[r]);
  return m;
}

Matrix gross_exports(const Exports& e) { return sold(e, e.chains->picture().sales()); }
Matrix final_exports(const Exports& e) { return sold(e, e.chains->picture().final_use()); }

static double into(const Exports& e, std::size_t cell, const ChainEconomy& partner, std::span<const double> per_output) {
  const double* z = e.chains->picture().accounts().intermediate.row(cell).data();
  double sum = 0.0;
  for (const std::size_t j : partner.cells) sum += z[j] * per_output[j];
  return sum;
}

static std::vector<double> per_output(const Exports& e, std::span<const double> q) {
  std::vector<double> scaled(q.size());
  for (std::size_t j = 0; j < q.size(); ++j) scaled[j] = q[j] * e.chains->picture().system().inverse_output(j);
  return scaled;
}

Matrix into_partners(const Exports& e, std::span<const double> q) {
  const std::vector<double> scaled = per_output(e, q);
  Matrix m(e.exporter->cells.size(), e.partners.size());
  for (std::size_t i = 0; i < m.rows; ++i)
    for (std::size_t r = 0; r < m.columns; ++r) m(i, r) = into(e, e.exporter->cells[i], *e.partners[r], scaled);
  return m;
}

static void add(Matrix& to, const Matrix& m) {
  for (std::size_t k = 0; k < to.values.size(); ++k) to.values[k] += m.values[k];
}

Matrix explained_exports(const Exports& e) {
  Matrix m = final_exports(e);
  add(m, into_partners(e, e.chains->output()));
  return m;
}

Matrix unexplained_exports(const Exports& e, const Matrix& gross) {
  Matrix m = into_partners(e, e.chains->unused());
  for (std::size_t i = 0; i < m.rows; ++i)
    for (std::size_t r = 0; r < m.columns; ++r) m(i, r) += e.chains->unexplained()[e.exporter->cells[i]] * (gross(i, r) - m(i, r));
  return m;
}

namespace {

struct Border {
  std::vector<std::size_t> rows;      // own positions of cells I
  std::vector<std::size_t> partners;  // whose numbers it gives
  bool whole = true;                  // P is everybody else
  Matrix m;                           // I x I
};

}  // namespace

static Matrix own_block(const Exports& e) {
  if (!e.columns) return e.exporter->block;
  Matrix block(e.columns->rows, e.columns->rows);
  for (std::size_t i = 0; i < block.rows; ++i)
    for (std::size_t k = 0; k < block.columns; ++k) block(i, k) = (*e.columns)(k, e.exporter->cells[i]);
  return block;
}

// I + A_sP L_Ps, all cells of the exporter.
static Matrix through_partner(const Exports& e, const ChainEconomy& partner) {
  const Accounts& a = e.chains->picture().accounts();
  const std::vector<std::size_t>& own = e.exporter->cells;
  Matrix sales(own.size(), partner.cells.size()), back(partner.cells.size(), own.size());
  for (std::size_t j = 0; j < partner.cells.size(); ++j)
    for (std::size_t i = 0; i < own.size(); ++i) {
      sales(i, j) = a.intermediate(own[i], partner.cells[j]) * e.chains->picture().system().inverse_output(partner.cells[j]);
      back(j, i) = (*e.columns)(i, partner.cells[j]);
    }
  Matrix m = block_product(sales, back);
  for (std::size_t i = 0; i < m.rows; ++i) m(i, i) += 1.0;
  return m;
}

static Matrix among(const Matrix& m, const std::vector<std::size_t>& rows) {
  Matrix part(rows.size(), rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i)
    for (std::size_t k = 0; k < rows.size(); ++k) part(i, k) = m(rows[i], rows[k]);
  return part;
}

static std::vector<Border> borders_of(const Exports& e) {
  std::vector<std::vector<std::size_t>> groups;
  const std::size_t n = e.exporter->cells.size();
  if (by_sector(e.perspective)) {
    std::map<int, std::vector<std::size_t>> sectors;
    for (std::size_t i = 0; i < n; ++i) sectors[e.chains->picture().accounts().cells[e.exporter->cells[i]].sector].push_back(i);
    for (auto& [sector, rows] : sectors) groups.push_back(std::move(rows));
  } else {
    groups.emplace_back();
    for (std::size_t i = 0; i < n; ++i) groups.front().push_back(i);
  }
  std::vector<std::vector<std::size_t>> sides;
  for (std::size_t r = 0; r < e.partners.size(); ++r) {
    if (sides.empty() || by_pair(e.perspective)) sides.emplace_back();
    sides.back().push_back(r);
  }
  std::vector<Border> borders;
  for (const std::vector<std::size_t>& side : sides) {
    const bool whole = !by_pair(e.perspective);
    const Matrix m =
        whole ? block_product(e.chains->local_system(*e.exporter), own_block(e)) : through_partner(e, *e.partners[side.front()]);
    for (const std::vector<std::size_t>& rows : groups) borders.push_back({rows, side, whole, among(m, rows)});
  }
  return borders;
}

BorderFactors border_factors(const Exports& e) {
  const std::vector<std::size_t>& own = e.exporter->cells;
  BorderFactors f{std::vector<double>(own.size()), std::vector<double>(own.size()), Matrix(own.size(), e.partners.size()),
                  Matrix(own.size(), e.partners.size())};
  for (std::size_t i = 0; i < own.size(); ++i) {
    f.domestic[i] = e.exporter->content[own[i]];
    f.foreign[i] = 1.0 - f.domestic[i] - e.chains->unexplained()[own[i]];
  }
  for (const Border& border : borders_of(e)) {
    Matrix rows(2, border.rows.size());
    for (std::size_t i = 0; i < border.rows.size(); ++i) rows(0, i) = f.domestic[border.rows[i]], rows(1, i) = f.foreign[border.rows[i]];
    if (!solve_small(transpose_of(border.m), rows)) no_inverse(e.chains->picture().accounts(), *e.exporter);
    for (std::size_t i = 0; i < border.rows.size(); ++i)
      for (const std::size_t r : border.partners)
        f.domestic_first(border.rows[i], r) = rows(0, i), f.foreign_first(border.rows[i], r) = rows(1, i);
  }
  return f;
}

// What crosses the border: final goods and A_FX_F, of all, or of what the exporter finally uses itself.
static std::vector<double> crossing(const Exports& e, const Border& border, bool for_exporter) {
  const Picture& picture = e.chains->picture();
  const Matrix &y = picture.final_use(), &x = picture.called_for();
  std::vector<double> output = e.chains->output();
  if (for_exporter)
    for (std::size_t j = 0; j < output.size(); ++j) output[j] = in_regions(x.row(j), *e.exporter);
  const std::vector<double> scaled = per_output(e, output);
  const ChainEconomy& partner = *e.partners[border.partners.front()];
  std::vector<double> goods;
  for (const std::size_t row : border.rows) {
    const std::size_t cell = e.exporter->cells[row];
    Sum sum;
    if (border.whole) {
      const double* z = picture.accounts().intermediate.row(cell).data();
      double used = 0.0;
      for (std::size_t j = 0, own = 0; j < scaled.size(); ++j) {
        if (own < e.exporter->cells.size() && e.exporter->cells[own] == j)
          ++own;
        else
          used += z[j] * scaled[j];
      }
      sum.add(used);
      for (std::size_t l = 0; l < y.columns && !for_exporter; ++l)
        if (!e.exporter->has[l]) sum.add(y(cell, l));
    } else {
      sum.add(into(e, cell, partner, scaled));
      if (!for_exporter) sum.add(in_regions(y.row(cell), partner));
    }
    goods.push_back(sum.value());
  }
  return goods;
}

CrossedAgain crossed_again(const Exports& e) {
  const std::size_t n = e.chains->output().size();
  CrossedAgain again{Matrix(e.exporter->cells.size(), e.partners.size()), Matrix(e.exporter->cells.size(), e.partners.size())};
  for (const Border& border : borders_of(e)) {
    Matrix goods(2, border.rows.size());
    for (const bool mine : {false, true}) {
      const std::vector<double> crossed = crossing(e, border, mine);
      std::copy(crossed.begin(), crossed.end(), goods.row(mine).begin());
    }
    if (!solve_small(border.m, goods)) no_inverse(e.chains->picture().accounts(), *e.exporter);
    for (const bool mine : {false, true}) {
      std::vector<double> output(n, 0.0);
      for (std::size_t k = 0; k < border.rows.size(); ++k)
        for (std::size_t j = 0; j < n; ++j) output[j] += (*e.columns)(border.rows[k], j) * goods(mine, k);
      const std::vector<double> scaled = per_output(e, output);
      for (const std::size_t row : border.rows)
        for (const std::size_t r : border.partners)
          (mine ? again.for_exporter : again.all)(row, r) = into(e, e.exporter->cells[row], *e.partners[r], scaled);
    }
  }
  return again;
}

}  // namespace kontor
