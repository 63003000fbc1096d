// import, check, describe, aggregate.
#include <fmt/format.h>

#include <algorithm>
#include <iostream>

#include "kontor/accounts/aggregate.h"
#include "kontor/accounts/check.h"
#include "kontor/accounts/store.h"
#include "kontor/base/error.h"
#include "kontor/base/files.h"
#include "kontor/base/text.h"
#include "kontor/indicators/describe.h"
#include "kontor/indicators/effects.h"
#include "kontor/programme/programme.h"
#include "kontor/read/reader.h"
#include "kontor/report/text_table.h"
#include "verbs.h"

namespace kontor::cli {

namespace fs = std::filesystem;

static void need_out(const Common& common) {
  if (common.out.empty()) fail(Exit::usage, "usage", "", "", "--out", "no --out", "the accounts folder to write", "add --out FOLDER");
}

static void refuse_same_place(const fs::path& input, const fs::path& output) {
  std::error_code ignored;
  if (fs::exists(output, ignored) && fs::equivalent(input, output, ignored))
    fail(Exit::usage, "usage", output.string(), "", "--out", "the output is the input", "another folder", "choose another --out");
}

static std::string summary_line(const Accounts& a) {
  return fmt::format("{}: {} cells ({} regions, {} sectors), {} final-use columns, {} import rows, {} satellites; {}, {} prices, {}",
                     a.title, a.cells.size(),
                     std::count_if(a.regions.begin(), a.regions.end(), [](const Region& r) { return !r.external; }), a.sectors.size(),
                     a.final_uses.size(), a.imports.size(), a.satellites.size(), money_unit(a), a.valuation, a.year);
}

// --- import ----------------------------------------------------------------------------------------

struct ImportArguments {
  std::string source, format, gross_output, duplicates = "error", into;
  std::vector<std::string> with;
  bool list = false;
  ImportOptions options;
};

static ImportOptions import_options(const ImportArguments& arguments) {
  ImportOptions options = arguments.options;
  if (!arguments.gross_output.empty()) {
    options.gross_output_chosen = true;
    options.gross_output = arguments.gross_output == "reported"   ? GrossOutput::reported
                           : arguments.gross_output == "row_sums" ? GrossOutput::row_sums
                                                                  : GrossOutput::column_sums;
  }
  options.duplicates = arguments.duplicates == "sum"     ? Duplicates::sum
                       : arguments.duplicates == "first" ? Duplicates::first
                                                         : Duplicates::error;
  for (const std::string& pair : arguments.with) {
    const std::size_t equals = pair.find('=');
    if (equals == std::string::npos || equals == 0)
      fail(Exit::usage, "usage", "", "", "--with", kontor::quoted(pair), "key=value", "see `kontor formats`");
    options.settings[pair.substr(0, equals)] = pair.substr(equals + 1);
  }
  return options;
}

// Settings that the reader does not know would be silently without effect.
static void check_settings(const Reader& reader, const ImportOptions& options) {
  std::vector<std::string> known;
  for (const Setting& setting : reader.settings) known.emplace_back(setting.name);
  for (const auto& [key, value] : options.settings)
    if (std::find(known.begin(), known.end(), key) == known.end())
      fail(Exit::usage, "usage", "", "", "--with", "format " + std::string(reader.name) + " has no setting " + quoted(key),
           known.empty() ? "it has none" : did_you_mean(key, known), "see `kontor formats`");
}

// The command as it can be repeated: what matters for the numbers, no folder of this machine.
static std::string made_by(const ImportArguments& arguments, const ImportOptions& options) {
  std::string text = "kontor import " + fs::path(arguments.source).filename().string() + " --format " + arguments.format;
  if (options.gross_output_chosen) text += " --gross-output " + arguments.gross_output;
  if (arguments.duplicates != "error") text += " --duplicates " + arguments.duplicates;
  if (!options.na.empty()) text += " --na " + options.na;
  if (options.decimal_comma) text += " --decimal-comma";
  if (options.allow_negative) text += " --allow-negative";
  if (options.missing_zero) text += " --missing zero";
  if (options.encoding != "utf-8") text += " --encoding " + options.encoding;
  if (options.year) text += fmt::format(" --year {}", options.year);
  if (!options.currency.empty()) text += " --currency " + options.currency;
  if (options.scale != 0) text += " --scale " + number_text(options.scale);
  for (const auto& [key, value] : options.settings) {
    std::error_code ignored;  // a file is named without its folder; a citation is text, whatever slashes it holds
    const std::string said = key + "=" + (fs::exists(value, ignored) ? fs::path(value).filename().string() : value);
    text += " --with " + (said.find(' ') == std::string::npos ? said : '"' + said + '"');
  }
  return text;
}

static void import_verb(const Common& common, const ImportArguments& arguments) {
  if (arguments.source.empty())
    fail(Exit::usage, "usage", "", "", "SOURCE", "no source", "a file or folder", "`kontor import --list` names the formats");
  if (arguments.format.empty())
    fail(Exit::usage, "usage", "", "", "--format", "no --format", "the format of the source", "`kontor import --list` names them");
  need_out(common);
  const Reader& reader = find_reader(arguments.format);
  const ImportOptions options = import_options(arguments);
  check_settings(reader, options);
  refuse_same_place(arguments.source, common.out);
  if (std::error_code ignored; fs::exists(common.out, ignored) && !common.force)
    fail(Exit::environment, "output-exists", common.out, "", "", "the output exists already", "nothing is overwritten unasked",
         "use --force to replace it, or choose another --out");
  Imported imported = reader.read(arguments.source, options);
  imported.accounts.made_by = made_by(arguments, options);
  print_findings(common, imported.findings);
  throw_if_errors(imported.findings);
  write_accounts(imported.accounts, common.out, common.force);
  say(common, summary_line(imported.accounts));
  say(common, "written to " + common.out);
}

void add_import(CLI::App& verb, Common& common) {
  static ImportArguments arguments;
  verb.add_option("SOURCE", arguments.source, "file or folder of the publisher");
  verb.add_option("--format", arguments.format, "format of the source; --list names them");
  verb.add_flag("--list", arguments.list, "name the formats");
  verb.add_option("--out", common.out, "accounts folder to write");
  verb.add_flag("--force", common.force, "replace an existing accounts folder");
  verb.add_option("--gross-output", arguments.gross_output, "reported (default where the source reports it), row_sums or column_sums")
      ->check(CLI::IsMember({"reported", "row_sums", "column_sums"}));
  verb.add_option("--duplicates", arguments.duplicates, "the same cell twice: error (default), sum or first")
      ->check(CLI::IsMember({"error", "sum", "first"}));
  verb.add_option("--na", arguments.options.na, "text that means \"not available\"");
  verb.add_flag("--decimal-comma", arguments.options.decimal_comma, "numbers are written 1,5");
  verb.add_option("--encoding", arguments.options.encoding, "utf-8 (default) or cp1251")->check(CLI::IsMember({"utf-8", "cp1251"}));
  verb.add_flag("--allow-negative", arguments.options.allow_negative, "keep negative intermediate flows");
  verb.add_option_function<std::string>(
          "--missing", [](const std::string&) { arguments.options.missing_zero = true; }, "zero: absent blocks of flows are zero")
      ->check(CLI::IsMember({"zero"}));
  verb.add_option("--year", arguments.options.year, "year of the accounts, where the source does not say");
  verb.add_option("--currency", arguments.options.currency, "currency, where the source does not say");
  verb.add_option("--scale", arguments.options.scale, "units of currency in one number, e.g. 1e6");
  verb.add_option("--title", arguments.options.title, "title of the accounts");
  verb.add_option("--with", arguments.with, "key=value: a setting of this format, see `kontor formats`; may be repeated");
  verb.callback([&common] {
    if (arguments.list) {
      for (const Reader* reader : readers()) std::cout << fmt::format("{:<20} {}\n", reader->name, reader->summary);
      return;
    }
    import_verb(common, arguments);
  });
}

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
  TerminalTable table{title, {{item_header, false}, {"", false}}, {}};
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
