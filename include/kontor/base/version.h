#pragma once

namespace kontor {

/// "0.1.0": the version that stands in every result.
const char* version();

}  // namespace kontor
