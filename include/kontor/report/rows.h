// Effects in long form, always the same nine columns, as CSV and JSON: every verb prints its numbers through these.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kontor/indicators/table.h"

namespace kontor {

/// indicator,region,sector,partner,year,measure,term,value,unit
const std::vector<std::string>& effect_columns();

/// Header and rows; numbers in full precision, a number that is not available is empty. Text that a spreadsheet
/// would run as a formula gets a leading apostrophe; numbers never do.
std::string rows_csv(const std::vector<EffectRow>& rows);
/// A JSON array with one object a row; fields that do not apply are "" and a year that does not apply is null,
/// as is a number that is not available.
std::string rows_json(const std::vector<EffectRow>& rows);
/// Rows of a CSV that rows_csv wrote: the same rows. Throws Error(data) naming file and line of what is wrong.
std::vector<EffectRow> read_rows_csv(std::string_view text, const std::string& file);

/// A JSON string literal; bytes that are not UTF-8 become U+FFFD.
std::string json_text(const std::string& text);

}  // namespace kontor
