// A tariff schedule beside the programme: what it does, and every way in which it can be wrong.
#include <catch2/catch.hpp>

#include <cmath>

#include "kontor/base/error.h"
#include "kontor/base/files.h"
#include "programme/worlds.h"
#include "support.h"

using namespace kontor;
using namespace kontor::test;

static Accounts world_with_tariffs() {
  Accounts world = small_world();
  world.border_costs = {{0, 0, 1, 0.1, NAN}, {0, 1, 0, 0.05, NAN}, {1, 0, 1, 0.2, NAN}};
  return world;
}

static std::string header() { return "[programme]\nhorizon = [2021, 2030]\ncurrency = 'EUR'\nprice_year = 2020\n"; }

static std::string step(const std::string& more = "") {
  return "[[measure]]\nid = 'M6'\nkind = 'integration'\nmembers = ['A', 'B']\ntariff = { file = 't.csv', phase = 4" + more + " }\n";
}

static Compiled compile_with(const Accounts& world, const std::string& csv, const std::string& measure = step(),
                             Programme* read = nullptr) {
  const TemporaryFolder folder;
  write_file(folder / "t.csv", csv);
  const Programme p = parse_programme(header() + measure, "p.toml", folder.path(), world);
  if (read) *read = p;
  return compile(p, world);
}

static std::string errors(const Accounts& world, const std::string& csv, const std::string& measure = step()) {
  try {
    compile_with(world, csv, measure);
  } catch (const Error& error) {
    CHECK(error.exit() == Exit::data);
    std::string lines;
    for (const Finding& f : error.findings()) lines += to_line(f) + '\n';
    return lines;
  }
  return "";
}

static const std::string good = "sector,exporter,importer,rate\n1,A,B,0.02\n28,A,B,0.2\n1,B,A,0.05\n";

TEST_CASE("each border of a schedule goes from its base rate to its own, in equal steps") {
  Programme read;
  const Compiled compiled = compile_with(world_with_tariffs(), good, step(), &read);
  std::vector<std::pair<int, TariffRate>> rates;
  for (const Shock& shock : compiled.shocks)
    if (const auto* rate = std::get_if<TariffRate>(&shock.change)) rates.emplace_back(shock.year, *rate);
  // Of the three rows two keep their base rate: only 1 from A to B moves, 0.1 to 0.02 over four years.
  REQUIRE(rates.size() == 10);
  CHECK(rates[0].first == 2021);
  CHECK(rates[0].second.rate == Approx(0.08));
  CHECK(rates[3].second.rate == Approx(0.02));
  CHECK(rates[9].second.rate == Approx(0.02));
  CHECK(rates[9].second.origin == 0);
  CHECK(rates[9].second.destination == 1);
  REQUIRE(read.inputs.size() == 1);
  CHECK(read.inputs[0].first == "t.csv");
  CHECK(read.inputs[0].second == sha256(good));
}

TEST_CASE("the name of a nation in a schedule stands for its regions") {
  Accounts world = world_with_tariffs();
  world.regions[2].parent = "B";  // C becomes a region of B, and B owns its cells only through it
  const Compiled compiled = compile_with(world, "sector,exporter,importer,rate\n1,A,B,0\n");
  int count = 0;
  for (const Shock& shock : compiled.shocks)
    if (const auto* rate = std::get_if<TariffRate>(&shock.change)) {
      CHECK(rate->destination == 2);
      ++count;
    }
  CHECK(count == 10);
}

TEST_CASE("labels, rates and doubles of a schedule are all found at once, each with its line") {
  const std::string found = errors(world_with_tariffs(),
                                   "sector,exporter,importer,rate\n1,A,B,0.02\n29,A,B,0\n1,Nowhere,B,0\n1,A,B,0.03\n28,A,B,-1.5\n"
                                   "28,B,A,ten\n1,B,A,\n1,A,A,0\n1,A,C,0\n");
  INFO(found);
  for (const char* part :
       {"unknown-sector] t.csv:3:sector (1): unknown sector `29`", "unknown-region] t.csv:4:exporter (2): unknown region `Nowhere`",
        "duplicate-row] t.csv:5", "stands in line 2 already", "out-of-range] t.csv:6:rate (4): a rate of -1.5; above -1",
        "not-a-number] t.csv:7:rate (4): `ten`", "not-a-number] t.csv:8", "no-border] t.csv:9", "not-a-member] t.csv:10:importer (3): C"})
    CHECK_THAT(found, Catch::Contains(part));
}

TEST_CASE("a schedule needs its columns and rows, and is not mixed with one rate for all") {
  CHECK_THAT(errors(world_with_tariffs(), "sector,exporter,importer\n1,A,B\n"), Catch::Contains("rate"));
  CHECK_THAT(errors(world_with_tariffs(), "sector,exporter,importer,rate\n"), Catch::Contains("empty-table"));
  CHECK_THAT(errors(world_with_tariffs(), good, step(", to = 0.0")), Catch::Contains("both `tariff.file` and `tariff.to`"));
  CHECK_THAT(errors(world_with_tariffs(), good, step(", sectors = ['1']")), Catch::Contains("both `tariff.file` and `tariff.sectors`"));
  std::string remote = step();
  remote.replace(remote.find("t.csv"), 5, "https://example.org/t.csv");
  CHECK_THAT(errors(world_with_tariffs(), good, remote), Catch::Contains("works offline"));
}

TEST_CASE("a schedule on accounts without base rates is refused with the first border") {
  const std::string found = errors(small_world(), good);
  INFO(found);
  CHECK_THAT(found, Catch::Contains("no-base-tariff") && Catch::Contains("3 of 3") && Catch::Contains("A to B 1 (t.csv:2)") &&
                        Catch::Contains("never assumed"));
}

TEST_CASE("a rate above one hundred per cent is allowed with a warning") {
  CHECK_THAT(notes_of(compile_with(world_with_tariffs(), "sector,exporter,importer,rate\n1,A,B,10\n")),
             Catch::Contains("warning[high-rate] t.csv:2") && Catch::Contains("1000 per cent"));
}
