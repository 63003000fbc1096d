// The way from libmicrohttpd to answer() and back. A thread a connection, so that one that waits keeps nobody else waiting.
#include "serve.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "deadlines.h"
#include "gate.h"
#include "kontor/base/error.h"
#include "kontor/base/files.h"
#include "service.h"

namespace kontor::web {

namespace fs = std::filesystem;

static constexpr unsigned most_connections = 1100;  // a thousand that only stand there, and room for those that ask
static constexpr int head_seconds = 10, idle_seconds = 30, body_seconds = 60;
static constexpr std::size_t connection_memory = 48 << 10;  // bytes for the head and the answer's head
static constexpr std::size_t thread_stack = std::size_t{4} << 20;

namespace {

struct Server {
  Gate gate;
  Service service;
  Deadlines deadlines;
  Server(unsigned port, const ServeOptions& options, const std::string& name)
      : gate(port, options.allow_write), service(name, options.allow_write) {}
};

/// One request on its way in.
struct Exchange {
  HttpRequest request;
  bool good_target = false, seen = false;
  std::string set_cookie;
};

}  // namespace

// Before the target is parsed by anyone else.
static void* take_target(void*, const char* target, MHD_Connection*) {
  auto* exchange = new Exchange;
  exchange->good_target = read_target(target, exchange->request);
  return exchange;
}

static MHD_Result take_header(void* request, MHD_ValueKind, const char* name, const char* value) {
  std::string lower = name;
  std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  static_cast<HttpRequest*>(request)->headers.emplace_back(std::move(lower), value ? value : "");
  return MHD_YES;
}

static ssize_t read_stream(void* reader, std::uint64_t, char* buffer, std::size_t room) {
  const std::size_t got = (*static_cast<StreamReader*>(reader))(buffer, room);
  return got > 0 ? static_cast<ssize_t>(got) : MHD_CONTENT_READER_END_OF_STREAM;
}

static void end_stream(void* reader) { delete static_cast<StreamReader*>(reader); }

static MHD_Response* response_of(HttpAnswer& answer) {
  if (answer.stream)
    return MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, 16 << 10, read_stream, new StreamReader(std::move(answer.stream)),
                                             end_stream);
  if (!answer.packed.empty())
    return MHD_create_response_from_buffer(answer.packed.size(), const_cast<char*>(answer.packed.data()), MHD_RESPMEM_PERSISTENT);
  return MHD_create_response_from_buffer(answer.body.size(), answer.body.data(), MHD_RESPMEM_MUST_COPY);
}

static MHD_Result send(MHD_Connection* connection, HttpAnswer answer, const std::string& set_cookie = "") {
  MHD_Response* response = response_of(answer);
  if (!response) return MHD_NO;
  MHD_add_response_header(response, "Content-Type", answer.type.c_str());
  for (const auto& [name, value] : safe_headers()) MHD_add_response_header(response, name.c_str(), value.c_str());
  for (const auto& [name, value] : answer.headers) MHD_add_response_header(response, name.c_str(), value.c_str());
  if (!set_cookie.empty()) MHD_add_response_header(response, "Set-Cookie", set_cookie.c_str());
  if (answer.status >= 400 && answer.status != 404 && answer.status != 422) MHD_add_response_header(response, "Connection", "close");
  const MHD_Result sent = MHD_queue_response(connection, answer.status, response);
  MHD_destroy_response(response);
  return sent;
}

// The first call has the head, each further one a part of the body, the last one nothing.
static MHD_Result handle(void* context, MHD_Connection* connection, const char*, const char* method, const char*, const char* data,
                         std::size_t* size, void** state) {
  auto& server = *static_cast<Server*>(context);
  auto& exchange = *static_cast<Exchange*>(*state);
  HttpRequest& request = exchange.request;
  if (!exchange.seen) {
    exchange.seen = true;
    request.method = method;
    MHD_get_connection_values(connection, MHD_HEADER_KIND, take_header, &request);
    server.deadlines.set(connection, body_seconds);
    if (std::optional<HttpAnswer> no = server.gate.refused(request, exchange.set_cookie)) return send(connection, std::move(*no));
    if (!exchange.good_target) return send(connection, refusal(400, "bad-request", "an address that is none of ours", "a plain path", ""));
    return MHD_YES;
  }
  if (*size > 0) {
    if (request.body.size() + *size > largest_body) return MHD_NO;  // its length was said to be less
    request.body.append(data, *size);
    *size = 0;
    return MHD_YES;
  }
  server.deadlines.set(connection, 0);
  return send(connection, answer(server.service, request), exchange.set_cookie);
}

