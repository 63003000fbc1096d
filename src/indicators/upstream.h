// What stands behind a product that a measure makes at home: dependence that moves upstream, to equipment and components.
#pragma once

#include <string>
#include <vector>

#include "kontor/indicators/picture.h"
#include "kontor/indicators/table.h"
#include "kontor/programme/programme.h"

namespace kontor {

/// A product that a measure makes in a cell.
struct NewProduct {
  std::string measure;
  int cell = 0;
};

/// Cells to which import substitutions and joint ventures bring production, measure by measure.
std::vector<NewProduct> new_products(const Programme& programme, const Compiled& compiled, const Accounts& accounts);

/// Rows upstream_content and upstream_foreign of one product, without a state.
void add_upstream(const Picture& picture, const NewProduct& product, std::vector<EffectRow>& rows);

/// Rows building_purchases of all measures that are agreed.
void add_building_purchases(const Accounts& accounts, const Programme& programme, const Compiled& compiled, std::vector<EffectRow>& rows);

}  // namespace kontor
