// What tests share: where real data lie, temporary folders, tiny accounts.
#pragma once

#include <unistd.h>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "kontor/accounts/accounts.h"

namespace kontor::test {

/// Folder of real data and golden values: $KONTOR_DATA, or ../shared beside the project; empty if absent.
inline std::filesystem::path shared_folder() {
  if (const char* set = std::getenv("KONTOR_DATA")) return set;
  const std::filesystem::path beside = std::filesystem::path(KONTOR_SOURCE_DIR) / ".." / "shared";
  return std::filesystem::exists(beside) ? beside : std::filesystem::path();
}

/// Ends a test that needs real data where there are none, and says so.
#define NEEDS_SHARED_DATA()                                   \
  if (kontor::test::shared_folder().empty()) {                \
    WARN("skipped: no shared data folder (set KONTOR_DATA)"); \
    return;                                                   \
  }

/// A folder that is removed with the object.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "kontor-test-XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }
  std::string operator/(const std::string& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

/// Two regions (L, M) with two sectors each, one household column a region, one labour row:
///
///             L.1  L.2  M.1  M.2 | L.FD M.FD |    x
///     L.1      10   20    5    5 |   50   10 |  100
///     L.2      20   30   10   10 |  100   30 |  200
///     M.1       5   10   20   15 |   10   40 |  100
///     M.2       5   10   15   20 |   10   40 |  100
///     labour   60  130   50   50
Accounts tiny_accounts();

}  // namespace kontor::test
