// Self-sufficiency at face value, by product p of a region or bloc R, and looking through the chains.
//
//   own_deliveries   what R delivers to R / what R uses of p
//   output           x / (x - exports + imports) of p
//   look-through     the value of R's final purchases of p, by the region where it was added:
//                    own, rest of its bloc, others (abroad included), and product taxes on the way; they add up to 1
#include <fmt/format.h>

#include "dependence.h"
#include "kontor/base/sum.h"

namespace kontor {

IndicatorAnswer self_sufficiency(const Picture& picture, const Question& question) {
  const Accounts& a = picture.accounts();
  IndicatorAnswer answer;
  const Matrix bought = all_purchases(a, final_purchases(picture, question, answer.notes));
  const std::size_t n = a.cells.size(), products = a.sectors.size();
  for (const RegionSet& set : question.regions) {
    const std::vector<bool> in = members(a, set);
    const std::vector<double> here = bought_by(set, bought);
    std::vector<Sum> own(products + 1), use(products + 1), out(products + 1), made(products + 1);  // the last: all products
    for (std::size_t i = 0; i < bought.rows; ++i) {
      const auto p = static_cast<std::size_t>(product_of(a, static_cast<int>(i)));
      const bool from_here = in[static_cast<std::size_t>(supplier_region(a, static_cast<int>(i)))];
      double elsewhere = 0.0;
      for (std::size_t r = 0; from_here && r < bought.columns; ++r) elsewhere += in[r] ? 0.0 : bought(i, r);
      for (const std::size_t k : {p, products}) {
        use[k].add(here[i]);
        if (!from_here) continue;
        own[k].add(here[i]), out[k].add(elsewhere);
        if (i < n) made[k].add(a.output(0, i));
      }
    }
    for (std::size_t k = 0; k <= products; ++k) {
      const std::size_t p = k == 0 ? products : k - 1;  // the total first
      const std::string sector = p == products ? "" : a.sectors[p].code;
      const double imports = use[p].value() - own[p].value();
      answer.rows.push_back({"", set.code, sector, "", 0, "", "own_deliveries", share_of(own[p].value(), use[p].value()), "share"});
      answer.rows.push_back(
          {"", set.code, sector, "", 0, "", "output", share_of(made[p].value(), made[p].value() - out[p].value() + imports), "ratio"});
    }
  }
  return answer;
}

// Says what part of the purchases has no origin: bought of cells without output, or of columns whose costs do not add up.
static void note_without_origin(const std::vector<double>& purchases, const Matrix& value, const std::string& code,
                                std::vector<std::string>& notes) {
  const double bought = sum_of(purchases);
  Sum found;
  for (std::size_t o = 0; o < value.rows; ++o) found.add(value(o, value.columns - 1));
  const double gap = 1.0 - found.value() / bought;
  if (std::fabs(gap) > 1e-6)
    notes.push_back(
        fmt::format("{}: {:.2g} % of final purchases have no origin (cells without output, or whose costs do not add up to it); "
                    "shares are of the rest",
                    code, 100.0 * gap));
}

IndicatorAnswer self_sufficiency_look_through(const Picture& picture, const Question& question) {
  const Accounts& a = picture.accounts();
  IndicatorAnswer answer;
  const Matrix final = final_purchases(picture, question, answer.notes);
  note_negative_value_added(picture, answer.notes);
  const std::size_t products = a.sectors.size(), taxes = a.regions.size();
  bool taxed = false;
  for (const PrimaryRow& row : a.primary_rows) taxed = taxed || !row.value_added;
  for (const RegionSet& set : question.regions) {
    const std::vector<bool> in = members(a, set);
    const std::vector<double> bought = bought_by(set, final);
    const Matrix value = value_by_origin(picture, bought);
    const std::vector<RegionSet> blocs = blocs_around(a, question, set);
    note_without_origin(bought, value, set.code, answer.notes);
    for (std::size_t k = 0; k <= products; ++k) {
      const std::size_t p = k == 0 ? products : k - 1;
      const std::string sector = p == products ? "" : a.sectors[p].code;
      Sum whole;
      for (std::size_t o = 0; o < value.rows; ++o) whole.add(value(o, p));
      const auto part = [&](const auto& counts) {
        Sum sum;
        for (std::size_t o = 0; o < taxes; ++o)
          if (counts(o)) sum.add(value(o, p));
        return share_of(sum.value(), whole.value());
      };
      const auto add = [&](const std::string& partner, const char* term, double share) {
        answer.rows.push_back({"", set.code, sector, partner, 0, "", term, share, "share"});
      };
      if (!question.partners.empty()) {
        for (const RegionSet& partner : question.partners) {
          const std::vector<bool> there = members(a, partner);
          add(partner.code, "origin", part([&](std::size_t o) { return there[o]; }));
        }
        continue;
      }
      add("", "own", part([&](std::size_t o) { return in[o]; }));
      for (const RegionSet& bloc : blocs) {
        const std::vector<bool> inside = members(a, bloc);
        add(bloc.code, "bloc", part([&](std::size_t o) { return inside[o] && !in[o]; }));
        add(bloc.code, "others", part([&](std::size_t o) { return !inside[o]; }));
      }
      if (blocs.empty()) add("", "others", part([&](std::size_t o) { return !in[o]; }));
      if (taxed) add("", "taxes", share_of(value(taxes, p), whole.value()));
    }
  }
  return answer;
}

}  // namespace kontor
