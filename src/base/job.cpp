#include "kontor/base/job.h"

#include <utility>

namespace kontor {

static thread_local Job* at_work = nullptr;

WorkingFor::WorkingFor(Job* job) : before_(std::exchange(at_work, job)) {}
WorkingFor::~WorkingFor() { at_work = before_; }

Job* job_at_work() { return at_work; }

void begin_step(std::string_view what, double done) {
  stop_if_cancelled();
  if (at_work && at_work->told) at_work->told(what, done);
}

void stop_if_cancelled() {
  if (at_work && at_work->cancelled.load(std::memory_order_relaxed)) throw Cancelled{};
}

}  // namespace kontor
