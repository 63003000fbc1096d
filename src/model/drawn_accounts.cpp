// Draws of a table: a(i,j) e(i,j), then r(i) a(i,j) s(j) with row and column sums of the cells as they were.
//
// Held are the sums that accounts know best: what each cell of production sells in all and what it pays in all. Sums of final
// use, imports and primary inputs move with their cells.
#include "kontor/model/drawn_accounts.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "kontor/base/csv.h"
#include "kontor/base/distributions.h"
#include "kontor/base/error.h"
#include "kontor/base/parameters.h"
#include "kontor/base/random.h"
#include "kontor/base/text.h"
#include "kontor/model/elasticities.h"

namespace kontor {

namespace {

// Streams of random numbers, one a table; the points of the unit cube have 0.
enum Stream : std::uint32_t { sales = 11, final_sales, bought_abroad, final_abroad, paid, structure };

double number_of(const CsvTable& table, const CsvRow& row, const char* column) {
  double value = 0.0;
  read_number(table.field(row, required_column(table, column)), value);
  return value;
}

double error_of(const CellErrors& errors, double share) {
  const auto& by_size = errors.by_size;
  for (std::size_t k = 1; k < by_size.size(); ++k) {
    if (share < by_size[k].first) continue;
    const auto& [high, low_error] = by_size[k - 1];
    const auto& [low, high_error] = by_size[k];
    const double part = std::log(std::min(share, high) / low) / std::log(high / low);
    return high_error * std::pow(low_error / high_error, part);
  }
  return by_size.back().second;
}

// Lognormal with mean 1 and this standard deviation.
double factor_at(double u, double error) { return error > 0.0 ? positive_quantile(u, 1.0, error) : 1.0; }

class Drawing {
 public:
  Drawing(const CellErrors& errors, std::uint64_t seed, std::uint64_t k) : errors_(errors), seed_(seed), k_(k) {}

  Matrix drawn(const Block& block, std::uint32_t stream) const {
    Matrix m = block.copy();
    if (errors_.by_size.empty() || m.values.empty()) return m;
    const double largest = *std::max_element(m.values.begin(), m.values.end());
    for (std::size_t i = 0; i < m.values.size(); ++i)
      if (m.values[i] > 0.0) m.values[i] *= factor_at(at(stream, i), error_of(errors_, m.values[i] / largest));
    return m;
  }

  double of_structure(std::size_t product) const { return factor_at(at(structure, product), errors_.structure[product]); }

 private:
  // The place in the low half, the draw in the high half: 2^32 of each.
  double at(std::uint32_t stream, std::size_t place) const { return uniform_at(seed_, stream, (k_ << 32) + place); }

  const CellErrors& errors_;
  std::uint64_t seed_, k_;
};

// One of the tables that rows or columns are sums over.
struct Part {
  Matrix* table;
  const Block* before;
  bool rows, columns;  // its rows are cells' sales; its columns are cells' costs
};

// Positive cells are scaled, negative ones stay what they are.
class Balancing {
 public:
  Balancing(std::vector<Part> parts, std::size_t cells) : parts_(std::move(parts)), rows_(cells), columns_(cells) {
    for (const Part& part : parts_)
      for (std::size_t i = 0; i < part.before->rows(); ++i)
        for (std::size_t j = 0; j < part.before->columns(); ++j) {
          const double v = (*part.before)(i, j);
          if (!(v > 0.0)) continue;
          if (part.rows) rows_[i] += v;
          if (part.columns) columns_[j] += v;
        }
  }

  /// Largest relative gap that is left.
  double run() {
    constexpr int most = 2000;
    constexpr double enough = 1e-12;
    double gap = 1.0;
    for (int round = 0; round < most && gap > enough; ++round) {
      scale(true);
      gap = scale(false);
    }
    return gap;
  }

 private:
  // Scales rows or columns to their sums; the largest relative change.
  double scale(bool rows) {
    const std::vector<double>& wanted = rows ? rows_ : columns_;
    std::vector<double> now(wanted.size(), 0.0);
    each(rows, [&](std::size_t at, double& v) { now[at] += v; });
    double gap = 0.0;
    for (std::size_t i = 0; i < now.size(); ++i) {
      now[i] = now[i] > 0.0 ? wanted[i] / now[i] : 1.0;
      gap = std::max(gap, std::fabs(now[i] - 1.0));
    }
    each(rows, [&](std::size_t at, double& v) { v *= now[at]; });
    return gap;
  }

  template <class Work>
  void each(bool rows, const Work& work) {
    for (Part& part : parts_) {
      if (rows ? !part.rows : !part.columns) continue;
      for (std::size_t i = 0; i < part.table->rows; ++i) {
        double* row = part.table->values.data() + i * part.table->columns;
        for (std::size_t j = 0; j < part.table->columns; ++j)
          if (row[j] > 0.0) work(rows ? i : j, row[j]);
      }
    }
  }

