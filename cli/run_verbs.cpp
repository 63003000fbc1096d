// run, merge and compare: the main job, parts of its draws joined, and two of its results side by side.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <iostream>

#include "accounts_output.h"
#include "draws_output.h"
#include "kontor/accounts/store.h"
#include "kontor/base/error.h"
#include "kontor/base/text.h"
#include "kontor/kontor.h"
#include "kontor/report/compare.h"
#include "kontor/report/write_result.h"
#include "verbs.h"

namespace kontor::cli {

namespace fs = std::filesystem;

struct RunArguments {
  RunOptions options;
  std::string programme, accounts, draws;
  bool draw = false, resume = false;
  std::vector<std::string> accounts_after;  // YEAR:FOLDER
  std::string attribution = "path";
};

/// The accounts of a year that are to be kept.
struct KeptAccounts {
  int year = 0;
  fs::path folder;
};

static AttributionOptions attribution_named(const std::string& name) {
  AttributionOptions options;
  const std::vector<std::string> known = {"path", "shapley", "none"};
  if (std::find(known.begin(), known.end(), name) == known.end())
    fail(Exit::usage, "usage", "", "", "--attribution", "unknown rule " + quoted(name), "path, shapley (beside the path) or none",
         did_you_mean(name, known));
  options.path = name != "none", options.shapley = name == "shapley";
  return options;
}

// Said before anything is run, so that no run ends in a message about its output.
static std::vector<KeptAccounts> kept_accounts(const Common& common, const std::vector<std::string>& texts, const fs::path& accounts,
                                               const fs::path& out) {
  std::vector<KeptAccounts> kept;
  for (const std::string& text : texts) {
    const std::size_t colon = text.find(':');
    const auto year = read_integer(text.substr(0, colon));
    if (colon == std::string::npos || !year || colon + 1 == text.size())
      fail(Exit::usage, "usage", "", "", "--accounts-after", quoted(text), "YEAR:FOLDER", "e.g. --accounts-after 2035:accounts-2035");
    kept.push_back({static_cast<int>(*year), text.substr(colon + 1)});
    const fs::path& folder = kept.back().folder;
    refuse_same_place(accounts, folder);
    refuse_same_place(out, folder);
    for (std::size_t k = 0; k + 1 < kept.size(); ++k) refuse_same_place(kept[k].folder, folder);
    if (std::error_code ignored; fs::exists(folder, ignored) && !common.force)
      fail(Exit::environment, "output-exists", folder.string(), "", "", "the output exists already", "nothing is overwritten unasked",
           "use --force to replace it, or choose another folder");
  }
  return kept;
}

static void print_result(const Common& common, const Result& result, const fs::path& out) {
  Findings worth;  // notes stand in the report
  for (const Finding& finding : result.findings)
    if (finding.severity != Severity::note) worth.push_back(finding);
  Common quiet_json = common;
  quiet_json.json = false;  // standard output belongs to the result
  print_findings(quiet_json, worth);
  if (common.json)
    std::cout << result_json(result) << '\n';
  else if (common.csv)
    std::cout << effects_csv(result);
  else
    std::cout << summary_text(result) << "\nReport: " << (out / "report.html").string() << '\n';
}

// The part is computed and written; the result is made of all parts by `merge`.
static void write_draws_of_range(const Common& common, const RunOptions& options, const fs::path& out) {
  write_part(draw_part(options, out), out, common.force);
  say(common, "draws " + std::to_string(options.draws.first) + " to " + std::to_string(options.draws.last) + ": " + out.string() +
                  "; `kontor merge` joins the parts");
}

static void run_verb(const Common& common, const RunArguments& arguments) {
  keep_freed_memory();
  // The result lies beside the programme unless told otherwise: result-NAME of the folder or file.
  const fs::path file = arguments.programme;
  const fs::path out = !common.out.empty() ? fs::path(common.out) : file.parent_path() / ("result-" + file.stem().string());
  const fs::path accounts = arguments.accounts.empty() ? accounts_of_programme(file) : fs::path(arguments.accounts);
  refuse_same_place(accounts, out);
  const std::vector<KeptAccounts> kept = kept_accounts(common, arguments.accounts_after, accounts, out);
  if (std::error_code ignored; fs::exists(out, ignored) && !common.force)
    fail(Exit::environment, "output-exists", out.string(), "", "", "the output exists already", "nothing is overwritten unasked",
         "use --force to replace it, or choose another --out");
  RunOptions options = arguments.options;
  options.programme = file;
  options.accounts = arguments.accounts;
  options.attribution = attribution_named(arguments.attribution);
  bool is_range = false;
  if (arguments.draw) {
    if (options.gross_only)
      fail(Exit::usage, "usage", "", "", "--draws", "--draws with --gross-only", "draws are of the net effect", "leave one of the two out");
    const DrawRange range = draw_range(arguments.draws, options);
    options.draws.first = range.first, options.draws.last = range.last, is_range = range.is_part;
    options.draws.keep = out.string() + ".draws";
    options.draws.resume = arguments.resume, options.draws.replace = common.force;
    options.draws.progress = draw_progress(common);
  } else if (arguments.resume) {
    fail(Exit::usage, "usage", "", "", "--resume", "--resume without --draws", "draws are what a run goes on with",
         "add --draws N as before");
  }
  if (is_range) {
    if (!kept.empty())
      fail(Exit::usage, "usage", "", "", "--accounts-after", "--accounts-after with a part of the draws", "a whole run",
           "leave one of the two out");
    write_draws_of_range(common, options, out);
  } else {
    const Result result = run_programme(options);
    std::vector<Accounts> after;
    for (const KeptAccounts& k : kept) after.push_back(accounts_after_run(result, k.year));
    write_result(result, out, common.force);
    for (std::size_t k = 0; k < kept.size(); ++k) {
      write_accounts(after[k], kept[k].folder, common.force);
      say(common, fmt::format("accounts after the programme, {}: {}", kept[k].year, kept[k].folder.string()));
    }
    print_result(common, result, out);
  }
  if (arguments.draw) remove_finished_draws(options.draws.keep);
}

void add_run(CLI::App& verb, Common& common) {
  static RunArguments arguments;
  verb.add_option("PROGRAMME", arguments.programme, "programme.toml")->required();
  verb.add_option("--accounts", arguments.accounts, "accounts folder instead of the one that the programme names");
  verb.add_option("--out", common.out, "result folder (default: result-NAME beside the programme)");
  verb.add_flag("--force", common.force, "replace an existing result folder");
  verb.add_flag("--gross-only", arguments.options.gross_only, "fixed prices only: what the suppliers' chain makes, nothing net of prices");
  verb.add_flag("--strict", arguments.options.strict, "stop (exit 3) if a change cannot be counted by any model that runs");
  verb.add_option("--attribution", arguments.attribution,
                  "how the net effects are split over the measures: path (default), shapley as well (2^n solutions a year), or none");
  verb.add_option("--accounts-after", arguments.accounts_after,
                  "YEAR:FOLDER: keep the accounts as they are after the programme in that year (several times for several years)")
      ->allow_extra_args(false);
  auto* draws = verb.add_option(
      "--draws", arguments.draws,
      "how sure: N draws of what [uncertainty] varies, or as many as it says; A:B computes draws A to B alone, for `merge`");
  draws->expected(0, 1);
  verb.add_flag("--resume", arguments.resume, "go on with the draws of a run that was interrupted");
  verb.callback([&common, draws] {
    arguments.draw = draws->count() > 0;
    run_verb(common, arguments);
  });
}

void add_merge(CLI::App& verb, Common& common) {
  static std::vector<std::string> parts;
  static std::string programme, accounts;
  verb.add_option("PART", parts, "folders that `run --draws A:B` wrote")->required();
  verb.add_option("--programme", programme, "programme.toml, where it does not lie as it did when the parts were made");
  verb.add_option("--accounts", accounts, "accounts folder instead of the one that the programme names");
  verb.add_option("--out", common.out, "result folder")->required();
  verb.add_flag("--force", common.force, "replace an existing result folder");
  verb.callback([&common] {
    keep_freed_memory();
    const Result result = merge_parts({parts.begin(), parts.end()}, programme, accounts);
    write_result(result, common.out, common.force);
    print_result(common, result, common.out);
  });
}

void add_compare(CLI::App& verb, Common& common) {
  static std::string a, b;
  static bool everything = false;
  verb.add_option("A", a, "result folder")->required();
  verb.add_option("B", b, "result folder")->required();
  verb.add_flag("--all", everything, "every row, not only region totals");
  verb.callback([&common] {
    const Comparison comparison = compare(read_result(a), read_result(b), everything);
    Common findings_only = common;
    findings_only.json = false;
    print_findings(findings_only, comparison.findings);
    std::cout << (common.json ? comparison_json(comparison) + "\n" : common.csv ? comparison_csv(comparison) : comparison_text(comparison));
  });
}

}  // namespace kontor::cli
