// The tables of 19 Finnish regions (ALTA): identities of the source, the publisher's own regional tables, and the
// accounts that ship with the project.
#include <zlib.h>

#include <catch2/catch.hpp>
#include <cmath>
#include <map>

#include "kontor/accounts/store.h"
#include "kontor/base/csv.h"
#include "kontor/base/files.h"
#include "kontor/base/sum.h"
#include "kontor/base/text.h"
#include "read/gzip.h"
#include "read/readers.h"
#include "read/supply_use_trade.h"
#include "support.h"

using namespace kontor;
namespace fs = std::filesystem;

static const fs::path shipped = fs::path(KONTOR_SOURCE_DIR) / "data/finland-2014";

static fs::path alta() { return test::shared_folder() / "data/alta-finland-2014"; }

// The options of scripts/make-finland-2014; texts are taken from the shipped accounts, numbers never.
static ImportOptions options_of(const Accounts& accounts) {
  ImportOptions options;
  options.year = 2014;
  options.currency = "EUR";
  options.scale = 1e6;
  options.title = accounts.title;
  options.settings = {{"regions", (test::shared_folder() / "data/regions-finland/regions.csv").string()},
                      {"nation", "Finland"},
                      {"citation", accounts.sources.front().citation},
                      {"licence", accounts.sources.front().licence},
                      {"regions_citation", accounts.sources.back().citation},
                      {"regions_licence", accounts.sources.back().licence},
                      {"note", accounts.notes.back()}};
  return options;
}

TEST_CASE("the shipped accounts of Finland balance, and their value added is 176,987 million euro") {
  verify_accounts(shipped);
  const Accounts a = read_accounts(shipped);
  CHECK(a.cells.size() == 570);
  Sum total;
  for (std::size_t i = 0; i < a.cells.size(); ++i) {
    Sum uses, costs;
    for (const double v : a.intermediate.row(i)) uses.add(v);
    for (const double v : a.final_use.row(i)) uses.add(v);
    for (std::size_t j = 0; j < a.cells.size(); ++j) costs.add(a.intermediate(j, i));
    for (std::size_t k = 0; k < a.imports.size(); ++k) costs.add(a.imports_intermediate(k, i));
    for (std::size_t p = 0; p < a.primary_rows.size(); ++p) costs.add(a.primary(p, i));
    REQUIRE(std::fabs(uses.value() - a.output(0, i)) < 0.01);
    REQUIRE(std::fabs(costs.value() - a.output(0, i)) < 0.01);
    total.add(value_added(a, static_cast<int>(i)));
  }
  CHECK(total.value() == Approx(176987.0).margin(0.05));
  CHECK(sum_of(a.output.values()) == Approx(386403.4 + 804.58).margin(0.05));
  CHECK(sum_of(a.imports_intermediate.values()) + sum_of(a.imports_final.values()) == Approx(57864.4).margin(0.05));
  CHECK(sum_of(a.imports_intermediate.values()) == Approx(38055.7).margin(0.05));
  CHECK(sum_of(a.satellite.values()) == Approx(2507500).margin(1));
}

TEST_CASE("the shipped accounts of Finland are made again from the publisher's files, byte for byte") {
  NEEDS_SHARED_DATA();
  const Accounts before = read_accounts(shipped);
  Accounts again = supply_use_trade_reader.read(alta(), options_of(before)).accounts;
  again.made_by = before.made_by;
  const test::TemporaryFolder folder;
  write_accounts(again, folder / "finland");
  CHECK(accounts_fingerprint(folder / "finland") == accounts_fingerprint(shipped));
}

TEST_CASE("the tables of Finland keep the identities that their publisher states") {
  NEEDS_SHARED_DATA();
  const SupplyUseTrade t = read_supply_use_trade_files(alta(), options_of(read_accounts(shipped)));
  const Findings findings = check_supply_use_trade(t);
  CHECK(findings.size() == 4);  // one note for each identity, nothing else
  CHECK(findings[0].found.find("widest gap 0.0021 ") != std::string::npos);
  CHECK(findings[1].found.find("widest gap 0.0011 ") != std::string::npos);
  CHECK(findings[3].found.find("widest gap 0.0044 ") != std::string::npos);
  Sum own, all;
  for (std::size_t o = 0; o < t.region_count(); ++o)
    for (std::size_t c = 0; c < t.product_count(); ++c)
      for (std::size_t d = 0; d < t.region_count(); ++d) {
        all.add(t.trade[domestic](t.product(o, c), d));
        if (o == d) own.add(t.trade[domestic](t.product(o, c), d));
      }
  CHECK(100 * own.value() / all.value() == Approx(76.8).margin(0.05));
}

