// Participation in value chains: foreign content of own exports, own value added in the exports of others, and imports in exports.
#pragma once

#include <string>
#include <vector>

#include "chains.h"

namespace kontor {

/// By sector of the accounts, the total behind them; money.
struct Participation {
  int region = 0, partner = -1;  // index in the lists; -1: all partners
  bool available = true;
  std::vector<double> backward, forward, imported_inputs, exports;
};

/// Koopman, Powers, Wang and Wei: backward (v_r + m_r)' L_.s E_s by exporting sector, r the origin; forward v_s L_s. E_r by
/// sector of origin, r the exporter. Hummels, Ishii and Yi: imported inputs m' H_s E_s, by exporting sector, r who sold them.
std::vector<Participation> participation(const Picture& picture, const std::vector<RegionSet>& regions,
                                         const std::vector<RegionSet>& partners, Level level);

}  // namespace kontor
