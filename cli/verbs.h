// The verbs of the command line. Each adds its arguments to a CLI11 subcommand and runs from its callback; what goes wrong
// is thrown as kontor::Error and printed in one place, main.cpp.
#pragma once

#include <CLI/CLI.hpp>

#include <string>

#include "kontor/base/finding.h"
#include "kontor/indicators/table.h"

namespace kontor::cli {

/// Options that every verb understands.
struct Common {
  bool json = false, csv = false, quiet = false, force = false;
  std::string out, threads;
};

struct Verb {
  const char* name;
  const char* summary;
  void (*add)(CLI::App& verb, Common& common);
};

/// All verbs in the order of the help.
std::vector<Verb> verbs();

void add_import(CLI::App& verb, Common& common);
void add_check(CLI::App& verb, Common& common);
void add_describe(CLI::App& verb, Common& common);
void add_aggregate(CLI::App& verb, Common& common);
void add_run(CLI::App& verb, Common& common);
void add_indicators(CLI::App& verb, Common& common);
void add_scan(CLI::App& verb, Common& common);
void add_merge(CLI::App& verb, Common& common);
void add_explain(CLI::App& verb, Common& common);
void add_compare(CLI::App& verb, Common& common);
void add_serve(CLI::App& verb, Common& common);
void add_measures(CLI::App& verb, Common& common);
void add_models(CLI::App& verb, Common& common);
void add_formats(CLI::App& verb, Common& common);
void add_selftest(CLI::App& verb, Common& common);

// --- output ----------------------------------------------------------------------------------------

/// Rows as CSV, JSON or, by default, the given text.
void print_rows(const Common& common, const std::vector<EffectRow>& rows, const std::string& text);
/// Findings on standard error, at most 20 a file and severity; with --json also as objects on standard output.
void print_findings(const Common& common, const Findings& findings);
/// A line about what was written, unless --quiet.
void say(const Common& common, const std::string& line);

}  // namespace kontor::cli
