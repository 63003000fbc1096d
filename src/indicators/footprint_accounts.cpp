#include "footprint_accounts.h"

#include <algorithm>
#include <cmath>

#include "cell_groups.h"
#include "kontor/base/sum.h"
#include "rows_of.h"

namespace kontor {

namespace {

using Values = std::vector<double>;

bool has_accounts(const Accounts& a, const RegionSet& set) {
  return std::any_of(a.cells.begin(), a.cells.end(), [&](const Cell& cell) { return set.has(cell.region); });
}

// Of an external region no satellite is known: of a partner that holds one, neither.
bool has_external(const Accounts& a, const RegionSet& set) {
  return std::any_of(set.regions.begin(), set.regions.end(), [&](int r) { return a.regions[static_cast<std::size_t>(r)].external; });
}

bool overlap(const RegionSet& x, const RegionSet& y) {
  return std::any_of(x.regions.begin(), x.regions.end(), [&](int r) { return y.has(r); });
}

/// Everything that rows of one flow are made of.
class Accounting {
 public:
  Accounting(const Picture& picture, const Question& question, const FootprintFlow& flow)
      : picture_(picture), a_(picture.accounts()), question_(question), flow_(flow) {
    everywhere_.regions.resize(a_.regions.size());
    for (std::size_t r = 0; r < a_.regions.size(); ++r) everywhere_.regions[r] = static_cast<int>(r);
    products_ = cell_groups(a_, everywhere_, flow.satellite);
    solve();
  }

  bool known(const RegionSet& where) const { return known_in(where, true); }
  bool known_outside(const RegionSet& set) const { return known_in(set, false); }
  const std::vector<CellGroup>& products() const { return products_; }

  double produced(const CellGroup& group) const { return group_sum(group, flow_.flows); }

  // Made in the group for final use in, or outside, a set.
  double made_for(const CellGroup& group, const RegionSet& users, bool outside) const {
    const Matrix& called = picture_.called_for();
    Sum sum;
    for (const std::size_t i : group.cells)
      for (std::size_t r = 0; r < called.columns; ++r)
        if (users.has(static_cast<int>(r)) != outside) sum.add(flow_.per_output[i] * called(i, r));
    return sum.value();
  }

  // Behind the set's final use of a group of products: of panel row `k`, and at face value what came from `origins`.
  double behind(const CellGroup& products, std::size_t k, const RegionSet& users, const RegionSet& origins) const {
    const Matrix& use = picture_.final_use();
    Sum sum;
    for (const std::size_t j : products.cells)
      for (const int r : users.regions) sum.add(multipliers_(k, j) * use(j, static_cast<std::size_t>(r)));
    for (std::size_t i = 0; i < a_.imports.size() && !flow_.satellite; ++i) {
      if (!origins.has(a_.imports[i].region)) continue;
      const std::string& product = a_.sectors[static_cast<std::size_t>(a_.imports[i].sector)].code;
      if (!products.label.empty() && products.label != product) continue;
      for (std::size_t f = 0; f < a_.final_uses.size(); ++f)
        if (users.has(a_.final_uses[f].region)) sum.add(a_.imports_final(i, f));
    }
    return sum.value();
  }

  double consumed(const CellGroup& products, std::size_t s) const { return behind(products, 0, question_.regions[s], everywhere_); }
  double imported(const CellGroup& products, std::size_t s) const { return behind(products, 1 + s, question_.regions[s], everywhere_); }
  double imported_from(const CellGroup& products, std::size_t s, std::size_t p) const {
    return behind(products, 1 + question_.regions.size() + p, question_.regions[s], question_.partners[p]);
  }

  // What the set's final users emit or use themselves; 0 where the accounts hold no such numbers.
  double direct(const RegionSet& set) const {
    Sum sum;
    for (std::size_t f = 0; f < flow_.direct.size(); ++f)
      if (set.has(a_.final_uses[f].region)) sum.add(flow_.direct[f]);
    return sum.value();
  }

 private:
  bool known_in(const RegionSet& set, bool inside) const {
    return std::none_of(flow_.unknown.begin(), flow_.unknown.end(),
                        [&](std::size_t i) { return set.has(a_.cells[i].region) == inside && a_.output(0, i) > 0.0; });
  }

