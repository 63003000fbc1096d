// Dependence: worlds one can redo on paper, a second road with a dense inverse, identities, published values.
#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>

#include "golden.h"
#include "kontor/accounts/store.h"
#include "kontor/base/csv.h"
#include "kontor/base/error.h"
#include "kontor/base/text.h"
#include "kontor/indicators/indicator.h"
#include "support.h"

using namespace kontor;

namespace {

Question about(const Accounts& a, const std::vector<std::string>& regions, const std::vector<std::string>& blocs = {}) {
  Question q;
  const Blocs named = read_blocs(a, blocs);
  for (const auto& [name, parts] : named) q.blocs.push_back(region_set(a, named, name));
  for (const std::string& region : regions) q.regions.push_back(region_set(a, named, region));
  return q;
}

double at(const IndicatorAnswer& answer, const char* region, const char* sector, const char* term, const char* partner = "") {
  return value_of(answer.rows, {"*", region, sector, partner, "", term, 0});
}

IndicatorAnswer ask_for(const char* name, const Picture& picture, const Question& question) {
  return ask(find_indicator(name), picture, question);
}

Block block(std::size_t rows, std::size_t columns, std::vector<double> values) {
  Matrix m(rows, columns);
  m.values = std::move(values);
  return m;
}

/// tiny_accounts with abroad (W), which sells product 1 to L.1 (8) and to L's households (12), and buys 15 of L.2.
Accounts open_accounts() {
  Accounts a = test::tiny_accounts();
  a.regions.push_back({"W", "World", "", true});
  a.final_uses.push_back({2, 0});
  a.final_use = block(4, 3, {50, 10, 0, 85, 30, 15, 10, 40, 0, 10, 40, 0});
  a.imports = {{2, 0}};
  a.imports_intermediate = block(1, 4, {8, 0, 0, 0});
  a.imports_final = block(1, 3, {12, 0, 0});
  a.primary = block(1, 4, {52, 130, 50, 50});
  return a;
}

/// Two regions that buy no inputs from each other: own inputs only, final goods cross.
Accounts without_intermediate_trade() {
  Accounts a = test::tiny_accounts();
  a.intermediate = block(4, 4, {10, 20, 0, 0, 20, 30, 0, 0, 0, 0, 20, 15, 0, 0, 15, 20});
  a.final_use = block(4, 2, {50, 20, 100, 50, 25, 40, 25, 40});
  a.primary = block(1, 4, {70, 150, 65, 65});
  return a;
}

std::vector<const char*> dependence_names() {
  return {
      "self_sufficiency",       "self_sufficiency_look_through", "foreign_input_reliance",   "foreign_market_reliance", "hidden_exposure",
      "supplier_concentration", "dependency_screen_ec",          "dependency_screen_geodep", "loss_supplier",           "loss_border"};
}

/// L by Gauss-Jordan: nothing of the library's solver.
Matrix inverse_of(const Accounts& w) {
  const std::size_t n = w.cells.size();
  Matrix m(n, n), inverse(n, n);
  for (std::size_t i = 0; i < n; ++i) {
    inverse(i, i) = 1.0;
    for (std::size_t j = 0; j < n; ++j) m(i, j) = (i == j ? 1.0 : 0.0) - w.intermediate(i, j) / w.output(0, j);
  }
  for (std::size_t k = 0; k < n; ++k) {
    const double pivot = m(k, k);
    for (std::size_t j = 0; j < n; ++j) m(k, j) /= pivot, inverse(k, j) /= pivot;
    for (std::size_t i = 0; i < n; ++i) {
      if (i == k) continue;
      const double factor = m(i, k);
      for (std::size_t j = 0; j < n; ++j) m(i, j) -= factor * m(k, j), inverse(i, j) -= factor * inverse(k, j);
    }
  }
  return inverse;
}

}  // namespace

TEST_CASE("self-sufficiency on paper: own deliveries over use, and output over output less exports plus imports") {
  const Accounts w = open_accounts();
  const Picture picture(w);
  const IndicatorAnswer answer = ask_for("self_sufficiency", picture, about(w, {"L"}));
  // Product 1 in L: own 10 + 20 + 50, from M 5 + 10 + 10, from abroad 8 + 12; sold to M 5 + 5 + 10.
  CHECK(at(answer, "L", "1", "own_deliveries") == Approx(80.0 / 125.0));
  CHECK(at(answer, "L", "1", "output") == Approx(100.0 / (100.0 - 20.0 + 45.0)));
  // Product 2: own 20 + 30 + 85, from M 5 + 10 + 10; sold to M 10 + 10 + 30 and abroad 15.
  CHECK(at(answer, "L", "2", "own_deliveries") == Approx(135.0 / 160.0));
  CHECK(at(answer, "L", "2", "output") == Approx(200.0 / (200.0 - 65.0 + 25.0)));
  CHECK(at(answer, "L", "", "own_deliveries") == Approx(215.0 / 285.0));
}

