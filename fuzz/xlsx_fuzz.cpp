// Any bytes as a workbook; or, where they do not begin as a zip archive, as the sheet inside a sound one, so that the fuzzer
// need not guess checksums to reach the parser of cells.
#include <zlib.h>

#include <string>
#include <vector>

#include "fuzz.h"
#include "read/xlsx.h"

static void put(std::string& out, std::uint32_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i) & 0xFF);
}

// What a local header and the central directory say alike of a stored part.
static void put_part(std::string& out, const std::string& name, std::string_view data) {
  put(out, 20, 2), put(out, 0, 2), put(out, 0, 2), put(out, 0, 2), put(out, 0x21, 2);  // version, flags, stored, 1980-01-01 00:00
  put(out, static_cast<std::uint32_t>(crc32(0, reinterpret_cast<const Bytef*>(data.data()), static_cast<uInt>(data.size()))), 4);
  put(out, static_cast<std::uint32_t>(data.size()), 4), put(out, static_cast<std::uint32_t>(data.size()), 4);
  put(out, static_cast<std::uint32_t>(name.size()), 2), put(out, 0, 2);
}

static std::string zip_of(const std::vector<std::pair<std::string, std::string_view>>& parts) {
  std::string out, directory;
  for (const auto& [name, data] : parts) {
    const auto offset = static_cast<std::uint32_t>(out.size());
    put(out, 0x04034b50, 4), put_part(out, name, data);
    out += name, out += data;
    put(directory, 0x02014b50, 4), put(directory, 20, 2), put_part(directory, name, data);
    put(directory, 0, 2), put(directory, 0, 2), put(directory, 0, 2), put(directory, 0, 4), put(directory, offset, 4);
    directory += name;
  }
  const auto start = static_cast<std::uint32_t>(out.size());
  out += directory;
  put(out, 0x06054b50, 4), put(out, 0, 4), put(out, static_cast<std::uint32_t>(parts.size()), 2),
      put(out, static_cast<std::uint32_t>(parts.size()), 2);
  put(out, static_cast<std::uint32_t>(directory.size()), 4), put(out, start, 4), put(out, 0, 2);
  return out;
}

static std::string workbook_around(std::string_view sheet) {
  static constexpr std::string_view types = R"(<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>)";
  static constexpr std::string_view root =
      R"(<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" )"
      R"(Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>)";
  static constexpr std::string_view relations =
      R"(<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" )"
      R"(Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>)";
  static constexpr std::string_view book =
      R"(<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" )"
      R"(xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>)";
  return zip_of({{"[Content_Types].xml", types},
                 {"_rels/.rels", root},
                 {"xl/workbook.xml", book},
                 {"xl/_rels/workbook.xml.rels", relations},
                 {"xl/worksheets/sheet1.xml", sheet}});
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return kontor::parse_fuzzed(data, size, [](std::string_view bytes) {
    if (kontor::is_zip(bytes))
      kontor::parse_xlsx(bytes, "input.xlsx");
    else
      kontor::parse_xlsx(workbook_around(bytes), "input.xlsx");
  });
}
