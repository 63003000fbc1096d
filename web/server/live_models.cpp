#include "live_models.h"

namespace kontor::web {

static constexpr std::size_t most_models = 4;

std::shared_ptr<LiveModels::Kept> LiveModels::model(const std::shared_ptr<const Accounts>& accounts, const Programme& programme) {
  const std::scoped_lock lock(guard_);
  for (auto it = kept_.begin(); it != kept_.end(); ++it)
    if ((*it)->accounts == accounts && (*it)->model->fits(programme)) {
      kept_.splice(kept_.begin(), kept_, it);
      return kept_.front();
    }
  const auto made = std::make_shared<Kept>();
  made->accounts = accounts, made->model = std::make_unique<LiveModel>(accounts, programme);
  kept_.push_front(made);
  if (kept_.size() > most_models) kept_.pop_back();
  return made;
}

}  // namespace kontor::web