TEST_CASE("a bloc is one economy: trade inside it is no import, and a region's bloc is named beside the rest") {
  const Accounts w = open_accounts();
  const Picture picture(w);
  const Question q = about(w, {"LM", "L"}, {"LM=L,M"});
  const IndicatorAnswer face = ask_for("self_sufficiency", picture, q);
  CHECK(at(face, "LM", "2", "own_deliveries") == Approx(1.0));
  const IndicatorAnswer through = ask_for("self_sufficiency_look_through", picture, q);
  const double own = at(through, "L", "", "own"), bloc = at(through, "L", "", "bloc", "LM"), others = at(through, "L", "", "others", "LM");
  CHECK(own + bloc + others == Approx(1.0));
  CHECK(bloc > 0.0);
  CHECK(others > 12.0 / 167.0);                            // what households import, and inputs from abroad inside the rest
  CHECK(std::isnan(at(through, "LM", "", "bloc", "LM")));  // the bloc has no bloc around it
  CHECK(at(through, "LM", "", "own") + at(through, "LM", "", "others") == Approx(1.0));
  const IndicatorAnswer reliance = ask_for("foreign_input_reliance", picture, q);
  CHECK(at(reliance, "LM", "2", "face_value") == 0.0);
  CHECK(at(reliance, "LM", "2", "look_through") > 0.0);  // L.1, which imports, is among the suppliers
}

TEST_CASE("look-through shares are those of a dense inverse, product by product") {
  const Accounts w = open_accounts();
  const Picture picture(w);
  const Matrix l = inverse_of(w);
  const IndicatorAnswer through = ask_for("self_sufficiency_look_through", picture, about(w, {"L"})),
                        reliance = ask_for("foreign_input_reliance", picture, about(w, {"L"})),
                        markets = ask_for("foreign_market_reliance", picture, about(w, {"L"}));
  for (std::size_t p = 0; p < 2; ++p) {
    const std::string product = w.sectors[p].code;
    double own = 0.0, all = p == 0 ? 12.0 : 0.0, foreign_rows = 0.0, rows = 0.0, absorbed_here = 0.0, absorbed = 0.0;
    for (const std::size_t j : {p, p + 2})
      for (std::size_t i = 0; i < 4; ++i) {
        const double value = (w.primary(0, i) + w.imports_intermediate(0, i)) / w.output(0, i) * l(i, j) * w.final_use(j, 0);
        all += value;
        if (i < 2) own += w.primary(0, i) / w.output(0, i) * l(i, j) * w.final_use(j, 0);
      }
    CHECK(at(through, "L", product.c_str(), "own") == Approx(own / all).epsilon(1e-12));
    for (std::size_t i = 0; i < 4; ++i) {
      const double need = l(i, p) - (i == p ? 1.0 : 0.0), imported = w.imports_intermediate(0, i) / w.output(0, i) * l(i, p);
      rows += need + imported, foreign_rows += (i < 2 ? 0.0 : need) + imported;
      for (std::size_t r = 0; r < 3; ++r) {
        absorbed += l(p, i) * w.final_use(i, r);
        if (r == 0) absorbed_here += l(p, i) * w.final_use(i, r);
      }
    }
    CHECK(at(reliance, "L", product.c_str(), "look_through") == Approx(foreign_rows / rows).epsilon(1e-12));
    CHECK(at(markets, "L", product.c_str(), "look_through") == Approx(1.0 - absorbed_here / absorbed).epsilon(1e-12));
  }
  Question per_output = about(w, {"L"}), intermediate = about(w, {"L"});
  per_output.settings["normalisation"] = "output", intermediate.settings["sales"] = "intermediate";
  // L.1 buys 5 + 5 from M and 8 from abroad for an output of 100; of inputs of 48 in all.
  CHECK(at(ask_for("foreign_input_reliance", picture, per_output), "L", "1", "face_value") == Approx(0.18));
  CHECK(at(reliance, "L", "1", "face_value") == Approx(18.0 / 48.0));
  double here = 0.0, everywhere = 0.0;
  for (std::size_t j = 0; j < 4; ++j) {
    const double chain = l(0, j) * w.output(0, j) - (j == 0 ? w.output(0, 0) : 0.0);
    everywhere += chain, here += j < 2 ? chain : 0.0;
  }
  const IndicatorAnswer sold = ask_for("foreign_market_reliance", picture, intermediate);
  CHECK(at(sold, "L", "1", "look_through") == Approx(1.0 - here / everywhere).epsilon(1e-12));
  CHECK(at(sold, "L", "1", "face_value") == Approx(10.0 / 40.0));
}

