// Accounts as Python holds them: shared, with the folder they came from and what indicators made of them.
#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>

#include "kontor/accounts/accounts.h"
#include "kontor/indicators/picture.h"

namespace kontor::python {

/// As Python is told: None where there is no folder.
inline std::optional<std::filesystem::path> said_folder(const std::filesystem::path& folder) {
  return folder.empty() ? std::nullopt : std::optional(folder);
}

class OpenAccounts {
 public:
  OpenAccounts(Accounts accounts, std::filesystem::path folder) : accounts_(std::move(accounts)), folder_(std::move(folder)) {}

  const Accounts& accounts() const { return accounts_; }
  const std::filesystem::path& folder() const { return folder_; }  // empty: never were in one
  /// Calls use(picture): one thread at a time, as a Picture demands, and what was made for one indicator serves the next.
  template <class Use>
  auto with_picture(Use&& use) {
    const std::scoped_lock lock(guard_);
    if (!picture_) picture_.emplace(accounts_);
    return use(*picture_);
  }

 private:
  Accounts accounts_;
  std::filesystem::path folder_;
  std::mutex guard_;
  std::optional<Picture> picture_;  // after the accounts that it refers to
};

}  // namespace kontor::python
