// The bytes of a text file as UTF-8: unpacked if they are gzip, converted if they are windows-1251.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace kontor {

// Limits on what a file may ask of us. A file may be an attack, or the wrong file.
constexpr std::size_t longest_line = std::size_t{16} << 20;  // bytes; a row of a 9800-sector table has about 0.3 MB
constexpr std::size_t longest_label = 1000;                  // bytes of one label

/// Text and whoever owns its bytes.
struct TextSource {
  std::string_view text;
  std::shared_ptr<const void> keeper;
};

/// UTF-8 text of bytes that may be packed and may be windows-1251 (`encoding` = "cp1251"). A byte-order mark is
/// removed. `keeper` owns the bytes. Bytes that are not UTF-8 are found later, row by row.
TextSource text_of_bytes(std::string_view bytes, std::shared_ptr<const void> keeper, const std::string& file, const std::string& encoding);

/// The same from a file; throws Error(environment) if it cannot be read.
TextSource read_text(const std::filesystem::path& path, const std::string& encoding);

}  // namespace kontor
