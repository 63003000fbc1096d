#include "report/effect_index.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "kontor/base/sum.h"

namespace kontor {

static std::string joined_key(const std::string& indicator, const std::string& region, const std::string& sector,
                              const std::string& partner, int year, const std::string& measure, const std::string& term) {
  std::string key;
  for (const std::string* part : {&indicator, &region, &sector, &partner, &measure, &term})
    key.append(*part) += '\x1f';  // no label holds it
  return key += std::to_string(year);
}

EffectIndex::EffectIndex(const std::vector<EffectRow>& rows) {
  values_.reserve(rows.size());
  for (const EffectRow& r : rows)
    values_.emplace(joined_key(r.indicator, r.region, r.sector, r.partner, r.year, r.measure, r.term), r.value);
}

double EffectIndex::at(const EffectKey& k) const {
  const auto found = values_.find(joined_key(k.indicator, k.region, k.sector, k.partner, k.year, k.measure, k.term));
  return found == values_.end() ? std::nan("") : found->second;
}

bool EffectIndex::has(const EffectKey& k) const {
  return values_.count(joined_key(k.indicator, k.region, k.sector, k.partner, k.year, k.measure, k.term)) > 0;
}

double EffectIndex::change(const EffectKey& key) const { return has(key) ? at(key) : 0.0; }

bool is_trustworthy(const Certificate& certificate) { return certificate.solved() && certificate.digits >= fewest_digits; }

ReportView::ReportView(const Result& from) : result(from), index(from.effects) {
  for (int r = 0; r < static_cast<int>(result.accounts.regions.size()); ++r)
    if (is_leaf(result.accounts, r) && !result.accounts.regions[static_cast<std::size_t>(r)].external) regions.push_back(r);
  std::set<int> found;
  for (const EffectRow& row : result.effects)
    if (row.year > 0 && (row.indicator == "value_added" || row.indicator == "output")) found.insert(row.year);
  years.assign(found.begin(), found.end());
  last_year = result.programme.last_year ? result.programme.last_year : (years.empty() ? 0 : years.back());
  peak_year = last_year;
  for (const int year : years)
    if (std::fabs(total("value_added", year)) > std::fabs(total("value_added", peak_year))) peak_year = year;
  // Rows in detail are there for one year beside the last: that of the largest gains and losses, which may cancel in a total.
  if (result.years_in_detail == std::vector<int>{last_year}) peak_year = last_year;
  for (const int year : result.years_in_detail)
    if (year != last_year && index.has({"value_added", "", "", year, "", "", ""})) peak_year = year;
  // Cheaper supply leaves no purchases behind, but it lasts: real income says so.
  const auto no_net_left = [&] {
    constexpr double rounding = 1e-6;  // share of the largest year: what two solutions of one economy differ by
    double largest = 0.0, left = 0.0;
    for (const int r : regions)
      for (const int year : years) {
        const double v = std::fabs(
            index.change({"equivalent_variation", result.accounts.regions[static_cast<std::size_t>(r)].code, "", year, "", "", ""}));
        largest = std::max(largest, v);
        if (year == last_year) left = std::max(left, v);
      }
    return left <= rounding * largest;
  };
  const auto nothing_left = [&] {
    // What a region gains another may lose: the total alone does not say that nothing happens.
    constexpr double rounding = 1e-9;  // share of the peak
    double largest = std::fabs(total("value_added", last_year));
    for (const int r : regions)
      largest = std::max(
          largest,
          std::fabs(index.change({"value_added", result.accounts.regions[static_cast<std::size_t>(r)].code, "", last_year, "", "", ""})));
    return largest <= rounding * std::fabs(total("value_added", peak_year)) && no_net_left();
  };
  shown_year = nothing_left() ? peak_year : last_year;
  answered = is_trustworthy(result.certificate);
  for (const Written& m : result.programme.measures) (is_committed(m) ? committed : pipeline).push_back(&m);
}

std::vector<int> ReportView::detail_years() const {
  if (peak_year == shown_year) return {shown_year};
  return {shown_year, peak_year};
}

double ReportView::change(const std::string& indicator, const std::string& region, const std::string& sector) const {
  return index.change({indicator, region, sector, shown_year, "", "", ""});
}

double ReportView::level(const std::string& indicator, const std::string& region) const {
  return index.at({indicator + "_base", region, "", result.accounts.year, "", "", ""});
}

double ReportView::total(const std::string& indicator, int year) const { return index.change({indicator, "", "", year, "", "", ""}); }

std::string ReportView::region_name(const std::string& code) const {
  const int r = region_index(result.accounts, code);
  if (r < 0) return code;
  const std::string& name = result.accounts.regions[static_cast<std::size_t>(r)].name;
  return name.empty() ? code : name;
}

std::string ReportView::sector_name(const std::string& code) const {
  const int s = sector_index(result.accounts, code);
  if (s < 0) return code;
  const std::string& name = result.accounts.sectors[static_cast<std::size_t>(s)].name;
  return name.empty() ? code : name;
}

const Satellite* ReportView::jobs() const {
  for (const char* code : {"jobs", "employment", "persons"})
    if (const int s = satellite_index(result.accounts, code); s >= 0) return &result.accounts.satellites[static_cast<std::size_t>(s)];
  return nullptr;
}

// Sums of trade rows by pair: the written total where there is one, else the sum over sectors.
namespace {
struct PairSums {
  std::map<std::pair<int, int>, double> totals;
  std::map<std::pair<int, int>, Sum> by_sector;

