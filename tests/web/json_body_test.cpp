// JSON from outside is bounded and unambiguous before anything reads it.
#include "json_body.h"

#include <catch2/catch.hpp>

#include "http.h"
#include "kontor/base/error.h"

using namespace kontor;
using namespace kontor::web;

// Line, column and code of what is refused.
static std::string place_of(const std::string& text) {
  try {
    read_body(text);
  } catch (const Error& error) {
    const Finding& f = error.findings().front();
    return f.row + ":" + f.column + " " + f.found;
  }
  return "";
}

TEST_CASE("objects of 64 levels are read and of 65 are refused with their place") {
  const auto nested = [](int levels) { return std::string("{\"a\":") + std::string(levels - 1, '[') + std::string(levels - 1, ']') + "}"; };
  CHECK(place_of(nested(64)).empty());
  CHECK(place_of(nested(65)) == "1:column 69 more than 64 levels of brackets");
  CHECK_THAT(place_of(std::string(100000, '[')), Catch::StartsWith("1:column 65"));
}

TEST_CASE("a key that stands twice is refused, also written in another way") {
  CHECK(place_of("{\"a\": 1,\n \"a\": 2}") == "2:column 2 the key `a` stands twice");
  CHECK(place_of("{\"a\": 1, \"\\u0061\": 2}") == "1:column 10 the key `a` stands twice");
  CHECK(place_of("{\"a\": {\"a\": 1}, \"b\": [{\"a\": 1}, {\"a\": 2}]}").empty());
}

TEST_CASE("numbers beyond a double, broken text and other kinds than objects are refused with their place") {
  CHECK(place_of("{\"a\": 1e999}") == "1:column 7 `1e999`");
  CHECK(place_of("{\"a\": -1.5e-3, \"b\": \"1e999\"}").empty());
  CHECK(place_of("{\"a\": }") == "1:column 7 this is not JSON");
  CHECK(place_of("[1]") == "1:column 1 this is no object");
  CHECK(place_of("") == "1:column 1 this is not JSON");
  CHECK(place_of("{\"a\": \"\xFF\"}") == "1:column 8 bytes that are not UTF-8");
}

TEST_CASE("only plain paths are addresses") {
  const auto is_good = [](const std::string& target) {
    HttpRequest request;
    return read_target(target, request);
  };
  for (const char* good : {"/", "/api/project", "/assets/index-B3x_1.js", "/api/results/m1/rows?indicator=a,b&measure=&x=%C3%A4+b"})
    CHECK(is_good(good));
  for (const char* bad : {"", "api", "//evil.example/", "/\\evil", "/..%2f..%2fetc/passwd", "/%2e%2e/", "/../x", "/a/../b", "/.git/config",
                          "/a%00b", "http://evil.example/", "/api?x=%00", "/api?x=%zz", "/api?x=%ff"})
    CHECK_FALSE(is_good(bad));
  HttpRequest request;
  REQUIRE(read_target("/a?measure=&region=L%C3%A4+p&region=B", request));
  CHECK(request.parameter("measure") == std::optional<std::string>(""));
  CHECK(request.parameter("term") == std::nullopt);
  CHECK(request.parameters("region") == std::vector<std::string>{"Lä p", "B"});
}
