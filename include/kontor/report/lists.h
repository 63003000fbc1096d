// The lists of kinds, tables, models and formats as programs read them, from the rows.
#pragma once

#include <string>
#include <string_view>

#include "kontor/programme/programme.h"

namespace kontor {

/// "share, 0 to 1": what a field holds, in words.
const char* type_words(FieldType type);

/// Kinds of measure: { name, summary, fields: [{ name, type, choices, required, meaning }] }. With a name, that kind or that
/// table of the programme file alone; empty where there is none of it.
std::string measures_json(std::string_view name = {});
/// The fields that every kind of measure may have, and the tables of the programme file that are no measure, in the same shape.
std::string common_fields_json();
std::string programme_tables_json();
std::string models_json();
std::string formats_json();

}  // namespace kontor
