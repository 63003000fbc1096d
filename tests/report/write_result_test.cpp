#include "kontor/report/write_result.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <nlohmann/json.hpp>

#include "kontor/base/csv.h"
#include "kontor/base/error.h"
#include "kontor/base/files.h"
#include "kontor/report/rows.h"
#include "report/sample_result.h"
#include "support.h"

using namespace kontor;

static bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

TEST_CASE("effects have nine columns and numbers in full precision") {
  const std::string csv = rows_csv(
      {{"value_added", "R1", "", "", 2030, "", "", 0.1 + 0.2, "million EUR"}, {"jobs", "", "", "", 0, "", "", std::nan(""), "jobs"}});
  CHECK(csv ==
        "indicator,region,sector,partner,year,measure,term,value,unit\n"
        "value_added,R1,,,2030,,,0.30000000000000004,million EUR\n"
        "jobs,,,,,,,,jobs\n");
}

TEST_CASE("text that a spreadsheet would run is neutralised and negative numbers stay numbers") {
  const std::vector<EffectRow> rows = {{"output", "=1+1", "@SUM(A1)", "-x", 2030, "+1", "\tb", -12.5, "%"},
                                       {"output", "'=2", "it's", "", 2030, "", "", 1, "%"}};
  const std::string csv = rows_csv(rows);
  CHECK(contains(csv, "output,'=1+1,'@SUM(A1),'-x,2030,'+1,'\tb,-12.5,%\n"));
  const std::vector<EffectRow> read = read_rows_csv(csv, "effects.csv");
  REQUIRE(read.size() == 2);
  CHECK(read[0].region == "=1+1");
  CHECK(read[0].partner == "-x");
  CHECK(read[0].value == -12.5);
  CHECK(read[1].region == "'=2");
  CHECK(read[1].sector == "it's");
}

TEST_CASE("rows in JSON hold the same numbers, null where there is none") {
  const auto json = nlohmann::json::parse(
      rows_json({{"output", "a\"b", "", "", 0, "", "", std::nan(""), "%"}, {"output", "", "", "", 2030, "M1", "", -0.1, "%"}}));
  CHECK(json[0]["region"] == "a\"b");
  CHECK(json[0]["value"].is_null());
  CHECK(json[0]["year"].is_null());
  CHECK(json[1]["value"] == -0.1);
  CHECK(json[1].size() == 9);
  CHECK(nlohmann::json::parse(rows_json({})).empty());
}

TEST_CASE("the JSON of a run holds outcome, certificate, summary and rows") {
  const Result result = test::sample_result();
  const auto json = nlohmann::json::parse(result_json(result));
  CHECK(json["outcome"] == "solved");
  CHECK(json["certificate"]["model"] == "leontief");
  CHECK(json["summary"].size() == 5);
  CHECK(json["rows"].size() == result.effects.size());
}

TEST_CASE("a result folder is written whole, its hashes fit, and reading it gives the same rows") {
  const test::TemporaryFolder folder;
  for (const Result& result : {test::sample_result(), test::hostile_result()}) {
    write_result(result, folder / "r", true);
    const auto package = nlohmann::json::parse(read_file(folder / "r/datapackage.json"));
    CHECK(package["resources"].size() == 7);
    for (const auto& resource : package["resources"])
      CHECK(resource["hash"] == "sha256:" + sha256_of_file(std::filesystem::path(folder / "r") / resource["path"].get<std::string>()));
    const Result read = read_result(folder / "r");
    REQUIRE(read.effects.size() == result.effects.size());
    bool same = true;
    for (std::size_t i = 0; i < read.effects.size(); ++i)
      same = same && read.effects[i].value == result.effects[i].value && read.effects[i].region == result.effects[i].region &&
             read.effects[i].sector == result.effects[i].sector && read.effects[i].term == result.effects[i].term;
    CHECK(same);
    CHECK(read.programme.title == result.programme.title);
    CHECK(read.accounts.regions[1].code == result.accounts.regions[1].code);
    CHECK(read.certificate.digits == result.certificate.digits);
    CHECK(read.answer == result.answer);
    CHECK(effects_csv(read) == effects_csv(result));
  }
}

TEST_CASE("the same result gives the same bytes, without any folder of the machine") {
  const test::TemporaryFolder folder;
  write_result(test::sample_result(), folder / "a");
  write_result(test::sample_result(), folder / "b");
  for (const auto& entry : std::filesystem::directory_iterator(folder / "a")) {
    const std::string name = entry.path().filename().string(), content = read_file(entry.path());
    CHECK(content == read_file(std::filesystem::path(folder / "b") / name));
    INFO(name);
    CHECK(contains(content, "/somewhere") == (name == "run.log"));  // which is no part of the package
  }
  CHECK_FALSE(contains(read_file(folder / "a/datapackage.json"), "run.log"));
}

TEST_CASE("a result replaces a result only when asked, and another folder never") {
  const test::TemporaryFolder folder;
  write_result(test::sample_result(), folder / "r");
  CHECK_THROWS_AS(write_result(test::sample_result(), folder / "r"), Error);
  write_result(test::sample_result(), folder / "r", true);
  std::filesystem::create_directory(folder / "other");
  CHECK_THROWS_AS(write_result(test::sample_result(), folder / "other", true), Error);
}

TEST_CASE("a folder that is no result is refused with a reason") {
  const test::TemporaryFolder folder;
  CHECK_THROWS_AS(read_result(folder / "missing"), Error);
  CHECK_THROWS_AS(read_result(folder.path()), Error);
  write_result(test::sample_result(), folder / "r");
  for (const char* content : {"[", "{}", "{\"programme\": 3}"}) {
    std::filesystem::remove(folder / "r/about.json");
    write_new_file(folder / "r/about.json", content);
    CHECK_THROWS_AS(read_result(folder / "r"), Error);
  }
  std::filesystem::remove(folder / "r/about.json");
  write_new_file(folder / "r/about.json", std::string(200000, '['));
  CHECK_THROWS_AS(read_result(folder / "r"), Error);
}

TEST_CASE("where the certificate gives too few digits there is no number, only the reason") {
  Result result = test::sample_result();
  result.certificate.digits = 4.2;
  CHECK(effects_csv(result) == "indicator,region,sector,partner,year,measure,term,value,unit\n");
  REQUIRE(answer_lines(result).size() == 1);
  CHECK(contains(answer_lines(result)[0], "no trustworthy answer"));
  result.certificate.outcome = "the spectral radius is 1.2";
  CHECK(contains(answer_lines(result)[0], "the spectral radius is 1.2"));
}
