// import: a publisher's files to accounts, or a file of its own joined onto accounts.
#include <fmt/format.h>

#include <iostream>

#include "accounts_output.h"
#include "kontor/accounts/store.h"
#include "kontor/base/error.h"
#include "kontor/base/text.h"
#include "kontor/read/import.h"
#include "kontor/read/join.h"
#include "kontor/read/reader.h"
#include "verbs.h"

namespace kontor::cli {

namespace fs = std::filesystem;

struct ImportArguments {
  ImportQuestion question;
  std::vector<std::string> with;
  bool list = false;
};

static Settings settings_of(const std::vector<std::string>& with) {
  Settings settings;
  for (const std::string& pair : with) {
    const std::size_t equals = pair.find('=');
    if (equals == std::string::npos || equals == 0)
      fail(Exit::usage, "usage", "", "", "--with", quoted(pair), "key=value", "see `kontor formats`");
    settings[pair.substr(0, equals)] = pair.substr(equals + 1);
  }
  return settings;
}

static void import_verb(const Common& common, const ImportArguments& arguments) {
  ImportQuestion question = arguments.question;
  if (question.source.empty())
    fail(Exit::usage, "usage", "", "", "SOURCE", "no source", "a file or folder", "`kontor import --list` names the formats");
  if (question.format.empty())
    fail(Exit::usage, "usage", "", "", "--format", "no --format", "the format of the source", "`kontor import --list` names them");
  need_out(common);
  question.options.settings = settings_of(arguments.with);
  refuse_same_place(question.source, common.out);
  if (!question.into.empty()) refuse_same_place(question.into, common.out);
  if (std::error_code ignored; fs::exists(common.out, ignored) && !common.force)
    fail(Exit::environment, "output-exists", common.out, "", "", "the output exists already", "nothing is overwritten unasked",
         "use --force to replace it, or choose another --out");
  const Imported imported = import_source(question);
  print_findings(common, imported.findings);
  throw_if_errors(imported.findings);
  write_accounts(imported.accounts, common.out, common.force);
  say(common, summary_line(imported.accounts));
  say(common, "written to " + common.out);
}

void add_import(CLI::App& verb, Common& common) {
  static ImportArguments arguments;
  static ImportQuestion& question = arguments.question;
  verb.add_option("SOURCE", question.source, "file or folder of the publisher");
  verb.add_option("--format", question.format, "format of the source; --list names them");
  verb.add_flag("--list", arguments.list, "name the formats");
  verb.add_option("--into", question.into, "accounts that a satellite, border_costs, distances or regions file is joined onto");
  verb.add_option("--out", common.out, "accounts folder to write");
  verb.add_flag("--force", common.force, "replace an existing accounts folder");
  verb.add_option("--gross-output", question.gross_output, "reported (default where the source reports it), row_sums or column_sums")
      ->check(CLI::IsMember({"reported", "row_sums", "column_sums"}));
  verb.add_option("--duplicates", question.duplicates, "the same cell twice: error (default), sum or first")
      ->check(CLI::IsMember({"error", "sum", "first"}));
  verb.add_option("--na", question.options.na, "text that means \"not available\"");
  verb.add_flag("--decimal-comma", question.options.decimal_comma, "numbers are written 1,5");
  verb.add_option("--encoding", question.options.encoding, "utf-8 (default) or cp1251")->check(CLI::IsMember({"utf-8", "cp1251"}));
  verb.add_flag("--allow-negative", question.options.allow_negative, "keep negative intermediate flows");
  verb.add_option("--missing", question.missing, "zero: absent blocks of flows are zero")->check(CLI::IsMember({"zero"}));
  verb.add_option("--year", question.options.year, "year of the accounts, where the source does not say");
  verb.add_option("--currency", question.options.currency, "currency, where the source does not say");
  verb.add_option("--scale", question.options.scale, "units of currency in one number, e.g. 1e6");
  verb.add_option("--title", question.options.title, "title of the accounts");
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
