#include "kontor/report/compare.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <nlohmann/json.hpp>

#include "kontor/report/rows.h"
#include "kontor/report/text_table.h"

using namespace kontor;

static Result result_of(std::vector<EffectRow> rows) {
  Result result;
  result.accounts.currency = "EUR";
  result.effects = std::move(rows);
  return result;
}

TEST_CASE("a comparison gives both values and the difference, and keeps what only one of them has") {
  const Result a =
      result_of({{"output", "R1", "", "", 2030, "", "", 3, "million EUR"}, {"output", "R2", "", "", 2030, "", "", 1, "million EUR"}});
  const Result b = result_of({{"output", "R1", "", "", 2030, "", "", 5, "million EUR"}, {"jobs", "R1", "", "", 2030, "", "", 7, "jobs"}});
  const Comparison c = compare(a, b);
  REQUIRE(c.rows.size() == 3);
  CHECK(c.rows[0].row.value == 2);
  CHECK(std::isnan(c.rows[1].b));
  CHECK(c.rows[2].row.indicator == "jobs");
  CHECK(std::isnan(c.rows[2].a));
  CHECK(c.findings.empty());
  const std::vector<EffectRow> rows = read_rows_csv(comparison_csv(c), "c.csv");
  CHECK(rows.size() == 9);
  CHECK(rows[2].term == "difference");
  CHECK(nlohmann::json::parse(comparison_json(c))["rows"].size() == 9);
  CHECK(comparison_text(c).find("B - A") != std::string::npos);
}

TEST_CASE("results on different accounts are compared with a warning") {
  Result a = result_of({}), b = result_of({});
  b.accounts_fingerprint = "other";
  b.accounts.scale = 1;
  CHECK(compare(a, b).findings.size() == 2);
}

TEST_CASE("a table aligns by characters, numbers to the right") {
  CHECK(table_text({"Money", {{"name"}, {"value", true}}, {{"\u00c4\u00e4nekoski", "1"}, {"B\nx", "-12"}}}) ==
        "Money\nname       value\n---------  -----\n\u00c4\u00e4nekoski      1\nB x          -12\n");
  CHECK(table_text({"", {{"name"}}, {{"abcdef"}}}, 4) == "name\n----\nabc\u2026\n");
  CHECK(table_number(-1234567.8, 2) == "-1 234 568");
  CHECK(table_number(0.00001, 2) == "0.00");
  CHECK(table_number(std::nan(""), 2) == "n/a");
}
