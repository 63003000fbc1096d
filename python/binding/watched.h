// Long work: without Python's lock, with progress, and stopped by Ctrl-C.
#pragma once

#include <pybind11/pybind11.h>

#include <functional>
#include <optional>
#include <string_view>
#include <utility>

namespace kontor::python {

/// What the work may say of itself: the step it is at and the share that is done.
using Told = std::function<void(std::string_view what, double done)>;

/// Does the work on a thread of its own with Python's lock released. The calling thread looks at signals some twenty times a
/// second and is the one that calls `progress(what, done)`, so that a callable of the user never runs on a thread it does not
/// know. What a signal handler or `progress` raises cancels the work and is raised here once the work has stopped.
void watch(const pybind11::object& progress, const std::function<void(const Told&)>& work);

/// The same for work that has an answer.
template <class Work>
auto watched(const pybind11::object& progress, Work&& work) {
  std::optional<decltype(work(std::declval<const Told&>()))> answer;
  watch(progress, [&](const Told& told) { answer.emplace(work(told)); });
  return std::move(*answer);
}

}  // namespace kontor::python
