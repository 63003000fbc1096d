#include "kontor/read/import.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <span>

#include "kontor/accounts/store.h"
#include "kontor/base/error.h"
#include "kontor/base/text.h"
#include "kontor/read/join.h"

namespace kontor {

namespace fs = std::filesystem;

static std::string one_of(const char* flag, const std::string& word, const std::vector<std::string>& known) {
  if (std::find(known.begin(), known.end(), word) == known.end())
    fail(Exit::usage, "usage", "", "", flag, "unknown word " + quoted(word), joined(known, ", "), did_you_mean(word, known));
  return word;
}

static ImportOptions options_of(const ImportQuestion& question) {
  ImportOptions options = question.options;
  if (!question.gross_output.empty()) {
    const std::string word = one_of("--gross-output", question.gross_output, {"reported", "row_sums", "column_sums"});
    options.gross_output_chosen = true;
    options.gross_output = word == "reported"   ? GrossOutput::reported
                           : word == "row_sums" ? GrossOutput::row_sums
                                                : GrossOutput::column_sums;
  }
  const std::string word = one_of("--duplicates", question.duplicates, {"error", "sum", "first"});
  options.duplicates = word == "sum" ? Duplicates::sum : word == "first" ? Duplicates::first : Duplicates::error;
  if (!question.missing.empty()) options.missing_zero = one_of("--missing", question.missing, {"zero"}) == "zero";
  return options;
}

// Settings that the format does not know would be silently without effect.
static void check_settings(const char* format, std::span<const Setting> settings, const ImportOptions& options) {
  std::vector<std::string> known;
  for (const Setting& setting : settings) known.emplace_back(setting.name);
  for (const auto& [key, value] : options.settings)
    if (std::find(known.begin(), known.end(), key) == known.end())
      fail(Exit::usage, "usage", "", "", "--with", "format " + std::string(format) + " has no setting " + quoted(key),
           known.empty() ? "it has none" : did_you_mean(key, known), "see `kontor formats`");
}

// The command as it can be repeated: what matters for the numbers, no folder of this machine.
static std::string made_by(const ImportQuestion& question, const ImportOptions& options) {
  std::string text = "kontor import " + fs::path(question.source).filename().string() + " --format " + question.format;
  if (options.gross_output_chosen) text += " --gross-output " + question.gross_output;
  if (question.duplicates != "error") text += " --duplicates " + question.duplicates;
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

static Imported join_onto(const JoinFormat& join, const ImportQuestion& question, const ImportOptions& options) {
  Accounts opened;
  if (!question.onto) {
    if (question.into.empty())
      fail(Exit::usage, "usage", "", "", "--into", "no --into", "the accounts folder that these numbers belong to", "add --into ACCOUNTS");
    verify_accounts(question.into);
    opened = read_accounts(question.into);
  }
  const Accounts& accounts = question.onto ? *question.onto : opened;
  Imported joined = join.join(accounts, question.source, options);
  joined.accounts.made_by = accounts.made_by + "; " + made_by(question, options);
  return joined;
}

Imported import_source(const ImportQuestion& question) {
  const ImportOptions options = options_of(question);
  if (const JoinFormat* join = find_join_format(question.format)) {
    check_settings(join->name, join->settings, options);
    return join_onto(*join, question, options);
  }
  const Reader& reader = find_reader(question.format);
  check_settings(reader.name, reader.settings, options);
  if (!question.into.empty() || question.onto)
    fail(Exit::usage, "usage", "", "", "--into", "format " + question.format + " makes accounts of its own", "no --into",
         "leave --into out");
  Imported imported = reader.read(question.source, options);
  imported.accounts.made_by = made_by(question, options);
  return imported;
}

}  // namespace kontor
