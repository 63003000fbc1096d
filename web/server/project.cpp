#include "project.h"

#include <sys/stat.h>

#include <algorithm>

#include "json_body.h"
#include "kontor/accounts/store.h"
#include "kontor/base/error.h"
#include "kontor/base/files.h"
#include "kontor/programme/outline.h"
#include "kontor/programme/programme.h"

namespace kontor::web {

namespace fs = std::filesystem;

static constexpr int deepest_folder = 5;
static constexpr std::size_t most_entries = 50000;

static const char* kind_letter(ItemKind kind) { return kind == ItemKind::accounts ? "a" : kind == ItemKind::programme ? "p" : "r"; }

static std::string id_from(ItemKind kind, const fs::path& path) {
  return kind_letter(kind) + sha256(kind_letter(kind) + path.generic_string()).substr(0, 12);
}

static std::string stamp_of(const fs::path& file) {
  struct stat about {};
  if (::lstat(file.c_str(), &about) != 0) return "";
  return std::to_string(about.st_mtim.tv_sec) + '.' + std::to_string(about.st_mtim.tv_nsec) + '.' + std::to_string(about.st_size);
}

static bool is_left_out(const fs::path& name) {
  const std::string text = name.filename().string();
  return text.empty() || text[0] == '.' || text == "node_modules" || text == "CMakeFiles" || text.find(".tmp-") != std::string::npos;
}

// Names in the order of the project's JSON; what cannot be read is listed by its name alone.
Item Project::read(ItemKind kind, const fs::path& path, const fs::path& file) {
  Item item;
  item.kind = kind, item.path = path, item.id = id_from(kind, path), item.stamp = stamp_of(file);
  if (const auto known = known_.find(item.id); known != known_.end() && known->second.stamp == item.stamp) return known->second;
  item.title = path.filename().string();
  try {
    if (kind == ItemKind::accounts) {
      const Accounts a = read_accounts(path);
      item.title = a.title, item.year = a.year, item.currency = a.currency, item.scale = a.scale, item.sectors = a.sectors.size();
      for (std::size_t r = 0; r < a.regions.size(); ++r) item.regions += !a.regions[r].external && is_leaf(a, static_cast<int>(r));
    } else if (kind == ItemKind::programme) {
      const std::string text = read_file(path, largest_programme);
      const ProgrammeOutline outline = outline_of(text, path);
      item.title = outline.programme.text_of("title");
      if (item.title.empty()) item.title = outline.programme.text_of("id");
      if (item.title.empty()) item.title = path.stem().string();
      const std::string accounts = outline.programme.text_of("accounts");
      if (!accounts.empty()) item.accounts = (path.parent_path() / accounts).lexically_normal().generic_string();
      while (item.accounts.size() > 1 && item.accounts.back() == '/') item.accounts.pop_back();
    } else {
      const Json about = Json::parse(read_file(path / "about.json", largest_programme), nullptr, false);
      const Json& programme = about.at("programme");
      item.title = programme.at("title").get<std::string>();
      item.first_year = programme.at("horizon").at(0), item.last_year = programme.at("horizon").at(1);
    }
  } catch (const Error&) {
  } catch (const Json::exception&) {}
  known_[item.id] = item;
  return item;
}

bool Project::is_programme(const fs::path& file) {
  if (file.extension() != ".toml") return false;
  std::error_code ignored;
  if (fs::file_size(file, ignored) >= largest_programme) return false;
  auto& [stamp, is_one] = looked_into_[file.string()];
  if (const std::string now = stamp_of(file); stamp != now) {
    stamp = now;
    try {
      is_one = read_file(file, largest_programme).find("[programme]") != std::string::npos;
    } catch (const Error&) {
      is_one = false;
    }
  }
  return is_one;
}

void Project::scan(const fs::path& folder, int depth, std::size_t& entries, std::vector<Item>& found) {
  std::error_code ignored;
  const auto relative = [](const fs::path& path) { return path.lexically_relative("."); };
  if (const fs::path manifest = folder / "datapackage.json"; fs::is_regular_file(fs::symlink_status(manifest, ignored))) {
    std::string text;
    try {
      text = read_file(manifest, largest_programme);
    } catch (const Error&) {}
    const bool result = text.find("\"kontor-result\"") != std::string::npos;
    if (result || text.find("\"kontor-accounts\"") != std::string::npos) {
      found.push_back(read(result ? ItemKind::result : ItemKind::accounts, relative(folder), manifest));
      return;
    }
  }
  if (depth > deepest_folder || fs::exists(folder / "CMakeCache.txt", ignored)) return;
  if (depth > 0 && fs::exists(folder / ".nokontor", ignored)) return;  // one that is served by name is shown
  std::vector<fs::path> folders;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, fs::directory_options::skip_permission_denied, ignored)) {
    if (++entries > most_entries) return;
    const fs::file_status status = entry.symlink_status(ignored);
    if (is_left_out(entry.path())) continue;
    if (fs::is_directory(status))
      folders.push_back(entry.path());
    else if (fs::is_regular_file(status) && is_programme(entry.path()))
      found.push_back(read(ItemKind::programme, relative(entry.path()), entry.path()));
  }
  for (const fs::path& inner : folders) scan(inner, depth + 1, entries, found);
}

std::vector<Item> Project::items() {
  const std::scoped_lock lock(guard_);
  const auto now = std::chrono::steady_clock::now();
  if (looked_ == std::chrono::steady_clock::time_point{} || now - looked_ > std::chrono::seconds(1)) {
    std::vector<Item> found;
    std::size_t entries = 0;
    scan(".", 0, entries, found);
    std::sort(found.begin(), found.end(), [](const Item& a, const Item& b) { return a.path < b.path; });
    items_ = std::move(found), looked_ = now;
  }
  return items_;
}

void Project::forget() {
  const std::scoped_lock lock(guard_);
  looked_ = {};
}

Item Project::item(ItemKind kind, const std::string& id) {
  for (const Item& item : items())
    if (item.kind == kind && item.id == id) return item;
  fail(Exit::usage, "unknown-id", "", "", "", "there is nothing of this id", "an id of GET /api/project", "ask for the project again");
}

std::string Project::id_of(ItemKind kind, const fs::path& path) {
  for (const Item& item : items())
    if (item.kind == kind && item.path == path) return item.id;
  return "";
}

std::shared_ptr<const Accounts> Project::accounts(const Item& item) {
  const std::scoped_lock lock(guard_);
  const std::string stamp = stamp_of(item.path / "datapackage.json");
  Opened& opened = opened_[item.id];
  if (!opened.accounts || opened.stamp != stamp) opened = {stamp, std::make_shared<const Accounts>(read_accounts(item.path))};
  return opened.accounts;
}

}  // namespace kontor::web
