#include <catch2/catch.hpp>

#include <cmath>
#include <map>

#include "asking.h"
#include "golden.h"
#include "indicators/product_trade.h"
#include "kontor/accounts/aggregate.h"
#include "kontor/accounts/store.h"
#include "kontor/base/csv.h"
#include "kontor/base/error.h"
#include "kontor/base/text.h"
#include "support.h"

using namespace kontor;
using test::asked;
using test::at;
using test::Labelled;
using test::says;

static Accounts shipped(const std::string& name) { return read_accounts(std::string(KONTOR_SOURCE_DIR) + "/data/" + name); }
static std::string golden(const std::string& name) { return (test::shared_folder() / "golden/io" / name).string(); }

TEST_CASE("location quotients are shares over shares: by output, and their mean over regions is one") {
  const Accounts a = test::tiny_accounts();
  const Picture picture(a);
  const IndicatorAnswer quotients = asked(picture, "location_quotient");
  CHECK(at(quotients, "L", "1") == Approx(100. / 300 / (200. / 500)).epsilon(1e-15));
  CHECK(at(quotients, "M", "2") == Approx(100. / 200 / (300. / 500)).epsilon(1e-15));
  const Accounts world = shipped("world-2011");
  const Picture whole(world);
  for (const char* by : {"output", "value_added"}) {
    const IndicatorAnswer answer = asked(whole, "location_quotient", {}, {{"by", by}});
    std::map<std::string, double> size, mean;
    double all = 0.0;
    for (std::size_t i = 0; i < world.cells.size(); ++i) {
      const double amount = std::string(by) == "output" ? world.output(0, i) : value_added(world, static_cast<int>(i));
      size[world.regions[static_cast<std::size_t>(world.cells[i].region)].code] += amount, all += amount;
    }
    for (const EffectRow& row : answer.rows) mean[row.sector] += row.value * size[row.region] / all;
    CHECK(mean.size() == world.sectors.size());
    for (const auto& [sector, value] : mean) CHECK(value == Approx(1).epsilon(1e-12));
  }
}

TEST_CASE("a location quotient by jobs leaves regions without numbers out of the comparison and says so") {
  const Accounts world = shipped("world-2011");
  const Picture picture(world);
  const IndicatorAnswer answer = asked(picture, "location_quotient", {"DEU", "CHN"}, {{"by", "jobs"}});
  CHECK(std::isfinite(at(answer, "DEU", "EGW")));
  CHECK(std::isnan(at(answer, "CHN", "EGW")));
  CHECK(says(answer, "numbers are missing for CHN, IND, RoW"));
  const Accounts tiny = test::tiny_accounts();
  const Picture without(tiny);
  const IndicatorAnswer none = asked(without, "location_quotient", {}, {{"by", "jobs"}});
  CHECK(says(none, "not available"));
  for (const EffectRow& row : none.rows) CHECK(std::isnan(row.value));
}

TEST_CASE("a region can be compared with its nation; a bloc over two nations cannot") {
  Accounts a = test::tiny_accounts();
  a.regions = {{"L", "Left", "N", false}, {"M", "Middle", "", false}, {"N", "Nation", "", false}};
  const Picture picture(a);
  const Settings nation = {{"reference", "nation"}};
  CHECK(at(asked(picture, "location_quotient", {"L"}, nation), "L", "1") == 1);  // it is its nation
  CHECK_THROWS_AS(asked(picture, "location_quotient", {"B"}, nation, {}, {{"B", {"L", "M"}}}), Error);
}

