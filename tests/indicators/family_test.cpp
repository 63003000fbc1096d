// Every indicator of the list: it says what it is, it has its page, and neither order nor money changes its answer.
#include <catch2/catch.hpp>
#include <cmath>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <tuple>

#include "kontor/accounts/store.h"
#include "kontor/base/error.h"
#include "kontor/indicators/effects.h"
#include "kontor/indicators/indicator.h"
#include "model/equilibrium_world.h"
#include "support.h"
#include "worlds.h"

using namespace kontor;
using namespace kontor::test;

namespace {

Accounts with_satellites(Accounts a) {
  a.satellites = {{"jobs", "Jobs", "persons", false, Resolution::cell, {}, "invented"},
                  {"co2", "Emissions", "kt", false, Resolution::cell, {}, "invented"}};
  Matrix s(2, a.cells.size());
  for (std::size_t j = 0; j < a.cells.size(); ++j)
    if (a.output(0, j) > 0.0) s(0, j) = 3.0 + static_cast<double>(j % 4), s(1, j) = 1.5 + static_cast<double>(j % 3);
  a.satellite = std::move(s);
  return a;
}

std::filesystem::path shipped(const char* name) { return std::filesystem::path(KONTOR_SOURCE_DIR) / "data" / name; }

/// Worlds on paper, and the accounts that are shipped.
std::map<std::string, Accounts> worlds() {
  return {{"tiny", with_satellites(tiny_accounts())},
          {"closed", with_satellites(kontor::test::small_world(false))},
          {"open", with_satellites(kontor::test::small_world(true))},
          {"finland-2014", read_accounts(shipped("finland-2014"))},
          {"world-2011", read_accounts(shipped("world-2011"))}};
}

// By partner where the indicator can: the first two regions that make something.
Question question_for(const Indicator& indicator, const Accounts& a) {
  Question question;
  std::vector<RegionSet> single = single_regions(a);
  std::sort(single.begin(), single.end(), [](const RegionSet& x, const RegionSet& y) { return x.code < y.code; });
  if (indicator.by_partner == ByPartner::asked) question.partners = {single[0], single[1]};
  return question;
}

std::string text_of(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

// A term of the row, one of its satellites where it has a term for them, or one of both in per cent.
bool is_term(const Accounts& a, const std::set<std::string>& terms, const std::string& term) {
  const std::string percent = "_percent";
  if (term.empty() || terms.count(term) > 0) return true;
  if (terms.count("SATELLITE") > 0 && satellite_index(a, term) >= 0) return true;
  const bool in_percent = term.size() > percent.size() && term.compare(term.size() - percent.size(), percent.size(), percent) == 0;
  return terms.count("..._percent") > 0 && in_percent && is_term(a, terms, term.substr(0, term.size() - percent.size()));
}

// A partner that nobody asked for is the nation or bloc that the region is a part of.
bool lies_around(const Accounts& a, const std::string& whole, const std::string& part) {
  const RegionSet outer = region_set(a, {}, whole), inner = region_set(a, {}, part);
  return std::all_of(inner.regions.begin(), inner.regions.end(), [&](int r) { return outer.has(r); });
}

using Key = std::tuple<std::string, std::string, std::string, std::string, std::string>;

std::map<Key, EffectRow> by_key(const std::vector<EffectRow>& rows) {
  std::map<Key, EffectRow> map;
  for (const EffectRow& row : rows) {
    const bool is_new = map.emplace(Key{row.indicator, row.region, row.sector, row.partner, row.term}, row).second;
    INFO(row.indicator << " " << row.region << " " << row.sector << " " << row.partner << " " << row.term);
    CHECK(is_new);  // no place has two numbers
  }
  return map;
}

// What a number is multiplied with where money is multiplied with `times`.
double in_unit(const std::string& unit, const std::string& money, double times) {
  if (unit == money) return times;
  return unit.find("per " + money) != std::string::npos ? 1.0 / times : 1.0;
}

// The same rows with the same values. Differences are held against the largest number of the term: a solve guarantees digits of
// the largest, and the certificate of these worlds allows at least eleven of them.
void check_same(const std::vector<EffectRow>& expected, const std::vector<EffectRow>& found, const std::string& money, double times) {
  std::map<std::string, double> largest;
  for (const EffectRow& row : expected)
    if (std::isfinite(row.value)) largest[row.indicator + row.term] = std::max(largest[row.indicator + row.term], std::fabs(row.value));
  const auto other = by_key(found);
  CHECK(expected.size() == found.size());
  std::size_t wrong = 0;
  for (const EffectRow& row : expected) {
    const auto at = other.find({row.indicator, row.region, row.sector, row.partner, row.term});
    const double now = at == other.end() ? std::nan("") : at->second.value / in_unit(row.unit, money, times);
    const bool same = at != other.end() &&
                      (std::isnan(row.value) ? std::isnan(now) : std::fabs(now - row.value) <= 1e-9 * largest[row.indicator + row.term]);
    if (!same && ++wrong <= 3) {
      CAPTURE(row.indicator, row.region, row.sector, row.partner, row.term, row.value, now);
      CHECK(same);
    }
  }
  CHECK(wrong == 0);
}

}  // namespace

TEST_CASE("indicators: every row says its name, family, unit, meaning, formula and source, and no two have one name") {
  std::set<std::string> names;
  REQUIRE(!indicators().empty());
  for (const Indicator* i : indicators()) {
    CAPTURE(i->name);
    CHECK(names.insert(i->name).second);
    for (const char* text : {i->family, i->unit, i->meaning, i->formula, i->source, i->page}) {
      REQUIRE(text != nullptr);
      CHECK(std::string(text).find_first_not_of(' ') != std::string::npos);
    }
    CHECK(i->compute != nullptr);
    std::set<std::pair<std::string, std::string>> terms;
    for (const Term& term : i->terms) {
      CHECK(std::string(term.meaning) != "");  // a term without a name is the number itself
      CHECK(terms.emplace(term.name, term.when).second);
    }
    for (const Setting& setting : i->settings) CHECK(std::string(setting.meaning) != "");
    CHECK(&find_indicator(i->name) == i);
  }
}

TEST_CASE("indicators: every one stands by name on its page in docs/methods") {
  for (const Indicator* i : indicators()) {
    CAPTURE(i->name, i->page);
    const std::string page = text_of(std::filesystem::path(KONTOR_SOURCE_DIR) / "docs" / "methods" / (std::string(i->page) + ".md"));
    CHECK(!page.empty());
    CHECK(page.find(i->name) != std::string::npos);
  }
}

TEST_CASE("indicators: each answers on every world with numbers or with not available, each place once") {
  for (const auto& [name, a] : worlds()) {
    const Picture picture(a);
    for (const Indicator* i : indicators()) {
      CAPTURE(name, i->name);
      const IndicatorAnswer answer = ask(*i, picture, question_for(*i, a));
      CHECK(!answer.rows.empty());
      std::set<std::string> terms;
      for (const Term& term : i->terms) terms.insert(term.name);
      std::size_t infinite = 0, bare = 0, strange_terms = 0, strange_places = 0;
      for (const EffectRow& row : answer.rows) {
        infinite += std::isinf(row.value) ? 1 : 0;
        bare += row.unit.empty() || row.region.empty() || row.year != a.year ? 1 : 0;
        strange_terms += !terms.empty() && !is_term(a, terms, row.term) ? 1 : 0;
        const bool unasked = !row.partner.empty() && i->by_partner == ByPartner::never;
        const bool own_name = row.indicator == i->name || row.indicator.rfind(std::string(i->name) + "_", 0) == 0;  // by satellite
        strange_places += !own_name || (unasked && !lies_around(a, row.partner, row.region)) ? 1 : 0;
      }
      CHECK(infinite == 0);
      CHECK(bare == 0);
      CHECK(strange_terms == 0);
      CHECK(strange_places == 0);
      by_key(answer.rows);
    }
  }
}

TEST_CASE("indicators: another order of regions and sectors changes none", "[long]") {
  for (const auto& [name, a] : worlds()) {
    if (name == "tiny") continue;  // its round numbers tie, and what ties has no order
    const Accounts other = permuted(a);
    REQUIRE(cell_label(other, 0) != cell_label(a, 0));
    const Picture one(a), two(other);
    for (const Indicator* i : indicators()) {
      CAPTURE(name, i->name);
      check_same(ask(*i, one, question_for(*i, a)).rows, ask(*i, two, question_for(*i, other)).rows, money_unit(a), 1.0);
    }
  }
}

TEST_CASE("indicators: in a money worth a thousandth, amounts are a thousand times as large and nothing else changes", "[long]") {
  for (const auto& [name, a] : worlds()) {
    const Accounts other = in_money(a, 1000.0);
    const Picture one(a), two(other);
    for (const Indicator* i : indicators()) {
      CAPTURE(name, i->name);
      check_same(ask(*i, one, question_for(*i, a)).rows, ask(*i, two, question_for(*i, other)).rows, money_unit(a), 1000.0);
    }
  }
}

TEST_CASE("indicators: a sector that is asked for leaves rows of no other") {
  const Accounts a = with_satellites(kontor::test::small_world(true));
  const Picture picture(a);
  for (const Indicator* i : indicators()) {
    CAPTURE(i->name);
    Question question = question_for(*i, a);
    question.sectors = {1};
    for (const EffectRow& row : ask(*i, picture, question).rows) CHECK(row.sector == "2");
  }
}

TEST_CASE("indicators: a setting that an indicator does not know is refused by name") {
  const Accounts a = tiny_accounts();
  const Picture picture(a);
  for (const Indicator* i : indicators()) {
    Question question = question_for(*i, a);
    question.settings["no_such_setting"] = "1";
    CHECK_THROWS_WITH(ask(*i, picture, question), Catch::Contains("no_such_setting"));
  }
}
