// Who may ask what: the checks that stand before everything else. The page in a browser is one of many that can reach the port:
// other pages of the same browser, other users of the machine, and whatever name somebody lets lead to 127.0.0.1.
#pragma once

#include <atomic>
#include <optional>
#include <string>

#include "http.h"

namespace kontor::web {

inline constexpr std::size_t largest_header = 16 << 10;  // bytes, all lines of the head
inline constexpr std::size_t most_headers = 100;
inline constexpr std::size_t largest_body = std::size_t{64} << 20;
inline constexpr int deepest_json = 64;

class Gate {
 public:
  /// Draws the token and the cookie.
  Gate(unsigned port, bool allow_write);

  unsigned port() const { return port_; }
  bool allow_write() const { return allow_write_; }
  const std::string& token() const { return token_; }

  /// What is refused by its head alone, before a byte of the body is read; nullopt: let it in. In this order: Host (421), head
  /// (400, 431), method (405), other sites (403), token or cookie (401), content type (415), size (411, 413).
  /// `cookie`: the header to be set where the one-time token was used.
  std::optional<HttpAnswer> refused(const HttpRequest& request, std::string& set_cookie);

 private:
  std::optional<HttpAnswer> wrong_head(const HttpRequest& request) const;
  bool is_known(const HttpRequest& request, std::string& set_cookie);

  unsigned port_;
  bool allow_write_;
  std::string token_, cookie_, cookie_name_;
  std::atomic<bool> token_used_ = false;
};

/// Equal, in a time that does not depend on where they differ.
bool is_same_secret(std::string_view a, std::string_view b);

/// What every answer carries: no frame, no guessing of types, nothing from elsewhere, nothing kept.
const std::vector<std::pair<std::string, std::string>>& safe_headers();

}  // namespace kontor::web