// The tiny world's trade: L sells 20 of product 1 (5 + 5 + 10) and 50 of 2 to M, M sells 25 of 1 and 25 of 2 to L.
TEST_CASE("revealed comparative advantage is the share in exports over the share in all exports, gross and in value added") {
  const Accounts a = test::tiny_accounts();
  const Picture picture(a);
  const IndicatorAnswer gross = asked(picture, "revealed_comparative_advantage");
  CHECK(at(gross, "L", "1") == Approx(20. / 70 / (45. / 120)).epsilon(1e-15));
  CHECK(at(gross, "M", "1") == Approx(25. / 50 / (45. / 120)).epsilon(1e-15));
  const IndicatorAnswer value = asked(picture, "revealed_comparative_advantage", {}, {{"trade", "value_added"}});
  double exports[2][2], all = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    const int region = a.cells[i].region;
    exports[region][a.cells[i].sector] = a.primary(0, i) / a.output(0, i) * picture.called_for()(i, region == 0 ? 1 : 0);
    all += exports[region][a.cells[i].sector];
  }
  CHECK(at(value, "L", "2") ==
        Approx(exports[0][1] / (exports[0][0] + exports[0][1]) / ((exports[0][1] + exports[1][1]) / all)).epsilon(1e-14));
}

TEST_CASE("a bloc's trade inside it is no trade: its comparative advantage is that of the table with its members added up") {
  const Accounts a = shipped("world-2011");
  Concordance merged;
  for (const RegionSet& region : single_regions(a)) {
    const bool member = region.code == "DEU" || region.code == "FRA" || region.code == "ITA";
    merged.lines.push_back({region.code, member ? "EU" : region.code, ""});
  }
  const Accounts coarse = aggregate(a, merged, {});
  const Picture fine(a), added(coarse);
  const Blocs blocs = {{"EU", {"DEU", "FRA", "ITA"}}};
  const auto same = [&](const std::string& name, const std::vector<std::string>& partners) {
    const IndicatorAnswer bloc = asked(fine, name, {"EU"}, {}, partners, blocs), region = asked(added, name, {"EU"}, {}, partners);
    REQUIRE(bloc.rows.size() == region.rows.size());
    // Sales that are negative in sum count as none, pair by pair: adding pairs up first can keep a little more.
    for (std::size_t k = 0; k < bloc.rows.size(); ++k) {
      CAPTURE(name, bloc.rows[k].sector);
      CHECK(bloc.rows[k].value == Approx(region.rows[k].value).epsilon(1e-5));
    }
  };
  same("revealed_comparative_advantage", {});
  same("intra_industry_trade", {"USA"});
  same("trade_complementarity", {"USA"});
  same("export_similarity", {"USA"});
  same("third_market_share", {"USA"});
}

TEST_CASE("complementarity is what the seller's and the buyer's baskets have in common, and its parts are the products'") {
  const Accounts a = test::tiny_accounts();
  const Picture picture(a);
  const IndicatorAnswer answer = asked(picture, "trade_complementarity", {"L"}, {}, {"M"});
  CHECK(at(answer, "L", "", "", "M") == Approx(1).epsilon(1e-15));  // in a world of two, what L sells is what M buys
  const Accounts world = shipped("world-2011");
  const Picture whole(world);
  const ProductTrade trade(world);
  const RegionSet deu = region_set(world, {}, "DEU"), chn = region_set(world, {}, "CHN");
  const std::vector<double> sold = trade.exports(deu), bought = trade.imports(chn);
  double all_sold = 0, all_bought = 0, apart = 0, parts = 0;
  for (std::size_t p = 0; p < sold.size(); ++p) all_sold += sold[p], all_bought += bought[p];
  const IndicatorAnswer pair = asked(whole, "trade_complementarity", {"DEU"}, {}, {"CHN"});
  for (std::size_t p = 0; p < sold.size(); ++p) {
    apart += std::fabs(sold[p] / all_sold - bought[p] / all_bought);
    parts += at(pair, "DEU", world.sectors[p].code, "", "CHN");
  }
  CHECK(at(pair, "DEU", "", "", "CHN") == Approx(1 - apart / 2).epsilon(1e-13));  // as Michaely wrote it
  CHECK(at(pair, "DEU", "", "", "CHN") == Approx(parts).epsilon(1e-13));
}

