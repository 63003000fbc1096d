#include "programme/invented_accounts.h"

#include <array>
#include <cmath>

namespace kontor::test {

constexpr std::size_t leaf_count = 7, sector_count = 8, category_count = 3;
constexpr std::size_t n = leaf_count * sector_count, m = leaf_count * category_count;

struct Leaf {
  const char *code, *name, *parent;
  double size;  // final use, billions of USD
};
static constexpr std::array<Leaf, leaf_count> leaf = {{{"XA-01", "Capital of XA", "XA", 30},
                                                       {"XA-02", "Plains of XA", "XA", 20},
                                                       {"XA-05", "Coast of XA", "XA", 15},
                                                       {"XB-01", "Capital of XB", "XB", 12},
                                                       {"XB-02", "Forests of XB", "XB", 8},
                                                       {"XB-03", "Steppe of XB", "XB", 10},
                                                       {"ROW", "Rest of the world", "", 400}}};

static constexpr std::array<const char*, sector_count> codes = {"A01", "C10", "C16", "C21", "C26", "C28", "F", "G"};
static constexpr std::array<const char*, sector_count> names = {"Farming",     "Food",     "Wood",         "Pharmaceuticals",
                                                                "Electronics", "Machines", "Construction", "Trade and services"};
// Input of product i per unit of output of sector j.
static constexpr double technology[sector_count][sector_count] = {
    {.10, .35, .02, .02, .00, .00, .00, .01}, {.06, .12, .00, .02, .00, .00, .00, .03}, {.00, .01, .20, .00, .01, .01, .06, .01},
    {.02, .01, .01, .15, .00, .00, .00, .01}, {.01, .01, .01, .02, .25, .10, .03, .03}, {.05, .02, .05, .02, .03, .20, .05, .01},
    {.01, .01, .01, .01, .01, .01, .08, .03}, {.12, .12, .15, .15, .15, .15, .15, .20}};
static constexpr double taste[category_count][sector_count] = {
    {.06, .20, .02, .06, .06, .02, .03, .55}, {.00, .00, .00, .10, .05, .00, .00, .85}, {.00, .00, .03, .00, .12, .25, .50, .10}};
static constexpr double spending[category_count] = {.60, .18, .22};

// How much a leaf sells of a product for its size.
static double speciality(std::size_t r, std::size_t s) {
  if (r == 1 && s == 5) return 4.0;                          // machines of the plains of XA
  if ((r == 2 || r == 3) && s == 4) return 2.5;              // electronics
  if (r == 4 && s == 2) return 5.0;                          // wood
  if ((r == 1 || r == 5) && (s == 0 || s == 1)) return 2.0;  // farms and food
  return 1.0;
}

static bool same_nation(std::size_t a, std::size_t b) { return a / 3 == b / 3; }

// Share of leaf `from` in what leaf `to` uses of a product.
static double origin_share(std::size_t from, std::size_t to, std::size_t s) {
  const bool at_home_mostly = s >= 6;  // construction and services
  const double own = to == 6 ? 0.96 : at_home_mostly ? 0.90 : 0.30;
  if (from == to) return own;
  // Three groups: own nation, the other nation, the rest of the world.
  const auto group = [&](std::size_t r) { return r == 6 ? 2 : same_nation(r, to) ? 0 : 1; };
  const double parts[3] = {to == 6 ? 0.0 : 0.30, to == 6 ? 1.0 : 0.35, to == 6 ? 0.0 : 0.35};
  double weight = 0.0;
  for (std::size_t r = 0; r < leaf_count; ++r)
    if (r != to && group(r) == group(from)) weight += leaf[r].size * speciality(r, s);
  return (1.0 - own) * parts[group(from)] * leaf[from].size * speciality(from, s) / weight;
}

static Matrix final_use() {
  Matrix y(n, m);
  for (std::size_t to = 0; to < leaf_count; ++to)
    for (std::size_t c = 0; c < category_count; ++c)
      for (std::size_t from = 0; from < leaf_count; ++from)
        for (std::size_t s = 0; s < sector_count; ++s)
          y(from * sector_count + s, to * category_count + c) =
              std::round(1e4 * leaf[to].size * spending[c] * taste[c][s] * origin_share(from, to, s)) / 10;
  return y;
}

static Matrix intermediate(const Matrix& y) {
  Matrix a(n, n), z(n, n);
  for (std::size_t from = 0; from < leaf_count; ++from)
    for (std::size_t s = 0; s < sector_count; ++s)
      for (std::size_t to = 0; to < leaf_count; ++to)
        for (std::size_t j = 0; j < sector_count; ++j)
          a(from * sector_count + s, to * sector_count + j) = technology[s][j] * origin_share(from, to, s);
  std::vector<double> x(n), next(n);
  for (int round = 0; round < 200; ++round) {  // x = y + A x; column sums stay below 0.7
    for (std::size_t i = 0; i < n; ++i) {
      next[i] = 0.0;
      for (const double use : y.row(i)) next[i] += use;
      for (std::size_t j = 0; j < n; ++j) next[i] += a(i, j) * x[j];
    }
    x = next;
  }
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j) z(i, j) = std::round(10 * a(i, j) * x[j]) / 10;
  return z;
}

