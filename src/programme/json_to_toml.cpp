#include "programme/json_to_toml.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "kontor/base/text.h"

namespace kontor {

using Json = nlohmann::ordered_json;

static std::string basic_string(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      quoted += '\\', quoted += c;
    } else if (c == '\n') {
      quoted += "\\n";
    } else if (c == '\t') {
      quoted += "\\t";
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
      char code[8];
      std::snprintf(code, sizeof code, "\\u%04X", static_cast<unsigned>(static_cast<unsigned char>(c)));
      quoted += code;
    } else {
      quoted += c;
    }
  }
  return quoted + '"';
}

std::string toml_key(std::string_view key) {
  const bool bare = !key.empty() && std::all_of(key.begin(), key.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  });
  return bare ? std::string(key) : basic_string(key);
}

static bool write(const Json& value, std::string& toml) {
  if (value.is_string()) {
    toml += basic_string(value.get_ref<const std::string&>());
  } else if (value.is_boolean()) {
    toml += value.get<bool>() ? "true" : "false";
  } else if (value.is_number_integer()) {
    toml += value.dump();
  } else if (value.is_number()) {
    const double number = value.get<double>();
    if (!std::isfinite(number)) return false;
    const bool whole = number == std::floor(number) && std::fabs(number) < 1e15;
    toml += whole ? std::to_string(static_cast<long>(number)) : number_text(number);
  } else if (value.is_array()) {
    toml += '[';
    for (std::size_t i = 0; i < value.size(); ++i) {
      if (i) toml += ", ";
      if (!write(value[i], toml)) return false;
    }
    toml += ']';
  } else if (value.is_object()) {
    if (value.empty()) {
      toml += "{}";
      return true;
    }
    bool first = true;
    for (const auto& [key, inner] : value.items()) {
      toml += first ? "{ " : ", ";
      first = false;
      toml += toml_key(key) + " = ";
      if (!write(inner, toml)) return false;
    }
    toml += " }";
  } else {
    return false;
  }
  return true;
}

bool json_to_toml(std::string_view json, std::string& toml) {
  const Json value = Json::parse(json, nullptr, false);
  toml.clear();
  return !value.is_discarded() && write(value, toml);
}

}  // namespace kontor
