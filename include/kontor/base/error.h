// The one exception of kontor: the run cannot go on.
#pragma once

#include <stdexcept>
#include <string>

#include "kontor/base/finding.h"

namespace kontor {

/// Exit codes of the command line; the Python module and the page map them to their own words.
enum class Exit { done = 0, bug = 1, usage = 2, data = 3, no_answer = 4, environment = 5, interrupted = 130 };

/// Thrown when a run cannot go on. Carries every finding that was collected until then.
class Error : public std::runtime_error {
 public:
  Error(Exit exit, Findings findings);
  Error(Exit exit, Finding finding);

  Exit exit() const { return exit_; }
  const Findings& findings() const { return findings_; }

 private:
  Exit exit_;
  Findings findings_;
};

/// The short way: an error with a code, a place and three sentences.
[[noreturn]] void fail(Exit exit, std::string code, std::string file, std::string row, std::string column, std::string found,
                       std::string expected, std::string remedy);

/// Throws if any finding is an error; otherwise does nothing.
void throw_if_errors(const Findings& findings);

}  // namespace kontor
