// A folder of long CSV tables, plain or gzipped, one row a cell: for publishers that send a table a file. A row
// that is absent is a zero cell; a row that is there must have known labels and a number.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "kontor/base/csv.h"
#include "kontor/read/reader.h"
#include "read/problems.h"

namespace kontor {

/// Codes of one column and their places.
struct Axis {
  const char* column;
  std::vector<std::string> labels;
  std::map<std::string, std::size_t, std::less<>> place;

  Axis(const char* name, const std::vector<std::string>& codes) : column(name), labels(codes) {
    for (std::size_t i = 0; i < labels.size(); ++i) place.emplace(labels[i], i);
  }
};

enum class Sign { any, not_negative };

struct TableFolder {
  const std::filesystem::path& path;
  const ImportOptions& options;
  const char* contents;          // what the folder holds, for messages
  const char* page;              // the page that lists its files
  std::size_t largest_file;      // bytes
  std::vector<Source>& sources;  // each file read is added with its hash

  /// Throws Error(environment) if the folder is not there.
  void check() const;
  /// Path of a file, plain or gzipped; empty if there is none.
  std::filesystem::path found(const std::string& name) const;
  /// The text of a file; its name in the folder and its hash go to the sources.
  std::string text_of(const std::filesystem::path& file, const std::string& name) const;
  /// A table with at least one row. Throws Error(data) if there is no such file.
  CsvTable table(const std::string& name) const;
};

/// The labels of a column in the order in which they first stand there.
std::vector<std::string> labels_of(const CsvTable& table, const char* name);

/// `name (number)` of a column.
std::string place_of(const CsvTable& table, int column);

/// The number of a field, or a finding and 0.
double number_at(const CsvTable& table, const CsvRow& row, int column, const ImportOptions& options, Sign sign, Problems& problems);

using AtPlace = const std::vector<std::size_t>&;
using AddCell = std::function<void(AtPlace at, double value, const CsvRow& row, Problems& problems)>;

/// Calls add(place on each axis, value) for every row; a cell that stands twice follows --duplicates. Throws
/// Error(data) with every problem of the table.
void read_cells(const TableFolder& folder, const CsvTable& table, const std::vector<Axis>& axes, Sign sign, const AddCell& add);

}  // namespace kontor
