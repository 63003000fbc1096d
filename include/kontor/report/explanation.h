// An explanation as people read it and as programs do.
#pragma once

#include <string>

#include "kontor/accounts/accounts.h"
#include "kontor/indicators/explain.h"

namespace kontor {

/// An indented tree: value, share of the number, name, and the cells of the accounts behind the last level shown. `levels`
/// below the number are shown, 0: all.
std::string explanation_text(const Explained& explained, const Accounts& accounts, std::size_t levels = 0);

/// Nested, full precision: { indicator fields, unit, model, notes, tree: { kind, name, value, parts: [...], cells: [...] } };
/// the parts of every node sum to its value.
std::string explanation_json(const Explained& explained, const ExplainQuestion& question);

}  // namespace kontor
