// A question as people write it: names of regions, nations, blocs and sectors instead of their numbers.
#pragma once

#include <string>
#include <vector>

#include "kontor/indicators/indicator.h"

namespace kontor {

/// One name a text. `partners` may be `all`; `blocs` are "NAME=A,B,C", `settings` "key=value".
struct AskedQuestion {
  std::vector<std::string> regions, partners, sectors, blocs, settings;
};

/// Names in texts, taken apart at their commas: as a command line or an address holds several.
std::vector<std::string> taken_apart(const std::vector<std::string>& texts);

/// Throws Error(usage) with the nearest names for whatever is not known.
Question question_of(const Accounts& accounts, const AskedQuestion& asked, const Blocs& of_programme = {});

}  // namespace kontor
