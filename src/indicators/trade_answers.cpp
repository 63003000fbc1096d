// Trade of a region, nation or bloc with the others, in goods and in the value added that they hold.
//
//   exports, imports       sales across the border of the set; what its members sell each other is no trade
//   value added in trade   v(i) (L Y_l)(i): what the final use of l pays to the cell i, through however many borders
//
// Sums over suppliers and regions of three tables (trade_tables.h), so a set is one economy by itself: nothing is counted
// twice and nothing has to be taken out.
#include <cmath>
#include <functional>

#include "kontor/indicators/effects.h"
#include "trade_tables.h"
#include "value_added_answers.h"

namespace kontor {

namespace {

/// One set and one side of its trade.
struct Pair {
  const RegionSet& set;
  const Side& side;
  std::vector<int> outside;  // regions of the partner that are not the set's
};

using PairWork = std::function<void(const Pair&, const TradeTables&, IndicatorAnswer&)>;

}  // namespace

// Pairs of which the partner lies inside the set are no trade and have no rows.
static IndicatorAnswer for_each_pair(const Picture& picture, const Question& question, const PairWork& work) {
  const TradeTables tables = trade_tables(picture);
  IndicatorAnswer answer;
  for (const RegionSet& set : question.regions)
    for (const Side& side : sides_of(question)) {
      const Pair pair{set, side, regions_outside(picture.accounts(), side.partner, set)};
      if (!pair.outside.empty() || !side.partner) work(pair, tables, answer);
    }
  answer.notes = rules_applied(picture);
  return answer;
}

namespace {

/// Values by sector of a table from sellers to buyers, and the sectors that the sellers have.
struct BySector {
  std::vector<double> values;
  std::vector<bool> shown;
};

}  // namespace

static BySector sales(const Accounts& a, const Matrix& table, const std::vector<int>& sellers, const std::vector<int>& buyers) {
  return {by_sector(a, table, sellers, buyers), sectors_sold_by(a, sellers)};
}

static std::vector<double> sum(const std::vector<double>& one, const std::vector<double>& other, double sign) {
  std::vector<double> result(one.size());
  for (std::size_t k = 0; k < one.size(); ++k) result[k] = one[k] + sign * other[k];
  return result;
}

static std::vector<bool> either(std::vector<bool> one, const std::vector<bool>& other) {
  for (std::size_t k = 0; k < one.size(); ++k) one[k] = one[k] || other[k];
  return one;
}

static void add_gross(const Picture& picture, const Question& question, const Pair& pair, const TradeTables& t, bool exports,
                      IndicatorAnswer& answer) {
  const Accounts& a = picture.accounts();
  const std::vector<int>&sellers = exports ? pair.set.regions : pair.outside, &buyers = exports ? pair.outside : pair.set.regions;
  const BySector intermediate = sales(a, t.intermediate, sellers, buyers), final_goods = sales(a, t.final_use, sellers, buyers);
  const auto add = [&](const char* term, const std::vector<double>& values) {
    add_by_sector(answer, question, a, pair.set.code, pair.side.code, term, values, intermediate.shown, money_unit(a));
  };
  add("", sum(intermediate.values, final_goods.values, 1.0));
  add("intermediate", intermediate.values);
  add("final", final_goods.values);
}

IndicatorAnswer gross_exports_answer(const Picture& picture, const Question& question) {
  return for_each_pair(picture, question, [&](const Pair& pair, const TradeTables& t, IndicatorAnswer& answer) {
    add_gross(picture, question, pair, t, true, answer);
  });
}

IndicatorAnswer gross_imports_answer(const Picture& picture, const Question& question) {
  return for_each_pair(picture, question, [&](const Pair& pair, const TradeTables& t, IndicatorAnswer& answer) {
    add_gross(picture, question, pair, t, false, answer);
  });
}

static BySector gross(const Accounts& a, const TradeTables& t, const std::vector<int>& sellers, const std::vector<int>& buyers) {
  return {sum(by_sector(a, t.intermediate, sellers, buyers), by_sector(a, t.final_use, sellers, buyers), 1.0), sectors_sold_by(a, sellers)};
}

static void add_balance(const Picture& picture, const Question& question, const Pair& pair, const BySector& sold, const BySector& bought,
                        IndicatorAnswer& answer) {
  add_by_sector(answer, question, picture.accounts(), pair.set.code, pair.side.code, "", sum(sold.values, bought.values, -1.0),
                either(sold.shown, bought.shown), money_unit(picture.accounts()));
}

IndicatorAnswer trade_balance_answer(const Picture& picture, const Question& question) {
  const Accounts& a = picture.accounts();
  return for_each_pair(picture, question, [&](const Pair& pair, const TradeTables& t, IndicatorAnswer& answer) {
    add_balance(picture, question, pair, gross(a, t, pair.set.regions, pair.outside), gross(a, t, pair.outside, pair.set.regions), answer);
  });
}

// Origin and absorption inside the same set is wanted here: the diagonal is what a region finally uses of its own.
IndicatorAnswer value_added_origin_answer(const Picture& picture, const Question& question) {
  const Accounts& a = picture.accounts();
  const TradeTables tables = trade_tables(picture);
  IndicatorAnswer answer;
  for (const RegionSet& set : question.regions)
    for (const RegionSet& absorber : question.partners) {
      const BySector origin = sales(a, tables.origin, set.regions, absorber.regions);
      add_by_sector(answer, question, a, set.code, absorber.code, "", origin.values, origin.shown, money_unit(a));
    }
  answer.notes = rules_applied(picture);
  return answer;
}

IndicatorAnswer value_added_exports_answer(const Picture& picture, const Question& question) {
  const Accounts& a = picture.accounts();
  return for_each_pair(picture, question, [&](const Pair& pair, const TradeTables& t, IndicatorAnswer& answer) {
    const BySector origin = sales(a, t.origin, pair.set.regions, pair.outside);
    add_by_sector(answer, question, a, pair.set.code, pair.side.code, "", origin.values, origin.shown, money_unit(a));
  });
}

IndicatorAnswer value_added_imports_answer(const Picture& picture, const Question& question) {
  const Accounts& a = picture.accounts();
  return for_each_pair(picture, question, [&](const Pair& pair, const TradeTables& t, IndicatorAnswer& answer) {
    const BySector origin = sales(a, t.origin, pair.outside, pair.set.regions);
    add_by_sector(answer, question, a, pair.set.code, pair.side.code, "", origin.values, origin.shown, money_unit(a));
  });
}

IndicatorAnswer value_added_balance_answer(const Picture& picture, const Question& question) {
  const Accounts& a = picture.accounts();
  return for_each_pair(picture, question, [&](const Pair& pair, const TradeTables& t, IndicatorAnswer& answer) {
    add_balance(picture, question, pair, sales(a, t.origin, pair.set.regions, pair.outside),
                sales(a, t.origin, pair.outside, pair.set.regions), answer);
  });
}

IndicatorAnswer vax_ratio_answer(const Picture& picture, const Question& question) {
  const Accounts& a = picture.accounts();
  return for_each_pair(picture, question, [&](const Pair& pair, const TradeTables& t, IndicatorAnswer& answer) {
    const BySector exports = gross(a, t, pair.set.regions, pair.outside);
    std::vector<double> ratio = by_sector(a, t.origin, pair.set.regions, pair.outside);
    for (std::size_t k = 0; k < ratio.size(); ++k) ratio[k] = exports.values[k] > 0.0 ? ratio[k] / exports.values[k] : std::nan("");
    add_by_sector(answer, question, a, pair.set.code, pair.side.code, "", ratio, exports.shown, "ratio");
  });
}

}  // namespace kontor
