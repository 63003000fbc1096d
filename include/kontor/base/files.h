// Files in and out. Everything that kontor writes is complete or absent: temporary name in the same
// folder, write, fsync, rename, fsync of the folder.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace kontor {

/// From here on this process opens only files below the folder for reading, symbolic links that lead out of it included: for
/// a server whose files name other files. Relative paths are seen from the current folder. Throws Error(environment).
void read_only_below(const std::filesystem::path& folder);

/// A file mapped read-only. Lives as long as anything that points into it.
class MappedFile {
 public:
  /// Throws Error(environment) if the path is missing, a folder or not readable.
  static std::shared_ptr<const MappedFile> open(const std::filesystem::path& path);
  ~MappedFile();
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;

  std::string_view text() const { return {static_cast<const char*>(data_), size_}; }
  const void* data() const { return data_; }
  std::size_t size() const { return size_; }

 private:
  MappedFile() = default;
  const void* data_ = nullptr;
  std::size_t size_ = 0;
};

/// The whole file. Throws Error(environment) like MappedFile, Error(data) if it is larger than `limit` bytes.
std::string read_file(const std::filesystem::path& path, std::size_t limit = std::size_t{1} << 30);

/// Writes one file so that readers see the old content or the new one, never a part. Throws Error(environment).
void write_file(const std::filesystem::path& path, std::string_view content);

/// A folder that appears whole. Write into `path()`, then `commit()`; without commit it is removed again.
class NewFolder {
 public:
  /// Throws Error(environment) if `final_path` exists and `replace` is false ("use --force").
  NewFolder(std::filesystem::path final_path, bool replace);
  ~NewFolder();
  NewFolder(const NewFolder&) = delete;
  NewFolder& operator=(const NewFolder&) = delete;

  const std::filesystem::path& path() const { return temporary_; }
  /// Syncs every file and folder, then swaps the folder in under its final name. With `replace` the
  /// earlier folder is removed only after the new one stands in its place.
  void commit();

 private:
  std::filesystem::path final_, temporary_;
  bool replace_ = false, committed_ = false;
};

/// Writes a file inside a NewFolder and syncs it. Throws Error(environment) with the path and the reason.
void write_new_file(const std::filesystem::path& path, const void* data, std::size_t size);
inline void write_new_file(const std::filesystem::path& path, std::string_view content) {
  write_new_file(path, content.data(), content.size());
}

/// Lower-case hexadecimal SHA-256.
std::string sha256(const void* data, std::size_t size);
inline std::string sha256(std::string_view text) { return sha256(text.data(), text.size()); }
std::string sha256_of_file(const std::filesystem::path& path);

}  // namespace kontor
