// check and aggregate.
#include <fmt/format.h>

#include <algorithm>
#include <iostream>

#include "accounts_output.h"
#include "kontor/accounts/aggregate.h"
#include "kontor/accounts/check.h"
#include "kontor/accounts/store.h"
#include "kontor/base/error.h"
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
    const auto counted = [&](Severity s, const char* word) { return fmt::format("{} {}{}", count(s), word, count(s) == 1 ? "" : "s"); };
    say(common, counted(Severity::error, "error") + ", " + counted(Severity::warning, "warning") + ", " + counted(Severity::note, "note"));
    if (has_errors(findings)) throw CLI::RuntimeError(static_cast<int>(Exit::data));
  });
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
    const Accounts coarse = aggregate_and_say(fine, map(regions), map(sectors), title);
    write_accounts(coarse, common.out, common.force);
    say(common, summary_line(coarse));
    say(common, "written to " + common.out);
  });
}

}  // namespace kontor::cli
