// JSON that came from outside: bounded and unambiguous before anything reads it.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace kontor::web {

using Json = nlohmann::ordered_json;

/// An object. Throws Error(usage) with line and column where the text is no JSON, nested deeper than 64, says a key twice or
/// holds a number beyond a double.
Json read_body(const std::string& text);

/// Members of an object, or what stands for them. Throw Error(usage) for a member of another kind.
std::string text_member(const Json& body, const char* name, const std::string& otherwise);
/// The same, but it must be there.
std::string text_member(const Json& body, const char* name);
long number_member(const Json& body, const char* name, long otherwise);
bool flag_member(const Json& body, const char* name, bool otherwise);

std::string dumped(const Json& json);

}  // namespace kontor::web
