// Indicators of pairs of regions: complementarity, intra-industry trade, third markets.
#include <algorithm>
#include <cmath>

#include "kontor/base/sum.h"
#include "product_trade.h"
#include "rows_of.h"
#include "specialisation.h"

namespace kontor {

namespace {

bool overlap(const RegionSet& a, const RegionSet& b) {
  return std::any_of(a.regions.begin(), a.regions.end(), [&](int r) { return b.has(r); });
}

// Calls visit(A, B) for every pair of a region and a partner that have no region in common.
void for_each_pair(const Question& question, const auto& visit) {
  for (const RegionSet& a : question.regions)
    for (const RegionSet& b : question.partners)
      if (!overlap(a, b)) visit(a, b);
}

void finish(const Accounts& a, const Question& question, const ProductTrade& trade, IndicatorAnswer& answer) {
  if (!trade.negative_note().empty()) answer.notes.push_back(trade.negative_note());
  const auto external = [&](const RegionSet& set) {
    return std::any_of(set.regions.begin(), set.regions.end(), [&](int r) { return a.regions[static_cast<std::size_t>(r)].external; });
  };
  if (std::any_of(question.partners.begin(), question.partners.end(), external))
    answer.notes.emplace_back("of an external region these accounts know only its trade with the others");
  bool shared = false;
  for (const RegionSet& x : question.regions)
    for (const RegionSet& y : question.partners) shared |= overlap(x, y) && x.regions != y.regions;
  if (shared) answer.notes.emplace_back("pairs that share a region have no row");
}

// Parts of sum_i min(a_i, b_i) for two lists of amounts as shares of their sums; NaN where a sum is nothing.
std::vector<double> common_shares(const std::vector<double>& a, const std::vector<double>& b) {
  const double all_a = sum_of(a), all_b = sum_of(b);
  std::vector<double> parts(a.size(), std::nan(""));
  if (all_a > 0.0 && all_b > 0.0)
    for (std::size_t p = 0; p < a.size(); ++p) parts[p] = std::min(a[p] / all_a, b[p] / all_b);
  return parts;
}

void put_parts(const Accounts& a, const RegionSet& region, const RegionSet& partner, const std::vector<double>& parts,
               IndicatorAnswer& answer) {
  for (std::size_t p = 0; p < parts.size(); ++p)
    answer.rows.push_back(row_of(region, a.sectors[p].code, "", parts[p], "share", partner.code));
  answer.rows.push_back(row_of(region, "", "", sum_of(parts), "share", partner.code));
}

}  // namespace

IndicatorAnswer complementarities(const Picture& picture, const Question& question) {
  const Accounts& a = picture.accounts();
  const ProductTrade trade(a);
  IndicatorAnswer answer;
  for_each_pair(question, [&](const RegionSet& seller, const RegionSet& buyer) {
    put_parts(a, seller, buyer, common_shares(trade.exports(seller), trade.imports(buyer)), answer);
  });
  finish(a, question, trade, answer);
  return answer;
}

IndicatorAnswer export_similarities(const Picture& picture, const Question& question) {
  const Accounts& a = picture.accounts();
  const ProductTrade trade(a);
  IndicatorAnswer answer;
  for_each_pair(question, [&](const RegionSet& one, const RegionSet& other) {
    const RegionSet third = trade.outside(one, other);
    put_parts(a, one, other, common_shares(trade.between(one, third), trade.between(other, third)), answer);
  });
  finish(a, question, trade, answer);
  return answer;
}

IndicatorAnswer intra_industry_trades(const Picture& picture, const Question& question) {
  const Accounts& a = picture.accounts();
  const ProductTrade trade(a);
  IndicatorAnswer answer;
  const auto pair = [&](const RegionSet& set, const RegionSet& other, const std::string& partner) {
    const std::vector<double> sold = trade.between(set, other), bought = trade.between(other, set);
    Sum apart, all;
    for (std::size_t p = 0; p < sold.size(); ++p) {
      const double both = sold[p] + bought[p], gap = std::fabs(sold[p] - bought[p]);
      apart.add(gap), all.add(both);
      answer.rows.push_back(row_of(set, a.sectors[p].code, "", both > 0.0 ? 1.0 - gap / both : std::nan(""), "share", partner));
    }
    answer.rows.push_back(row_of(set, "", "", all.value() > 0.0 ? 1.0 - apart.value() / all.value() : std::nan(""), "share", partner));
  };
  if (question.partners.empty())
    for (const RegionSet& set : question.regions) pair(set, trade.outside(set), "");
  for_each_pair(question, [&](const RegionSet& set, const RegionSet& other) { pair(set, other, other.code); });
  finish(a, question, trade, answer);
  return answer;
}

IndicatorAnswer third_market_shares(const Picture& picture, const Question& question) {
  const Accounts& a = picture.accounts();
  const ProductTrade trade(a);
  IndicatorAnswer answer;
  for_each_pair(question, [&](const RegionSet& one, const RegionSet& other) {
    const RegionSet third = trade.outside(one, other);
    RegionSet everybody;
    for (int r = 0; r < static_cast<int>(a.regions.size()); ++r) everybody.regions.push_back(r);
    const std::vector<double> own = trade.between(one, third), all = trade.between(everybody, third);
    for (std::size_t p = 0; p < own.size(); ++p)
      answer.rows.push_back(row_of(one, a.sectors[p].code, "", all[p] > 0.0 ? own[p] / all[p] : std::nan(""), "share", other.code));
    const double total = sum_of(all);
    answer.rows.push_back(row_of(one, "", "", total > 0.0 ? sum_of(own) / total : std::nan(""), "share", other.code));
  });
  finish(a, question, trade, answer);
  return answer;
}

}  // namespace kontor
