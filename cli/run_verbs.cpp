// run and compare: the main job and two of its results side by side.
#include <fmt/format.h>

#include <filesystem>
#include <iostream>

#include "accounts_output.h"
#include "kontor/base/error.h"
#include "kontor/kontor.h"
#include "kontor/report/compare.h"
#include "kontor/report/write_result.h"
#include "verbs.h"

namespace kontor::cli {

namespace fs = std::filesystem;

struct RunArguments {
  RunOptions options;
  std::string programme, accounts;
};

static void run_verb(const Common& common, const RunArguments& arguments) {
  // The result lies beside the programme unless told otherwise: result-NAME of the folder or file.
  const fs::path file = arguments.programme;
  const fs::path out = !common.out.empty() ? fs::path(common.out) : file.parent_path() / ("result-" + file.stem().string());
  refuse_same_place(arguments.accounts.empty() ? accounts_of_programme(file) : fs::path(arguments.accounts), out);
  if (std::error_code ignored; fs::exists(out, ignored) && !common.force)
    fail(Exit::environment, "output-exists", out.string(), "", "", "the output exists already", "nothing is overwritten unasked",
         "use --force to replace it, or choose another --out");
  RunOptions options = arguments.options;
  options.programme = file;
  options.accounts = arguments.accounts;
  const Result result = run_programme(options);
  write_result(result, out, common.force);
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

void add_run(CLI::App& verb, Common& common) {
  static RunArguments arguments;
  verb.add_option("PROGRAMME", arguments.programme, "programme.toml")->required();
  verb.add_option("--accounts", arguments.accounts, "accounts folder instead of the one that the programme names");
  verb.add_option("--out", common.out, "result folder (default: result-NAME beside the programme)");
  verb.add_flag("--force", common.force, "replace an existing result folder");
  verb.add_flag("--gross-only", arguments.options.gross_only, "fixed prices only: what the suppliers' chain makes, nothing net of prices");
  verb.add_flag("--strict", arguments.options.strict, "stop (exit 3) if a change cannot be counted by any model that runs");
  verb.callback([&common] { run_verb(common, arguments); });
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
