// A client that sends its head a byte at a time is never idle, and yet nobody can wait for it: each connection has until a
// point in time to have asked.
#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <thread>

namespace kontor::web {

class Deadlines {
 public:
  Deadlines();
  Deadlines(const Deadlines&) = delete;
  Deadlines& operator=(const Deadlines&) = delete;

  /// The connection's socket is shut when the time is over; 0 seconds: no matter how long.
  void set(const void* connection, int socket, int seconds);
  void set(const void* connection, int seconds);
  void remove(const void* connection);

 private:
  struct Open {
    int socket = -1;
    std::chrono::steady_clock::time_point until;
  };
  std::mutex guard_;
  std::map<const void*, Open> open_;
};

}  // namespace kontor::web
