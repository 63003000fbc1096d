// What was asked and what is answered, without the library in between.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "kontor/base/finding.h"

namespace kontor::web {

struct HttpRequest {
  std::string method, path;  // path: as it came, without the query
  std::vector<std::pair<std::string, std::string>> query;
  std::vector<std::pair<std::string, std::string>> headers;  // names in lower case
  std::string body;

  /// The header's value; empty where there is none.
  std::string header(std::string_view name) const;
  std::size_t count(std::string_view name) const;
  /// nullopt: not given. Given without a value: empty.
  std::optional<std::string> parameter(std::string_view name) const;
  std::vector<std::string> parameters(std::string_view name) const;
};

/// Gives the next bytes of a stream: at most `room` of them into `buffer`; 0: the stream ends. May wait.
using StreamReader = std::function<std::size_t(char* buffer, std::size_t room)>;

struct HttpAnswer {
  unsigned status = 200;
  std::string type = "application/json";
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;
  StreamReader stream;      // instead of a body
  std::string_view packed;  // instead of a body: gzip that lives as long as the program
};

/// { "findings": [...] }.
HttpAnswer refusal(unsigned status, const Findings& findings);
HttpAnswer refusal(unsigned status, std::string code, std::string found, std::string expected, std::string remedy);

/// Takes a request target apart. False if it is no path of plain characters with a query in good order.
bool read_target(std::string_view target, HttpRequest& request);

}  // namespace kontor::web
