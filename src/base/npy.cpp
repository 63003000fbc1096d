#include "kontor/base/npy.h"

#include <bit>
#include <cstring>

#include "kontor/base/error.h"
#include "kontor/base/files.h"
#include "kontor/base/text.h"

namespace kontor {

static_assert(std::endian::native == std::endian::little, "blocks are little-endian on disk and are used as they lie there");

std::string npy_header(std::size_t rows, std::size_t columns) {
  std::string text = "{'descr': '<f8', 'fortran_order': False, 'shape': (" + std::to_string(rows) + ", " + std::to_string(columns) + "), }";
  constexpr std::size_t prefix = 10;  // magic (6), version (2), header length (2)
  const std::size_t total = (prefix + text.size() + 1 + 63) / 64 * 64;
  text.append(total - prefix - text.size() - 1, ' ');
  text += '\n';
  std::string header("\x93NUMPY\x01\x00", 8);
  header += static_cast<char>(text.size() & 0xFF);
  header += static_cast<char>(text.size() >> 8);
  return header + text;
}

std::string write_npy(const std::filesystem::path& path, const Block& block) {
  std::string bytes = npy_header(block.rows(), block.columns());
  bytes.append(reinterpret_cast<const char*>(block.data()), block.rows() * block.columns() * sizeof(double));
  write_new_file(path, bytes);
  return sha256(bytes);
}

void parse_npy(std::string_view bytes, const std::string& file, std::size_t& rows, std::size_t& columns, std::size_t& offset) {
  const auto refuse = [&](const std::string& what) {
    fail(Exit::data, "bad-block", file, "", "", what, "a float64 matrix in .npy format, row by row", "import the accounts again");
  };
  if (bytes.size() < 10 || bytes.substr(0, 6) != "\x93NUMPY" || bytes[6] != 1) refuse("not a .npy file of version 1");
  const std::size_t length = static_cast<unsigned char>(bytes[8]) | static_cast<std::size_t>(static_cast<unsigned char>(bytes[9])) << 8;
  if (bytes.size() < 10 + length) refuse("the file ends in its header");
  const std::string_view header = bytes.substr(10, length);
  if (header.find("'<f8'") == std::string_view::npos || header.find("False") == std::string_view::npos)
    refuse("numbers of another type or order");
  const std::size_t open = header.find('('), comma = header.find(',', open), close = header.find(')', comma);
  if (open == std::string_view::npos || comma == std::string_view::npos || close == std::string_view::npos)
    refuse("no shape in the header");
  const auto r = read_integer(trimmed(header.substr(open + 1, comma - open - 1))),
             c = read_integer(trimmed(header.substr(comma + 1, close - comma - 1)));
  constexpr long most = 1L << 24;  // rows or columns; far above any table, so that their product cannot overflow
  if (!r || !c || *r < 0 || *c < 0 || *r > most || *c > most) refuse("shape " + std::string(header.substr(open, close - open + 1)));
  rows = static_cast<std::size_t>(*r);
  columns = static_cast<std::size_t>(*c);
  offset = 10 + length;
  if (bytes.size() - offset != rows * columns * sizeof(double)) refuse("the file has not the size that its header says");
  if (offset % alignof(double) != 0) refuse("the numbers are not aligned");
}

Block map_npy(const std::filesystem::path& path) {
  const auto file = MappedFile::open(path);
  std::size_t rows = 0, columns = 0, offset = 0;
  parse_npy(file->text(), path.string(), rows, columns, offset);
  const auto* numbers = reinterpret_cast<const double*>(static_cast<const char*>(file->data()) + offset);
  return {rows, columns, numbers, file};
}

}  // namespace kontor
