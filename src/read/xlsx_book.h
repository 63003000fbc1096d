// The parts of an xlsx workbook that its sheets refer to, and XML that may come from anywhere.
#pragma once

#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "read/zip_parts.h"

namespace kontor {

struct XlsxBook {
  std::string file, sheet_name, sheet_part;  // the sheet that was chosen and the part it lies in
  std::vector<std::string> strings;          // shared texts, by number
  std::vector<bool> date_styles;             // styles that show a number as a date, by number
};

/// Opens the workbook and chooses the sheet called `wanted`, or the only one. Throws Error(data).
XlsxBook open_book(const ZipParts& parts, const std::string& file, const std::string& wanted);

/// Throws Error(data) where parsing could expand, fetch or nest without end, before anything is parsed.
void check_xml(std::string_view text, const std::string& file, const std::string& part);

/// How pugixml parses here: elements and the five entities of XML, nothing else.
constexpr unsigned plain_xml = pugi::parse_minimal | pugi::parse_escapes;

// Writers differ in the prefix of the one name space: names are compared without it.
std::string_view local_name(const pugi::xml_node& node);
pugi::xml_node child(const pugi::xml_node& node, std::string_view name);
std::string_view attribute(const pugi::xml_node& node, std::string_view name);

/// Text of a shared or inline string: its own, or that of its differently formatted runs.
std::string text_of(const pugi::xml_node& item);

}  // namespace kontor
