// A supplier K goes down to 1 - s of its output; a border is crossed by 1 - s of its flows.
//
//   final demand given (who loses sales)
//     supplier:  loss_o = s L_oK L_KK^-1 x_K                            the others make what final demand and the rest of K still ask for
//     border:    (I - A - D) loss = s (deliveries across it)            D = -s A across it
//   primary inputs given (who is short of deliveries): shares of output l, loss = l x
//     supplier:  l_o' = s 1' A_Ko H_oo,  H_oo = (I - A_oo)^-1           border:  l' (I - A - D) = s 1' (inputs across it)
//
// With replacement the flows R that others make up join A, and what they deliver more is no loss: l = H (b + R l), repeated until it
// settles. H and R are nonnegative, so it rises towards the answer whenever there is one (regular splitting; Varga 1962, chapter 3).
// The first is the mixed model with the supplier's output given (Miller and Blair 2009, section 13.2.1) and for s = 1 the
// extraction of Dietzenbacher, van der Linden and Steenge (1993); the second its twin in the model of Ghosh (1958).
#include "kontor/model/closing.h"

#include <algorithm>
#include <cmath>

#include "kontor/base/error.h"
#include "kontor/base/sum.h"
#include "replaced_flows.h"
#include "small_system.h"
#include "taken_out.h"

namespace kontor {

namespace {

constexpr double settled = 1e-13;  // change of a round against the loss, both summed over cells: below it only rounding moves
constexpr int most_rounds = 500;

double size_of(const std::vector<double>& v) {
  double size = 0.0;
  for (const double value : v) size += std::fabs(value);
  return size;
}

using Map = std::function<std::vector<double>(const std::vector<double>&)>;

// l = answer(b + more(l)), from l = answer(b).
std::vector<double> settle(const Map& answer, const Map& more, const std::vector<double>& b, Loss& loss) {
  std::vector<double> total = answer(b), step = total;
  for (loss.rounds = 1; loss.rounds <= most_rounds; ++loss.rounds) {
    step = answer(more(step));
    for (std::size_t i = 0; i < total.size(); ++i) total[i] += step[i];
    if (size_of(step) <= settled * size_of(total)) return total;
  }
  fail(Exit::no_answer, "no-answer", "", "", "", "the replacement did not settle in 500 rounds", "a loss that settles",
       "state a smaller replacement");
}

// R l and l' R with R = flows / output of the buyer.
std::vector<double> times(const LeontiefSystem& system, const Matrix& flows, const std::vector<double>& l) {
  std::vector<double> result(l.size(), 0.0);
  for (std::size_t i = 0; i < l.size(); ++i)
    for (std::size_t j = 0; j < l.size(); ++j) result[i] += flows(i, j) * (l[j] * system.inverse_output(j));
  return result;
}

std::vector<double> times_transposed(const LeontiefSystem& system, const Matrix& flows, const std::vector<double>& l) {
  std::vector<double> result(l.size(), 0.0);
  for (std::size_t i = 0; i < l.size(); ++i)
    for (std::size_t j = 0; j < l.size(); ++j) result[j] += l[i] * flows(i, j);
  for (std::size_t j = 0; j < l.size(); ++j) result[j] *= system.inverse_output(j);
  return result;
}

/// One closing on its way to an answer: what replaces, and the economy that is left.
struct ClosingWork {
  const LeontiefSystem& system;
  const Accounts& a;
  Closing how;
  Replaced replaced;
  Loss loss;

  ClosingWork(const LeontiefSystem& s, const Closing& h) : system(s), a(s.accounts()), how(h) {}

  bool replaces() const { return replaced.flows.rows > 0; }

  // Who loses sales. `direct`: sales that fall away at base output; `held`: cells at 0 in the answer.
  void demand_side(const TakenOut& left, std::vector<double> direct, const std::vector<int>& held) {
    if (replaces()) {
      const std::vector<double> x(a.output.values().begin(), a.output.values().end());
      const std::vector<double> more = times(system, replaced.flows, x);
      for (std::size_t i = 0; i < direct.size(); ++i) direct[i] -= more[i] + replaced.final_use[i];
    }
    const Map answer = [&](const std::vector<double>& b) { return cleared(left.solve(cleared(b, held)), held); };
    const Map more = [&](const std::vector<double>& l) { return times(system, replaced.flows, l); };
    loss.output = replaces() ? settle(answer, more, direct, loss) : answer(direct);
  }

