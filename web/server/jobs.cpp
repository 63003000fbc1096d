#include "jobs.h"

#include <algorithm>
#include <chrono>
#include <cstring>

#include "json_body.h"
#include "kontor/base/error.h"
#include "kontor/report/findings_json.h"

namespace kontor::web {

static constexpr std::size_t most_waiting = 64, most_finished = 200;

static const char* state_name(JobState state) {
  switch (state) {
    case JobState::waiting: return "waiting";
    case JobState::running: return "running";
    case JobState::done: return "done";
    case JobState::failed: return "failed";
    case JobState::cancelled: return "cancelled";
  }
  return "";
}

static bool is_over(const RunJob& job) { return job.state != JobState::waiting && job.state != JobState::running; }

// One line, so that it may also stand in an event.
static std::string json_of(const RunJob& job) {
  const Json result = job.result.empty() ? Json() : Json(job.result);
  return dumped({{"id", job.id},
                 {"programme", job.programme},
                 {"state", state_name(job.state)},
                 {"step", job.step},
                 {"done", job.done},
                 {"result", result},
                 {"findings", Json::parse(findings_json(job.findings))}});
}

Jobs::Jobs(Project& project, Results& results) : project_(project), results_(results), worker_([this] { work(); }) {}

Jobs::~Jobs() {
  {
    const std::scoped_lock lock(guard_);
    ending_ = true;
    for (auto& [id, job] : jobs_) job->job.cancelled = true;
  }
  changed_.notify_all();
  worker_.join();
}

std::shared_ptr<RunJob> Jobs::find(const std::string& id) {
  const auto found = jobs_.find(id);
  if (found == jobs_.end()) fail(Exit::usage, "unknown-id", "", "", "", "there is no job of this id", "an id that POST /api/run gave", "");
  return found->second;
}

void Jobs::change(RunJob& job, JobState state, const std::string& step) {
  job.state = state, job.step = step, ++job.version;
  if (is_over(job)) {
    finished_.push_back(job.id);
    while (finished_.size() > most_finished) jobs_.erase(finished_.front()), finished_.pop_front();
  }
  changed_.notify_all();
}

std::string Jobs::add(const std::string& programme, RunOptions options, const std::filesystem::path& save, const std::string& name) {
  const std::scoped_lock lock(guard_);
  if (waiting_.size() >= most_waiting)
    fail(Exit::environment, "queue-full", "", "", "", "64 runs are waiting already", "at most 64",
         "wait until some are done, or cancel some");
  const auto job = std::make_shared<RunJob>();
  job->number = next_++, job->id = "j" + std::to_string(job->number);
  job->programme = programme, job->options = std::move(options), job->save = save, job->name = name;
  jobs_[job->id] = job;
  waiting_.push_back(job);
  changed_.notify_all();
  return job->id;
}

std::string Jobs::state(const std::string& id) {
  const std::scoped_lock lock(guard_);
  return json_of(*find(id));
}

std::string Jobs::under_way() {
  const std::scoped_lock lock(guard_);
  std::vector<const RunJob*> list;
  for (const auto& [id, job] : jobs_)
    if (!is_over(*job)) list.push_back(job.get());
  std::sort(list.begin(), list.end(), [](const RunJob* a, const RunJob* b) { return a->number < b->number; });
  std::string text;
  for (const RunJob* job : list) text += (text.empty() ? "" : ",\n") + json_of(*job);
  return "{\"jobs\": [" + text + "]}\n";
}

std::string Jobs::cancel(const std::string& id) {
  const std::scoped_lock lock(guard_);
  const std::shared_ptr<RunJob> job = find(id);
  job->job.cancelled = true;
  if (job->state == JobState::waiting) {
    waiting_.erase(std::find(waiting_.begin(), waiting_.end(), job));
    change(*job, JobState::cancelled, "cancelled");
  }
  return json_of(*job);
}

void Jobs::work() {
  for (;;) {
    std::shared_ptr<RunJob> job;
    {
      std::unique_lock lock(guard_);
      changed_.wait(lock, [this] { return ending_ || !waiting_.empty(); });
      if (ending_) return;
      job = waiting_.front();
      waiting_.pop_front();
      change(*job, JobState::running, "starting");
    }
    run(job);
  }
}

void Jobs::run(const std::shared_ptr<RunJob>& job) {
  const auto end = [&](JobState state, const std::string& step, Findings findings, const std::string& result) {
    const std::scoped_lock lock(guard_);
    job->findings = std::move(findings), job->result = result;
    if (state == JobState::done) job->done = 1.0;
    change(*job, state, step);
  };
  job->job.told = [&](std::string_view what, double done) {
    const std::scoped_lock lock(guard_);
    job->done = done;
    change(*job, JobState::running, std::string(what));
  };
  try {
    const WorkingFor working(&job->job);
    Result result = run_programme(job->options);
    Findings findings = result.findings;
    if (job->save.empty()) {
      end(JobState::done, "done", std::move(findings), results_.add(std::move(result), job->name));
      return;
    }
    write_result(result, job->save);
    project_.forget();
    end(JobState::done, "done", std::move(findings), project_.id_of(ItemKind::result, job->save));
  } catch (const Cancelled&) {
    end(JobState::cancelled, "cancelled", {}, "");
  } catch (const Error& error) {
    end(JobState::failed, "failed", error.findings(), "");
  } catch (const std::bad_alloc&) {
    end(JobState::failed, "failed", {{Severity::error, "memory", "", "", "", "not enough memory", "", "close other programs"}}, "");
  } catch (...) {
    end(JobState::failed, "failed", {{Severity::error, "bug", "", "", "", "an internal error of kontor", "", "please report it"}}, "");
  }
}

namespace {

/// Where a stream of events stands.
struct Listener {
  std::shared_ptr<RunJob> job;
  long seen = -1;
  bool over = false;
  std::string pending;
};

}  // namespace

StreamReader Jobs::events(const std::string& id) {
  const auto listener = std::make_shared<Listener>();
  {
    const std::scoped_lock lock(guard_);
    listener->job = find(id);
  }
  return [this, listener](char* buffer, std::size_t room) -> std::size_t {
    constexpr auto beat = std::chrono::seconds(15);  // a comment line, so that a listener who left is noticed
    Listener& l = *listener;
    if (l.pending.empty()) {
      if (l.over) return 0;
      std::unique_lock lock(guard_);
      const bool news = changed_.wait_for(lock, beat, [&] { return ending_ || l.job->version != l.seen; });
      if (ending_) return 0;
      if (!news) {
        l.pending = ": \n\n";
      } else if (is_over(*l.job)) {
        l.pending = "event: end\ndata: " + json_of(*l.job) + "\n\n", l.over = true;
      } else {
        l.pending = "event: step\ndata: " + dumped({{"step", l.job->step}, {"done", l.job->done}}) + "\n\n";
      }
      l.seen = l.job->version;
    }
    const std::size_t size = std::min(room, l.pending.size());
    std::memcpy(buffer, l.pending.data(), size);
    l.pending.erase(0, size);
    return size;
  };
}

}  // namespace kontor::web
