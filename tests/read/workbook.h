// Workbooks made in tests: parts of XML packed by libzip.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace kontor::test {

/// The bytes of a zip archive with these parts.
std::string zipped(const std::map<std::string, std::string>& parts);

/// Parts of a workbook whose sheets hold these <sheetData> contents; more elements may follow the data.
/// Style 1 is a date.
std::map<std::string, std::string> workbook_parts(const std::map<std::string, std::string>& sheets);

/// Rows of cells as <sheetData>: texts as inline strings, numbers as numbers, empty fields as nothing.
/// With `strings` texts go there and cells refer to them.
std::string sheet_data(const std::vector<std::vector<std::string>>& rows, std::vector<std::string>* strings = nullptr);

/// A sharedStrings part.
std::string shared_strings(const std::vector<std::string>& strings);

}  // namespace kontor::test
