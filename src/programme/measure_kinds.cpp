// The list of the kinds of measure: parser, messages, `kontor measures`, docs and family tests read it.
#include <array>

#include "programme/kinds.h"

namespace kontor {

static constexpr std::array kinds = {&contract_kind, &import_substitution_kind, &joint_venture_kind, &modernisation_kind,
                                     &corridor_kind, &integration_kind};

std::span<const MeasureKind* const> measure_kinds() { return kinds; }

const MeasureKind* find_measure_kind(std::string_view name) {
  for (const MeasureKind* kind : kinds)
    if (name == kind->name) return kind;
  return nullptr;
}

}  // namespace kontor
