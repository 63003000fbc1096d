// What a region loses if a supplier or a border closes: output, value added and satellites, by sector and in total.
// Rows stand in the order of the accounts, never by size of the loss: they say how exposed a region is, not whom to hit.
#include "losses.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "dependence.h"
#include "kontor/base/error.h"
#include "kontor/base/sum.h"
#include "kontor/base/text.h"
#include "kontor/indicators/effects.h"
#include "kontor/model/closing.h"

namespace kontor {

namespace {

Closing closing_of(const Settings& settings) {
  constexpr std::string_view sides[] = {"demand", "supply"};
  Closing how;
  how.share = number_setting(settings, "share", 1.0, 0.0, 1.0);
  how.given = word_setting(settings, "side", sides) == "demand" ? Given::final_demand : Given::primary_inputs;
  const auto said = settings.find("replacement");
  if (said == settings.end() || said->second == "none") return how;
  how.replaced = said->second == "proportional" ? 1.0 : number_setting(settings, "replacement", 0.0, 0.0, 1.0);
  return how;
}

// A region, nation or bloc that a setting names.
RegionSet set_named(const Accounts& a, const Question& question, const std::string& setting, const std::string& name) {
  for (const RegionSet& bloc : question.blocs)
    if (bloc.code == name) return bloc;
  if (region_index(a, name) < 0) {
    std::vector<std::string> known;
    for (const RegionSet& bloc : question.blocs) known.push_back(bloc.code);
    for (const Region& r : a.regions) known.push_back(r.code);
    fail(Exit::usage, "unknown-region", "", "", "--with " + setting, "unknown region " + quoted(name), "a region, a nation or a bloc",
         did_you_mean(name, known));
  }
  return region_set(a, {}, name);
}

int sector_named(const Accounts& a, const std::string& name) {
  const int sector = sector_index(a, name);
  if (sector >= 0) return sector;
  std::vector<std::string> codes;
  for (const Sector& s : a.sectors) codes.push_back(s.code);
  fail(Exit::usage, "unknown-sector", "", "", "--with sector", "unknown sector " + quoted(name), "a sector of the accounts",
       did_you_mean(name, codes));
}

bool overlap(const RegionSet& one, const RegionSet& other) {
  return std::any_of(one.regions.begin(), one.regions.end(), [&](int r) { return other.has(r); });
}

/// Rows of one closing for the regions that are exposed to it.
class LossRows {
 public:
  LossRows(const Picture& picture, IndicatorAnswer& answer) : a_(picture.accounts()), answer_(answer), money_(money_unit(a_)) {
    values_.push_back({"output", money_, {a_.output.values().begin(), a_.output.values().end()}, Resolution::cell});
    std::vector<double> added;
    for (std::size_t j = 0; j < a_.cells.size(); ++j) added.push_back(value_added(a_, static_cast<int>(j)));
    values_.push_back({"value_added", money_, std::move(added), Resolution::cell});
    for (std::size_t s = 0; s < a_.satellites.size(); ++s)
      values_.push_back({a_.satellites[s].code,
                         satellite_unit(a_.satellites[s]),
                         {a_.satellite.row(s).begin(), a_.satellite.row(s).end()},
                         a_.satellites[s].resolution});
  }

  /// More than all of something was lost: final purchases below zero are what remains of it.
  bool more_than_all() const { return more_than_all_; }

  /// `loss` by cell; not available, and totals only, if it is empty.
  void add(const RegionSet& exposed, const std::string& partner, const std::vector<double>& loss, bool with_sectors) {
    const std::vector<bool> in = members(a_, exposed);
    for (const Row& row : values_) add_pair(exposed.code, "", partner, row, loss, in, -1);
    for (int s = 0; with_sectors && !loss.empty() && s < static_cast<int>(a_.sectors.size()); ++s)
      for (const Row& row : values_)
        if (row.resolution == Resolution::cell)
          add_pair(exposed.code, a_.sectors[static_cast<std::size_t>(s)].code, partner, row, loss, in, s);
  }

 private:
  struct Row {
    std::string term, unit;
    std::vector<double> base;  // by cell, a year
    Resolution resolution;
  };

