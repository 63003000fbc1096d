// Loss scenarios as a user asks for them; the algebra behind them is tested in tests/model/closing_test.cpp.
#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>

#include "kontor/accounts/store.h"
#include "kontor/base/error.h"
#include "kontor/indicators/indicator.h"
#include "kontor/model/leontief.h"
#include "support.h"

using namespace kontor;

namespace {

Question about(const Accounts& a, const std::vector<std::string>& regions, Settings settings = {}) {
  Question q;
  for (const std::string& region : regions) q.regions.push_back(region_set(a, {}, region));
  q.settings = std::move(settings);
  return q;
}

IndicatorAnswer ask_for(const char* name, const Accounts& a, const Question& q) { return ask(find_indicator(name), Picture(a), q); }

double at(const IndicatorAnswer& answer, const char* region, const char* sector, const char* term, const char* partner) {
  return value_of(answer.rows, {"*", region, sector, partner, "", term, 0});
}

Accounts finland() { return read_accounts(std::string(KONTOR_SOURCE_DIR) + "/data/finland-2014"); }

}  // namespace

TEST_CASE("what a region loses with a supplier: output, value added and jobs, sectors add up to the total") {
  const Accounts a = finland();
  const IndicatorAnswer answer = ask_for("loss_supplier", a, about(a, {"Lappi"}, {{"supplier", "Uusimaa"}}));
  for (const char* term : {"output", "value_added"}) {
    double sum = 0.0;
    for (const EffectRow& row : answer.rows)
      if (row.term == term && !row.sector.empty()) sum += row.value;
    CHECK(sum == Approx(at(answer, "Lappi", "", term, "Uusimaa")));
  }
  CHECK(at(answer, "Lappi", "", "jobs", "Uusimaa") > 0.0);
  // Jobs of this source mean something by region only.
  CHECK(std::none_of(answer.rows.begin(), answer.rows.end(), [](const EffectRow& r) { return r.term == "jobs" && !r.sector.empty(); }));
}

TEST_CASE("the loss of all sectors of a supplier is at least that of one, and replacement softens a shortage") {
  const Accounts a = finland();
  const auto loss = [&](Settings more) {
    Settings settings = {{"supplier", "Uusimaa"}, {"side", "supply"}};
    settings.insert(more.begin(), more.end());
    return at(ask_for("loss_supplier", a, about(a, {"Lappi"}, settings)), "Lappi", "", "value_added", "Uusimaa");
  };
  const double all = loss({}), one = loss({{"sector", "49_53"}}), half = loss({{"share", "0.5"}}),
               softened = loss({{"replacement", "0.5"}}), made_up = loss({{"replacement", "proportional"}});
  CHECK(one < all);
  CHECK(half == Approx(0.5 * all));
  CHECK(softened < all);
  CHECK(made_up < softened);
  CHECK(loss({{"share", "0"}}) == 0.0);
}

TEST_CASE("a supplier without production of its own has no demand side, and says where to look") {
  const Accounts a = finland();
  const IndicatorAnswer demand = ask_for("loss_supplier", a, about(a, {"Lappi"}, {{"supplier", "ABROAD"}}));
  CHECK(std::isnan(at(demand, "Lappi", "", "output", "ABROAD")));
  CHECK(std::any_of(demand.notes.begin(), demand.notes.end(),
                    [](const std::string& note) { return note.find("--with side=supply") != std::string::npos; }));
  const IndicatorAnswer supply = ask_for("loss_supplier", a, about(a, {"Lappi"}, {{"supplier", "ABROAD"}, {"side", "supply"}}));
  CHECK(at(supply, "Lappi", "", "output", "ABROAD") > 0.0);
}

TEST_CASE("the border with everybody is at least that with each, and rows keep the order of the accounts") {
  const Accounts a = finland();
  const IndicatorAnswer all = ask_for("loss_border", a, about(a, {"Lappi"}));
  Question q = about(a, {"Lappi"});
  q.partners = single_regions(a, true);
  const IndicatorAnswer each = ask_for("loss_border", a, q);
  std::vector<std::string> partners;
  for (const EffectRow& row : each.rows) {
    if (row.term != "output" || !row.sector.empty()) continue;
    CHECK(row.value <= at(all, "Lappi", "", "output", ""));
    partners.push_back(row.partner);
  }
  std::vector<std::string> in_order;
  for (const RegionSet& set : single_regions(a, true))
    if (set.code != "Lappi") in_order.push_back(set.code);
  CHECK(partners == in_order);
}

TEST_CASE("a region whose border closes loses what the closed form of its extraction says, for every region of the world") {
  const Accounts a = read_accounts(std::string(KONTOR_SOURCE_DIR) + "/data/world-2011");
  const Picture picture(a);
  Question q;
  q.regions = single_regions(a);
  for (const char* goods : {"all", "intermediate"}) {
    q.settings = {{"goods", goods}};
    const IndicatorAnswer answer = ask(find_indicator("loss_border"), picture, q);
    for (const RegionSet& set : q.regions) {
      const std::vector<double> left = output_without_trade_of(picture.system(), set.regions[0], std::string(goods) == "all");
      double lost = 0.0, size = 0.0;
      for (const int cell : cells_of(a, set.regions[0])) {
        const double x = a.output(0, static_cast<std::size_t>(cell));
        lost += x - left[static_cast<std::size_t>(cell)], size += x;
      }
      CHECK(at(answer, set.code.c_str(), "", "output", "") == Approx(lost).margin(1e-12 * size));
    }
  }
}

TEST_CASE("the border between two others is felt by a third, and words that do not fit are refused") {
  const Accounts a = finland();
  const IndicatorAnswer third = ask_for("loss_border", a, about(a, {"Kainuu"}, {{"between", "Lappi"}, {"and", "PohjPohjanm"}}));
  CHECK(at(third, "Kainuu", "", "output", "Lappi-PohjPohjanm") > 0.0);
  for (const Settings& wrong : {Settings{{"between", "Lapi"}}, Settings{{"between", "Lappi"}, {"and", "FIN"}}, Settings{{"share", "2"}},
                                Settings{{"goods", "services"}}, Settings{{"border", "Lappi"}}})
    CHECK_THROWS_AS(ask_for("loss_border", a, about(a, {"Kainuu"}, wrong)), Error);
  CHECK_THROWS_AS(ask_for("loss_supplier", a, about(a, {"Kainuu"}, {{"supplier", "Lappi"}, {"sector", "99"}})), Error);
}
