// The families of indicators, each a list of rows in a file of its own; indicators.cpp puts them together.
#pragma once

#include <span>

#include "kontor/indicators/indicator.h"

namespace kontor {

std::span<const Indicator* const> linkage_indicators();
std::span<const Indicator* const> specialisation_indicators();
std::span<const Indicator* const> footprint_indicators();
std::span<const Indicator* const> value_added_indicators();
std::span<const Indicator* const> dependence_indicators();
std::span<const Indicator* const> loss_indicators();

}  // namespace kontor
