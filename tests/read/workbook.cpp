#include "read/workbook.h"

#include <zip.h>

#include "kontor/base/files.h"
#include "kontor/base/text.h"
#include "read/xlsx.h"
#include "support.h"

namespace kontor::test {

static const std::string head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
static const std::string relation_type = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";

std::string zipped(const std::map<std::string, std::string>& parts) {
  const TemporaryFolder folder;
  const std::string file = folder / "book.zip";
  int problem = 0;
  zip_t* zip = zip_open(file.c_str(), ZIP_CREATE, &problem);
  for (const auto& [name, content] : parts)
    zip_file_add(zip, name.c_str(), zip_source_buffer(zip, content.data(), content.size(), 0), ZIP_FL_ENC_UTF_8);
  zip_close(zip);
  return read_file(file);
}

std::map<std::string, std::string> workbook_parts(const std::map<std::string, std::string>& sheets) {
  std::map<std::string, std::string> parts;
  std::string list, relations;
  int number = 0;
  for (const auto& [name, data] : sheets) {
    const std::string n = std::to_string(++number);
    list += "<sheet name=\"" + name + "\" sheetId=\"" + n + "\" r:id=\"rId" + n + "\"/>";
    relations += "<Relationship Id=\"rId" + n + "\" Type=\"" + relation_type + "worksheet\" Target=\"worksheets/sheet" + n + ".xml\"/>";
    parts["xl/worksheets/sheet" + n + ".xml"] =
        head + "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">" + data + "</worksheet>";
  }
  relations += "<Relationship Id=\"s1\" Type=\"" + relation_type + "styles\" Target=\"/xl/styles.xml\"/>";
  parts["_rels/.rels"] = head + "<Relationships><Relationship Id=\"r1\" Type=\"" + relation_type +
                         "officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>";
  parts["xl/workbook.xml"] = head + "<workbook xmlns:r=\"x\"><sheets>" + list + "</sheets></workbook>";
  parts["xl/_rels/workbook.xml.rels"] = head + "<Relationships>" + relations + "</Relationships>";
  parts["xl/styles.xml"] = head + "<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>";
  return parts;
}

std::string sheet_data(const std::vector<std::vector<std::string>>& rows, std::vector<std::string>* strings) {
  std::string data = "<sheetData>";
  for (std::size_t r = 0; r < rows.size(); ++r) {
    data += "<row r=\"" + std::to_string(r + 1) + "\">";
    for (std::size_t c = 0; c < rows[r].size(); ++c) {
      const std::string& field = rows[r][c];
      if (field.empty()) continue;
      const std::string open = "<c r=\"" + cell_name(r, c) + '"';
      double value = 0;
      if (read_number(field, value) == NumberProblem::none) {
        data += open + "><v>" + field + "</v></c>";
      } else if (strings) {
        data += open + " t=\"s\"><v>" + std::to_string(strings->size()) + "</v></c>";
        strings->push_back(field);
      } else {
        data += open + " t=\"inlineStr\"><is><t>" + html_escaped(field) + "</t></is></c>";
      }
    }
    data += "</row>";
  }
  return data + "</sheetData>";
}

std::string shared_strings(const std::vector<std::string>& strings) {
  std::string xml = head + "<sst>";
  for (const std::string& text : strings)
    xml += "<si><r><t>" + html_escaped(text.substr(0, 1)) + "</t></r><r><t>" + html_escaped(text.substr(1)) + "</t></r></si>";
  return xml + "</sst>";
}

}  // namespace kontor::test
