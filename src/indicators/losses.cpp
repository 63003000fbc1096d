// What a region loses if a supplier or a border closes: output, value added and satellites, by sector and in total.
// Rows stand in the order of the accounts, never by size of the loss: they say how exposed a region is, not whom to hit.
#include "losses.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "dependence.h"
#include "kontor/base/error.h"
#include "kontor/base/text.h"
#include "kontor/model/closing.h"
#include "lost_rows.h"

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
          ? fmt::format("{:.4g} % of what is missing is made up by each buyer's other suppliers of the product, pro rata, who are "
                        "taken to have room for it",
                        100.0 * how.replaced)
          : "nobody finds another supplier or buyer, no stocks, no change of prices or recipes: an upper bound for the first "
            "months; --with replacement=proportional shows what other suppliers would soften");
}

void note_more_than_all(const LossRows& rows, std::vector<std::string>& notes) {
  if (rows.more_than_all())
    notes.push_back("a loss above 100 %: the table's own final purchases below zero (stocks drawn down) are all that remains there");
}

void note_without_other(std::size_t count, std::vector<std::string>& notes) {
  if (count > 0) notes.push_back(fmt::format("{} purchases (buyer and product) have no other supplier today and are not made up", count));
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
  std::size_t without_other = 0;
  for (const RegionSet& supplier : suppliers) {
    const SupplierClosing what = supplier_closing(a, supplier, sector);
    const bool no_cells = what.cells.empty() && how.given == Given::final_demand;
    only_imports |= no_cells;
    Loss loss;
    if (!no_cells) loss = loss_without(picture.system(), what, how, kept_columns(picture, what.cells));
    without_other += loss.without_other;
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
  note_without_other(without_other, answer.notes);
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
  std::size_t without_other = 0;
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
    without_other += loss.without_other;
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
    note_without_other(without_other, answer.notes);
    return answer;
  }
  for (const RegionSet& exposed : question.regions) {
    if (others.empty()) rows.add(exposed, "", close(exposed, nullptr), with_sectors);
    for (const RegionSet& other : others)
      if (!overlap(exposed, other)) rows.add(exposed, other.code, close(exposed, &other), with_sectors);
  }
  note_more_than_all(rows, answer.notes);
  note_without_other(without_other, answer.notes);
  if (!with_sectors) answer.notes.push_back("totals only; one partner or --sector shows sectors");
  return answer;
}

}  // namespace kontor
