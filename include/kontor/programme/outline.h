// A programme file as it stands, right or wrong: what a form shows while somebody is still writing.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "kontor/base/finding.h"

namespace kontor {

/// A value as written, before anyone has checked it. `path` is the field's where the kind of measure has such a field, else
/// the dotted key.
struct OutlineField {
  std::string path, json;  // json: the value as JSON; a date is a text
  long row = 0;            // line of the file
};

struct OutlineTable {
  std::string file;  // the programme, or the portfolio that it names
  long row = 0;
  bool from_portfolio = false;
  std::vector<OutlineField> fields;

  /// JSON of a field; empty if it is not written.
  std::string json_of(std::string_view path) const;
  /// Text of a field that holds one; else empty.
  std::string text_of(std::string_view path) const;
};

struct ProgrammeOutline {
  OutlineTable programme;                                  // [programme], by the names of its fields
  OutlineTable uncertainty;                                // [uncertainty]; without fields where there is none
  std::vector<OutlineTable> agreements;                    // [[agreement]]
  std::vector<OutlineTable> measures;                      // [[measure]], then the rows of the portfolio
  std::vector<std::pair<std::string, std::string>> blocs;  // name, JSON
  Findings findings;                                       // what keeps it from being read at all: then everything else is empty
};

/// What a measure is about, as far as its fields can be read: for lists and filters.
struct MeasureOutline {
  int first_year = 0, last_year = 0;  // 0: not said; what lasts ends with the horizon
  double amount = 0.0;                // money stated, the middle of a range, single units; NaN: none
  std::vector<std::string> parties;   // regions, nations and blocs that it names, in the order of its fields
  std::vector<std::string> sectors;
};
MeasureOutline measure_outline(const OutlineTable& measure, int last_year_of_horizon);

/// `file`: name in messages; a portfolio that it names is looked for beside it.
ProgrammeOutline outline_of(std::string_view text, const std::filesystem::path& file);

}  // namespace kontor
