// describe: size and totals, the profile of a region, the mutual trade of a pair.
#include <algorithm>
#include <iostream>

#include "accounts_output.h"
#include "kontor/accounts/store.h"
#include "kontor/base/error.h"
#include "kontor/base/text.h"
#include "kontor/indicators/describe.h"
#include "kontor/indicators/effects.h"
#include "kontor/report/text_table.h"
#include "verbs.h"

namespace kontor::cli {

static int known_region(const Accounts& a, const std::string& code) {
  const int region = region_index(a, code);
  if (region >= 0) return region;
  std::vector<std::string> codes;
  for (const Region& r : a.regions) codes.push_back(r.code);
  fail(Exit::usage, "unknown-region", "", "", "--region", "unknown region " + quoted(code), "a region of the accounts",
       did_you_mean(code, codes));
}

// Rows with one line an item and one column a header: how people read a profile.
static std::string pivot_text(const std::vector<EffectRow>& rows, const std::string& title, const std::string& item_header,
                              const auto& item_of, const auto& name_of, const auto& header_of) {
  PrintedTable table{title, {{item_header, false}, {"", false}}, {}};
  std::vector<std::string> headers, items;
  const auto place = [](std::vector<std::string>& list, const std::string& text) {
    const auto at = std::find(list.begin(), list.end(), text);
    if (at == list.end()) list.push_back(text);
    return static_cast<std::size_t>((at == list.end() ? list.end() - 1 : at) - list.begin());
  };
  for (const EffectRow& row : rows) place(headers, header_of(row)), place(items, item_of(row));
  for (const std::string& header : headers) table.columns.push_back({header, true});
  for (const std::string& item : items) {
    table.rows.emplace_back(table.columns.size(), "");
    table.rows.back()[0] = item, table.rows.back()[1] = name_of(item);
  }
  for (const EffectRow& row : rows) table.rows[place(items, item_of(row))][place(headers, header_of(row)) + 2] = table_number(row.value, 1);
  return table_text(table);
}

static std::string indicator_header(const EffectRow& row) { return row.indicator + (row.unit == "%" ? " %" : ""); }

// "BAL>NRD 2011", "growth % BAL>NRD 2011", "balance 2011".
static std::string pair_header(const EffectRow& row) {
  const std::string year = ' ' + std::to_string(row.year), pair = row.region + '>' + row.partner;
  return row.indicator == "balance" ? "balance" + year : row.indicator == "growth" ? "growth % " + pair + year : pair + year;
}

static std::string sector_of_row(const EffectRow& row) { return row.sector.empty() ? "all" : row.sector; }

static std::string sector_name(const Accounts& a, const std::string& code) {
  const int sector = sector_index(a, code);
  return sector < 0 ? "" : a.sectors[static_cast<std::size_t>(sector)].name;
}

static void describe_verb(const Common& common, const std::vector<std::string>& folders, const std::string& region,
                          const std::string& pair) {
  std::vector<Accounts> years;
  for (const std::string& folder : folders) years.push_back(read_accounts(folder));
  std::stable_sort(years.begin(), years.end(), [](const Accounts& a, const Accounts& b) { return a.year < b.year; });
  const Accounts& a = years.back();
  if (!pair.empty()) {
    const std::vector<std::string> codes = split(pair, ',');
    if (codes.size() != 2) fail(Exit::usage, "usage", "", "", "--pair", quoted(pair), "two regions: A,B", "e.g. --pair FIN,SWE");
    const std::vector<EffectRow> rows = describe_pair(years, codes[0], codes[1]);
    print_rows(common, rows,
               pivot_text(
                   rows, "Mutual trade of " + codes[0] + " and " + codes[1] + ", " + money_unit(a), "sector", sector_of_row,
                   [&](const std::string& code) { return sector_name(a, code); }, pair_header));
    return;
  }
  if (years.size() > 1)
    fail(Exit::usage, "usage", "", "", "", "several accounts", "one, unless --pair asks for a comparison over years", "add --pair A,B");
  if (!region.empty()) {
    const std::vector<EffectRow> rows = describe_region(a, known_region(a, region));
    print_rows(common, rows,
               pivot_text(
                   rows, region + " by sector, " + money_unit(a), "sector", sector_of_row,
                   [&](const std::string& code) { return sector_name(a, code); }, indicator_header));
    return;
  }
  const std::vector<EffectRow> rows = describe_regions(a);
  print_rows(
      common, rows,
      summary_line(a) + "\n\n" +
          pivot_text(
              rows, "Regions, " + money_unit(a), "region", [](const EffectRow& r) { return r.region; },
              [&](const std::string& code) { return a.regions[static_cast<std::size_t>(region_index(a, code))].name; }, indicator_header));
  if (common.json || common.csv) return;
  for (const std::string& note : a.notes) std::cout << "note: " << note << '\n';
  for (const Source& source : a.sources)
    std::cout << "source: " << source.file << (source.citation.empty() ? "" : ": " + source.citation) << '\n';
}

void add_describe(CLI::App& verb, Common& common) {
  static std::vector<std::string> folders;
  static std::string region, pair;
  verb.add_option("ACCOUNTS", folders, "accounts folder; several with --pair")->required();
  verb.add_option("--region", region, "profile of one region or nation by sector");
  verb.add_option("--pair", pair, "A,B: mutual trade by product, growth and balance");
  verb.callback([&common] { describe_verb(common, folders, region, pair); });
}

}  // namespace kontor::cli
