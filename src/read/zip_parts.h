// The parts of a zip archive that lies in memory, each with limits on what it may expand to.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace kontor {

/// An open archive. The bytes must live as long as it does.
class ZipParts {
 public:
  /// Throws Error(data) if the bytes are no zip archive or hold more than 1000 parts.
  ZipParts(std::string_view bytes, std::string file);
  ~ZipParts();
  ZipParts(const ZipParts&) = delete;
  ZipParts& operator=(const ZipParts&) = delete;

  bool has(const std::string& part) const;
  /// A part, expanded. Throws Error(data) if it is missing, damaged, encrypted or expands beyond 100:1.
  std::string read(const std::string& part) const;

 private:
  struct Archive;
  std::unique_ptr<Archive> archive_;
  std::string file_;
};

}  // namespace kontor