TEST_CASE("hidden exposure adds up over partners to the gap between look-through and face value") {
  const Accounts w = open_accounts();
  const Picture picture(w);
  for (const char* side : {"inputs", "markets"}) {
    Question q = about(w, {"L"});
    q.settings["side"] = side;
    const IndicatorAnswer hidden = ask_for("hidden_exposure", picture, q);
    const IndicatorAnswer whole =
        ask_for(std::string(side) == "inputs" ? "foreign_input_reliance" : "foreign_market_reliance", picture, about(w, {"L"}));
    CHECK(at(hidden, "L", "", "hidden", "M") + at(hidden, "L", "", "hidden", "W") ==
          Approx(at(whole, "L", "", "look_through") - at(whole, "L", "", "face_value")));
    CHECK(std::none_of(hidden.rows.begin(), hidden.rows.end(), [](const EffectRow& row) { return row.partner == "L"; }));
  }
}

TEST_CASE("concentration on paper, and looking through an economy without trade in inputs changes nothing") {
  const Accounts w = open_accounts();
  const Picture picture(w);
  const IndicatorAnswer answer = ask_for("supplier_concentration", picture, about(w, {"L"}));
  CHECK(at(answer, "L", "1", "face_value_foreign") == Approx((25.0 * 25 + 20.0 * 20) / (45.0 * 45)));
  CHECK(at(answer, "L", "1", "face_value_all") == Approx((80.0 * 80 + 25.0 * 25 + 20.0 * 20) / (125.0 * 125)));
  CHECK(at(answer, "L", "2", "face_value_foreign") == 1.0);
  CHECK(at(answer, "L", "1", "importance") == Approx(125.0 / 285.0));
  CHECK(at(answer, "L", "1", "foreign_share") == Approx(45.0 / 125.0));
  const Accounts apart = without_intermediate_trade();
  const Picture second(apart);
  const IndicatorAnswer same = ask_for("supplier_concentration", second, about(apart, {"L", "M"}));
  for (const char* region : {"L", "M"})
    for (const char* product : {"", "1", "2"})
      CHECK(at(same, region, product, "look_through_all") == Approx(at(same, region, product, "face_value_all")).epsilon(1e-12));
}

TEST_CASE("the Commission's screen on paper: an area of two nations, its trade inside among all imports") {
  Accounts w = test::tiny_accounts();
  w.regions = {{"L", "", "", false}, {"M", "", "", false}, {"N", "", "", false}, {"O", "", "", false}};
  w.cells = {{0, 0, 0}, {1, 0, 0}, {2, 0, 0}, {3, 0, 0}};
  w.final_uses = {{0, 0}, {1, 0}, {2, 0}, {3, 0}};
  //                     L   M   N  O
  w.intermediate = block(4, 4, std::vector<double>(16, 0.0));
  w.final_use = block(4, 4,
                      {50, 4, 1, 0,  //
                       6, 50, 2, 0,  //
                       9, 6, 50, 0,  //
                       3, 2, 0, 50});
  w.output = block(1, 4, {55, 58, 65, 55}), w.primary = block(1, 4, {55, 58, 65, 55});
  const Picture picture(w);
  Question q = about(w, {"LM", "L"}, {"LM=L,M"});
  const IndicatorAnswer answer = ask_for("dependency_screen_ec", picture, q);
  // The area imports 15 from N and 5 from O; inside it 4 + 6; it exports 1 + 2 to N.
  CHECK(at(answer, "LM", "1", "cdi1") == Approx((225.0 + 25.0) / 400.0));
  CHECK(at(answer, "LM", "1", "cdi2") == Approx(20.0 / 30.0));
  CHECK(at(answer, "LM", "1", "cdi3") == Approx(20.0 / 13.0));
  CHECK(at(answer, "LM", "1", "flag") == 1.0);
  CHECK(at(answer, "LM", "", "flagged_products") == 1.0);
  // L alone: 9 from N, 3 from O, 6 from M; exports 4 + 1.
  CHECK(at(answer, "L", "1", "cdi2", "LM") == Approx(12.0 / 18.0));
  CHECK(at(answer, "L", "1", "cdi3", "LM") == Approx(12.0 / 5.0));
  q.settings["cdi3"] = "3";
  CHECK(at(ask_for("dependency_screen_ec", picture, q), "LM", "1", "flag") == 0.0);
  q.settings["cdi3"] = "much";
  CHECK_THROWS_AS(ask_for("dependency_screen_ec", picture, q), Error);

  const IndicatorAnswer geodep = ask_for("dependency_screen_geodep", picture, about(w, {"L", "O", "N"}));
  // L imports 6, 9, 3 and exports 5; the world exports 5, 8, 15, 5. O imports nothing; N exports 15 against imports of 3.
  CHECK(at(geodep, "L", "1", "import_hhi") == Approx((36.0 + 81.0 + 9.0) / 324.0));
  CHECK(at(geodep, "L", "1", "export_hhi") == Approx((25.0 + 64.0 + 225.0 + 25.0) / (33.0 * 33.0)));
  CHECK(at(geodep, "L", "1", "imports_over_exports") == Approx(18.0 / 5.0));
  CHECK(at(geodep, "L", "1", "flag") == 0.0);
  CHECK(at(geodep, "O", "1", "imports_over_exports") == 0.0);
  CHECK(at(geodep, "N", "1", "imports_over_exports") == Approx(0.2));
  const auto says = [](const IndicatorAnswer& a, const char* what) {
    return std::any_of(a.notes.begin(), a.notes.end(), [&](const std::string& n) { return n.find(what) != std::string::npos; });
  };
  CHECK(says(geodep, "two of three years"));
}

