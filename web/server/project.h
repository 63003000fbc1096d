// The folder that is served: accounts, programmes and results in it, each under an id that says nothing about where it lies.
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "kontor/accounts/accounts.h"

namespace kontor::web {

enum class ItemKind { accounts, programme, result };

struct Item {
  ItemKind kind = ItemKind::accounts;
  std::string id;
  std::filesystem::path path;  // from the project folder
  std::string title;
  std::string accounts;                         // of a programme: path of its accounts from the project folder
  int year = 0, first_year = 0, last_year = 0;  // of accounts; of a result
  std::size_t regions = 0, sectors = 0;
  std::string currency;
  double scale = 0.0;
  std::string stamp;  // changes with the file
};

/// The current folder of the process is the project folder. Symbolic links, hidden folders and folders of builds are left out.
class Project {
 public:
  explicit Project(std::string name) : name_(std::move(name)) {}

  const std::string& name() const { return name_; }
  /// What is there now, in the order of paths; looked at again after a second.
  std::vector<Item> items();
  /// Looks again at once.
  void forget();

  /// Throw Error(data), "unknown-id", if there is none of that kind.
  Item item(ItemKind kind, const std::string& id);
  /// The id of an item by its path; empty if there is none.
  std::string id_of(ItemKind kind, const std::filesystem::path& path);

  /// Accounts, mapped once and kept while they do not change on disk.
  std::shared_ptr<const Accounts> accounts(const Item& item);

 private:
  void scan(const std::filesystem::path& folder, int depth, std::size_t& entries, std::vector<Item>& found);
  bool is_programme(const std::filesystem::path& file);
  Item read(ItemKind kind, const std::filesystem::path& path, const std::filesystem::path& file);

  const std::string name_;
  std::mutex guard_;
  std::vector<Item> items_;
  std::map<std::string, Item> known_;                                // by id: what need not be read again
  std::map<std::string, std::pair<std::string, bool>> looked_into_;  // by path: stamp, and whether it is a programme
  std::chrono::steady_clock::time_point looked_{};
  struct Opened {
    std::string stamp;
    std::shared_ptr<const Accounts> accounts;
  };
  std::map<std::string, Opened> opened_;  // by id
};

}  // namespace kontor::web