  // Who is short of deliveries: shares of output first.
  void supply_side(const TakenOut& left, const std::vector<int>& held) {
    const Map answer = [&](const std::vector<double>& b) { return cleared(left.solve_transposed(cleared(b, held)), held); };
    const Map more = [&](const std::vector<double>& l) { return times_transposed(system, replaced.flows, l); };
    loss.output = replaces() ? settle(answer, more, replaced.shortage, loss) : answer(replaced.shortage);
    for (std::size_t j = 0; j < loss.output.size(); ++j) loss.output[j] *= a.output(0, j);
  }

  static std::vector<double> cleared(std::vector<double> values, const std::vector<int>& cells) {
    for (const int k : cells) values[static_cast<std::size_t>(k)] = 0.0;
    return values;
  }
};

}  // namespace

Loss loss_without(const LeontiefSystem& system, const SupplierClosing& what, const Closing& how, const Matrix* given_columns) {
  ClosingWork work(system, how);
  const Accounts& a = work.a;
  const std::size_t n = system.size();
  if (how.share == 0.0) return {std::vector<double>(n, 0.0), 0, 0};
  std::vector<bool> closed(static_cast<std::size_t>(supplier_count(a)), false), outside(static_cast<std::size_t>(buyer_count(a)));
  for (const int k : what.cells) closed[static_cast<std::size_t>(k)] = true;
  for (std::size_t i = 0; i < a.imports.size(); ++i)
    closed[n + i] = what.region[static_cast<std::size_t>(a.imports[i].region)] && (!what.product || *what.product == a.imports[i].sector);
  for (std::size_t j = 0; j < outside.size(); ++j)
    outside[j] = !what.region[static_cast<std::size_t>(buyer_region(a, static_cast<int>(j)))];
  const bool demand = how.given == Given::final_demand;
  if (!demand || how.replaced > 0.0)
    work.replaced = replaced_flows(
        a, [&](int i, int j) { return closed[static_cast<std::size_t>(i)] ? how.share * std::max(purchase(a, i, j), 0.0) : 0.0; }, outside,
        how.replaced);
  const Matrix columns = given_columns ? *given_columns : columns_of_inverse(system, what.cells);
  const TakenOut others = cells_held(system, what.cells, columns);
  if (demand && !work.replaces()) {
    // s A_oK x_K reaches the others as s L_oK L_KK^-1 x_K: no solve beside the columns.
    std::vector<double> w;
    for (const int k : what.cells) w.push_back(how.share * a.output(0, static_cast<std::size_t>(k)));
    if (!solve_small(others.c, w))
      fail(Exit::no_answer, "no-answer", "", "", "", "the economy without the supplier has a singular table", "", "run `kontor check`");
    work.loss.output.assign(n, 0.0);
    for (std::size_t k = 0; k < w.size(); ++k)
      for (std::size_t i = 0; i < n; ++i) work.loss.output[i] += w[k] * columns(k, i);
  } else if (demand) {
    std::vector<double> direct(n, 0.0);
    for (std::size_t i = 0; i < n; ++i)
      for (const int k : what.cells) direct[i] += how.share * a.intermediate(i, static_cast<std::size_t>(k));
    work.demand_side(others, direct, what.cells);
  } else {
    work.supply_side(others, what.cells);
  }
  for (const int k : what.cells) work.loss.output[static_cast<std::size_t>(k)] = how.share * a.output(0, static_cast<std::size_t>(k));
  work.loss.without_other = work.replaced.without_other;
  return std::move(work.loss);
}

static std::vector<int> cells_in(const Accounts& a, const std::vector<bool>& regions) {
  std::vector<int> cells;
  for (std::size_t i = 0; i < a.cells.size(); ++i)
    if (regions[static_cast<std::size_t>(a.cells[i].region)]) cells.push_back(static_cast<int>(i));
  return cells;
}

std::vector<int> near_side(const Accounts& a, const BorderClosing& border) {
  std::vector<int> one = cells_in(a, border.one), other = cells_in(a, border.other);
  return one.size() <= other.size() ? one : other;
}

/// Sales across a border that fall away at base output, by cell.
struct Across {
  std::vector<double> intermediate, final;
};

// To users only of the cells in `sold_to_users`, if given: the others' are not asked for.
static Across sales_across(const Accounts& a, const BorderClosing& border, double share, const std::vector<int>* sold_to_users) {
  const std::size_t n = a.cells.size();
  Across across{std::vector<double>(n, 0.0), std::vector<double>(n, 0.0)};
  for (const auto& [sellers, buyers] : {std::pair(&border.one, &border.other), std::pair(&border.other, &border.one)}) {
    const std::vector<int> buying = border.intermediate ? cells_in(a, *buyers) : std::vector<int>();
    std::vector<std::size_t> uses;
    for (std::size_t f = 0; border.final && f < a.final_uses.size(); ++f)
      if ((*buyers)[static_cast<std::size_t>(a.final_uses[f].region)]) uses.push_back(f);
    for (const int cell : cells_in(a, *sellers)) {
      const auto i = static_cast<std::size_t>(cell);
      Sum to_users, to_final;
      const bool users = !sold_to_users || std::binary_search(sold_to_users->begin(), sold_to_users->end(), cell);
      for (std::size_t k = 0; users && k < buying.size(); ++k) to_users.add(a.intermediate(i, static_cast<std::size_t>(buying[k])));
      for (const std::size_t f : uses) to_final.add(a.final_use(i, f));
      across.intermediate[i] = share * to_users.value(), across.final[i] = share * to_final.value();
    }
  }
  return across;
}

// L times those sales. The cells of the near side have their columns at hand, and what they buy across the border stands in `left`:
// a solve is needed only for final goods that the far side sells.
static std::vector<double> called_for(const TakenOut& left, const Across& across, const std::vector<int>& near, const Accounts& a,
                                      double share) {
  const std::size_t n = across.final.size(), q = near.size();
  Matrix far(1, n);
  far.values = across.final;
  for (const int k : near) far(0, static_cast<std::size_t>(k)) = 0.0;
  const bool any = std::any_of(far.values.begin(), far.values.end(), [](double value) { return value != 0.0; });
  std::vector<double> t = any ? left.system->solve(far).answers.values : std::vector<double>(n, 0.0);
  for (std::size_t r = 0; r < q; ++r) {
    const auto k = static_cast<std::size_t>(near[r]);
    const double sold = across.intermediate[k] + across.final[k], bought = share * a.output(0, k);
    for (std::size_t i = 0; i < n; ++i) t[i] += sold * left.lu(r, i) + bought * left.lu(q + r, i);
  }
  return t;
}

Loss loss_without(const LeontiefSystem& system, const BorderClosing& what, const Closing& how, const Matrix* given_columns) {
  ClosingWork work(system, how);
  const Accounts& a = work.a;
  const std::size_t n = system.size();
  if (how.share == 0.0) return {std::vector<double>(n, 0.0), 0, 0};
  const auto crosses = [&](int supplier, int buyer) {
    const auto from = static_cast<std::size_t>(supplier_region(a, supplier)), to = static_cast<std::size_t>(buyer_region(a, buyer));
    const bool kind = buyer < static_cast<int>(n) ? what.intermediate : what.final;
    return kind && ((what.one[from] && what.other[to]) || (what.other[from] && what.one[to]));
  };
  const bool demand = how.given == Given::final_demand;
  if (!demand || how.replaced > 0.0)
    work.replaced = replaced_flows(
        a, [&](int i, int j) { return crosses(i, j) ? how.share * std::max(purchase(a, i, j), 0.0) : 0.0; },
        std::vector<bool>(static_cast<std::size_t>(buyer_count(a)), true), how.replaced);

  const std::vector<int> near = near_side(a, what);
  const bool near_is_one = !near.empty() && what.one[static_cast<std::size_t>(a.cells[static_cast<std::size_t>(near.front())].region)];
  std::vector<bool> far(n);
  for (std::size_t i = 0; i < n; ++i) far[i] = (near_is_one ? what.other : what.one)[static_cast<std::size_t>(a.cells[i].region)];
  TakenOut left{&system, {}, {}, {}};
  if (what.intermediate && !near.empty())
    left = flows_cut(system, near, far, how.share, given_columns ? *given_columns : columns_of_inverse(system, near));
  if (demand) {
    const bool by_columns = left.v.rows > 0 && !work.replaces();
    const Across across = sales_across(a, what, how.share, by_columns ? &near : nullptr);
    if (by_columns) {
      work.loss.output = left.without(called_for(left, across, near, a, how.share));
    } else {
      std::vector<double> direct = across.intermediate;
      for (std::size_t i = 0; i < n; ++i) direct[i] += across.final[i];
      work.demand_side(left, direct, {});
    }
  } else {
    work.supply_side(left, {});
  }
  work.loss.without_other = work.replaced.without_other;
  return std::move(work.loss);
}

}  // namespace kontor
