#include "watched.h"

#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <string>
#include <thread>

#include "kontor/base/job.h"
#include "kontor/model/blas.h"

namespace py = pybind11;

namespace kontor::python {

constexpr auto glance = std::chrono::milliseconds(50);  // between two looks at signals

namespace {

/// The last thing that the work said of itself: what came before has nobody to read it.
struct Mailbox {
  std::mutex guard;
  std::condition_variable changed;
  std::string what;
  double done = 0.0;
  bool news = false, over = false;
};

}  // namespace

void watch(const py::object& progress, const std::function<void(const Told&)>& work) {
  Job job;
  Mailbox mailbox;
  job.told = [&](std::string_view what, double done) {
    const std::scoped_lock lock(mailbox.guard);
    mailbox.what = what, mailbox.done = done, mailbox.news = true;
    mailbox.changed.notify_one();
  };
  std::exception_ptr problem, raised;
  std::thread worker([&] {
    try {
      const WorkingFor at_work(&job);
      const OneBlasThread one;
      work(job.told);
    } catch (...) {
      problem = std::current_exception();
    }
    const std::scoped_lock lock(mailbox.guard);
    mailbox.over = true;
    mailbox.changed.notify_one();
  });
  for (bool over = false; !over;) {
    bool news = false;
    std::string what;
    double done = 0.0;
    {
      const py::gil_scoped_release unlocked;
      std::unique_lock lock(mailbox.guard);
      mailbox.changed.wait_for(lock, glance, [&] { return mailbox.over || mailbox.news; });
      over = mailbox.over;
      news = std::exchange(mailbox.news, false);
      what = mailbox.what, done = mailbox.done;
    }
    if (raised) continue;  // wait until the work has seen that it is cancelled
    try {
      if (PyErr_CheckSignals() != 0) throw py::error_already_set();
      if (news && !progress.is_none()) progress(what, done);
    } catch (...) {
      raised = std::current_exception();
      job.cancelled = true;
    }
  }
  worker.join();
  if (raised) std::rethrow_exception(raised);
  if (problem) std::rethrow_exception(problem);
}

}  // namespace kontor::python