TEST_CASE("two-way trade is 1 less the gap over the sum, between 0 and 1, the same seen from either side") {
  const Accounts a = test::tiny_accounts();
  const Picture picture(a);
  const IndicatorAnswer answer = asked(picture, "intra_industry_trade", {"L", "M"}, {}, {"L", "M"});
  CHECK(at(answer, "L", "1", "", "M") == Approx(1 - 5. / 45).epsilon(1e-15));
  CHECK(at(answer, "L", "", "", "M") == Approx(1 - (5. + 25) / 120).epsilon(1e-15));
  CHECK(at(answer, "M", "2", "", "L") == at(answer, "L", "2", "", "M"));
  CHECK(at(asked(picture, "intra_industry_trade"), "L", "1") == at(answer, "L", "1", "", "M"));  // the rest of the world is M
  for (const char* name : {"world-2011", "finland-2014"}) {
    const Accounts shipped_accounts = shipped(name);
    const Picture whole(shipped_accounts);
    const std::string region = single_regions(shipped_accounts).front().code;
    for (const char* indicator : {"intra_industry_trade", "trade_complementarity", "export_similarity", "third_market_share"}) {
      std::vector<std::string> partners;
      for (const RegionSet& set : single_regions(shipped_accounts, true)) partners.push_back(set.code);
      for (const EffectRow& row : asked(whole, indicator, {region}, {}, partners).rows) {
        CAPTURE(name, indicator, row.sector, row.partner);
        CHECK(row.partner != region);
        if (!std::isnan(row.value)) CHECK((row.value >= 0 && row.value <= 1 + 1e-12));
      }
    }
  }
}

// Three regions, one product each sells to the two others: flows in the comment of the row.
static Accounts three_regions() {
  Accounts a = test::tiny_accounts();
  a.regions = {{"A", "A", "", false}, {"B", "B", "", false}, {"C", "C", "", false}};
  a.cells = {{0, 0, 0}, {0, 1, 1}, {1, 0, 0}, {1, 1, 1}, {2, 0, 0}};
  a.final_uses = {{0, 0}, {1, 0}, {2, 0}};
  Matrix use(5, 3), output(1, 5), primary(1, 5);
  use.values = {50, 10, 30,   // A sells product 1: 10 to B, 30 to C
                40, 0,  10,   // and 2: 10 to C
                0,  60, 20,   // B sells product 1: 20 to C
                5,  70, 60,   // and 2: 60 to C
                15, 5,  80};  // C sells product 1
  for (std::size_t i = 0; i < 5; ++i) output(0, i) = primary(0, i) = use(i, 0) + use(i, 1) + use(i, 2);
  a.intermediate = Block(Matrix(5, 5)), a.final_use = Block(use), a.output = Block(output), a.primary = Block(primary);
  return a;
}

TEST_CASE("in third markets: the share in what they import, and how alike two suppliers' baskets are there") {
  const Accounts a = three_regions();
  const Picture picture(a);
  const IndicatorAnswer share = asked(picture, "third_market_share", {"A", "B"}, {}, {"A", "B"});
  CHECK(at(share, "A", "1", "", "B") == Approx(30. / 50).epsilon(1e-15));  // of what C imports of product 1
  CHECK(at(share, "A", "2", "", "B") == Approx(10. / 70).epsilon(1e-15));
  CHECK(at(share, "A", "", "", "B") == Approx(40. / 120).epsilon(1e-15));
  CHECK(at(share, "B", "", "", "A") == Approx(80. / 120).epsilon(1e-15));
  const IndicatorAnswer alike = asked(picture, "export_similarity", {"A", "B"}, {}, {"A", "B"});
  CHECK(at(alike, "A", "1", "", "B") == Approx(0.25).epsilon(1e-15));  // 30/40 and 20/80
  CHECK(at(alike, "A", "", "", "B") == Approx(0.25 + 0.25).epsilon(1e-15));
  CHECK(at(alike, "B", "", "", "A") == at(alike, "A", "", "", "B"));
}

