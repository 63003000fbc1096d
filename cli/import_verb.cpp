// import: a publisher's files to accounts, or a file of its own joined onto accounts.
#include <fmt/format.h>

#include <algorithm>
#include <iostream>

#include "accounts_output.h"
#include "kontor/accounts/store.h"
#include "kontor/base/error.h"
#include "kontor/base/text.h"
#include "kontor/read/join.h"
#include "kontor/read/reader.h"
#include "verbs.h"

namespace kontor::cli {

namespace fs = std::filesystem;

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

static Imported join_onto(const JoinFormat& join, const ImportArguments& arguments, const ImportOptions& options) {
  if (arguments.into.empty())
    fail(Exit::usage, "usage", "", "", "--into", "no --into", "the accounts folder that these numbers belong to", "add --into ACCOUNTS");
  verify_accounts(arguments.into);
  const Accounts accounts = read_accounts(arguments.into);
  Imported joined = join.join(accounts, arguments.source, options);
  joined.accounts.made_by = accounts.made_by + "; " + made_by(arguments, options);
  return joined;
}

static Imported read_source(const ImportArguments& arguments, const ImportOptions& options) {
  if (const JoinFormat* join = find_join_format(arguments.format)) return join_onto(*join, arguments, options);
  const Reader& reader = find_reader(arguments.format);
  check_settings(reader, options);
  if (!arguments.into.empty())
    fail(Exit::usage, "usage", "", "", "--into", "format " + arguments.format + " makes accounts of its own", "no --into",
         "leave --into out");
  Imported imported = reader.read(arguments.source, options);
  imported.accounts.made_by = made_by(arguments, options);
  return imported;
}

static void import_verb(const Common& common, const ImportArguments& arguments) {
  if (arguments.source.empty())
    fail(Exit::usage, "usage", "", "", "SOURCE", "no source", "a file or folder", "`kontor import --list` names the formats");
  if (arguments.format.empty())
    fail(Exit::usage, "usage", "", "", "--format", "no --format", "the format of the source", "`kontor import --list` names them");
  need_out(common);
  const ImportOptions options = import_options(arguments);
  refuse_same_place(arguments.source, common.out);
  if (!arguments.into.empty()) refuse_same_place(arguments.into, common.out);
  if (std::error_code ignored; fs::exists(common.out, ignored) && !common.force)
    fail(Exit::environment, "output-exists", common.out, "", "", "the output exists already", "nothing is overwritten unasked",
         "use --force to replace it, or choose another --out");
  const Imported imported = read_source(arguments, options);
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
  verb.add_option("--into", arguments.into, "accounts that a satellite, border_costs, distances or regions file is joined onto");
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
      for (const JoinFormat& join : join_formats()) std::cout << fmt::format("{:<20} {}, with --into ACCOUNTS\n", join.name, join.summary);
      return;
    }
    import_verb(common, arguments);
  });
}

}  // namespace kontor::cli
