// What the user says with --with key=value, and the roles that names tell.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "kontor/read/reader.h"

namespace kontor {

/// Text of a setting; empty if it was not said.
std::string setting(const ImportOptions& options, const std::string& name);
/// Items of a list separated by `;`.
std::vector<std::string> list_setting(const ImportOptions& options, const std::string& name);
/// `a:x;b:y` as a map; throws Error(usage) if an item has no colon. The last colon separates.
std::map<std::string, std::string> map_setting(const ImportOptions& options, const std::string& name);
/// A number of at least 0; throws Error(usage) otherwise. `otherwise` if it was not said.
double number_setting(const ImportOptions& options, const std::string& name, double otherwise);

/// What a row or column is by its name. `known` is false where the name says nothing.
struct PrimaryGuess {
  PrimaryRole role = PrimaryRole::mixed;
  bool value_added = true;
  bool known = true;
};
struct FinalGuess {
  FinalRole role = FinalRole::household;
  bool known = true;
};
PrimaryGuess guess_primary_role(std::string_view name);
FinalGuess guess_final_role(std::string_view name);

}  // namespace kontor
