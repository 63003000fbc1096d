#include "kontor/base/parameters.h"

#include <cstdlib>
#include <vector>

#include "kontor/base/error.h"

namespace kontor {

namespace fs = std::filesystem;

fs::path parameter_file(const std::string& name) {
  std::vector<fs::path> folders;
  if (const char* set = std::getenv("KONTOR_PARAMETERS")) folders.emplace_back(set);
  std::error_code ignored;
  const fs::path program = fs::read_symlink("/proc/self/exe", ignored);
  if (!ignored) folders.push_back(program.parent_path().parent_path() / "share" / "kontor" / "parameters");
  folders.emplace_back(KONTOR_SOURCE_PARAMETERS);
  for (const fs::path& folder : folders)
    if (fs::exists(folder / name, ignored)) return folder / name;
  fail(Exit::environment, "file", name, "", "", "a parameter table of kontor is missing", "share/kontor/parameters beside the program",
       "install kontor again, or set KONTOR_PARAMETERS to the folder");
}

}  // namespace kontor
