#include "read/xlsx_book.h"

#include <algorithm>
#include <map>

#include "kontor/base/error.h"
#include "kontor/base/text.h"

namespace kontor {

static constexpr int deepest = 64;  // nested elements

// Entities can expand without bound or name files, and deep nesting exhausts stacks: both end here, before parsing.
void check_xml(std::string_view text, const std::string& file, const std::string& part) {
  const auto refuse = [&](const char* code, const char* found, const char* expected, const char* remedy) {
    fail(Exit::data, code, file, part, "", found, expected, remedy);
  };
  if (text.substr(0, 2) == "\xFF\xFE" || text.substr(0, 2) == "\xFE\xFF" || text.substr(0, 64).find('\0') != std::string_view::npos)
    refuse("bad-xml", "text in UTF-16", "parts of a workbook in UTF-8", "save it again with a spreadsheet program");
  int depth = 0;
  for (std::size_t at = text.find('<'); at != std::string_view::npos && at + 1 < text.size(); at = text.find('<', at + 1)) {
    const char next = text[at + 1];
    if (next == '!')
      refuse("entities", "a document type, entity, comment or raw section", "plain elements: entities are refused",
             "save it again with a spreadsheet program");
    if (next == '?') continue;
    if (next == '/') {
      --depth;
      continue;
    }
    const std::size_t end = text.find('>', at);
    if (end == std::string_view::npos) refuse("bad-xml", "an element that does not end", "whole XML", "download it again");
    if (text[end - 1] != '/' && ++depth > deepest)
      refuse("bad-xml", "elements nested more than 64 deep", "a plain workbook", "save it again");
  }
}

static pugi::xml_document document(const ZipParts& parts, const std::string& file, const std::string& part) {
  const std::string text = parts.read(part);
  check_xml(text, file, part);
  pugi::xml_document xml;
  if (const auto result = xml.load_buffer(text.data(), text.size(), plain_xml, pugi::encoding_utf8); !result)
    fail(Exit::data, "bad-xml", file, part, "", "not valid XML near byte " + std::to_string(result.offset + 1), "whole XML",
         "download it again");
  return xml;
}

std::string_view local_name(const pugi::xml_node& node) {
  const std::string_view name = node.name();
  const std::size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

pugi::xml_node child(const pugi::xml_node& node, std::string_view name) {
  for (const pugi::xml_node& inner : node.children())
    if (local_name(inner) == name) return inner;
  return {};
}

std::string_view attribute(const pugi::xml_node& node, std::string_view name) {
  for (const pugi::xml_attribute& a : node.attributes()) {
    const std::string_view full = a.name();
    if (full == name || (full.size() > name.size() && full.ends_with(name) && full[full.size() - name.size() - 1] == ':')) return a.value();
  }
  return {};
}

std::string text_of(const pugi::xml_node& item) {
  std::string text;
  for (const pugi::xml_node& inner : item.children()) {
    if (local_name(inner) == "t") text += inner.text().get();
    if (local_name(inner) == "r") text += child(inner, "t").text().get();
  }
  return text;
}

// --- the workbook ------------------------------------------------------------------------------------------

// Where a relation leads, as a part of the archive: relative to the folder of its owner.
static std::string resolved(const std::string& folder, std::string_view target) {
  std::vector<std::string> path;
  const std::string joined_path = target.substr(0, 1) == "/" ? std::string(target) : folder + '/' + std::string(target);
  for (const std::string& step : split(joined_path, '/')) {
    if (step == ".." && !path.empty()) path.pop_back();
    if (!step.empty() && step != "." && step != "..") path.push_back(step);
  }
  return joined(path, "/");
}

// Target of each relation, by id and by the end of its type.
static std::map<std::string, std::string> relations(const ZipParts& parts, const std::string& file, const std::string& part,
                                                    const std::string& folder) {
  std::map<std::string, std::string> targets;
  const pugi::xml_document xml = document(parts, file, part);
  for (const pugi::xml_node& relation : xml.document_element().children()) {
    if (attribute(relation, "TargetMode") == "External") continue;  // kontor opens nothing outside the file
    const std::string target = resolved(folder, attribute(relation, "Target"));
    targets.emplace(std::string(attribute(relation, "Id")), target);
    const std::string_view type = attribute(relation, "Type");
    targets.emplace("type:" + std::string(type.substr(std::min(type.size(), type.rfind('/') + 1))), target);
  }
  return targets;
}

static void choose_sheet(const pugi::xml_node& workbook, const std::map<std::string, std::string>& targets, const std::string& wanted,
                         XlsxBook& book) {
  std::vector<std::string> names;
  for (const pugi::xml_node& sheet : child(workbook, "sheets").children()) {
    const std::string name(attribute(sheet, "name"));
    names.push_back(name);
    if (!wanted.empty() && name != wanted) continue;
    book.sheet_name = name;
    const auto target = targets.find(std::string(attribute(sheet, "id")));
    book.sheet_part = target == targets.end() ? "" : target->second;
  }
  if (names.empty())
    fail(Exit::data, "no-sheet", book.file, "", "", "the workbook has no sheet", "one sheet with the table", "save it again as xlsx");
  if (wanted.empty() && names.size() > 1)
    fail(Exit::data, "which-sheet", book.file, "", "", std::to_string(names.size()) + " sheets: " + joined(names, ", "),
         "one of them has to be named", "say --with sheet=NAME");
  if (book.sheet_name.empty() || book.sheet_part.empty())
    fail(Exit::data, "unknown-sheet", book.file, "", "", "no sheet " + quoted(wanted), did_you_mean(wanted, names),
         "name a sheet of the workbook");
}

// Number formats that show a date or a time: built-in ones, and own ones with day, month, year or hour letters.
static bool is_date_format(int id, const std::map<int, std::string>& own) {
  const auto found = own.find(id);
  if (found == own.end()) return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);
  bool quoted_text = false, bracket = false;
  for (std::size_t i = 0; i < found->second.size(); ++i) {
    const char c = found->second[i];
    if (c == '"') quoted_text = !quoted_text;
    if (quoted_text) continue;
    if (c == '\\' || c == '_' || c == '*') {
      ++i;  // the next character is shown or skipped as it is
      continue;
    }
    bracket = c == '[' || (bracket && c != ']');
    if (!bracket && std::string_view("dmyhDMYH").find(c) != std::string_view::npos) return true;
  }
  return false;
}

static std::vector<bool> date_styles(const pugi::xml_node& styles) {
  std::map<int, std::string> own;
  for (const pugi::xml_node& format : child(styles, "numFmts").children())
    own[static_cast<int>(read_integer(attribute(format, "numFmtId")).value_or(0))] = attribute(format, "formatCode");
  std::vector<bool> dates;
  for (const pugi::xml_node& style : child(styles, "cellXfs").children())
    dates.push_back(is_date_format(static_cast<int>(read_integer(attribute(style, "numFmtId")).value_or(0)), own));
  return dates;
}

XlsxBook open_book(const ZipParts& parts, const std::string& file, const std::string& wanted) {
  if (!parts.has("_rels/.rels"))
    fail(Exit::data, "not-xlsx", file, "", "", "a zip archive, but no workbook", "an xlsx file", "name the xlsx file itself");
  const auto top = relations(parts, file, "_rels/.rels", "");
  const auto workbook = top.find("type:officeDocument");
  if (workbook == top.end() || workbook->second.ends_with(".bin"))
    fail(Exit::data, "not-xlsx", file, "", "", workbook == top.end() ? "no workbook inside" : "a binary workbook (xlsb)", "an xlsx file",
         "open it in a spreadsheet program and save it as xlsx");
  const std::size_t slash = workbook->second.rfind('/');
  const std::string folder = slash == std::string::npos ? "" : workbook->second.substr(0, slash);
  const std::string name = slash == std::string::npos ? workbook->second : workbook->second.substr(slash + 1);
  const auto targets = relations(parts, file, (folder.empty() ? "" : folder + '/') + "_rels/" + name + ".rels", folder);
  XlsxBook book;
  book.file = file;
  choose_sheet(document(parts, file, workbook->second).document_element(), targets, wanted, book);
  if (const auto strings = targets.find("type:sharedStrings"); strings != targets.end())
    for (const pugi::xml_node& item : document(parts, file, strings->second).document_element().children())
      book.strings.push_back(text_of(item));
  if (const auto styles = targets.find("type:styles"); styles != targets.end())
    book.date_styles = date_styles(document(parts, file, styles->second).document_element());
  return book;
}

}  // namespace kontor
