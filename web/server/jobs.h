// Runs that were asked for, one after another on one thread. A page that is closed does not end its job.
#pragma once

#include <condition_variable>
#include <deque>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "http.h"
#include "kontor/base/job.h"
#include "kontor/kontor.h"
#include "results.h"

namespace kontor::web {

enum class JobState { waiting, running, done, failed, cancelled };

struct RunJob {
  long number = 0;  // the order in which they were asked for
  std::string id;
  std::string programme;  // its id
  RunOptions options;
  std::filesystem::path save;  // folder of the result; empty: it stays in memory
  std::string name;            // of the result
  // Below: under the queue's guard.
  JobState state = JobState::waiting;
  std::string step = "waiting";
  double done = 0.0;
  std::string result;
  Findings findings;
  long version = 0;  // grows with every change
  Job job;
};

class Jobs {
 public:
  Jobs(Project& project, Results& results);
  ~Jobs();
  Jobs(const Jobs&) = delete;
  Jobs& operator=(const Jobs&) = delete;

  /// The id of the new job. Throws Error(environment), "queue-full", where 64 wait.
  std::string add(const std::string& programme, RunOptions options, const std::filesystem::path& save, const std::string& name);
  /// The jobs that wait or run, oldest first: what a page that comes back takes up again.
  std::string under_way();
  /// The job as JSON. Throws Error(usage), "unknown-id".
  std::string state(const std::string& id);
  std::string cancel(const std::string& id);
  /// Server-sent events: `step` while it changes, `end` with the job at its end.
  StreamReader events(const std::string& id);

 private:
  std::shared_ptr<RunJob> find(const std::string& id);  // under the guard
  void work();
  void run(const std::shared_ptr<RunJob>& job);
  void change(RunJob& job, JobState state, const std::string& step);

  Project& project_;
  Results& results_;
  std::mutex guard_;
  std::condition_variable changed_;
  std::deque<std::shared_ptr<RunJob>> waiting_;
  std::map<std::string, std::shared_ptr<RunJob>> jobs_;
  std::deque<std::string> finished_;
  long next_ = 1;
  bool ending_ = false;
  std::thread worker_;
};

}  // namespace kontor::web
