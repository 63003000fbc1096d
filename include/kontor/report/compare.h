// Two results side by side: what differs, by how much.
#pragma once

#include <string>
#include <vector>

#include "kontor/report/result.h"

namespace kontor {

struct ComparedRow {
  EffectRow row;            // names the number; its value is the difference, b less a
  double a = 0.0, b = 0.0;  // NaN where that result has no such row
};

struct Comparison {
  std::string title_a, title_b;
  Findings findings;              // different accounts, closure or unit: what a reader must know before comparing
  std::vector<ComparedRow> rows;  // in the order of a, then what only b has
};

/// Region totals of all measures together by default; with `everything` every row that both or one of them hold.
Comparison compare(const Result& a, const Result& b, bool everything = false);

std::string comparison_text(const Comparison& comparison);
/// The nine columns, with term = a | b | difference (after the row's own term and a slash, where it has one).
std::string comparison_csv(const Comparison& comparison);
std::string comparison_json(const Comparison& comparison);

}  // namespace kontor
