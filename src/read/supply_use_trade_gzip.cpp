// Gzipped tables: expanded in memory, with limits that a table keeps and an attack does not.
#include <zlib.h>

#include "kontor/base/error.h"
#include "read/supply_use_trade.h"

namespace kontor {

static constexpr std::size_t largest_text = std::size_t{256} << 20;  // bytes after expansion
static constexpr std::size_t free_expansion = 100 << 10;             // below this many bytes any ratio is fine
static constexpr std::size_t largest_ratio = 100;

std::string expanded_gzip(const std::string& packed, const std::string& file) {
  z_stream stream{};
  if (inflateInit2(&stream, 16 + MAX_WBITS) != Z_OK)
    fail(Exit::environment, "memory", file, "", "", "not enough memory to expand the file", "", "close other programs");
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  std::string text, buffer(std::size_t{1} << 16, '\0');
  int state = Z_OK;
  do {
    stream.next_out = reinterpret_cast<Bytef*>(buffer.data());
    stream.avail_out = static_cast<uInt>(buffer.size());
    state = inflate(&stream, Z_NO_FLUSH);
    text.append(buffer.data(), buffer.size() - stream.avail_out);
    if (text.size() > largest_text || (text.size() > free_expansion && text.size() / largest_ratio > packed.size())) state = Z_NEED_DICT;
    if (state == Z_STREAM_END && stream.avail_in > 0 && inflateReset(&stream) == Z_OK) state = Z_OK;  // members one after the other
  } while (state == Z_OK && (stream.avail_in > 0 || stream.avail_out == 0));
  inflateEnd(&stream);
  if (state == Z_NEED_DICT)
    fail(Exit::data, "expansion-limit", file, "", "", "the compressed file expands too far",
         "at most 256 MiB, and 100 times the size of the file", "is this the right file?");
  if (state == Z_DATA_ERROR)
    fail(Exit::data, "bad-gzip", file, "", "", "the compressed file is damaged", "a complete gzip file", "download it again");
  if (state != Z_STREAM_END)
    fail(Exit::data, "truncated", file, "", "", "compressed file ends early (truncated download?)", "a complete gzip file",
         "download it again");
  return text;
}

}  // namespace kontor
