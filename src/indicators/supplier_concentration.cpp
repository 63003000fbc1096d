// How concentrated the suppliers of each product are, at face value and by where the value was added, and how much the product matters.
//
//   face value     shares of origins in what R buys of product p, users and final users together
//   look-through   shares of origins in the value of the same purchases: sum over them of the columns of diag(v) L, imports added
//   HHI            sum of squared shares, 1/N to 1; `all` with R itself as one origin, `foreign` without it
//   importance     what R buys of p / what it buys of all products: the other axis of the quadrant
#include <algorithm>

#include "dependence.h"
#include "kontor/base/sum.h"

namespace kontor {

namespace {

/// What was bought by the region it was bought from: regions x products and, last, all of them.
Matrix face_value(const Accounts& a, const std::vector<double>& bought) {
  const std::size_t products = a.sectors.size();
  Matrix amounts(a.regions.size(), products + 1);
  for (int i = 0; i < supplier_count(a); ++i) {
    const auto seller = static_cast<std::size_t>(supplier_region(a, i));
    for (const std::size_t p : {static_cast<std::size_t>(product_of(a, i)), products})
      amounts(seller, p) += bought[static_cast<std::size_t>(i)];
  }
  return amounts;
}

/// Amounts of one product by origin, R as one, nations as one where that was asked.
struct Origins {
  std::vector<double> foreign;
  double own = 0.0;

  Origins(const Accounts& a, const Matrix& amounts, std::size_t product, const std::vector<bool>& in, bool nations) {
    std::vector<double> of(a.regions.size(), 0.0);
    for (std::size_t o = 0; o < a.regions.size(); ++o) {
      if (in[o])
        own += amounts(o, product);
      else
        of[nations ? static_cast<std::size_t>(nation_of(a, static_cast<int>(o))) : o] += amounts(o, product);
    }
    foreign = std::move(of);
  }
  std::vector<double> all() const {
    std::vector<double> together = foreign;
    together.push_back(own);
    return together;
  }
  double abroad() const { return sum_of(foreign); }
};

}  // namespace

IndicatorAnswer supplier_concentration(const Picture& picture, const Question& question) {
  const Accounts& a = picture.accounts();
  IndicatorAnswer answer;
  constexpr std::string_view words[] = {"regions", "nations"};
  const bool nations = word_setting(question.settings, "origins", words) == "nations";
  const Matrix bought = all_purchases(a, final_purchases(picture, question, answer.notes));
  note_one_origin_abroad(a, answer.notes);
  const std::size_t products = a.sectors.size();
  for (const RegionSet& set : question.regions) {
    const std::vector<bool> in = members(a, set);
    const std::vector<double> mine = bought_by(set, bought);
    const Matrix by_seller = face_value(a, mine), by_origin = value_by_origin(picture, mine);
    double everything = 0.0;
    for (std::size_t o = 0; o < a.regions.size(); ++o) everything += by_seller(o, products);
    for (std::size_t k = 0; k <= products; ++k) {
      const std::size_t p = k == 0 ? products : k - 1;
      const Origins face(a, by_seller, p, in, nations), through(a, by_origin, p, in, nations);
      const double used = face.own + face.abroad();
      const auto add = [&](const char* term, double value, const char* unit) {
        answer.rows.push_back({"", set.code, p == products ? "" : a.sectors[p].code, "", 0, "", term, value, unit});
      };
      add("importance", share_of(used, everything), "share");
      add("foreign_share", share_of(face.abroad(), used), "share");
      add("face_value_foreign", concentration_of(face.foreign), "index");
      add("face_value_all", concentration_of(face.all()), "index");
      add("look_through_foreign", concentration_of(through.foreign), "index");
      add("look_through_all", concentration_of(through.all()), "index");
    }
  }
  return answer;
}

}  // namespace kontor
