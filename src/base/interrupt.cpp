#include "kontor/base/interrupt.h"

#include <signal.h>
#include <unistd.h>

#include <set>
#include <thread>

#include "kontor/base/error.h"

namespace kontor {

std::mutex& commit_guard() {
  static std::mutex guard;
  return guard;
}

static std::set<std::filesystem::path>& unfinished() {
  static std::set<std::filesystem::path> paths;
  return paths;
}

void remove_on_interrupt(const std::filesystem::path& path) {
  const std::scoped_lock lock(commit_guard());
  unfinished().insert(std::filesystem::absolute(path));
}

void keep_on_interrupt(const std::filesystem::path& path) {
  const std::scoped_lock lock(commit_guard());
  unfinished().erase(std::filesystem::absolute(path));
}

void stop_on_interrupt() {
  // The signals are blocked in every thread and taken by one that waits for them, so that what follows is
  // ordinary code and not a signal handler.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::thread([signals] {
    int received = 0;
    sigwait(&signals, &received);
    const std::scoped_lock lock(commit_guard());
    std::error_code ignored;
    for (const auto& path : unfinished()) std::filesystem::remove_all(path, ignored);
    _exit(static_cast<int>(Exit::interrupted));
  }).detach();
}

}  // namespace kontor
