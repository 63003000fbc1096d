// Who depends on whom before and after a programme: the rows behind the report's page of that name.
#pragma once

#include <string>
#include <vector>

#include "kontor/indicators/table.h"
#include "kontor/model/programme_states.h"

namespace kontor {

/// What the rows are of.
inline constexpr const char* page_of_dependence[] = {"self_sufficiency_look_through",
                                                     "foreign_input_reliance",
                                                     "supplier_concentration",
                                                     "loss_supplier",
                                                     "upstream_content",
                                                     "upstream_foreign",
                                                     "building_purchases"};

struct DependenceOfProgramme {
  std::vector<EffectRow> rows;
  std::vector<std::string> notes;  // rules that were applied, in sentences
};

/// Rows of the last state asked, each with term = STATE or TERM/STATE, state = before | after | change:
///
///   self_sufficiency_look_through   region, nation, bloc: whose value added meets its final demand; totals
///   foreign_input_reliance          region, nation, bloc: inputs from outside it, face value and look-through; totals
///   supplier_concentration          region, nation, bloc, product: importance, foreign_share, HHI of suppliers outside it
///   loss_supplier                   region, partner: value added it would lose, in money and %, if the partner, one of its
///                                   three largest suppliers, delivered nothing and nobody made it up
///   upstream_content                producer, product, measure: value of a unit of what a substitution or a joint venture
///                                   makes there, by origin: own, bloc (partner: its nation), others; share
///   upstream_foreign                producer, upstream sector, measure: the part of `others` that is added in that sector
///                                   elsewhere, or imported as its product from an external region; share
///
/// and without a state, first year of the horizon, amounts of the whole horizon:
///
///   building_purchases              supplier region, measure: what the building phase buys there, at base prices
DependenceOfProgramme dependence_of_programme(ProgrammeStates& states, const Programme& programme, const Compiled& compiled, int year);

}  // namespace kontor
