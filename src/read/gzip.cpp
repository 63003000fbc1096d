#include "read/gzip.h"

#include <zlib.h>

#include <algorithm>
#include <vector>

#include "kontor/base/error.h"

namespace kontor {

static constexpr std::size_t free_bytes = std::size_t{100} << 10;  // any file may expand to this size
static constexpr std::size_t most_expansion = 100;                 // output bytes per input byte beyond that
static constexpr std::size_t most_bytes = std::size_t{8} << 30;

namespace {

/// A zlib stream that frees itself.
struct Stream {
  z_stream z{};
  bool open = false;
  Stream() { open = ::inflateInit2(&z, 15 + 16) == Z_OK; }  // 15 + 16: gzip wrapper, 32 KiB window
  ~Stream() {
    if (open) ::inflateEnd(&z);
  }
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;
};

}  // namespace

bool is_gzip(std::string_view bytes) { return bytes.size() >= 2 && bytes[0] == '\x1f' && bytes[1] == '\x8b'; }

static void check_growth(std::size_t grown, std::size_t used, const std::string& name) {
  if (grown > most_bytes)
    fail(Exit::data, "expansion-limit", name, "", "", "expands to more than 8 GiB", "at most 8 GiB are read from a compressed file",
         "expand it with gunzip and split it");
  if (grown > free_bytes && grown / most_expansion > used)
    fail(Exit::data, "expansion-limit", name, "", "", "expands more than 100:1", "the expansion limit is 100:1 after the first 100 KiB",
         "expand it with gunzip if you trust it");
}

std::string inflate(std::string_view bytes, const std::string& name) {
  Stream stream;
  if (!stream.open) fail(Exit::environment, "memory", name, "", "", "not enough memory to expand the file", "", "close other programs");
  std::string text;
  std::vector<char> buffer(std::size_t{1} << 18);
  std::size_t used = 0;
  for (;;) {
    constexpr std::size_t most_at_once = std::size_t{1} << 30;  // zlib counts in 32 bits
    const std::size_t offered = std::min(bytes.size() - used, most_at_once);
    stream.z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data() + used));
    stream.z.avail_in = static_cast<uInt>(offered);
    stream.z.next_out = reinterpret_cast<Bytef*>(buffer.data());
    stream.z.avail_out = static_cast<uInt>(buffer.size());
    const int state = ::inflate(&stream.z, Z_NO_FLUSH);
    used += offered - stream.z.avail_in;
    const std::size_t grown = buffer.size() - stream.z.avail_out;
    check_growth(text.size() + grown, used, name);
    text.append(buffer.data(), grown);
    if (state == Z_STREAM_END) {
      if (!is_gzip(bytes.substr(used))) break;
      ::inflateReset(&stream.z);  // a gzip file may be several, one after the other
    } else if (state == Z_BUF_ERROR || (state == Z_OK && used == bytes.size() && stream.z.avail_out > 0)) {
      fail(Exit::data, "cut-short", name, "", "", "compressed file ends early (truncated download?)", "a whole gzip file",
           "download it again");
    } else if (state != Z_OK) {
      fail(Exit::data, "bad-gzip", name, "", "", "compressed file is damaged near byte " + std::to_string(used + 1), "a whole gzip file",
           "download it again");
    }
  }
  if (bytes.substr(used).find_first_not_of('\0') != std::string_view::npos)  // tape blocks are padded with zeros
    fail(Exit::data, "bad-gzip", name, "", "", "other bytes follow the compressed data at byte " + std::to_string(used + 1),
         "a gzip file and nothing else", "download it again");
  return text;
}

}  // namespace kontor
