#include "read/text_source.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <vector>

#include "kontor/base/error.h"
#include "kontor/base/files.h"
#include "kontor/base/text.h"
#include "read/gzip.h"

namespace kontor {

// Code points of the bytes 0x80 to 0xBF of windows-1251; 0xC0 to 0xFF are U+0410 to U+044F. 0: not assigned.
static constexpr std::array<std::uint16_t, 64> cp1251_high = {
    0x402, 0x403,  0x201A, 0x453,  0x201E, 0x2026, 0x2020, 0x2021, 0x20AC, 0x2030, 0x409, 0x2039, 0x40A, 0x40C, 0x40B, 0x40F,
    0x452, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0,      0x2122, 0x459, 0x203A, 0x45A, 0x45C, 0x45B, 0x45F,
    0xA0,  0x40E,  0x45E,  0x408,  0xA4,   0x490,  0xA6,   0xA7,   0x401,  0xA9,   0x404, 0xAB,   0xAC,  0xAD,  0xAE,  0x407,
    0xB0,  0xB1,   0x406,  0x456,  0x491,  0xB5,   0xB6,   0xB7,   0x451,  0x2116, 0x454, 0xBB,   0x458, 0x405, 0x455, 0x457};

static void append_utf8(std::string& text, std::uint32_t code) {
  if (code < 0x800) {
    text += static_cast<char>(0xC0 | code >> 6);
  } else {
    text += static_cast<char>(0xE0 | code >> 12);
    text += static_cast<char>(0x80 | (code >> 6 & 0x3F));
  }
  text += static_cast<char>(0x80 | (code & 0x3F));
}

static std::string from_cp1251(std::string_view bytes, const std::string& file) {
  std::string text;
  std::size_t row = 1, line_start = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const auto byte = static_cast<unsigned char>(bytes[i]);
    if (byte < 0x80) {
      text += bytes[i];
      if (byte == '\n') ++row, line_start = i + 1;
    } else {
      const std::uint32_t code = byte >= 0xC0 ? 0x410u + (byte - 0xC0u) : cp1251_high[byte - 0x80u];
      if (code == 0)
        fail(Exit::data, "encoding", file, std::to_string(row), "", "byte 0x98, which windows-1251 does not have",
             "text in windows-1251, as --encoding says", "is it another encoding? save the file as UTF-8");
      append_utf8(text, code);
    }
    if (i + 1 - line_start > longest_line)
      fail(Exit::data, "line-too-long", file, std::to_string(row), "", "a line of more than 16 MiB", "lines have at most 16 MiB",
           "is this a text table with line breaks?");
  }
  return text;
}

// True if `--encoding cp1251` was said of a text that is UTF-8 already: its labels would become gibberish.
static bool is_utf8_already(std::string_view text) {
  const std::string_view sample = text.substr(0, text.rfind('\n', std::size_t{1} << 16));  // whole lines, the first 64 KiB
  const bool high = std::any_of(sample.begin(), sample.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
  return high && invalid_utf8_at(sample) == std::string_view::npos;
}

TextSource text_of_bytes(std::string_view bytes, std::shared_ptr<const void> keeper, const std::string& file, const std::string& encoding) {
  if (encoding != "utf-8" && encoding != "cp1251")
    fail(Exit::usage, "encoding", "", "", "--encoding", quoted(encoding), "`utf-8` or `cp1251`", "save the file as UTF-8 if it is another");
  TextSource source{bytes, std::move(keeper)};
  const auto own = [&](std::string text) {
    const auto owned = std::make_shared<const std::string>(std::move(text));
    source.text = *owned;
    source.keeper = owned;
  };
  if (is_gzip(bytes)) own(inflate(bytes, file));
  const std::string_view start = source.text.substr(0, 2);
  if (start == "\xFF\xFE" || start == "\xFE\xFF")
    fail(Exit::data, "not-utf8", file, "1", "", "the file is UTF-16", "text in UTF-8", "save it as UTF-8 (in a spreadsheet: CSV UTF-8)");
  if (start == "PK")
    fail(Exit::data, "not-text", file, "", "", "the file is a zip archive or a spreadsheet", "a text table",
         "save the sheet as CSV UTF-8, or name the format of the spreadsheet");
  const bool marked = source.text.substr(0, 3) == "\xEF\xBB\xBF";
  if (marked) source.text.remove_prefix(3);
  if (encoding == "cp1251") {
    if (marked || is_utf8_already(source.text))
      fail(Exit::data, "encoding", file, "", "", "the file is UTF-8", "windows-1251, as --encoding says", "leave out `--encoding cp1251`");
    own(from_cp1251(source.text, file));
  }
  return source;
}

TextSource read_text(const std::filesystem::path& path, const std::string& encoding) {
  const std::shared_ptr<const MappedFile> mapped = MappedFile::open(path);
  return text_of_bytes(mapped->text(), mapped, path.string(), encoding);
}

}  // namespace kontor
