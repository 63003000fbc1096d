// National employment by industry, Statistics Finland's table of annual national accounts, matched to the
// sectors of the regional tables. Rows are found by the code before the first space of the industry's name.
#include <cmath>
#include <map>

#include "kontor/base/csv.h"
#include "kontor/base/error.h"
#include "kontor/base/sum.h"
#include "kontor/base/text.h"
#include "read/supply_use_trade.h"

namespace kontor {

// Sector of the regional tables and the national rows that add up to it.
struct Matched {
  const char* sector;
  std::vector<const char*> rows;
};

static const std::vector<Matched>& matches() {
  static const std::vector<Matched> list = {
      {"01", {"01"}},
      {"02_03", {"02", "03"}},
      {"05_09", {"B"}},
      {"10_12", {"10_12"}},
      {"13_15", {"13_15"}},
      {"16", {"16"}},
      {"17_18", {"17", "18"}},
      {"19_22", {"19_22"}},
      {"23", {"23"}},
      {"24_25", {"24", "25"}},
      {"26_27", {"26_27"}},
      {"28", {"28"}},
      {"29_30", {"29_30"}},
      {"31_33", {"31_32", "33"}},
      {"35_39", {"D_E"}},
      {"41_43", {"F"}},
      {"45_47", {"G"}},
      {"49_53", {"H"}},
      {"55_56", {"I"}},
      {"58_63", {"J"}},
      {"64_66", {"K"}},
      {"68", {"681+68209+683"}},
      {"68A", {"68201_68202"}},
      {"69_75", {"M"}},
      {"77_82", {"N"}},
      {"84", {"O"}},
      {"85", {"P"}},
      {"86_88", {"Q"}},
      {"90_96", {"R", "S"}},
      {"97_98", {"97_98"}},
  };
  return list;
}

std::vector<double> read_national_persons(const std::string& text, const std::string& file, int year,
                                          const std::vector<std::string>& sector_codes) {
  const CsvTable table = parse_csv(text, file);
  const int industry = required_column(table, "Industry"), owner = required_column(table, "Sector");
  const int transaction = required_column(table, "Transaction"), value = required_column(table, std::to_string(year));
  std::map<std::string, double, std::less<>> thousands;
  for (const CsvRow& row : table.rows) {
    if (table.field(row, owner) != "S1 Total economy" || table.field(row, transaction).rfind("E1 ", 0) != 0) continue;
    double number = 0.0;
    const std::string& name = table.field(row, industry);
    // The table writes "." where a figure is not available; such a row is left out, never taken as zero.
    if (read_number(table.field(row, value), number) == NumberProblem::none) thousands[name.substr(0, name.find(' '))] = number;
  }
  std::vector<double> persons(sector_codes.size(), std::nan(""));
  for (const Matched& match : matches()) {
    Sum sum;
    for (const char* row : match.rows) {
      const auto found = thousands.find(row);
      sum.add(found == thousands.end() ? std::nan("") : found->second * 1000);
    }
    for (std::size_t s = 0; s < sector_codes.size(); ++s)
      if (sector_codes[s] == match.sector) persons[s] = sum.value();
  }
  return persons;
}

}  // namespace kontor
