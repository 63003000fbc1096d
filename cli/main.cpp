// The command line: one subcommand a verb, one place where everything that goes wrong becomes a message and an exit code.
#include <unistd.h>

#include <cstdlib>
#include <iostream>
#include <new>
#include <system_error>

#include "kontor/base/error.h"
#include "kontor/base/interrupt.h"
#include "kontor/base/parallel.h"
#include "kontor/base/text.h"
#include "kontor/base/version.h"
#include "kontor/model/blas.h"
#include "verbs.h"

namespace kontor::cli {

std::vector<Verb> verbs() {
  return {
      {"import", "a publisher's files to an accounts folder", add_import},
      {"check", "all that is wrong or odd about accounts or a programme, with place and remedy", add_check},
      {"describe", "size, totals, the profile of a region, the mutual trade of a pair", add_describe},
      {"aggregate", "coarser accounts by concordance", add_aggregate},
      {"run", "what a programme does to every region and sector: result folder and report", add_run},
      {"indicators", "any indicator of any accounts: linkages, trade in value added, dependence, losses", add_indicators},
      {"explain", "one number of a result as a tree: by measure, channel, partner and sector, down to cells", add_explain},
      {"merge", "draws of several machines joined to one result", add_merge},
      {"scan", "what nobody has written down yet: levers ranked by what they would bring, portfolios under a budget", add_scan},
      {"compare", "two results side by side", add_compare},
      {"serve", "a local page of accounts, programmes and results, for this machine alone", add_serve},
      {"measures", "the kinds of measure and their fields", add_measures},
      {"models", "the models and what each can represent", add_models},
      {"formats", "the formats that `import` reads", add_formats},
      {"selftest", "published and exactly known figures, computed again on this machine", add_selftest},
  };
}

static void add_common(CLI::App& verb, Common& common) {
  verb.add_flag("--json", common.json, "print JSON instead of tables");
  verb.add_flag("--csv", common.csv, "print CSV instead of tables");
  verb.add_flag("--quiet", common.quiet, "print errors only");
  verb.add_option("--threads", common.threads, "threads, 1 to 1024 (default: all); results do not depend on it");
}

static void use_threads(const std::string& text) {
  if (text.empty()) return;
  const auto threads = read_integer(text);
  if (!threads || *threads < 1 || *threads > 1024)
    fail(Exit::usage, "usage", "", "", "--threads", quoted(text), "a whole number from 1 to 1024", "leave it out to use every core");
  set_thread_count(static_cast<int>(*threads));
}

// Flags and verbs that CLI11 does not know, with the nearest that exists.
static Finding unknown_word(const CLI::App& app, const std::string& word) {
  std::vector<std::string> known;
  if (word.rfind('-', 0) == 0) {
    for (const CLI::Option* option : app.get_options())
      for (const std::string& name : option->get_lnames()) known.push_back("--" + name);
    const std::string flag = word.substr(0, word.find('='));
    return {Severity::error,
            "usage",
            "",
            "",
            "",
            "unknown flag " + quoted(flag),
            did_you_mean(flag, known),
            "see `kontor " + app.get_name() + " --help`"};
  }
  if (app.get_parent() == nullptr) {
    for (const Verb& verb : verbs()) known.emplace_back(verb.name);
    return {Severity::error, "usage", "", "", "", "unknown verb " + quoted(word), did_you_mean(word, known), "see `kontor --help`"};
  }
  return {Severity::error, "usage", "", "", "", "one argument too many: " + quoted(word), "", "see `kontor " + app.get_name() + " --help`"};
}

static const CLI::App& chosen_verb(const CLI::App& app) {
  const auto chosen = app.get_subcommands();
  return chosen.empty() ? app : *chosen.front();
}

static int no_memory() {
  std::cerr << "error[memory]: not enough memory; about three times the size of the table is needed; close other programs, or aggregate "
               "the table\n";
  return static_cast<int>(Exit::environment);
}

static int run(int argc, char** argv) {
  CLI::App app{"kontor: what would a programme of co-operation between regions do?", "kontor"};
  app.require_subcommand(1);
  app.set_version_flag("--version", std::string("kontor ") + version() + ", OpenBLAS kernels " + blas_kernels());
  app.set_help_flag("--help", "print this help");
  app.footer("Exit codes: 0 done, 2 wrong command line, 3 wrong data or programme, 4 no trustworthy answer, 5 environment (disk, memory).");
  Common common;
  for (const Verb& verb : verbs()) {
    CLI::App* sub = app.add_subcommand(verb.name, verb.summary);
    sub->set_help_flag("--help", "print this help");
    add_common(*sub, common);
    sub->parse_complete_callback([&common] { use_threads(common.threads); });
    verb.add(*sub, common);
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ExtrasError&) {
    const CLI::App& verb = chosen_verb(app);
    std::vector<std::string> extras = verb.remaining();
    if (extras.empty()) extras = app.remaining();
    const CLI::App& where = verb.remaining().empty() ? app : verb;
    print_findings(common, {unknown_word(where, extras.empty() ? "" : extras.front())});
    return static_cast<int>(Exit::usage);
  } catch (const CLI::ParseError& problem) {
    if (problem.get_exit_code() == 0) return app.exit(problem);  // --help, --version
    if (argc > 1 && argv[1][0] != '-' && app.get_subcommands().empty()) {
      print_findings(common, {unknown_word(app, argv[1])});
      return static_cast<int>(Exit::usage);
    }
    print_findings(common,
                   {{Severity::error, "usage", "", "", "", problem.what(), "", "see `kontor " + chosen_verb(app).get_name() + " --help`"}});
    return static_cast<int>(Exit::usage);
  } catch (const Error& error) {
    print_findings(common, error.findings());
    return static_cast<int>(error.exit());
  } catch (const std::bad_alloc&) {
    return no_memory();
  }
  std::cout.flush();
  return 0;
}

}  // namespace kontor::cli

int main(int argc, char** argv) {
  // What only the environment can say in time. OpenBLAS starts its threads before main: one is the rule (parallelism is ours,
  // so that results do not depend on it). The C library may take large pages where the system gives them on request: a run that
  // fills some hundred megabytes is a tenth shorter.
  if (!std::getenv("OPENBLAS_NUM_THREADS")) {
    ::setenv("OPENBLAS_NUM_THREADS", "1", 1);
    ::setenv("GLIBC_TUNABLES", "glibc.malloc.hugetlb=1", 0);
    ::execv("/proc/self/exe", argv);  // goes on below if this fails
  }
  try {
    kontor::stop_on_interrupt();
    return kontor::cli::run(argc, argv);
  } catch (const std::system_error&) {  // no room for the thread that waits for Ctrl-C
    return kontor::cli::no_memory();
  } catch (const std::bad_alloc&) {  // nor for the verbs
    return kontor::cli::no_memory();
  } catch (...) {
    std::cerr << "error[bug]: an internal error of kontor; please report it with the command and the files\n";
    return static_cast<int>(kontor::Exit::bug);
  }
}