TEST_CASE("own-region use of products by the industries of Uusimaa is the publisher's figure to 0.07 %") {
  NEEDS_SHARED_DATA();
  const SupplyUseTrade t = read_supply_use_trade_files(alta(), options_of(read_accounts(shipped)));
  const Purchases bought = pool_purchases(t);
  Sum own;  // region 0, the 28 products that are no margins
  for (std::size_t c = 0; c < t.product_count(); ++c)
    for (std::size_t i = 0; i < t.industries.size(); ++i)
      if (c != static_cast<std::size_t>(t.margin_commodity[0]) && c != static_cast<std::size_t>(t.margin_commodity[1]))
        own.add(bought.goods(t.product(0, c), t.buyer(0, i)));
  CHECK(t.regions[0] == "Uusimaa");
  CHECK(own.value() == Approx(43888.8).margin(0.05));
  CHECK(own.value() == Approx(43875.6).epsilon(7e-4));  // outdata/use_dom2014_en.xlsx of the publisher
}

// Intermediate use in one of the publisher's regional tables, industry by industry: table[region](seller, buyer).
static std::vector<Matrix> published(const std::string& name, const Accounts& a, std::size_t regions) {
  const fs::path file = alta() / "published" / name;
  const CsvTable table = parse_csv(inflate(read_file(file), file.string()), file.string(), ';');
  std::map<std::string, std::size_t> sectors;
  for (std::size_t s = 0; s < a.sectors.size(); ++s) sectors[a.sectors[s].code] = s;
  sectors["681+68209+683"] = sectors["68"], sectors["68201_68202"] = sectors["68A"];
  std::vector<Matrix> result(regions, Matrix(a.sectors.size(), a.sectors.size()));
  for (const CsvRow& row : table.rows) {
    const auto code = [&](std::size_t field) { return sectors.find(row.fields[field].substr(0, row.fields[field].find(' '))); };
    if (code(1) == sectors.end() || code(2) == sectors.end()) continue;  // final use, value added and totals
    double value = 0;
    REQUIRE(read_number(row.fields[3], value) == NumberProblem::none);
    result[static_cast<std::size_t>(region_index(a, row.fields[0]))](code(1)->second, code(2)->second) += value;
  }
  return result;
}

TEST_CASE("intermediate use agrees with the regional input-output tables that the publisher derived itself") {
  NEEDS_SHARED_DATA();
  const Accounts a = read_accounts(shipped);
  constexpr std::size_t regions = 19;
  const std::size_t sectors = a.sectors.size();
  const auto own = published("io2014.csv.gz", a, regions), others = published("io_reg2014.csv.gz", a, regions);
  const auto abroad = published("io_imp2014.csv.gz", a, regions);
  const auto trade = static_cast<std::size_t>(sector_index(a, "45_47")), transport = static_cast<std::size_t>(sector_index(a, "49_53"));
  for (std::size_t d = 0; d < regions; ++d) {
    Sum ours, theirs, ours_own, theirs_own, apart;
    for (std::size_t j = 0; j < sectors; ++j) {
      for (std::size_t i = 0; i < a.cells.size(); ++i) ours.add(a.intermediate(i, d * sectors + j));
      for (std::size_t i = 0; i < sectors; ++i) {
        ours.add(a.imports_intermediate(i, d * sectors + j));
        theirs.add(own[d](i, j) + others[d](i, j) + abroad[d](i, j));
        if (i == trade || i == transport) continue;  // they charge margins on imports to imports, we to the two industries
        const double value = a.intermediate(d * sectors + i, d * sectors + j);
        ours_own.add(value), theirs_own.add(own[d](i, j)), apart.add(std::fabs(value - own[d](i, j)));
      }
    }
    INFO(a.regions[d].code);
    CHECK(ours.value() == Approx(theirs.value()).epsilon(1e-7));
    CHECK(ours_own.value() == Approx(theirs_own.value()).epsilon(0.009));
    CHECK(apart.value() < 0.0095 * theirs_own.value());
  }
}
