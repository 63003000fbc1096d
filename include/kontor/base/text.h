// Small tools for text: numbers, labels, UTF-8.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kontor {

enum class NumberProblem { none, not_a_number, too_large, underflow };

/// Reads a whole field as a decimal number with a point. Never accepts "nan", "inf", hexadecimal or a part
/// of the field. On underflow the value is 0 and the problem says so.
NumberProblem read_number(std::string_view text, double& value);
std::optional<long> read_integer(std::string_view text);

/// Shortest text that reads back to the same double; "nan" is written as the empty string.
std::string number_text(double value);

std::string_view trimmed(std::string_view text);
std::vector<std::string> split(std::string_view text, char separator);
std::string joined(const std::vector<std::string>& parts, std::string_view separator);

/// Byte offset of the first byte that is not valid UTF-8; npos if all is well.
std::size_t invalid_utf8_at(std::string_view text);
/// Number of code points: good enough for aligning columns of text.
std::size_t width_of(std::string_view text);

/// The labels most like `wanted`, best first, at most `most`; only those close enough to be meant.
std::vector<std::string> nearest(std::string_view wanted, const std::vector<std::string>& labels, std::size_t most = 3);
/// "did you mean `Northland`?" or, with nothing close, "known: A, B, C, ..."
std::string did_you_mean(std::string_view wanted, const std::vector<std::string>& labels);

/// The text with every letter replaced by the Latin letter it looks like (Cyrillic, Greek), case kept.
/// Two labels that differ but have the same skeleton are look-alikes.
std::string look_alike_skeleton(std::string_view text);

std::string html_escaped(std::string_view text);
/// A CSV field: quoted where it must be. With `neutralise`, text that a spreadsheet would run as a formula gets a leading apostrophe.
std::string csv_field(std::string_view text, bool neutralise = false);

}  // namespace kontor
