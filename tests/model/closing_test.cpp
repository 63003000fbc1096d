// Closings against a plain second road: the table written out without what closes, and a dense inverse.
#include <catch2/catch.hpp>

#include <algorithm>

#include "golden.h"
#include "kontor/base/csv.h"
#include "kontor/base/text.h"
#include "kontor/model/closing.h"
#include "support.h"

using namespace kontor;

namespace {

// Gauss-Jordan on a copy: nothing of the library's solver.
Matrix inverse_of(Matrix m) {
  const std::size_t n = m.rows;
  Matrix inverse(n, n);
  for (std::size_t i = 0; i < n; ++i) inverse(i, i) = 1.0;
  for (std::size_t k = 0; k < n; ++k) {
    const double pivot = m(k, k);
    for (std::size_t j = 0; j < n; ++j) m(k, j) /= pivot, inverse(k, j) /= pivot;
    for (std::size_t i = 0; i < n; ++i) {
      if (i == k) continue;
      const double factor = m(i, k);
      for (std::size_t j = 0; j < n; ++j) m(i, j) -= factor * m(k, j), inverse(i, j) -= factor * inverse(k, j);
    }
  }
  return inverse;
}

/// Three regions (L, M, N) with two sectors each and abroad (W), which sells product 1 and buys everything.
///
///             L.1  L.2  M.1  M.2  N.1  N.2 |  L    M    N    W |    x
Accounts open_world() {
  Accounts a = test::tiny_accounts();
  a.regions = {{"L", "Left", "", false}, {"M", "Middle", "", false}, {"N", "Near", "", false}, {"W", "World", "", true}};
  a.cells = {{0, 0, 0}, {0, 1, 1}, {1, 0, 0}, {1, 1, 1}, {2, 0, 0}, {2, 1, 1}};
  a.final_uses = {{0, 0}, {1, 0}, {2, 0}, {3, 0}};
  a.imports = {{3, 0}};
  const auto fill = [](std::size_t rows, std::size_t columns, std::vector<double> values) {
    Matrix m(rows, columns);
    m.values = std::move(values);
    return Block(std::move(m));
  };
  Matrix z(6, 6), y(6, 4);
  z.values = {10, 20, 5,  5,  2, 3,  //
              20, 30, 10, 10, 4, 6,  //
              5,  10, 20, 15, 6, 2,  //
              5,  10, 15, 20, 0, 8,  //
              3,  4,  2,  6,  9, 7,  //
              1,  0,  4,  2,  5, 12};
  y.values = {40, 10, 5, 0, 80, 30, 0, 10, 10, 20, 2, 10, 10, 20, 7, 5, 4, 6, 19, 0, 8, 3, 25, 0};
  Matrix x(1, 6), imports(1, 6), v(1, 6);
  imports.values = {4, 9, 6, 1, 8, 3};
  for (std::size_t i = 0; i < 6; ++i) {
    for (std::size_t j = 0; j < 6; ++j) x(0, i) += z(i, j);
    for (std::size_t f = 0; f < 4; ++f) x(0, i) += y(i, f);
  }
  for (std::size_t j = 0; j < 6; ++j) {
    v(0, j) = x(0, j) - imports(0, j);
    for (std::size_t i = 0; i < 6; ++i) v(0, j) -= z(i, j);
  }
  a.intermediate = std::move(z), a.final_use = std::move(y), a.output = std::move(x), a.primary = std::move(v);
  a.imports_intermediate = std::move(imports);
  a.imports_final = fill(1, 4, {7, 5, 3, 0});
  return a;
}

std::vector<bool> regions_of(const Accounts& a, const std::vector<int>& which) {
  std::vector<bool> has(a.regions.size(), false);
  for (const int r : which) has[static_cast<std::size_t>(r)] = true;
  return has;
}

std::size_t at(int i) { return static_cast<std::size_t>(i); }

/// The second road: A and y changed entry by entry.
struct Plain {
  Matrix a, y;  // coefficients; final use by column
  std::vector<double> x;
  std::vector<double> shortage;  // by cell: inputs that nobody delivers, share of output
};

Plain plain(const Accounts& w) {
  Plain p{Matrix(6, 6), w.final_use.copy(), {}, std::vector<double>(6, 0.0)};
  for (std::size_t j = 0; j < 6; ++j) {
    p.x.push_back(w.output(0, j));
    for (std::size_t i = 0; i < 6; ++i) p.a(i, j) = w.intermediate(i, j) / w.output(0, j);
  }
  return p;
}

// Takes share s of what `gone` says away from every buyer; `replaced` of it comes from the buyer's other suppliers of the product.
template <class Gone, class May>
void take_away(Plain& p, const Accounts& w, double s, double replaced, const Gone& gone, const May& may) {
  for (int j = 0; j < buyer_count(w); ++j)
    for (int product = 0; product < 2; ++product) {
      double missing = 0.0, others = 0.0;
      for (int i = 0; i < supplier_count(w); ++i) {
        if (supplier_sector(w, i) != product) continue;
        (gone(i, j) ? missing : others) += (gone(i, j) ? s : 1.0) * purchase(w, i, j);
      }
      const bool found = may(j) && others > 0.0 && replaced > 0.0;
      const double made_up = found ? replaced * missing : 0.0;
      if (j < 6) p.shortage[at(j)] += (missing - made_up) / w.output(0, at(j));
      for (int i = 0; i < 6; ++i) {
        if (supplier_sector(w, i) != product) continue;
        const double change = gone(i, j) ? -s * purchase(w, i, j) : found ? made_up * purchase(w, i, j) / others : 0.0;
        if (j < 6)
          p.a(at(i), at(j)) += change / w.output(0, at(j));
        else
          p.y(at(i), at(j - 6)) += change;
      }
    }
}

// Output with the cells of `held` fixed at (1 - s) x.
std::vector<double> output_with(const Plain& p, const std::vector<int>& held, double s) {
  Matrix m(6, 6);
  std::vector<double> b(6, 0.0);
  for (std::size_t i = 0; i < 6; ++i) {
    for (std::size_t f = 0; f < 4; ++f) b[i] += p.y(i, f);
    for (std::size_t j = 0; j < 6; ++j) m(i, j) = (i == j ? 1.0 : 0.0) - p.a(i, j);
  }
  for (const int k : held) {
    for (std::size_t j = 0; j < 6; ++j) m(at(k), j) = at(k) == j ? 1.0 : 0.0;
    b[at(k)] = (1.0 - s) * p.x[at(k)];
  }
  const Matrix inverse = inverse_of(m);
  std::vector<double> x(6, 0.0);
  for (std::size_t i = 0; i < 6; ++i)
    for (std::size_t j = 0; j < 6; ++j) x[i] += inverse(i, j) * b[j];
  return x;
}

// Ratio of output lost for want of deliveries: l (I - A) = shortage, with l = s at the held cells.
std::vector<double> shares_short(const Plain& p, const std::vector<int>& held, double s) {
  Matrix m(6, 6);  // transposed
  std::vector<double> b = p.shortage;
  for (std::size_t j = 0; j < 6; ++j)
    for (std::size_t i = 0; i < 6; ++i) m(j, i) = (i == j ? 1.0 : 0.0) - p.a(i, j);
  for (const int k : held) {
    for (std::size_t i = 0; i < 6; ++i) m(at(k), i) = at(k) == i ? 1.0 : 0.0;
    for (std::size_t j = 0; j < 6; ++j)
      if (at(k) != j) m(j, at(k)) = 0.0;  // what the held cells do not deliver stands in the shortage
    b[at(k)] = s;
  }
  const Matrix inverse = inverse_of(m);
  std::vector<double> l(6, 0.0);
  for (std::size_t i = 0; i < 6; ++i)
    for (std::size_t j = 0; j < 6; ++j) l[i] += inverse(i, j) * b[j];
  return l;
}

}  // namespace