  // The loss, and in percent of what the region has.
  void add_pair(const std::string& region, const std::string& sector, const std::string& partner, const Row& row,
                const std::vector<double>& loss, const std::vector<bool>& in, int only) {
    Sum lost, base;
    bool any = false;
    for (std::size_t j = 0; j < a_.cells.size(); ++j) {
      if (!in[static_cast<std::size_t>(a_.cells[j].region)] || (only >= 0 && a_.cells[j].sector != only)) continue;
      any = true;
      const double x = a_.output(0, j);
      base.add(row.base[j]);
      if (x > 0.0) lost.add(loss.empty() ? std::nan("") : row.base[j] * (loss[j] / x));
    }
    if (!any) return;
    const double value = loss.empty() ? std::nan("") : lost.value();
    answer_.rows.push_back({"", region, sector, partner, 0, "", row.term, value, row.unit});
    if (only >= 0 && row.term != "output") return;  // in a sector the other percentages are those of output
    more_than_all_ |= value > base.value() && base.value() > 0.0;
    answer_.rows.push_back({"", region, sector, partner, 0, "", row.term + "_percent", 100.0 * share_of(value, base.value()), "%"});
  }

  const Accounts& a_;
  IndicatorAnswer& answer_;
  std::string money_;
  std::vector<Row> values_;
  bool more_than_all_ = false;
};

void note_reading(const Closing& how, bool border, IndicatorAnswer& answer) {
  if (how.given == Given::final_demand)
    answer.notes.push_back(
        std::string(border ? "demand side: sales across the border that fall away, and what their makers then no longer buy"
                           : "demand side: what the exposed regions no longer sell to the supplier, directly and along the chain") +
        "; that users are short of deliveries is not in it (--with side=supply)");
  else
    answer.notes.push_back(
        "supply side: every user makes less in proportion to what is missing and passes the shortage on (Ghosh); "
        "that sales fall away is not in it (--with side=demand)");
  answer.notes.push_back(
      how.replaced > 0.0
          ? fmt::format("{:.4g} of what is missing is made up by each buyer's other suppliers of the product, pro rata, who are "
                        "taken to have room for it",
                        how.replaced)
          : "nobody finds another supplier or buyer, no stocks, no change of prices or recipes: an upper bound for the first "
            "months; --with replacement=proportional shows what other suppliers would soften");
}

void note_more_than_all(const LossRows& rows, std::vector<std::string>& notes) {
  if (rows.more_than_all())
    notes.push_back("a loss above 100 %: the table's own final purchases below zero (stocks drawn down) are all that remains there");
}

void note_without_other(const Loss& loss, std::vector<std::string>& notes) {
  if (loss.without_other > 0)
    notes.push_back(fmt::format("{} purchases (buyer and product) have no other supplier today and are not made up", loss.without_other));
}

// Columns of L that stand ready: those of a region that is asked about again and again.
const Matrix* kept_columns(const Picture& picture, const std::vector<int>& cells) {
  if (cells.empty()) return nullptr;
  const Accounts& a = picture.accounts();
  const int region = a.cells[static_cast<std::size_t>(cells.front())].region;
  return cells == cells_of(a, region) ? &picture.columns(region) : nullptr;
}

SupplierClosing supplier_closing(const Accounts& a, const RegionSet& supplier, int sector) {
  SupplierClosing what;
  what.region = members(a, supplier);
  if (sector >= 0) what.product = sector;
  for (std::size_t i = 0; i < a.cells.size(); ++i)
    if (supplier.has(a.cells[i].region) && (sector < 0 || a.cells[i].sector == sector)) what.cells.push_back(static_cast<int>(i));
  return what;
}

}  // namespace

IndicatorAnswer loss_supplier(const Picture& picture, const Question& question) {
  const Accounts& a = picture.accounts();
  IndicatorAnswer answer;
  const Closing how = closing_of(question.settings);
  const auto named = question.settings.find("supplier"), of_sector = question.settings.find("sector");
  const int sector = of_sector == question.settings.end() ? -1 : sector_named(a, of_sector->second);
  const std::vector<RegionSet> suppliers =
      named == question.settings.end() ? question.partners : std::vector{set_named(a, question, "supplier", named->second)};
  const bool with_sectors = suppliers.size() == 1 || !question.sectors.empty();
  LossRows rows(picture, answer);
  note_reading(how, false, answer);
  bool only_imports = false, not_its_own = false;
  for (const RegionSet& supplier : suppliers) {
    const SupplierClosing what = supplier_closing(a, supplier, sector);
    const bool no_cells = what.cells.empty() && how.given == Given::final_demand;
    only_imports |= no_cells;
    Loss loss;
    if (!no_cells) loss = loss_without(picture.system(), what, how, kept_columns(picture, what.cells));
    note_without_other(loss, answer.notes);
    for (const RegionSet& exposed : question.regions) {
      if (overlap(exposed, supplier)) {
        not_its_own = true;
        continue;
      }
      rows.add(exposed, supplier.code, loss.output, with_sectors);
    }
  }
  if (only_imports)
    answer.notes.push_back(
        "not available on the demand side: a supplier without production in the accounts (an external region, or no such "
        "sector) buys no inputs there; --with side=supply, or loss_border for sales to it");
  if (not_its_own) answer.notes.push_back("a region that is the supplier, or part of it, has no row: its own loss is what was assumed");
  note_more_than_all(rows, answer.notes);
  if (!with_sectors) answer.notes.push_back("totals only; --with supplier=REGION or --sector shows sectors");
  return answer;
}

IndicatorAnswer loss_border(const Picture& picture, const Question& question) {
  const Accounts& a = picture.accounts();
  IndicatorAnswer answer;
  constexpr std::string_view words[] = {"all", "intermediate", "final"};
  const Closing how = closing_of(question.settings);
  const std::string goods = word_setting(question.settings, "goods", words);
  const auto between = question.settings.find("between"), with = question.settings.find("and");
  std::vector<RegionSet> others = question.partners;
  if (with != question.settings.end()) others = {set_named(a, question, "and", with->second)};
  LossRows rows(picture, answer);
  note_reading(how, true, answer);
  const bool with_sectors = others.size() <= 1 || !question.sectors.empty();
  // One border: `one` against `other`, or against everybody else.
  const auto close = [&](const RegionSet& one, const RegionSet* other) {
    BorderClosing border{members(a, one), other ? members(a, *other) : std::vector<bool>(), goods != "final", goods != "intermediate"};
    if (!other) {
      border.other = border.one;
      border.other.flip();
      for (int r = 0; r < static_cast<int>(a.regions.size()); ++r)  // parents own no cells and no purchases
        if (!is_leaf(a, r)) border.other[static_cast<std::size_t>(r)] = false;
    }
    const Loss loss = loss_without(picture.system(), border, how, kept_columns(picture, near_side(a, border)));
    note_without_other(loss, answer.notes);
    return loss.output;
  };
  if (between != question.settings.end()) {
    const RegionSet one = set_named(a, question, "between", between->second);
    if (others.empty()) {
      const std::vector<double> loss = close(one, nullptr);
      for (const RegionSet& exposed : question.regions) rows.add(exposed, one.code, loss, with_sectors);
    }
    for (const RegionSet& other : others) {
      if (overlap(one, other))
        fail(Exit::usage, "border", "", "", "--with between", quoted(one.code) + " and " + quoted(other.code) + " share a region",
             "two sides without a common region", "name two regions, nations or blocs that are apart");
      const std::vector<double> loss = close(one, &other);
      for (const RegionSet& exposed : question.regions) rows.add(exposed, one.code + "-" + other.code, loss, with_sectors);
    }
    note_more_than_all(rows, answer.notes);
    return answer;
  }
  for (const RegionSet& exposed : question.regions) {
    if (others.empty()) rows.add(exposed, "", close(exposed, nullptr), with_sectors);
    for (const RegionSet& other : others)
      if (!overlap(exposed, other)) rows.add(exposed, other.code, close(exposed, &other), with_sectors);
  }
  note_more_than_all(rows, answer.notes);
  if (!with_sectors) answer.notes.push_back("totals only; one partner or --sector shows sectors");
  return answer;
}

}  // namespace kontor
