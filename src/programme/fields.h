// Reading of fields, driven by their rows.
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "kontor/programme/programme.h"
#include "programme/raw.h"

namespace kontor {

/// The labels that a programme may use.
struct KnownLabels {
  std::vector<std::string> regions;  // accounts' regions and the programme's blocs
  std::vector<std::string> sectors;
  std::vector<std::string> categories;  // codes and roles of final use
};

using FieldRows = std::vector<const Field*>;
FieldRows rows_of(std::span<const Field> first, std::span<const Field> second = {});

/// Reads every field of the rows that the table holds. Unknown keys, missing fields, wrong kinds and values out
/// of range become findings with file, line and key path. `what` names the table in messages ("measure `M1`").
std::map<std::string, Value> read_fields(const Raw& table, const FieldRows& rows, const KnownLabels& labels, const std::string& what,
                                         Findings& findings);

/// True if the type holds numbers, so that a CSV cell of it is read as one.
bool is_numeric(FieldType type);
/// True if the type is written as a list, or as a table of names and numbers.
bool is_list(FieldType type);
bool is_table(FieldType type);

}  // namespace kontor