  void add(std::pair<int, int> pair, const EffectRow& row) {
    if (row.sector.empty())
      totals[pair] = row.value;
    else
      by_sector[pair].add(row.value);
  }
  bool has(std::pair<int, int> pair) const { return totals.count(pair) || by_sector.count(pair); }
  double at(std::pair<int, int> pair) const {
    if (const auto total = totals.find(pair); total != totals.end()) return total->second;
    const auto sum = by_sector.find(pair);
    return sum == by_sector.end() ? std::nan("") : sum->second.value();
  }
};
}  // namespace

double ReportView::jobs_change(const std::string& region, const std::string& measure) const {
  if (!index.has({"value_added", region, "", shown_year, measure, "", ""})) return 0.0;
  const double all = index.at({jobs_indicator(), region, "", shown_year, measure, "", ""});
  return std::isfinite(all) ? all : index.at({jobs_indicator(), region, "", shown_year, measure, "where known", ""});
}

std::string ReportView::jobs_indicator() const { return jobs() ? jobs()->code : "jobs"; }

std::vector<PairChange> trade_between_regions(const ReportView& view, int year, const std::string& indicator, const std::string& term) {
  const Accounts& accounts = view.result.accounts;
  PairSums changes, bases;
  for (const EffectRow& row : view.result.effects) {
    const bool is_base = row.indicator == "trade_base";
    if ((!is_base && row.indicator != indicator) || !row.measure.empty() || row.term != (is_base ? "" : term)) continue;
    if (row.year != year && !is_base) continue;  // the level has the year of the accounts
    const std::pair<int, int> pair = {region_index(accounts, row.region), region_index(accounts, row.partner)};
    if (pair.first >= 0 && pair.second >= 0) (is_base ? bases : changes).add(pair, row);
  }
  std::vector<PairChange> result;
  const int count = static_cast<int>(accounts.regions.size());
  for (int from = 0; from < count; ++from)
    for (int to = 0; to < count; ++to)
      if (changes.has({from, to}))
        result.push_back({accounts.regions[static_cast<std::size_t>(from)].code, accounts.regions[static_cast<std::size_t>(to)].code,
                          changes.at({from, to}), bases.at({from, to})});
  return result;
}

std::vector<std::string> unproven_measures(const Result& result) {
  std::vector<std::string> ids;
  for (const DefaultUsed& d : result.defaults)
    if (d.field.rfind("additional", 0) == 0 && std::find(ids.begin(), ids.end(), d.measure) == ids.end()) ids.push_back(d.measure);
  return ids;
}

std::string without_folder(const std::string& place) {
  const std::size_t slash = place.find_last_of('/');
  return slash == std::string::npos ? place : place.substr(slash + 1);
}

}  // namespace kontor