  std::vector<Part> parts_;
  std::vector<double> rows_, columns_;
};

}  // namespace

// Errors of output by class of products, over the shortest gap of years that is at least as long as the table is old, else over
// the longest measured; of several gaps as long, the largest error. A sector of no class takes the error of all output.
static std::vector<double> structure_errors(const Accounts& accounts, int age, std::vector<std::string>& sources) {
  int best = 0;
  std::map<std::string, double> by_class;  // the empty one: all output
  for (const char* file : {"hindcast.csv", "hindcast_sectors.csv"}) {
    const CsvTable table = parse_csv(parameter_table(file), std::string("data/parameters/") + file);
    const auto gap_of = [&](const CsvRow& row) { return static_cast<int>(number_of(table, row, "to") - number_of(table, row, "from")); };
    for (const CsvRow& row : table.rows)
      if (const int gap = gap_of(row); best == 0 || (best < age ? gap > best : gap >= age && gap < best)) best = gap;
    for (const CsvRow& row : table.rows)
      if (gap_of(row) == best) {
        double& error = by_class[table.field(row, table.column("class"))];
        error = std::max(error, number_of(table, row, "weighted_error"));
      }
  }
  std::vector<double> errors;
  for (const Sector& sector : accounts.sectors) {
    const auto known = by_class.find(product_class(sector.code));
    errors.push_back(known == by_class.end() ? by_class[""] : known->second);
  }
  const auto [low, high] = std::minmax_element(errors.begin(), errors.end());
  const auto percent = [](double share) { return number_text(std::round(1e4 * share) / 100) + " %"; };
  sources.push_back("age of the table, " + std::to_string(age) + " years: use of each product as an input, lognormal, standard error " +
                    percent(*low) + " to " + percent(*high) + " by class of products, the error of output over " + std::to_string(best) +
                    " years in data/parameters/hindcast_sectors.csv");
  return errors;
}

CellErrors cell_errors(const Programme& programme, const Accounts& accounts) {
  CellErrors errors;
  const Uncertainty& u = programme.uncertainty;
  if (u.varies("accounts")) {
    const CsvTable table = parse_csv(parameter_table("accounts_errors.csv"), "data/parameters/accounts_errors.csv");
    for (const CsvRow& row : table.rows) {
      errors.by_size.emplace_back(number_of(table, row, "share_of_largest"), u.accounts_error * number_of(table, row, "relative_error"));
      if (errors.sources.empty())
        errors.sources.push_back("cells of the accounts: lognormal, standard error from " + number_text(100 * errors.by_size[0].second) +
                                 " % of the largest cell of a table up, " + table.field(row, required_column(table, "source")));
    }
  }
  if (!u.varies("table_age")) return errors;
  const int age = programme.first_year - accounts.year;
  if (age <= 0) return errors;
  errors.structure = structure_errors(accounts, age, errors.sources);
  return errors;
}

Accounts drawn_accounts(const Accounts& accounts, const CellErrors& errors, std::uint64_t seed, std::uint64_t k) {
  if (accounts.kind != AccountsKind::table)
    fail(Exit::data, "not-a-table", accounts.title, "", "uncertainty.vary", "cells of a trade model are drawn",
         "cells can be drawn of an input-output table, whose uses balance its output",
         "leave \"accounts\" and \"table_age\" out of `vary`");
  const Drawing drawing(errors, seed, k);
  Matrix z = drawing.drawn(accounts.intermediate, sales), y = drawing.drawn(accounts.final_use, final_sales),
         m = drawing.drawn(accounts.imports_intermediate, bought_abroad), abroad = drawing.drawn(accounts.imports_final, final_abroad),
         v = drawing.drawn(accounts.primary, paid);
  if (!errors.structure.empty()) {
    std::vector<double> factor(accounts.sectors.size());
    for (std::size_t s = 0; s < factor.size(); ++s) factor[s] = drawing.of_structure(s);
    for (std::size_t i = 0; i < z.rows; ++i)
      for (double& x : z.row(i)) x = x > 0.0 ? x * factor[static_cast<std::size_t>(accounts.cells[i].product)] : x;
    for (std::size_t i = 0; i < m.rows; ++i)
      for (double& x : m.row(i)) x = x > 0.0 ? x * factor[static_cast<std::size_t>(accounts.imports[i].sector)] : x;
  }
  Balancing balancing({{&z, &accounts.intermediate, true, true},
                       {&y, &accounts.final_use, true, false},
                       {&m, &accounts.imports_intermediate, false, true},
                       {&v, &accounts.primary, false, true}},
                      accounts.cells.size());
  if (const double gap = balancing.run(); gap > 1e-9)
    fail(Exit::no_answer, "not-balanced", accounts.title, "", "",
         "drawn cells do not balance again: a gap of " + number_text(gap) + " is left", "rows and columns that can reach their sums",
         "lower `accounts_error` in [uncertainty]");
  Accounts drawn = accounts;
  drawn.intermediate = std::move(z), drawn.final_use = std::move(y);
  if (!accounts.imports_intermediate.empty()) drawn.imports_intermediate = std::move(m);
  if (!accounts.imports_final.empty()) drawn.imports_final = std::move(abroad);
  drawn.primary = std::move(v);
  return drawn;
}

}  // namespace kontor
