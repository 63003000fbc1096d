// A programme file changed in place: what is changed is written anew, everything else keeps its bytes: comments, order, layout
// and line ends.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "kontor/base/finding.h"

namespace kontor {

/// A field of a measure by its dotted path, with its new value as JSON; no value: the field goes. An empty measure: a field of
/// a table of its own, "programme.title".
struct FieldEdit {
  std::string measure, field, json;
};
/// A new measure at the end of those that are there, with its fields in this order.
struct MeasureAdded {
  std::string kind, id;
  std::vector<std::pair<std::string, std::string>> fields;  // dotted path, JSON
};
/// The comment lines directly above a measure go with it.
struct MeasureRemoved {
  std::string id;
};
using ProgrammeEdit = std::variant<FieldEdit, MeasureAdded, MeasureRemoved>;

struct EditedProgramme {
  std::string text;   // as it was if there is an error
  Findings findings;  // errors: an unknown measure, one that stands in the portfolio CSV, a value that TOML cannot hold
};

/// All edits in turn, or none. `file`: name in messages; a portfolio that the text names is looked for beside it. Whether the
/// values mean anything is for read_programme_text to say.
EditedProgramme edit_programme(std::string_view text, const std::filesystem::path& file, const std::vector<ProgrammeEdit>& edits);

}  // namespace kontor