TEST_CASE("nothing exported has the published 9999, and one lumped origin abroad flags nothing") {
  Accounts w = open_accounts();
  const Picture picture(w);
  const IndicatorAnswer geodep = ask_for("dependency_screen_geodep", picture, about(w, {"LM"}, {"LM=L,M"}));
  CHECK(at(geodep, "LM", "1", "imports_over_exports") == 9999.0);
  CHECK(std::isnan(at(geodep, "LM", "1", "import_hhi")));
  CHECK(std::isnan(at(geodep, "LM", "1", "export_hhi")));
  CHECK(std::isnan(at(geodep, "LM", "1", "flag")));
  CHECK(std::isnan(at(geodep, "LM", "", "flagged_products")));
  CHECK(at(geodep, "LM", "2", "flag") == 0.0);  // no imports
}

TEST_CASE("stocks that are drawn down count for nothing in a share, and a note says so") {
  Accounts w = open_accounts();
  w.categories.push_back({"STOCK", "Stocks", FinalRole::inventories});
  w.final_uses.push_back({0, 1});
  w.final_use = block(4, 4, {50, 10, 0, 0, 85, 30, 15, 0, 16, 40, 0, -6, 10, 40, 0, 0});
  w.imports_final = block(1, 4, {12, 0, 0, 0});
  const Picture picture(w);
  Question q = about(w, {"L"});
  const IndicatorAnswer bought = ask_for("self_sufficiency", picture, q);
  CHECK(at(bought, "L", "1", "own_deliveries") == Approx(80.0 / 131.0));
  REQUIRE(bought.notes.size() == 1);
  CHECK(bought.notes[0].find("-6 million EUR") != std::string::npos);
  q.settings["final_use"] = "table";
  CHECK(at(ask_for("self_sufficiency", picture, q), "L", "1", "own_deliveries") == Approx(80.0 / 125.0));
}

TEST_CASE("shares lie between 0 and 1, indices between 1/N and 1, groups add up, on the accounts that ship") {
  for (const char* folder : {"finland-2014", "world-2011"}) {
    const Accounts a = read_accounts(std::string(KONTOR_SOURCE_DIR) + "/data/" + folder);
    const Picture picture(a);
    const std::string bloc = a.regions.size() > 21 && a.regions[0].code == "DEU" ? "NEAR=DEU,FRA,POL" : "NEAR=Uusimaa,Lappi,Kainuu";
    Question q = about(a, {}, {bloc});
    q.regions = single_regions(a);
    const auto between = [&](const char* name, double least, double most) {
      const IndicatorAnswer answer = ask_for(name, picture, q);
      std::size_t numbers = 0;
      for (const EffectRow& row : answer.rows) {
        if (row.unit != "share" && row.unit != "index") continue;
        if (std::isnan(row.value) || row.term == "hidden" || row.term == "taxes") continue;
        INFO(name << ' ' << row.region << ' ' << row.sector << ' ' << row.term << ' ' << row.value);
        const double slack = 1e-12;  // of sums of a few thousand numbers
        CHECK(row.value >= least - slack);
        CHECK(row.value <= most + slack);
        ++numbers;
      }
      CHECK(numbers > 100);
      return answer;
    };
    between("self_sufficiency", 0.0, 1.0);
    between("foreign_input_reliance", 0.0, 1.0);
    between("foreign_market_reliance", 0.0, 1.0);
    const IndicatorAnswer index = between("supplier_concentration", 0.0, 1.0);
    for (const EffectRow& row : index.rows)
      if (row.unit == "index" && !std::isnan(row.value)) CHECK(row.value >= 1.0 / static_cast<double>(a.regions.size()));
    const IndicatorAnswer through = ask_for("self_sufficiency_look_through", picture, q);
    std::map<std::string, double> sums;
    for (const EffectRow& row : through.rows) sums[row.region + '.' + row.sector] += row.value;
    for (const auto& [where, sum] : sums) {
      INFO(where);
      if (!std::isnan(sum)) CHECK(sum == Approx(1.0).epsilon(1e-12));
    }
    CHECK(sums.size() > 400);
  }
}