TEST_CASE("a supplier that goes down takes from the others what the table with it held says, with and without replacement") {
  const Accounts w = open_world();
  const LeontiefSystem system(w);
  for (const std::vector<int>& cells : {std::vector<int>{2}, std::vector<int>{2, 3}, std::vector<int>{0, 1}})
    for (const double s : {0.25, 1.0})
      for (const double replaced : {0.0, 0.4, 1.0}) {
        const auto own = regions_of(w, {w.cells[at(cells[0])].region});
        const auto is_closed = [&](int i, int) { return i < 6 && std::find(cells.begin(), cells.end(), i) != cells.end(); };
        const auto may = [&](int j) { return !own[at(buyer_region(w, j))]; };
        Plain p = plain(w);
        take_away(p, w, s, replaced, is_closed, may);
        {  // the deliveries of the held cells stand where they were: what they make is given
          Plain demand = p;
          for (const int k : cells)
            for (std::size_t j = 0; j < 6; ++j) demand.a(at(k), j) = w.intermediate(at(k), j) / w.output(0, j);
          const std::vector<double> x = output_with(demand, cells, s);
          const Loss loss = loss_without(system, SupplierClosing{cells, own, {}}, {s, replaced, Given::final_demand});
          for (std::size_t i = 0; i < 6; ++i) CHECK(loss.output[i] == Approx(p.x[i] - x[i]).margin(1e-11));
        }
        const std::vector<double> l = shares_short(p, cells, s);
        const Loss loss = loss_without(system, SupplierClosing{cells, own, {}}, {s, replaced, Given::primary_inputs});
        for (std::size_t i = 0; i < 6; ++i) CHECK(loss.output[i] == Approx(l[i] * p.x[i]).margin(1e-11));
      }
}

