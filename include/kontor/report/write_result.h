// A result on disk: one folder that holds the numbers, the page, the certificate and what it takes to do it again.
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "kontor/report/result.h"

namespace kontor {

/// Writes a result folder whole or not at all: effects.csv, about.json (labels and headers), summary.txt,
/// certificate.json, provenance.json, programme.toml, report.html and datapackage.json. With `force` an existing
/// result folder is replaced, nothing else ever. Same result, same bytes: no clock, no duration, no path. Beside them
/// run.log says where programme and accounts lay; it is no part of the package and may be left out when a result is passed on.
/// Throws Error(environment).
void write_result(const Result& result, const std::filesystem::path& folder, bool force = false);

/// The files of a result folder as name and bytes, the manifest last, for a result that is kept in memory.
std::vector<std::pair<std::string, std::string>> result_files(const Result& result);

/// What later verbs need of a result folder: rows, headers, labels, certificate. Blocks of the accounts and the
/// fields of measures are not kept there and stay empty. Throws Error(environment) or Error(data).
Result read_result(const std::filesystem::path& folder);

/// The table of all rows, as in the folder.
std::string effects_csv(const Result& result);
/// { outcome, certificate, summary, closures, assumptions, parameters_used, rows }: what `run --json` prints.
std::string result_json(const Result& result);
std::string certificate_json(const Result& result);
/// The answer in plain text, with what is proven and what is not.
std::string summary_text(const Result& result);
/// The answer in five lines, computed from the rows; one line with the reason if there is no trustworthy answer.
std::vector<std::string> answer_lines(const Result& result);
/// One self-contained page: no script, no network, every label escaped.
std::string report_html(const Result& result);

}  // namespace kontor