TEST_CASE("WIOD 2011: value added by origin in each country's final demand, independent solve in R, to 1e-10") {
  NEEDS_SHARED_DATA();
  const std::string io = (test::shared_folder() / "golden/io/").string();
  const test::Labelled z = test::read_labelled(io + "wiod2011_Z.csv.gz"), y = test::read_labelled(io + "wiod2011_Y.csv.gz");
  const CsvTable output = read_csv(io + "wiod2011_output.csv");
  const std::size_t n = z.rows.size();
  std::vector<double> x(n);
  for (std::size_t i = 0; i < n; ++i) read_number(output.rows[i].fields.back(), x[i]);
  Accounts a = test::square_accounts(z.rows, z.values, x);
  // The golden file takes final use as recorded, without the rest that closes the rows.
  Matrix final(n, a.final_uses.size());
  for (std::size_t f = 0; f < y.columns.size(); ++f) {
    const std::string country = y.columns[f].substr(0, y.columns[f].find('.'));
    const int use = final_use_index(a, region_index(a, country), 0);
    REQUIRE(use >= 0);
    for (std::size_t i = 0; i < n; ++i) final(i, static_cast<std::size_t>(use)) += y.values(i, f);
  }
  a.final_use = final;
  const Picture picture(a);
  const test::Labelled expected = test::read_labelled(io + "wiod2011_va_origin_by_final_demand.csv");
  Question q;
  q.settings["final_use"] = "table";
  q.regions = single_regions(a);
  for (const std::string& origin : expected.rows) q.partners.push_back(region_set(a, {}, origin));
  const IndicatorAnswer answer = ask_for("self_sufficiency_look_through", picture, q);
  std::size_t compared = 0;
  for (std::size_t c = 0; c < expected.columns.size(); ++c) {
    double demand = 0.0;
    const int use = final_use_index(a, region_index(a, expected.columns[c]), 0);
    for (std::size_t i = 0; i < n; ++i)
      if (x[i] > 0.0) demand += final(i, static_cast<std::size_t>(use));  // what is bought of a cell without output has no origin
    for (std::size_t o = 0; o < expected.rows.size(); ++o) {
      const double share = at(answer, expected.columns[c].c_str(), "", "origin", expected.rows[o].c_str());
      CHECK(share * demand == Approx(expected.values(o, c)).epsilon(1e-10));
      ++compared;
    }
  }
  CHECK(compared == expected.rows.size() * 41);
}

TEST_CASE("other money changes no share, and losses in proportion") {
  const Accounts w = open_accounts();
  Accounts other = w;
  const auto scaled = [](const Block& b) {
    Matrix m = b.copy();
    for (double& value : m.values) value *= 1024.0;
    return Block(std::move(m));
  };
  for (Block Accounts::*b : {&Accounts::intermediate, &Accounts::final_use, &Accounts::imports_intermediate, &Accounts::imports_final,
                             &Accounts::primary, &Accounts::output})
    other.*b = scaled(w.*b);
  const Picture one(w), two(other);
  for (const char* name : dependence_names()) {
    const IndicatorAnswer a = ask_for(name, one, about(w, {"L", "M"})), b = ask_for(name, two, about(other, {"L", "M"}));
    REQUIRE(a.rows.size() == b.rows.size());
    for (std::size_t i = 0; i < a.rows.size(); ++i) {
      if (std::isnan(a.rows[i].value)) continue;
      INFO(name << ' ' << a.rows[i].term);
      CHECK(b.rows[i].value == Approx(a.rows[i].value * (a.rows[i].unit.starts_with("million") ? 1024.0 : 1.0)).epsilon(1e-12));
    }
  }
}
