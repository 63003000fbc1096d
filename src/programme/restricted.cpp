// Pairs and sectors under trade restrictions. A measure that touches one is flagged; kontor never proposes a way around.
#include <algorithm>

#include "kontor/base/csv.h"
#include "kontor/base/text.h"
#include "programme/parts_of_programme.h"

namespace kontor {

void read_restricted(const Value& file, const std::filesystem::path& folder, const KnownLabels& labels, Programme& programme,
                     Findings& findings) {
  const CsvTable table = parse_csv(read_named_file(file, "restricted", folder, programme), file.text);
  const int exporter = required_column(table, "exporter"), importer = required_column(table, "importer");
  const int sector = table.column("sector"), note = table.column("note");
  for (const CsvRow& row : table.rows) {
    const auto check = [&](int column, const std::vector<std::string>& known, const char* what) {
      const std::string& label = table.field(row, column);
      if (std::find(known.begin(), known.end(), label) == known.end())
        findings.push_back({Severity::error, std::string("unknown-") + what, file.text, std::to_string(row.line),
                            table.header[static_cast<std::size_t>(column)] + " (" + std::to_string(column + 1) + ')',
                            std::string("unknown ") + what + ' ' + quoted(label), did_you_mean(label, known),
                            "use a label of the accounts"});
    };
    check(exporter, labels.regions, "region");
    check(importer, labels.regions, "region");
    if (!table.field(row, sector).empty()) check(sector, labels.sectors, "sector");
    programme.restricted.push_back({table.field(row, exporter), table.field(row, importer), table.field(row, sector),
                                    table.field(row, note), file.text + ':' + std::to_string(row.line)});
  }
}

}  // namespace kontor
