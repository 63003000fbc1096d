// What a long job is at, in one line on standard error that goes again: only where people look at it.
#pragma once

#include <string>

#include "verbs.h"

namespace kontor::cli {

class Progress {
 public:
  Progress(const Common& common, int steps);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  /// One step more begins.
  void next(const std::string& what);

 private:
  bool shown_ = false;
  int done_ = 0, steps_ = 0;
};

}  // namespace kontor::cli
