#include "kontor/base/csv.h"
#include "fuzz.h"

void parse_fuzzed(std::string_view bytes) { kontor::parse_csv(bytes, "fuzz.csv"); }
