#include "http.h"

#include <algorithm>

#include "kontor/base/text.h"
#include "kontor/report/findings_json.h"

namespace kontor::web {

std::string HttpRequest::header(std::string_view name) const {
  for (const auto& [known, value] : headers)
    if (known == name) return value;
  return "";
}

std::size_t HttpRequest::count(std::string_view name) const {
  return static_cast<std::size_t>(std::count_if(headers.begin(), headers.end(), [&](const auto& h) { return h.first == name; }));
}

std::optional<std::string> HttpRequest::parameter(std::string_view name) const {
  for (const auto& [known, value] : query)
    if (known == name) return value;
  return std::nullopt;
}

std::vector<std::string> HttpRequest::parameters(std::string_view name) const {
  std::vector<std::string> values;
  for (const auto& [known, value] : query)
    if (known == name && !value.empty()) values.push_back(value);
  return values;
}

HttpAnswer refusal(unsigned status, const Findings& findings) {
  HttpAnswer answer;
  answer.status = status, answer.body = "{\"findings\": " + findings_json(findings) + "}\n";
  return answer;
}

HttpAnswer refusal(unsigned status, std::string code, std::string found, std::string expected, std::string remedy) {
  return refusal(status,
                 Findings{{Severity::error, std::move(code), "", "", "", std::move(found), std::move(expected), std::move(remedy)}});
}

static int hex_digit(char c) {
  return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static bool decode(std::string_view text, std::string& plain) {
  plain.clear();
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+') {
      plain += ' ';
    } else if (text[i] == '%') {
      if (i + 2 >= text.size()) return false;
      const int high = hex_digit(text[i + 1]), low = hex_digit(text[i + 2]);
      if (high < 0 || low < 0 || high + low == 0) return false;
      plain += static_cast<char>(16 * high + low), i += 2;
    } else {
      plain += text[i];
    }
  }
  return invalid_utf8_at(plain) == std::string::npos;
}

// None of our paths needs an escape, a dot at the beginning of a name or an empty name.
static bool is_plain_path(std::string_view path) {
  if (path.empty() || path[0] != '/' || path.size() > 512) return false;
  for (std::size_t i = 0; i < path.size(); ++i) {
    const char c = path[i];
    const bool plain =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' || c == '/';
    if (!plain || (c == '/' && i + 1 < path.size() && (path[i + 1] == '/' || path[i + 1] == '.'))) return false;
  }
  return true;
}

bool read_target(std::string_view target, HttpRequest& request) {
  const std::size_t mark = target.find('?');
  request.path = target.substr(0, mark);
  if (!is_plain_path(request.path)) return false;
  if (mark == std::string_view::npos) return true;
  for (const std::string& part : split(target.substr(mark + 1), '&')) {
    if (part.empty()) continue;
    const std::size_t equals = part.find('=');
    std::string name, value;
    if (!decode(std::string_view(part).substr(0, equals), name)) return false;
    if (equals != std::string::npos && !decode(std::string_view(part).substr(equals + 1), value)) return false;
    request.query.emplace_back(std::move(name), std::move(value));
  }
  return true;
}

}  // namespace kontor::web
