#include "accounts_output.h"

#include <fmt/format.h>

#include "kontor/base/error.h"
#include "kontor/indicators/effects.h"

namespace kontor::cli {

namespace fs = std::filesystem;

void need_out(const Common& common) {
  if (common.out.empty()) fail(Exit::usage, "usage", "", "", "--out", "no --out", "the accounts folder to write", "add --out FOLDER");
}

void refuse_same_place(const fs::path& input, const fs::path& output) {
  std::error_code ignored;
  if (fs::exists(output, ignored) && fs::equivalent(input, output, ignored))
    fail(Exit::usage, "usage", output.string(), "", "--out", "the output is the input", "another folder", "choose another --out");
}

// Regions with production accounts: leaves, without abroad.
static long region_count(const Accounts& a) {
  long count = 0;
  for (std::size_t r = 0; r < a.regions.size(); ++r) count += !a.regions[r].external && is_leaf(a, static_cast<int>(r));
  return count;
}

std::string summary_line(const Accounts& a) {
  return fmt::format("{}: {} cells ({} regions, {} sectors), {} final-use columns, {} import rows, {} satellites; {}, {} prices, {}",
                     a.title, a.cells.size(), region_count(a), a.sectors.size(), a.final_uses.size(), a.imports.size(), a.satellites.size(),
                     money_unit(a), a.valuation, a.year);
}

}  // namespace kontor::cli