TEST_CASE("stocks that were drawn down so far that sales are negative count as no trade, and a note says how many") {
  Accounts a = three_regions();
  Matrix use = a.final_use.copy();
  use(1, 2) = -10;
  a.final_use = Block(use);
  const Picture picture(a);
  const IndicatorAnswer share = asked(picture, "third_market_share", {"A"}, {}, {"B"});
  CHECK(at(share, "A", "2", "", "B") == 0);
  CHECK(says(share, "1 sales of a product to a region are negative in sum"));
}

TEST_CASE("where all regions lie in the set there is nothing to compare it with: comparative advantage is not available") {
  const Accounts finland = shipped("finland-2014");
  const Picture picture(finland);
  const IndicatorAnswer answer = asked(picture, "revealed_comparative_advantage", {"FIN"});
  for (const EffectRow& row : answer.rows) CHECK(std::isnan(row.value));
  CHECK(says(answer, "no other to compare it with"));
}

TEST_CASE("toyio: location quotients are what ioanalysis multiplies the rows of A with, where below one, to 1e-10") {
  NEEDS_SHARED_DATA();
  const Labelled z = test::read_labelled(golden("toyio_Z.csv")), x = test::read_labelled(golden("toyio_X.csv"));
  std::vector<double> output;
  for (std::size_t i = 0; i < x.rows.size(); ++i) output.push_back(x.values(i, 0));
  const Accounts a = test::square_accounts(z.rows, z.values, output);
  const Picture picture(a);
  const IndicatorAnswer quotients = asked(picture, "location_quotient");
  int below = 0, compared = 0;
  for (const CsvRow& row : read_csv(golden("toyio_lq.csv")).rows) {
    double theirs = std::nan("");
    read_number(row.fields[3], theirs);
    const std::size_t i = std::stoul(row.fields[1]) - 1, j = std::stoul(row.fields[2]) - 1;
    const double quotient = at(quotients, a.regions[static_cast<std::size_t>(a.cells[i].region)].code,
                               a.sectors[static_cast<std::size_t>(a.cells[i].sector)].code);
    CHECK(std::min(quotient, 1.0) * z.values(i, j) / output[j] == Approx(theirs).epsilon(1e-10));
    below += quotient < 1, ++compared;
  }
  CHECK(compared == 100);
  CHECK(below == 50);
}

TEST_CASE("pymrio's test system: gross exports and imports by region and product to 1e-10") {
  NEEDS_SHARED_DATA();
  const Labelled z = test::read_labelled(golden("pymriotest_Z.csv")), y = test::read_labelled(golden("pymriotest_Y.csv")),
                 x = test::read_labelled(golden("pymriotest_x.csv"));
  const Labelled expected = test::read_labelled(golden("pymriotest_gross_trade_totals.csv"));
  std::vector<double> output;
  for (std::size_t i = 0; i < x.rows.size(); ++i) output.push_back(x.values(i, 0));
  Accounts a = test::square_accounts(z.rows, z.values, output);
  Matrix use(z.rows.size(), a.regions.size());
  for (std::size_t k = 0; k < y.columns.size(); ++k)
    for (std::size_t i = 0; i < use.rows; ++i)
      use(i, static_cast<std::size_t>(region_index(a, y.columns[k].substr(0, y.columns[k].find('.'))))) += y.values(i, k);
  a.final_use = Block(use);
  const ProductTrade trade(a);
  for (const RegionSet& region : single_regions(a)) {
    const std::vector<double> exports = trade.exports(region), imports = trade.imports(region);
    for (std::size_t p = 0; p < a.sectors.size(); ++p) {
      const std::string label = region.code + '.' + a.sectors[p].code;
      CHECK(exports[p] == Approx(expected(label, "exports")).epsilon(1e-10));
      CHECK(imports[p] == Approx(expected(label, "imports")).epsilon(1e-10));
    }
  }
}
