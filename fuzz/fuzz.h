// A fuzz target is one file fuzz/targets/NAME.cpp with one function, and one folder fuzz/corpus/NAME.
// Bytes go in; a kontor::Error is a fine answer, anything else that escapes is a defect.
#pragma once

#include <string_view>

#include "kontor/base/error.h"

/// What the file defines: parse the bytes, let kontor::Error out.
void parse_fuzzed(std::string_view bytes);