TEST_CASE("a border that closes takes what the table without its flows says, both ways round, to abroad too") {
  const Accounts w = open_world();
  const LeontiefSystem system(w);
  struct Sides {
    std::vector<int> one, other;
  };
  for (const Sides& sides : {Sides{{0}, {1}}, Sides{{0}, {1, 2, 3}}, Sides{{0, 1}, {2}}, Sides{{1}, {3}}, Sides{{0, 1, 2}, {3}}})
    for (const double s : {0.3, 1.0})
      for (const double replaced : {0.0, 0.5, 1.0})
        for (const bool final : {true, false}) {
          const BorderClosing border{regions_of(w, sides.one), regions_of(w, sides.other), true, final};
          const auto crosses = [&](int i, int j) {
            const std::size_t from = at(supplier_region(w, i)), to = at(buyer_region(w, j));
            return (final || j < 6) && ((border.one[from] && border.other[to]) || (border.other[from] && border.one[to]));
          };
          Plain p = plain(w);
          take_away(p, w, s, replaced, crosses, [](int) { return true; });
          const std::vector<double> x = output_with(p, {}, s), l = shares_short(p, {}, s);
          const Loss sales = loss_without(system, border, {s, replaced, Given::final_demand}),
                     inputs = loss_without(system, border, {s, replaced, Given::primary_inputs});
          for (std::size_t i = 0; i < 6; ++i) {
            CHECK(sales.output[i] == Approx(p.x[i] - x[i]).margin(1e-11));
            CHECK(inputs.output[i] == Approx(l[i] * p.x[i]).margin(1e-11));
          }
        }
}

TEST_CASE("a whole region cut from all others loses what the closed form of its extraction says") {
  const Accounts w = open_world();
  const LeontiefSystem system(w);
  for (int region = 0; region < 3; ++region)
    for (const bool final : {true, false}) {
      std::vector<int> others;
      for (int r = 0; r < 4; ++r)
        if (r != region) others.push_back(r);
      const Loss loss =
          loss_without(system, BorderClosing{regions_of(w, {region}), regions_of(w, others), true, final}, {1.0, 0.0, Given::final_demand});
      const std::vector<double> without = output_without_trade_of(system, region, final);
      for (std::size_t i = 0; i < 6; ++i) CHECK(loss.output[i] == Approx(w.output(0, i) - without[i]).margin(1e-11));
    }
}

