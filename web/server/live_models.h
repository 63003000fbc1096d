// Live models that are kept: calibrating takes longer than any answer.
#pragma once

#include <list>
#include <memory>
#include <mutex>
#include <string>

#include "kontor/live.h"

namespace kontor::web {

class LiveModels {
 public:
  struct Kept {
    std::shared_ptr<const Accounts> accounts;
    std::mutex guard;  // an answer at a time
    std::unique_ptr<LiveModel> model;
  };

  /// The model for these accounts and the programme's closure and parameters; made where there is none.
  std::shared_ptr<Kept> model(const std::shared_ptr<const Accounts>& accounts, const Programme& programme);

 private:
  std::mutex guard_;
  std::list<std::shared_ptr<Kept>> kept_;  // last used first
};

}  // namespace kontor::web
