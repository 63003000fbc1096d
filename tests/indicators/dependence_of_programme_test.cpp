// The rows behind the page "Who depends on whom".
#include "kontor/indicators/dependence_of_programme.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <map>
#include <set>

#include "indicators/upstream.h"
#include "kontor/accounts/store.h"
#include "kontor/base/sum.h"
#include "kontor/indicators/indicator.h"
#include "support.h"

using namespace kontor;
using namespace kontor::test;

namespace {

struct Demo {
  std::filesystem::path file = std::filesystem::path(KONTOR_SOURCE_DIR) / "examples" / "finland-full" / "programme.toml";
  Accounts accounts = read_accounts(accounts_of_programme(file));
  Programme programme = read_programme(file, accounts);
  Compiled compiled = compile(programme, accounts);
};

double value_at(const std::vector<EffectRow>& rows, const char* indicator, const std::string& region, const std::string& term,
                const std::string& partner = "", const std::string& sector = "", const std::string& measure = "") {
  return value_of(rows, {indicator, region, sector, partner, measure, term, 0});
}

}  // namespace

TEST_CASE("who depends on whom: on paper, what stands behind a product adds up to it and is that of a dense inverse") {
  const Accounts a = tiny_accounts();  // L and M, two sectors each, labour all that is no input
  const Picture picture(a);
  std::vector<EffectRow> rows;
  add_upstream(picture, {"M1", 2}, rows);  // M.1
  const Matrix& l = picture.inverse();
  double own = 0.0, others[2] = {0.0, 0.0};
  for (std::size_t i = 0; i < 4; ++i) {
    const double v = a.primary(0, i) / a.output(0, i);
    if (i < 2)
      others[i] += v * l(i, 2);
    else
      own += v * l(i, 2);
  }
  CHECK(value_at(rows, "upstream_content", "M", "own", "", "1", "M1") == Approx(own).epsilon(1e-12));
  CHECK(value_at(rows, "upstream_content", "M", "others", "", "1", "M1") == Approx(others[0] + others[1]).epsilon(1e-12));
  CHECK(value_at(rows, "upstream_foreign", "M", "", "1", "2", "M1") == Approx(others[1]).epsilon(1e-12));
  CHECK(own + others[0] + others[1] == Approx(1.0).epsilon(1e-12));
}

TEST_CASE("who depends on whom: products of substitutions and ventures, and what their building phase buys") {
  const Demo d;
  std::set<std::string> cells;
  for (const NewProduct& p : new_products(d.programme, d.compiled, d.accounts))
    cells.insert(p.measure + " " + cell_label(d.accounts, p.cell));
  CHECK(cells == std::set<std::string>{"M3 Pohjanmaa.26_27", "M3 Uusimaa.26_27", "M4 Pohjanmaa.26_27"});
  std::vector<EffectRow> rows;
  add_building_purchases(d.accounts, d.programme, d.compiled, rows);
  Sum all, abroad;
  for (const EffectRow& row : rows)
    if (row.measure == "M4") {
      all.add(row.value);
      if (row.region == "ABROAD") abroad.add(row.value);
    }
  CHECK(all.value() == Approx(90.0).epsilon(1e-9));  // capex of 90 million, half of it imported
  CHECK(abroad.value() == Approx(45.0).epsilon(1e-9));
}

TEST_CASE("who depends on whom: shares of both states add up to one, and the states are those of the accounts") {
  const Demo d;
  ProgrammeStates states(d.accounts, d.programme, d.compiled);
  const DependenceOfProgramme found = dependence_of_programme(states, d.programme, d.compiled, 2035);
  const char* name = "self_sufficiency_look_through";
  std::map<std::string, Sum> sums;
  std::set<std::string> names;
  for (const EffectRow& row : found.rows) names.insert(row.indicator);
  CHECK(names == std::set<std::string>(std::begin(page_of_dependence), std::end(page_of_dependence)));
  for (const EffectRow& row : found.rows) {
    CHECK(!row.unit.empty());
    CHECK(row.year == (row.indicator == "building_purchases" ? 2026 : 2035));
    if (row.indicator == name && row.term.find("/after") != std::string::npos) sums[row.region].add(row.value);
  }
  CHECK(sums.size() == 19 + 1 + 2);  // regions, the nation, two blocs
  for (const auto& [region, sum] : sums) CHECK(sum.value() == Approx(1.0).epsilon(1e-9));
  // Asked of the accounts after by hand.
  const Accounts after = states.after(2035);
  const Picture picture(after);
  Question question;
  question.regions = {region_set(after, {}, "Pohjanmaa")};
  const IndicatorAnswer answer = ask(find_indicator(name), picture, question);
  CHECK(value_at(found.rows, name, "Pohjanmaa", "others/after", "FIN") ==
        Approx(value_at(answer.rows, name, "Pohjanmaa", "others", "FIN")).epsilon(1e-12));
  CHECK(value_at(found.rows, name, "Pohjanmaa", "others/change", "FIN") < 0.0);  // imports are replaced there
  // What is made at home holds less of others than what was bought whole elsewhere, and not nothing.
  const double others = value_at(found.rows, "upstream_content", "Pohjanmaa", "others/after", "", "26_27", "M4");
  CHECK(others > 0.1);
  CHECK(others < 0.9);
}

TEST_CASE("who depends on whom: closings are those of a region's three largest suppliers and leave no other out") {
  const Demo d;
  ProgrammeStates states(d.accounts, d.programme, d.compiled, "leontief");
  const DependenceOfProgramme found = dependence_of_programme(states, d.programme, d.compiled, 2035);
  std::map<std::string, std::set<std::string>> suppliers;
  for (const EffectRow& row : found.rows)
    if (row.indicator == "loss_supplier") {
      suppliers[row.region].insert(row.partner);
      CHECK(row.region != row.partner);
    }
  CHECK(suppliers.size() == 19);
  for (const auto& [region, names] : suppliers) {
    CHECK(names.size() == 3);
    CHECK(names.count("ABROAD") == 1);  // in these accounts everybody's largest or next
  }
}

TEST_CASE("who depends on whom: without measures nothing changes") {
  Demo d;
  d.compiled.shocks.clear();
  ProgrammeStates states(d.accounts, d.programme, d.compiled, "leontief");
  for (const EffectRow& row : dependence_of_programme(states, d.programme, d.compiled, 2035).rows)
    if (row.term == "change" || row.term.find("/change") != std::string::npos) CHECK((row.value == 0.0 || std::isnan(row.value)));
}