TEST_CASE("one cell that is gone takes from the others what its extraction takes, on either side") {
  const Accounts w = open_world();
  const LeontiefSystem system(w);
  for (int k = 0; k < 6; ++k) {
    const SupplierClosing cell{{k}, regions_of(w, {w.cells[at(k)].region}), {}};
    const std::vector<double> demand = extract_cell(system, k, Given::final_demand),
                              supply = extract_cell(system, k, Given::primary_inputs);
    const Loss sales = loss_without(system, cell, {1.0, 0.0, Given::final_demand}),
               inputs = loss_without(system, cell, {1.0, 0.0, Given::primary_inputs});
    for (int i = 0; i < 6; ++i) {
      if (i == k) continue;
      CHECK(sales.output[at(i)] == Approx(demand[at(i)]).margin(1e-11));
      CHECK(inputs.output[at(i)] == Approx(supply[at(i)]).margin(1e-11));
    }
    CHECK(sales.output[at(k)] == Approx(w.output(0, at(k))));
  }
}

TEST_CASE("closing nothing changes nothing, and more of it never loses less") {
  const Accounts w = open_world();
  const LeontiefSystem system(w);
  const SupplierClosing supplier{{2, 3}, regions_of(w, {1}), {}};
  const BorderClosing border{regions_of(w, {0}), regions_of(w, {1, 2, 3})};
  for (const Given given : {Given::final_demand, Given::primary_inputs}) {
    std::vector<double> before(12, 0.0);
    for (const double s : {0.0, 0.1, 0.5, 0.9, 1.0}) {
      std::vector<double> now = loss_without(system, supplier, {s, 0.0, given}).output;
      const std::vector<double> second = loss_without(system, border, {s, 0.0, given}).output;
      now.insert(now.end(), second.begin(), second.end());
      for (std::size_t i = 0; i < 12; ++i) {
        if (s == 0.0) CHECK(now[i] == 0.0);
        CHECK(now[i] >= before[i]);
      }
      before = now;
    }
  }
}

TEST_CASE("a supply that falls short loses no more than all of an output, and replacement softens it") {
  const Accounts w = open_world();
  const LeontiefSystem system(w);
  const SupplierClosing supplier{{2, 3}, regions_of(w, {1}), {}};
  std::vector<double> before;
  for (const double replaced : {0.0, 0.5, 1.0}) {
    const Loss loss = loss_without(system, supplier, {1.0, replaced, Given::primary_inputs});
    for (std::size_t i = 0; i < 6; ++i) {
      CHECK(loss.output[i] <= w.output(0, i) * (1 + 1e-14));
      if (!before.empty()) CHECK(loss.output[i] <= before[i] + 1e-12);
    }
    before = loss.output;
  }
  CHECK(before[0] == Approx(0.0).margin(1e-12));  // L buys both products elsewhere: full replacement leaves nothing missing
}

TEST_CASE("imports of one product that fall away leave their users short of them and of nothing else") {
  const Accounts w = open_world();
  const LeontiefSystem system(w);
  const SupplierClosing abroad{{}, regions_of(w, {3}), 0}, other_product{{}, regions_of(w, {3}), 1};
  const Loss loss = loss_without(system, abroad, {1.0, 0.0, Given::primary_inputs});
  Plain p = plain(w);
  for (std::size_t j = 0; j < 6; ++j) p.shortage[j] = w.imports_intermediate(0, j) / w.output(0, j);
  const std::vector<double> l = shares_short(p, {}, 1.0);
  for (std::size_t i = 0; i < 6; ++i) CHECK(loss.output[i] == Approx(l[i] * p.x[i]).margin(1e-11));
  for (const double value : loss_without(system, other_product, {1.0, 0.0, Given::primary_inputs}).output) CHECK(value == 0.0);
}

TEST_CASE("a buyer without another supplier goes without, and is counted") {
  Accounts w = open_world();
  Matrix z = w.intermediate.copy(), y = w.final_use.copy();
  for (const std::size_t i : {1u, 5u}) z(i, 4) = 0.0;  // N.1 buys product 2 from M alone, and it has none of its own
  z(3, 4) = 5.0;
  w.intermediate = std::move(z), w.final_use = std::move(y);
  const LeontiefSystem system(w);
  const Loss loss = loss_without(system, SupplierClosing{{3}, regions_of(w, {1}), {}}, {1.0, 1.0, Given::primary_inputs});
  CHECK(loss.without_other == 1);
  CHECK(loss.output[4] > 5.0);  // the 5 that are missing, and what N.1 and its suppliers then miss of each other
}

