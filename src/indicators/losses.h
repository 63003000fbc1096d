// The functions behind loss_rows.cpp. Method: docs/methods/losses.md
#pragma once

#include "kontor/indicators/indicator.h"

namespace kontor {

IndicatorAnswer loss_supplier(const Picture& picture, const Question& question);
IndicatorAnswer loss_border(const Picture& picture, const Question& question);

}  // namespace kontor