static void completed(void* context, MHD_Connection* connection, void** state, MHD_RequestTerminationCode) {
  static_cast<Server*>(context)->deadlines.set(connection, idle_seconds);
  delete static_cast<Exchange*>(*state);
  *state = nullptr;
}

static void connected(void* context, MHD_Connection* connection, void**, MHD_ConnectionNotificationCode what) {
  auto& deadlines = static_cast<Server*>(context)->deadlines;
  if (what == MHD_CONNECTION_NOTIFY_CLOSED) {
    deadlines.remove(connection);
    return;
  }
  const MHD_ConnectionInfo* about = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
  deadlines.set(connection, about ? about->connect_fd : -1, head_seconds);
}

static void say_nothing(void*, const char*, va_list) {}
static std::size_t leave_escapes(void*, MHD_Connection*, char* text) { return std::strlen(text); }

// --- starting --------------------------------------------------------------------------------------

[[noreturn]] static void no_port(int port) {
  fail(Exit::environment, "port", "", "", "--port", "port " + std::to_string(port) + " of 127.0.0.1: " + std::strerror(errno),
       "a free port", "leave --port out for any free one");
}

// A socket on loopback, and the port that it got.
static int listening_socket(int port, unsigned& got) {
  const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (descriptor < 0) no_port(port);
  const int yes = 1;
  ::setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  sockaddr_in address{};
  address.sin_family = AF_INET, address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  if (::bind(descriptor, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0 || ::listen(descriptor, 1024) != 0 ||
      ::getsockname(descriptor, reinterpret_cast<sockaddr*>(&address), &size) != 0)
    no_port(port);
  got = ntohs(address.sin_port);
  return descriptor;
}

// Each connection is an open file; the usual limit is 1024 of them. What is left to connections.
static unsigned connections_allowed() {
  constexpr rlim_t others = 200;
  rlimit files{};
  if (::getrlimit(RLIMIT_NOFILE, &files) != 0) return most_connections / 2;
  if (files.rlim_cur < most_connections + others) {
    files.rlim_cur = std::min<rlim_t>(files.rlim_max, most_connections + others);
    ::setrlimit(RLIMIT_NOFILE, &files);
  }
  ::getrlimit(RLIMIT_NOFILE, &files);
  return files.rlim_cur > 2 * others ? static_cast<unsigned>(std::min<rlim_t>(most_connections, files.rlim_cur - others)) : 100;
}

static void enter(const fs::path& folder) {
  read_only_below(folder);
  std::error_code problem;
  fs::current_path(fs::canonical(folder), problem);
  if (problem)
    fail(Exit::environment, "file", folder.string(), "", "", "cannot enter this folder", "a project folder", "check the permissions");
}

void serve(const ServeOptions& options, const std::function<void(const std::string&)>& ready) {
  std::error_code ignored;
  if (!fs::is_directory(options.folder, ignored))
    fail(Exit::environment, "file", options.folder.string(), "", "", "there is no such folder", "a project folder", "check the path");
  enter(options.folder);
  unsigned port = 0;
  const int descriptor = listening_socket(options.port, port);
  static Server server(port, options, fs::current_path().filename().string());
  MHD_Daemon* daemon = MHD_start_daemon(
      MHD_USE_THREAD_PER_CONNECTION | MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_POLL, 0, nullptr, nullptr, handle, &server,
      MHD_OPTION_EXTERNAL_LOGGER, say_nothing, nullptr, MHD_OPTION_LISTEN_SOCKET, descriptor, MHD_OPTION_CONNECTION_LIMIT,
      connections_allowed(), MHD_OPTION_CONNECTION_TIMEOUT, static_cast<unsigned>(idle_seconds), MHD_OPTION_CONNECTION_MEMORY_LIMIT,
      connection_memory, MHD_OPTION_THREAD_STACK_SIZE, thread_stack, MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_URI_LOG_CALLBACK,
      take_target, nullptr, MHD_OPTION_NOTIFY_COMPLETED, completed, &server, MHD_OPTION_NOTIFY_CONNECTION, connected, &server,
      MHD_OPTION_UNESCAPE_CALLBACK, leave_escapes, nullptr, MHD_OPTION_END);
  if (!daemon) no_port(options.port);
  ready("http://127.0.0.1:" + std::to_string(port) + "/?token=" + server.gate.token());
  for (;;) ::pause();  // Ctrl-C ends the process
}

}  // namespace kontor::web
