// The indicators of dependence asked of both states, and of them what a page can show: totals, suppliers by product, the
// closings that a region's largest suppliers would mean.
#include "kontor/indicators/dependence_of_programme.h"

#include <algorithm>
#include <map>
#include <set>

#include "kontor/base/index.h"
#include "kontor/indicators/before_after.h"
#include "kontor/indicators/indicator.h"
#include "upstream.h"

namespace kontor {

namespace {

constexpr std::size_t suppliers_shown = 3;  // largest of each region, whose closing is asked about

// Regions that make something, nations of several of them (of all: only if somebody else is left), blocs of the programme.
std::vector<RegionSet> sets_of(const Accounts& a, const Programme& programme, const Blocs& blocs) {
  std::vector<RegionSet> sets = single_regions(a);
  const std::size_t leaves = sets.size();
  const bool has_abroad = std::any_of(a.regions.begin(), a.regions.end(), [](const Region& r) { return r.external; });
  for (const Region& region : a.regions) {
    const RegionSet set = region_set(a, {}, region.code);
    if (!region.external && set.regions.size() > 1 && (set.regions.size() < leaves || has_abroad)) sets.push_back(set);
  }
  for (const auto& [name, members] : programme.blocs) sets.push_back(region_set(a, blocs, name));
  return sets;
}

/// The largest suppliers of each region by its purchases in the accounts, users and final users together.
std::map<std::string, std::set<std::string>> largest_suppliers(const Accounts& a) {
  Matrix bought(a.regions.size(), a.regions.size());  // seller by buyer
  for (int supplier = 0; supplier < supplier_count(a); ++supplier)
    for (int buyer = 0; buyer < buyer_count(a); ++buyer)
      bought(at(supplier_region(a, supplier)), at(buyer_region(a, buyer))) += std::max(purchase(a, supplier, buyer), 0.0);
  std::map<std::string, std::set<std::string>> largest;
  for (std::size_t r = 0; r < a.regions.size(); ++r) {
    std::vector<std::size_t> sellers;
    for (std::size_t o = 0; o < a.regions.size(); ++o)
      if (o != r && bought(o, r) > 0.0) sellers.push_back(o);
    std::stable_sort(sellers.begin(), sellers.end(), [&](std::size_t x, std::size_t y) { return bought(x, r) > bought(y, r); });
    for (std::size_t k = 0; k < std::min(suppliers_shown, sellers.size()); ++k)
      largest[a.regions[r].code].insert(a.regions[sellers[k]].code);
  }
  return largest;
}

/// An indicator of the page: what is asked of it, and which of its rows the page needs.
struct Shown {
  const char* name;
  bool by_product = false;
  std::vector<std::string> terms;  // empty: all
};

class Asking {
 public:
  Asking(const Accounts& before, const Accounts& after, const Programme& programme, int year)
      : then_(before), now_(after), year_(year), blocs_(programme.blocs), sets_(sets_of(before, programme, blocs_)) {}

  void add(const Shown& shown, DependenceOfProgramme& out) {
    Question question;
    question.regions = sets_;
    // A region is seen as part of its nation; only where no nation has several regions, of a bloc of the programme.
    const std::vector<Region>& regions = then_.accounts().regions;
    if (std::all_of(regions.begin(), regions.end(), [](const Region& r) { return r.parent.empty(); }))
      for (const auto& [name, members] : blocs_) question.blocs.push_back(region_set(then_.accounts(), blocs_, name));
    put(shown, question, out, [&](const EffectRow& row) { return shown.by_product || row.sector.empty(); });
  }

  void add_losses(DependenceOfProgramme& out) {
    const auto suppliers = largest_suppliers(then_.accounts());
    Question question;
    question.regions = single_regions(then_.accounts());
    question.settings["side"] = "supply";
    std::set<std::string> asked;
    for (const auto& [region, names] : suppliers) asked.insert(names.begin(), names.end());
    for (RegionSet& set : single_regions(then_.accounts(), true))
      if (asked.count(set.code) > 0) question.partners.push_back(std::move(set));
    if (question.partners.empty()) return;
    const Shown shown = {"loss_supplier", false, {"value_added", "value_added_percent"}};
    put(shown, question, out, [&](const EffectRow& row) {
      const auto of = suppliers.find(row.region);
      return row.sector.empty() && of != suppliers.end() && of->second.count(row.partner) > 0;
    });
  }

  void add_upstream_of(const std::vector<NewProduct>& products, DependenceOfProgramme& out) const {
    for (const NewProduct& product : products) {
      std::vector<EffectRow> before, after;
      add_upstream(then_, product, before), add_upstream(now_, product, after);
      const std::vector<EffectRow> rows = before_after(before, after, year_, product.measure);
      out.rows.insert(out.rows.end(), rows.begin(), rows.end());
    }
  }

 private:
  template <class Keep>
  void put(const Shown& shown, const Question& question, DependenceOfProgramme& out, const Keep& keep) const {
    const Indicator& indicator = find_indicator(shown.name);
    std::vector<EffectRow> rows[2];
    const Picture* pictures[] = {&then_, &now_};
    for (int k = 0; k < 2; ++k) {
      IndicatorAnswer answer = ask(indicator, *pictures[k], question);
      for (EffectRow& row : answer.rows) {
        const bool named = shown.terms.empty() || std::find(shown.terms.begin(), shown.terms.end(), row.term) != shown.terms.end();
        if (named && keep(row)) rows[k].push_back(std::move(row));
      }
      for (std::string& note : answer.notes)
        if (std::find(out.notes.begin(), out.notes.end(), note) == out.notes.end()) out.notes.push_back(std::move(note));
    }
    const std::vector<EffectRow> states = before_after(rows[0], rows[1], year_, "");
    out.rows.insert(out.rows.end(), states.begin(), states.end());
  }

  Picture then_, now_;
  int year_;
  Blocs blocs_;
  std::vector<RegionSet> sets_;
};

}  // namespace

DependenceOfProgramme dependence_of_programme(ProgrammeStates& states, const Programme& programme, const Compiled& compiled, int year) {
  const Accounts& before = states.before();
  const Accounts after = states.after(year);
  DependenceOfProgramme out;
  Asking asking(before, after, programme, year);
  asking.add({"self_sufficiency_look_through", false, {}}, out);
  asking.add({"foreign_input_reliance", false, {}}, out);
  asking.add({"supplier_concentration", true, {"importance", "foreign_share", "face_value_foreign", "look_through_foreign"}}, out);
  asking.add_losses(out);
  asking.add_upstream_of(new_products(programme, compiled, before), out);
  add_building_purchases(before, programme, compiled, out.rows);
  return out;
}

}  // namespace kontor
