// Which sectors make an asset: the shipped, cited table data/parameters/assets.csv, built in. Each row has the codes
// that classifications give the same products; the first that the accounts know counts.

#include "kontor/base/csv.h"
#include "kontor/base/parameters.h"
#include "kontor/base/text.h"
#include "programme/kinds.h"

namespace kontor {

static const CsvTable& table() {
  static const CsvTable read = parse_csv(parameter_table("assets.csv"), "data/parameters/assets.csv");
  return read;
}

const char* asset_names() {
  // Written out because the fields of the kinds are constants; a test holds it against the table.
  return "construction|machinery|electrical|electronics|transport_equipment|software|engineering";
}

Weights sectors_of_asset(const Accounts& accounts, const std::string& asset) {
  Weights sectors;
  for (const CsvRow& row : table().rows) {
    if (row.fields[0] != asset) continue;
    double share = 0.0;
    read_number(row.fields[2], share);
    for (const std::string& code : split(row.fields[1], '|'))
      if (const int sector = sector_index(accounts, code); sector >= 0) {
        sectors.emplace_back(sector, share);
        break;
      }
  }
  return sectors;
}

}  // namespace kontor
