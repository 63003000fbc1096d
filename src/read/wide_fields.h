// Lines and label fields of a wide sheet in text. Labels stand on one line, perhaps in quotes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kontor {

constexpr std::size_t longest_wide_line = std::size_t{64} << 20;  // bytes; 100,000 columns of 600 characters

/// Takes the next line off `text`, without its line end. Throws Error(data) if it is longer than 64 MiB.
std::string_view take_line(std::string_view& text, const std::string& file, std::size_t line);

/// Takes a label off the front of `rest`, which is left at its separator or empty. Quotes around it are taken
/// off, doubled quotes inside are halved. Throws Error(data) for open quotes, control characters and what is not UTF-8.
std::string take_field(std::string_view& rest, char separator, const std::string& file, std::size_t line);

/// All fields of one line.
std::vector<std::string> fields_of(std::string_view line, char separator, const std::string& file, std::size_t line_number);

[[noreturn]] void refuse_long_line(const std::string& file, std::size_t line);

}  // namespace kontor
