#include "golden.h"

#include <zlib.h>

#include <algorithm>
#include <cmath>

#include "kontor/base/csv.h"
#include "kontor/base/text.h"

namespace kontor::test {

static std::string read_any(const std::string& file) {
  const gzFile in = gzopen(file.c_str(), "rb");  // reads plain files too
  if (!in) throw std::runtime_error("cannot open " + file);
  std::string text(1 << 16, '\0'), all;
  for (int got; (got = gzread(in, text.data(), static_cast<unsigned>(text.size()))) > 0;)
    all.append(text.data(), static_cast<std::size_t>(got));
  gzclose(in);
  return all;
}

static std::size_t index_of(const std::vector<std::string>& labels, const std::string& label) {
  const auto found = std::find(labels.begin(), labels.end(), label);
  if (found == labels.end()) throw std::runtime_error("no label " + label);
  return static_cast<std::size_t>(found - labels.begin());
}

std::size_t Labelled::row(const std::string& label) const { return index_of(rows, label); }
std::size_t Labelled::column(const std::string& label) const { return index_of(columns, label); }
double Labelled::operator()(const std::string& r, const std::string& c) const { return values(row(r), column(c)); }

Labelled read_labelled(const std::string& file) {
  const CsvTable table = parse_csv(read_any(file), file);
  Labelled result;
  result.columns.assign(table.header.begin() + 1, table.header.end());
  result.values = Matrix(table.rows.size(), result.columns.size(), std::nan(""));
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    result.rows.push_back(table.rows[i].fields[0]);
    for (std::size_t j = 0; j < result.columns.size(); ++j) read_number(table.rows[i].fields[j + 1], result.values(i, j));
  }
  return result;
}

Accounts square_accounts(const std::vector<std::string>& cells, const Matrix& flows, const std::vector<double>& output) {
  Accounts a;
  a.title = "square table", a.year = a.price_year = 2000, a.currency = "XXX", a.scale = 1.0, a.gross_output = "reported";
  a.categories = {{"FD", "Final demand", FinalRole::household}};
  a.primary_rows = {{"primary", "Primary inputs", PrimaryRole::mixed, true}};
  for (const std::string& cell : cells) {
    const std::size_t dot = cell.find('.');
    const std::string region = dot == std::string::npos ? "R" : cell.substr(0, dot),
                      sector = dot == std::string::npos ? cell : cell.substr(dot + 1);
    if (region_index(a, region) < 0) a.regions.push_back({region, region, "", false});
    if (sector_index(a, sector) < 0) a.sectors.push_back({sector, sector, ""});
    a.cells.push_back({region_index(a, region), sector_index(a, sector), sector_index(a, sector)});
  }
  for (std::size_t r = 0; r < a.regions.size(); ++r) a.final_uses.push_back({static_cast<int>(r), 0});
  const std::size_t n = cells.size();
  Matrix final_use(n, a.final_uses.size()), primary(1, n), x(1, n);
  for (std::size_t i = 0; i < n; ++i) {
    x(0, i) = final_use(i, static_cast<std::size_t>(a.cells[i].region)) = primary(0, i) = output[i];
    for (std::size_t j = 0; j < n; ++j)
      final_use(i, static_cast<std::size_t>(a.cells[i].region)) -= flows(i, j), primary(0, i) -= flows(j, i);
  }
  a.intermediate = Block(flows), a.final_use = Block(std::move(final_use)), a.primary = Block(std::move(primary)),
  a.output = Block(std::move(x));
  return a;
}

}  // namespace kontor::test
