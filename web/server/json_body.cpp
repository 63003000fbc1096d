#include "json_body.h"

#include <algorithm>
#include <set>
#include <vector>

#include "gate.h"
#include "kontor/base/error.h"
#include "kontor/base/text.h"

namespace kontor::web {

[[noreturn]] static void refuse(std::string_view text, std::size_t at, const std::string& found, const char* expected) {
  const std::string_view before = text.substr(0, std::min(at, text.size()));
  const auto line = 1 + std::count(before.begin(), before.end(), '\n');
  const std::size_t start = before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
  fail(Exit::usage, "bad-json", "", std::to_string(line), "column " + std::to_string(before.size() - start + 1), found, expected, "");
}

static std::size_t end_of_string(std::string_view text, std::size_t at) {
  for (++at; at < text.size() && text[at] != '"'; ++at)
    if (text[at] == '\\') ++at;
  return std::min(at, text.size());
}

// The parser copies without bounds on depth, keeps the last of two equal keys and names no place for a number that is too
// large, so the text is walked over before.
static void check(std::string_view text) {
  std::vector<std::set<std::string>> keys;  // of every open object; lists have none
  std::vector<bool> is_object;
  bool key_comes = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '{' || c == '[') {
      is_object.push_back(c == '{'), keys.emplace_back();
      if (is_object.size() > deepest_json) refuse(text, i, "more than 64 levels of brackets", "at most 64");
      key_comes = c == '{';
    } else if (c == '}' || c == ']') {
      if (!is_object.empty()) is_object.pop_back(), keys.pop_back();
      key_comes = false;
    } else if (c == ',') {
      key_comes = !is_object.empty() && is_object.back();
    } else if (c == '"') {
      const std::size_t end = end_of_string(text, i);
      if (key_comes && !keys.empty()) {
        const nlohmann::json key = nlohmann::json::parse(text.substr(i, end - i + 1), nullptr, false);
        if (key.is_string() && !keys.back().insert(key.get<std::string>()).second)
          refuse(text, i, "the key " + quoted(key.get<std::string>()) + " stands twice", "each key once");
        key_comes = false;
      }
      i = end;
    } else if (c == '-' || (c >= '0' && c <= '9')) {
      std::size_t end = i;
      while (end < text.size() && std::string_view("+-.eE0123456789").find(text[end]) != std::string_view::npos) ++end;
      double number = 0.0;
      if (read_number(text.substr(i, end - i), number) == NumberProblem::too_large)
        refuse(text, i, quoted(std::string(text.substr(i, end - i))), "a number within the range of a double");
      i = end - 1;
    }
  }
}

Json read_body(const std::string& text) {
  if (const std::size_t bad = invalid_utf8_at(text); bad != std::string::npos)
    refuse(text, bad, "bytes that are not UTF-8", "text in UTF-8");
  check(text);
  Json json;
  try {
    json = Json::parse(text);
  } catch (const Json::parse_error& problem) {
    refuse(text, problem.byte > 0 ? problem.byte - 1 : 0, "this is not JSON", "a JSON object");
  } catch (const Json::exception&) {
    refuse(text, 0, "this is not JSON", "a JSON object");
  }
  if (!json.is_object()) refuse(text, 0, "this is no object", "a JSON object");
  return json;
}

[[noreturn]] static void wrong_member(const char* name, const char* expected) {
  fail(Exit::usage, "bad-request", "", "", name, std::string("`") + name + "` is missing or of another kind", expected, "");
}

std::string text_member(const Json& body, const char* name, const std::string& otherwise) {
  if (!body.contains(name) || body[name].is_null()) return otherwise;
  if (!body[name].is_string()) wrong_member(name, "a text");
  return body[name].get<std::string>();
}

std::string text_member(const Json& body, const char* name) {
  if (!body.contains(name) || !body[name].is_string()) wrong_member(name, "a text");
  return body[name].get<std::string>();
}

long number_member(const Json& body, const char* name, long otherwise) {
  if (!body.contains(name) || body[name].is_null()) return otherwise;
  if (!body[name].is_number_integer()) wrong_member(name, "a whole number");
  return body[name].get<long>();
}

bool flag_member(const Json& body, const char* name, bool otherwise) {
  if (!body.contains(name) || body[name].is_null()) return otherwise;
  if (!body[name].is_boolean()) wrong_member(name, "true or false");
  return body[name].get<bool>();
}

std::string dumped(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

}  // namespace kontor::web
