// A long computation that somebody watches: told what it is at, and stopped when asked to. Where nobody watches, all of this
// costs one look at a pointer.
#pragma once

#include <atomic>
#include <functional>
#include <string_view>

namespace kontor {

/// What ends a cancelled job. No Error, for it is no problem to report: whoever started the job catches it.
struct Cancelled {};

struct Job {
  std::atomic<bool> cancelled = false;
  /// The step that begins and the share that is done, 0 to 1. Called from the threads of the job, also at the same time.
  std::function<void(std::string_view what, double done)> told;
};

/// While it lives this thread, and every thread that for_each_block starts from it, works for the job.
class WorkingFor {
 public:
  explicit WorkingFor(Job* job);
  ~WorkingFor();
  WorkingFor(const WorkingFor&) = delete;
  WorkingFor& operator=(const WorkingFor&) = delete;

 private:
  Job* before_;
};

/// The job that this thread works for; nullptr if nobody watches.
Job* job_at_work();

/// A step begins. Throws Cancelled where the job is.
void begin_step(std::string_view what, double done);
void stop_if_cancelled();

}  // namespace kontor
