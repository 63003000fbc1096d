// The models, as rows.
#pragma once

#include <span>
#include <string>
#include <vector>

namespace kontor {

struct ModelRow {
  std::string name, summary;
  std::vector<std::string> counts, does_not_count;  // names of changes, see shock.h
};

std::span<const ModelRow> models();

}  // namespace kontor
