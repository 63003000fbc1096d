// Settings: what only one reader or one indicator knows, said with --with key=value.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>

namespace kontor {

/// A setting that a row of a list understands; help and documentation read it.
struct Setting {
  const char* name;
  const char* values;
  const char* meaning;
};

/// Settings as the user wrote them, by name.
using Settings = std::map<std::string, std::string>;

/// Throws Error(usage) with the nearest name if one is not among `known`, the settings of `owner`.
void check_settings(const Settings& said, std::span<const Setting> known, std::string_view owner);

/// A number within [least, most]; `otherwise` if it was not said. Throws Error(usage) for anything else.
double number_setting(const Settings& said, const std::string& name, double otherwise, double least, double most);

/// One of the words; the first if it was not said. Throws Error(usage) with the nearest for any other.
std::string word_setting(const Settings& said, const std::string& name, std::span<const std::string_view> words);

}  // namespace kontor