  // f' L for f everywhere, outside each set and in each partner; cells that are not known count as none.
  void solve() {
    const std::size_t n = a_.cells.size(), sets = question_.regions.size();
    Matrix panel(1 + sets + question_.partners.size(), n);
    for (std::size_t k = 0; k < panel.rows; ++k)
      for (std::size_t j = 0; j < n; ++j) {
        const int region = a_.cells[j].region;
        const bool counts = k == 0 || (k <= sets ? !question_.regions[k - 1].has(region) : question_.partners[k - 1 - sets].has(region));
        if (counts && !std::isnan(flow_.per_output[j])) panel(k, j) = flow_.per_output[j];
        for (std::size_t i = 0; i < a_.imports.size() && !flow_.satellite; ++i)
          if (k <= sets || question_.partners[k - 1 - sets].has(a_.imports[i].region))
            panel(k, j) += a_.imports_intermediate(i, j) * picture_.system().inverse_output(j);
      }
    multipliers_ = picture_.system().solve_transposed(panel).answers;
  }

  const Picture& picture_;
  const Accounts& a_;
  const Question& question_;
  const FootprintFlow& flow_;
  RegionSet everywhere_;
  std::vector<CellGroup> products_;
  Matrix multipliers_;
};

void add_notes(const Picture& picture, const FootprintFlow& flow, IndicatorAnswer& answer) {
  const Accounts& a = picture.accounts();
  if (!flow.unknown.empty())
    answer.notes.push_back(flow.code + ": no number for " + cells_in_words(a, flow.unknown) +
                           ": sums with them are not available; terms `..._known` leave them out and are lower bounds");
  if (std::any_of(flow.direct.begin(), flow.direct.end(), [](double value) { return std::isnan(value); }))
    answer.notes.push_back(flow.code +
                           ": some final users have a number of their own and others none: totals of regions with such gaps are "
                           "not available; the accounts must say 0 where there is nothing");
  if (!a.imports.empty())
    answer.notes.push_back(flow.code + (flow.satellite ? ": what is behind imports from external regions is not known and not in it"
                                                       : ": imports from external regions count at face value, as value added there"));
}

}  // namespace

void add_footprint_rows(const Picture& picture, const Question& question, const FootprintFlow& flow, const std::string& indicator,
                        IndicatorAnswer& answer) {
  const Accounts& a = picture.accounts();
  const Accounting accounting(picture, question, flow);
  const double nan = std::nan("");
  for (std::size_t s = 0; s < question.regions.size(); ++s) {
    const RegionSet& set = question.regions[s];
    const auto put = [&](const std::string& sector, const char* term, double value, const std::string& partner = "") {
      answer.rows.push_back(row_of(set, sector, term, value, flow.unit, partner));
      answer.rows.back().indicator = indicator;
    };
    if (!has_accounts(a, set)) {
      for (const char* term : {"production", "consumption", "exports", "imports"})
        if (question.partners.empty()) put("", term, nan);
      answer.notes.push_back(set.code + " has no production accounts: not available");
      continue;
    }
    const std::vector<CellGroup> makers = cell_groups(a, set, flow.satellite);
    for (std::size_t p = 0; p < question.partners.size(); ++p) {
      const RegionSet& partner = question.partners[p];
      if (overlap(set, partner)) continue;
      for (const CellGroup& group : makers) put(group.label, "exports", accounting.made_for(group, partner, false), partner.code);
      const bool known = accounting.known(partner) && !(flow.satellite && has_external(a, partner));
      for (const CellGroup& group : accounting.products())
        put(group.label, "imports", known ? accounting.imported_from(group, s, p) : nan, partner.code);
    }
    if (!question.partners.empty()) continue;

    const double direct = accounting.direct(set);
    const bool all_known = accounting.known(set) && accounting.known_outside(set), others_known = accounting.known_outside(set);
    for (const CellGroup& group : makers) {
      put(group.label, "production", accounting.produced(group) + (group.label.empty() ? direct : 0.0));
      put(group.label, "exports", accounting.made_for(group, set, true));
    }
    for (const CellGroup& group : accounting.products()) {
      const double consumed = accounting.consumed(group, s) + (group.label.empty() ? direct : 0.0),
                   imported = accounting.imported(group, s);
      put(group.label, "consumption", all_known ? consumed : nan);
      put(group.label, "imports", others_known ? imported : nan);
      if (!all_known) put(group.label, "consumption_known", consumed);
      if (!others_known) put(group.label, "imports_known", imported);
    }
    if (!flow.direct.empty()) put("", "direct", direct);
  }
  add_notes(picture, flow, answer);
}

}  // namespace kontor
