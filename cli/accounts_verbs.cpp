// check, describe, aggregate.
#include <fmt/format.h>

#include <algorithm>
#include <iostream>

#include "accounts_output.h"
#include "kontor/accounts/aggregate.h"
#include "kontor/accounts/check.h"
#include "kontor/accounts/store.h"
#include "kontor/base/error.h"
#include "kontor/base/files.h"
#include "kontor/base/text.h"
#include "kontor/indicators/describe.h"
#include "kontor/indicators/effects.h"
#include "kontor/programme/programme.h"
#include "kontor/report/text_table.h"
#include "verbs.h"

namespace kontor::cli {

namespace fs = std::filesystem;

// --- check -----------------------------------------------------------------------------------------

static Findings check_programme(const fs::path& file, const std::string& accounts_folder) {
  const fs::path folder = accounts_folder.empty() ? accounts_of_programme(file) : fs::path(accounts_folder);
  const Accounts accounts = read_accounts(folder);
  const Programme programme = read_programme(file, accounts);
  const Compiled compiled = compile(programme, accounts);
  Findings findings = programme.findings;
  findings.insert(findings.end(), compiled.findings.begin(), compiled.findings.end());
  return findings;
}

void add_check(CLI::App& verb, Common& common) {
  static std::string what, accounts;
  verb.add_option("WHAT", what, "accounts folder or programme.toml")->required();
  verb.add_option("--accounts", accounts, "check a programme against these accounts instead of those it names");
  verb.callback([&common] {
    Findings findings;
    if (fs::path(what).extension() == ".toml") {
      findings = check_programme(what, accounts);
    } else {
      verify_accounts(what);
      const Accounts a = read_accounts(what);
      findings = check_accounts(a, what);
      if (!common.json && !common.csv) std::cout << summary_line(a) << '\n';
    }
    print_findings(common, findings);
    const auto count = [&](Severity s) {
      return std::count_if(findings.begin(), findings.end(), [s](const Finding& f) { return f.severity == s; });
    };
    say(common, fmt::format("{} errors, {} warnings, {} notes", count(Severity::error), count(Severity::warning), count(Severity::note)));
    if (has_errors(findings)) throw CLI::RuntimeError(static_cast<int>(Exit::data));
  });
}

// --- describe --------------------------------------------------------------------------------------

static int known_region(const Accounts& a, const std::string& code) {
  const int region = region_index(a, code);
  if (region >= 0) return region;
  std::vector<std::string> codes;
  for (const Region& r : a.regions) codes.push_back(r.code);
  fail(Exit::usage, "unknown-region", "", "", "--region", "unknown region " + quoted(code), "a region of the accounts",
       did_you_mean(code, codes));
}

// Rows with one line an item and one column an indicator: how people read a profile.
static std::string pivot_text(const std::vector<EffectRow>& rows, const std::string& title, const std::string& item_header,
                              const auto& item_of, const auto& name_of) {
  PrintedTable table{title, {{item_header, false}, {"", false}}, {}};
  std::vector<std::string> indicators, items;
  for (const EffectRow& row : rows) {
    const std::string header = row.indicator + (row.unit == "%" ? " %" : "");
    if (std::find(indicators.begin(), indicators.end(), header) == indicators.end())
      indicators.push_back(header), table.columns.push_back({header, true});
    if (std::find(items.begin(), items.end(), item_of(row)) == items.end()) items.push_back(item_of(row));
  }
  for (const std::string& item : items) {
    std::vector<std::string> line(table.columns.size(), "");
    line[0] = item, line[1] = name_of(item);
    for (const EffectRow& row : rows) {
      if (item_of(row) != item) continue;
      const std::string header = row.indicator + (row.unit == "%" ? " %" : "");
      const auto column = static_cast<std::size_t>(std::find(indicators.begin(), indicators.end(), header) - indicators.begin());
      line[column + 2] = table_number(row.value, 1);
    }
    table.rows.push_back(std::move(line));
  }
  return table_text(table);
}

static void describe_verb(const Common& common, const std::vector<std::string>& folders, const std::string& region,
                          const std::string& pair) {
  std::vector<Accounts> years;
  for (const std::string& folder : folders) years.push_back(read_accounts(folder));
  std::stable_sort(years.begin(), years.end(), [](const Accounts& a, const Accounts& b) { return a.year < b.year; });
  const Accounts& a = years.back();
  if (!pair.empty()) {
    const std::vector<std::string> codes = split(pair, ',');
    if (codes.size() != 2) fail(Exit::usage, "usage", "", "", "--pair", kontor::quoted(pair), "two regions: A,B", "e.g. --pair FIN,SWE");
    const std::vector<EffectRow> rows = describe_pair(years, codes[0], codes[1]);
    print_rows(common, rows, rows_text(rows, "Mutual trade of " + codes[0] + " and " + codes[1] + ", " + money_unit(a)));
    return;
  }
  if (years.size() > 1)
    fail(Exit::usage, "usage", "", "", "", "several accounts", "one, unless --pair asks for a comparison over years", "add --pair A,B");
  if (!region.empty()) {
    const std::vector<EffectRow> rows = describe_region(a, known_region(a, region));
    print_rows(common, rows,
               pivot_text(
                   rows, region + " by sector, " + money_unit(a), "sector", [](const EffectRow& r) { return r.sector; },
                   [&](const std::string& code) { return a.sectors[static_cast<std::size_t>(sector_index(a, code))].name; }));
    return;
  }
  const std::vector<EffectRow> rows = describe_regions(a);
  print_rows(common, rows,
             summary_line(a) + "\n\n" +
                 pivot_text(
                     rows, "Regions, " + money_unit(a), "region", [](const EffectRow& r) { return r.region; },
                     [&](const std::string& code) { return a.regions[static_cast<std::size_t>(region_index(a, code))].name; }));
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

// --- aggregate -------------------------------------------------------------------------------------

void add_aggregate(CLI::App& verb, Common& common) {
  static std::string folder, regions, sectors, title;
  verb.add_option("ACCOUNTS", folder, "accounts folder")->required();
  verb.add_option("--regions", regions, "concordance of regions (CSV: from,to[,weight][,name]); without it regions stay");
  verb.add_option("--sectors", sectors, "concordance of sectors (CSV: from,to[,weight][,name]); without it sectors stay");
  verb.add_option("--out", common.out, "accounts folder to write");
  verb.add_option("--title", title, "title of the new accounts");
  verb.add_flag("--force", common.force, "replace an existing accounts folder");
  verb.callback([&common] {
    need_out(common);
    refuse_same_place(folder, common.out);
    verify_accounts(folder);
    const Accounts fine = read_accounts(folder);
    const auto map = [](const std::string& file) { return file.empty() ? Concordance{} : read_concordance(file); };
    Accounts coarse = aggregate(fine, map(regions), map(sectors));
    if (!title.empty()) coarse.title = title;
    coarse.made_by = fine.made_by + "; kontor aggregate" + (regions.empty() ? "" : " --regions " + fs::path(regions).filename().string()) +
                     (sectors.empty() ? "" : " --sectors " + fs::path(sectors).filename().string());
    for (const std::string& file : {regions, sectors})
      if (!file.empty()) coarse.sources.push_back({fs::path(file).filename().string(), sha256_of_file(file), "concordance", ""});
    write_accounts(coarse, common.out, common.force);
    say(common, summary_line(coarse));
    say(common, "written to " + common.out);
  });
}

}  // namespace kontor::cli