static void add_labels(Accounts& a) {
  for (const Leaf& l : leaf) a.regions.push_back({l.code, l.name, l.parent, false});
  a.regions.push_back({"XA", "Nation XA", "", false});
  a.regions.push_back({"XB", "Nation XB", "", false});
  for (std::size_t s = 0; s < sector_count; ++s) a.sectors.push_back({codes[s], names[s], "NACE Rev. 2"});
  a.categories = {{"HH", "Households", FinalRole::household},
                  {"GOV", "Government", FinalRole::government},
                  {"GFCF", "Gross fixed capital formation", FinalRole::investment}};
  a.primary_rows = {{"LAB", "Compensation of employees", PrimaryRole::labour, true},
                    {"CAP", "Operating surplus", PrimaryRole::capital, true}};
  a.satellites = {{"jobs", "Persons employed", "persons", true, Resolution::cell, {}, "invented"}};
  for (int r = 0; r < static_cast<int>(leaf_count); ++r) {
    for (int s = 0; s < static_cast<int>(sector_count); ++s) a.cells.push_back({r, s, s});
    for (int c = 0; c < static_cast<int>(category_count); ++c) a.final_uses.push_back({r, c});
  }
  for (int from = 0; from < static_cast<int>(leaf_count); ++from)
    for (int to = 0; to < static_cast<int>(leaf_count); ++to)
      for (int s = 0; s < static_cast<int>(sector_count); ++s)
        if (!same_nation(from, to)) a.border_costs.push_back({s, from, to, s == 7 ? 0.0 : 0.02 + 0.01 * (s % 4), 0.08 + 0.02 * (s % 3)});
}

Accounts invented_accounts() {
  Accounts a;
  a.title = "Invented world XA, XB, ROW";
  a.year = a.price_year = 2022;
  a.currency = "USD";
  a.gross_output = "row_sums";
  a.notes = {"every number is invented"};
  add_labels(a);
  Matrix y = final_use(), z = intermediate(y), x(1, n), v(2, n), jobs(1, n);
  for (std::size_t i = 0; i < n; ++i) {
    for (const double use : z.row(i)) x(0, i) += use;
    for (const double use : y.row(i)) x(0, i) += use;
  }
  for (std::size_t j = 0; j < n; ++j) {
    double left = x(0, j);
    for (std::size_t i = 0; i < n; ++i) left -= z(i, j);
    v(0, j) = 0.6 * left;
    v(1, j) = left - v(0, j);
    jobs(0, j) = std::round(v(0, j) * 30);  // about 33,000 USD a job
  }
  a.intermediate = Block(std::move(z));
  a.final_use = Block(std::move(y));
  a.output = Block(std::move(x));
  a.primary = Block(std::move(v));
  a.satellite = Block(std::move(jobs));
  return a;
}

}  // namespace kontor::test
