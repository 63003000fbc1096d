#include "service.h"

#include <algorithm>
#include <new>

#include "assets.h"
#include "kontor/base/error.h"

namespace kontor::web {

HttpAnswer json_answer(std::string json) {
  HttpAnswer answer;
  answer.body = std::move(json);
  return answer;
}

bool matches(const std::string& path, const char* pattern, Ids& ids) {
  ids.clear();
  std::size_t at = 0;
  for (const char* p = pattern; *p; ++p) {
    if (*p != '*') {
      if (at >= path.size() || path[at++] != *p) return false;
      continue;
    }
    const std::size_t end = std::min(path.find('/', at), path.size());
    if (end == at) return false;
    ids.push_back(path.substr(at, end - at)), at = end;
  }
  return at == path.size();
}

static unsigned status_of(const Error& error) {
  const std::string code = error.findings().empty() ? "" : error.findings().front().code;
  if (code == "unknown-id") return 404;
  if (code == "read-only") return 403;
  if (code == "output-exists" || code == "changed-on-disk") return 409;
  if (code == "queue-full") return 503;
  switch (error.exit()) {
    case Exit::usage: return 400;
    case Exit::data:
    case Exit::no_answer: return 422;
    default: return 500;
  }
}

static HttpAnswer asset_answer(const Asset& asset) {
  HttpAnswer answer;
  answer.type = type_of_asset(asset.path), answer.packed = asset.packed;
  answer.headers.emplace_back("Content-Encoding", "gzip");
  return answer;
}

static HttpAnswer routed(Service& service, const HttpRequest& request) {
  const std::string method = request.method == "HEAD" ? "GET" : request.method;
  if (const Asset* asset = method == "GET" ? find_asset(request.path) : nullptr) return asset_answer(*asset);
  Ids ids;
  bool other_method = false;
  for (const auto& routes : {project_routes(), programme_routes(), result_routes()})
    for (const Route& route : routes) {
      if (!matches(request.path, route.pattern, ids)) continue;
      if (method == route.method) return route.function(service, request, ids);
      other_method = true;
    }
  if (other_method) return refusal(405, "bad-request", "this is not asked in this way", "another method", "");
  return refusal(404, "not-found", "there is nothing at this address", "an address that docs/serve.md lists", "");
}

HttpAnswer answer(Service& service, const HttpRequest& request) {
  try {
    return routed(service, request);
  } catch (const Error& error) {
    return refusal(status_of(error), error.findings());
  } catch (const std::bad_alloc&) {
    return refusal(500, "memory", "not enough memory", "", "close other programs, or aggregate the table");
  } catch (...) {
    return refusal(500, "bug", "an internal error of kontor", "", "please report it with what was asked");
  }
}

}  // namespace kontor::web