TEST_CASE("toyio: what the others lose with each sector of the first region, golden losses of ioanalysis, to 1e-10") {
  NEEDS_SHARED_DATA();
  const std::string io = (test::shared_folder() / "golden/io/toyio_").string();
  const test::Labelled z = test::read_labelled(io + "Z.csv"), f = test::read_labelled(io + "f.csv"),
                       out = test::read_labelled(io + "X.csv");
  const std::size_t n = z.rows.size();
  std::vector<double> x(n);
  for (std::size_t i = 0; i < n; ++i) x[i] = out.values(i, 0);
  const Accounts whole = test::square_accounts(z.rows, z.values, x);
  // The package leaves exports out of final demand: its losses are those of the smaller table L f, and the constant X - L f.
  Matrix demand(1, n);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t k = 0; k < f.columns.size(); ++k) demand(0, i) += f.values(i, k);
  const std::vector<double> smaller = LeontiefSystem(whole).solve(demand).answers.values;
  Matrix flows = z.values;
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j) flows(i, j) *= smaller[j] / x[j];
  const Accounts accounts = test::square_accounts(z.rows, flows, smaller);
  const LeontiefSystem system(accounts);
  int compared = 0;
  for (const CsvRow& row : read_csv(io + "extraction_r1.csv").rows) {
    if (row.fields[0] != "/backward.total") continue;
    const std::size_t i = z.row(row.fields[1]), k = z.row("Hogwarts." + row.fields[2]);
    if (i == k) continue;  // the package lets the sector go on with its own output
    std::vector<bool> own(accounts.regions.size(), false);
    own[at(accounts.cells[k].region)] = true;
    const Loss loss = loss_without(system, SupplierClosing{{static_cast<int>(k)}, own, {}}, {});
    double expected = 0.0;
    read_number(row.fields[3], expected);
    CHECK(x[i] - smaller[i] + loss.output[i] == Approx(expected).epsilon(1e-10));
    ++compared;
  }
  CHECK(compared == 45);
}

TEST_CASE("Miller and Blair, interregional example: what the rest makes without region M, to 1e-10") {
  NEEDS_SHARED_DATA();
  const std::string folder = (test::shared_folder() / "golden/textbook/mb-interregional/").string();
  const test::Labelled table = test::read_labelled(folder + "table.csv");
  const std::vector<std::string> cells(table.rows.begin(), table.rows.begin() + 5);
  Matrix flows(5, 5);
  std::vector<double> output(5);
  for (std::size_t i = 0; i < 5; ++i) {
    output[i] = table.values(i, table.column("output"));
    for (std::size_t j = 0; j < 5; ++j) flows(i, j) = table.values(i, j);
  }
  const Accounts a = test::square_accounts(cells, flows, output);
  const LeontiefSystem system(a);
  const int m = region_index(a, "M");
  const Loss loss = loss_without(system, SupplierClosing{cells_of(a, m), regions_of(a, {m}), {}}, {});
  int compared = 0;
  for (const CsvRow& row : read_csv(folder + "expected.csv").rows) {
    double expected = 0.0;
    read_number(row.fields[3], expected);
    if (row.fields[0] == "HEM_extract_region_M_loss_in_rest") {
      CHECK(loss.output[0] + loss.output[1] + loss.output[2] == Approx(expected).epsilon(1e-10));
      ++compared;
    }
    if (row.fields[0] != "HEM_extract_region_M_output") continue;
    const auto i = static_cast<std::size_t>(std::find(cells.begin(), cells.end(), row.fields[1]) - cells.begin());
    CHECK(output[i] - loss.output[i] == Approx(expected).epsilon(1e-10).margin(1e-9));
    ++compared;
  }
  CHECK(compared == 6);
}
