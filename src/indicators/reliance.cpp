// Foreign input reliance and foreign market reliance, face value and look-through (Baldwin, Freeman, Theodorakopoulos 2022, 2023).
//
//   inputs    face value     purchases of sector j of R from outside R / its purchases
//             look-through   rows outside R of column j of L - I / the whole column, imports from external regions included
//   markets   face value     sales of sector i of R to users outside R / its sales
//             look-through   all sales: output absorbed by final users outside R, (L Y) / all of it (the Ghosh inverse on final sales)
//                            intermediate sales only: columns outside R of row i of G - I / the whole row
//
// Several cells of a sector, and sectors of a region, are added up with their output as weight before shares are taken.
#include <fmt/format.h>

#include "dependence.h"
#include "kontor/base/sum.h"

namespace kontor {

namespace {

/// Amounts of one sector, or of all: by region on the other end, and what they are a share of.
struct Amounts {
  std::vector<double> by_region;
  double whole = 0.0;
};

struct Reliance {
  Matrix face, through;                           // regions x cells: amounts by the region on the other end
  std::vector<double> face_whole, through_whole;  // by cell: what shares are taken of
};

// Purchases of each cell by origin, and the requirements of its output.
Reliance inputs(const Picture& picture, const Question& question) {
  const Accounts& a = picture.accounts();
  constexpr std::string_view words[] = {"requirements", "output"};
  const bool per_output = word_setting(question.settings, "normalisation", words) == "output";
  const std::size_t n = a.cells.size(), regions = a.regions.size();
  Reliance r{Matrix(regions, n), picture.requirements(), std::vector<double>(n, 0.0), std::vector<double>(n, 0.0)};
  for (int i = 0; i < supplier_count(a); ++i) {
    const auto o = static_cast<std::size_t>(supplier_region(a, i)), s = static_cast<std::size_t>(i);
    const auto bought = s < n ? a.intermediate.row(s) : a.imports_intermediate.row(s - n);
    for (std::size_t j = 0; j < n; ++j) r.face(o, j) += bought[j];
  }
  for (std::size_t j = 0; j < n; ++j) {
    const double x = a.output(0, j);
    for (std::size_t o = 0; o < regions; ++o) {
      r.through(o, j) = (r.through(o, j) - (o == static_cast<std::size_t>(a.cells[j].region) ? 1.0 : 0.0)) * x;
      r.face_whole[j] += r.face(o, j), r.through_whole[j] += r.through(o, j);
    }
    if (per_output) r.face_whole[j] = r.through_whole[j] = x;
  }
  return r;
}

// Sales of each cell by destination, and where its output ends up.
Reliance markets(const Picture& picture, const Question& question, std::vector<std::string>& notes) {
  const Accounts& a = picture.accounts();
  constexpr std::string_view words[] = {"all", "intermediate"};
  const bool all = word_setting(question.settings, "sales", words) == "all";
  const std::size_t n = a.cells.size(), regions = a.regions.size();
  Reliance r{Matrix(regions, n), Matrix(regions, n), std::vector<double>(n, 0.0), std::vector<double>(n, 0.0)};
  // The final users of every region count here, not only of those asked about.
  Question everywhere = question;
  everywhere.regions = single_regions(a, true);
  const Matrix final = all ? final_purchases(picture, everywhere, notes) : Matrix(n, regions);
  const bool bought = question.settings.count("final_use") == 0 || question.settings.at("final_use") == "bought";
  const Matrix& ends = !all ? picture.sold_on() : bought ? picture.called_for_by_purchases() : picture.called_for();
  for (std::size_t i = 0; i < n; ++i) {
    const auto z = a.intermediate.row(i);
    for (std::size_t j = 0; j < n; ++j) r.face(static_cast<std::size_t>(a.cells[j].region), i) += z[j];
    for (std::size_t d = 0; d < regions; ++d) {
      r.face(d, i) += final(i, d);
      r.through(d, i) = ends(i, d) - (!all && d == static_cast<std::size_t>(a.cells[i].region) ? a.output(0, i) : 0.0);
      r.face_whole[i] += r.face(d, i), r.through_whole[i] += r.through(d, i);
    }
  }
  return r;
}

/// Sums over the cells of a set, by sector and, first, in total.
struct Summed {
  std::vector<std::string> sectors;
  std::vector<Amounts> face, through;
};

Summed summed(const Accounts& a, const Reliance& r, const std::vector<bool>& in, bool with_sectors) {
  Summed s;
  const std::size_t regions = r.face.rows, count = with_sectors ? a.sectors.size() + 1 : 1;
  std::vector<bool> present(count, false);
  std::vector<std::vector<Sum>> face(count, std::vector<Sum>(regions + 1)), through = face;  // the last: what it is a share of
  for (std::size_t j = 0; j < a.cells.size(); ++j) {
    if (!in[static_cast<std::size_t>(a.cells[j].region)]) continue;
    const auto sector = static_cast<std::size_t>(a.cells[j].sector) + 1;
    for (const std::size_t k : {std::size_t{0}, with_sectors ? sector : count}) {
      if (k == count) continue;
      present[k] = true;
      for (std::size_t o = 0; o < regions; ++o) face[k][o].add(r.face(o, j)), through[k][o].add(r.through(o, j));
      face[k][regions].add(r.face_whole[j]), through[k][regions].add(r.through_whole[j]);
    }
  }
  const auto amounts = [&](const std::vector<Sum>& sums) {
    Amounts result;
    for (std::size_t o = 0; o < regions; ++o) result.by_region.push_back(sums[o].value());
    result.whole = sums[regions].value();
    return result;
  };
  for (std::size_t k = 0; k < count; ++k) {
    if (!present[k]) continue;
    s.sectors.push_back(k == 0 ? "" : a.sectors[k - 1].code);
    s.face.push_back(amounts(face[k])), s.through.push_back(amounts(through[k]));
  }
  return s;
}

// Share of what lies outside `in` and, if a partner is named, inside it.
double outside(const Amounts& amounts, const std::vector<bool>& in, const std::vector<bool>* partner) {
  Sum sum;
  for (std::size_t o = 0; o < in.size(); ++o)
    if (!in[o] && (!partner || (*partner)[o])) sum.add(amounts.by_region[o]);
  return share_of(sum.value(), amounts.whole);
}

bool within(const RegionSet& partner, const std::vector<bool>& in) {
  for (const int r : partner.regions)
    if (!in[static_cast<std::size_t>(r)]) return false;
  return true;
}

void add_rows(const Accounts& a, const Question& question, const Reliance& r, bool hidden, IndicatorAnswer& answer) {
  const bool with_sectors = question.partners.empty() || sectors_by_pair(question);
  const char* unit = question.settings.count("normalisation") && question.settings.at("normalisation") == "output" ? "ratio" : "share";
  for (const RegionSet& set : question.regions) {
    const std::vector<bool> in = members(a, set);
    const Summed s = summed(a, r, in, with_sectors);
    const auto add = [&](std::size_t k, const RegionSet* partner) {
      const std::vector<bool> there = partner ? members(a, *partner) : std::vector<bool>();
      const double face = outside(s.face[k], in, partner ? &there : nullptr),
                   through = outside(s.through[k], in, partner ? &there : nullptr);
      const std::string code = partner ? partner->code : "";
      answer.rows.push_back({"", set.code, s.sectors[k], code, 0, "", "face_value", face, unit});
      answer.rows.push_back({"", set.code, s.sectors[k], code, 0, "", "look_through", through, unit});
      if (hidden) answer.rows.push_back({"", set.code, s.sectors[k], code, 0, "", "hidden", through - face, unit});
    };
    for (std::size_t k = 0; k < s.sectors.size(); ++k) {
      if (question.partners.empty()) add(k, nullptr);
      for (const RegionSet& partner : question.partners)
        if (!within(partner, in)) add(k, &partner);
    }
  }
  if (!with_sectors) answer.notes.push_back("totals only; --sector, or one region and one partner, shows sectors");
}

}  // namespace

IndicatorAnswer foreign_input_reliance(const Picture& picture, const Question& question) {
  IndicatorAnswer answer;
  add_rows(picture.accounts(), question, inputs(picture, question), false, answer);
  return answer;
}

IndicatorAnswer foreign_market_reliance(const Picture& picture, const Question& question) {
  IndicatorAnswer answer;
  const Reliance r = markets(picture, question, answer.notes);
  add_rows(picture.accounts(), question, r, false, answer);
  return answer;
}

IndicatorAnswer hidden_exposure(const Picture& picture, const Question& question) {
  IndicatorAnswer answer;
  constexpr std::string_view words[] = {"inputs", "markets"};
  const bool of_inputs = word_setting(question.settings, "side", words) == "inputs";
  const Reliance r = of_inputs ? inputs(picture, question) : markets(picture, question, answer.notes);
  add_rows(picture.accounts(), question, r, true, answer);
  return answer;
}

}  // namespace kontor
