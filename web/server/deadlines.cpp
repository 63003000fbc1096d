#include "deadlines.h"

#include <sys/socket.h>

namespace kontor::web {

using Clock = std::chrono::steady_clock;

// Lives as long as the process.
Deadlines::Deadlines() {
  std::thread([this] {
    for (;;) {
      std::this_thread::sleep_for(std::chrono::milliseconds(250));
      const auto now = Clock::now();
      const std::scoped_lock lock(guard_);  // a socket is closed only after remove()
      for (auto& [connection, open] : open_)
        if (open.until < now) ::shutdown(open.socket, SHUT_RDWR), open.until = Clock::time_point::max();
    }
  }).detach();
}

static Clock::time_point after(int seconds) {
  return seconds > 0 ? Clock::now() + std::chrono::seconds(seconds) : Clock::time_point::max();
}

void Deadlines::set(const void* connection, int socket, int seconds) {
  const std::scoped_lock lock(guard_);
  open_[connection] = {socket, after(seconds)};
}

void Deadlines::set(const void* connection, int seconds) {
  const std::scoped_lock lock(guard_);
  if (const auto found = open_.find(connection); found != open_.end()) found->second.until = after(seconds);
}

void Deadlines::remove(const void* connection) {
  const std::scoped_lock lock(guard_);
  open_.erase(connection);
}

}  // namespace kontor::web
