#include "gate.h"

#include <sys/random.h>

#include <algorithm>

#include "kontor/base/error.h"
#include "kontor/base/text.h"

namespace kontor::web {

static std::string secret() {
  unsigned char bytes[16];
  if (::getrandom(bytes, sizeof bytes, 0) != static_cast<ssize_t>(sizeof bytes))
    fail(Exit::environment, "no-random", "", "", "", "the system gives no random bytes", "128 of them for a token", "try again");
  std::string text;
  for (const unsigned char byte : bytes) text += "0123456789abcdef"[byte >> 4], text += "0123456789abcdef"[byte & 15];
  return text;
}

// Cookies do not know ports: two servers at a time need two names.
Gate::Gate(unsigned port, bool allow_write)
    : port_(port), allow_write_(allow_write), token_(secret()), cookie_(secret()), cookie_name_("kontor-" + std::to_string(port)) {}

bool is_same_secret(std::string_view a, std::string_view b) {
  unsigned char differ = a.size() == b.size() ? 0 : 1;
  for (std::size_t i = 0; i < b.size(); ++i) differ |= static_cast<unsigned char>((i < a.size() ? a[i] : 0) ^ b[i]);
  return differ == 0;
}

const std::vector<std::pair<std::string, std::string>>& safe_headers() {
  static const std::vector<std::pair<std::string, std::string>> headers = {
      {"Content-Security-Policy",
       "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; "
       "form-action 'none'; frame-ancestors 'none'"},
      {"X-Content-Type-Options", "nosniff"},
      {"Cross-Origin-Opener-Policy", "same-origin"},
      {"Cross-Origin-Resource-Policy", "same-origin"},
      {"Referrer-Policy", "no-referrer"},
      {"Cache-Control", "no-store"}};
  return headers;
}

// Names that lead to this machine and to nobody else. Any other name may be made to lead here by whoever owns it.
static bool is_our_host(const std::string& host, unsigned port) {
  for (const char* name : {"127.0.0.1:", "localhost:", "[::1]:"})
    if (host == name + std::to_string(port)) return true;
  return false;
}

static bool is_known_method(const std::string& method) {
  return method == "GET" || method == "HEAD" || method == "POST" || method == "PUT";
}

std::optional<HttpAnswer> Gate::wrong_head(const HttpRequest& request) const {
  std::size_t size = request.path.size();
  for (const auto& [name, value] : request.headers) size += name.size() + value.size() + 4;
  if (size > largest_header || request.headers.size() > most_headers)
    return refusal(431, "head-too-large", "a request with too large a head", "at most 16 KiB in 100 lines", "");
  for (const char* once : {"host", "origin", "content-length", "transfer-encoding", "content-type", "cookie", "sec-fetch-site"})
    if (request.count(once) > 1) return refusal(400, "bad-request", "a header that stands twice", "each once", "");
  if (request.count("content-length") && request.count("transfer-encoding"))
    return refusal(400, "bad-request", "a body of two lengths", "one length", "");
  if (!is_known_method(request.method)) {
    HttpAnswer answer = refusal(405, "bad-request", "a method that nothing here answers", "GET, HEAD, POST or PUT", "");
    answer.headers.emplace_back("Allow", "GET, HEAD, POST, PUT");
    return answer;
  }
  return std::nullopt;
}

// "a=1; b=2": the value under our name.
static std::string cookie_of(const std::string& header, const std::string& name) {
  for (const std::string& part : split(header, ';')) {
    const std::string_view pair = trimmed(part);
    if (pair.size() > name.size() && pair.substr(0, name.size()) == name && pair[name.size()] == '=')
      return std::string(pair.substr(name.size() + 1));
  }
  return "";
}

bool Gate::is_known(const HttpRequest& request, std::string& set_cookie) {
  if (is_same_secret(cookie_of(request.header("cookie"), cookie_name_), cookie_)) return true;
  const std::string token = request.parameter("token").value_or("");
  if (request.method != "GET" || request.path != "/" || !is_same_secret(token, token_) || token_used_.exchange(true)) return false;
  set_cookie = cookie_name_ + '=' + cookie_ + "; HttpOnly; SameSite=Strict; Path=/";
  return true;
}

std::optional<HttpAnswer> Gate::refused(const HttpRequest& request, std::string& set_cookie) {
  const std::string host = request.header("host");
  if (request.count("host") != 1 || !is_our_host(host, port_))
    return refusal(421, "wrong-host", "this server answers to its own address only", "the address that `kontor serve` printed", "");
  if (std::optional<HttpAnswer> wrong = wrong_head(request)) return wrong;
  const std::string site = request.header("sec-fetch-site");
  const std::string origin = request.header("origin");
  if ((request.count("origin") && origin != "http://" + host) ||
      (request.count("sec-fetch-site") && site != "same-origin" && site != "none"))
    return refusal(403, "other-site", "a request from another site", "requests of kontor's own page", "");
  if (!is_known(request, set_cookie))
    return refusal(401, "no-token", "this browser has not been let in", "the address with the token, which works once",
                   "open the address that `kontor serve` printed; it works once: start `kontor serve` again for another");
  const bool has_body = request.method == "POST" || request.method == "PUT";
  if (!has_body) {
    if (request.count("transfer-encoding") || (request.count("content-length") && request.header("content-length") != "0"))
      return refusal(400, "bad-request", "a body where none belongs", "GET without a body", "");
    return std::nullopt;
  }
  std::string type = request.header("content-type");
  std::transform(type.begin(), type.end(), type.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  if (trimmed(std::string_view(type).substr(0, type.find(';'))) != "application/json")
    return refusal(415, "not-json", "a body that is not application/json", "Content-Type: application/json", "");
  if (request.count("transfer-encoding") || !request.count("content-length"))
    return refusal(411, "no-length", "a body without Content-Length", "its length beforehand", "");
  const auto length = read_integer(request.header("content-length"));
  if (!length || *length < 0) return refusal(400, "bad-request", "a length that is no number", "a whole number", "");
  if (static_cast<std::size_t>(*length) > largest_body)
    return refusal(413, "too-large", "a body of more than 64 MiB", "at most 64 MiB", "");
  return std::nullopt;
}

}  // namespace kontor::web
