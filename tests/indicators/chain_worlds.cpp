#include "chain_worlds.h"

#include <catch2/catch.hpp>
#include <filesystem>

#include "kontor/base/sum.h"
#include "support.h"

namespace kontor::test {

static std::size_t cut(const std::string& label) { return label.find_first_of("._"); }

Accounts chain_world(const std::vector<std::string>& cells, const Matrix& z, const std::vector<std::string>& uses, const Matrix& y,
                     const std::vector<std::pair<std::string, std::string>>& parents) {
  Accounts a;
  a.title = "chains", a.year = a.price_year = 2011, a.currency = "USD", a.scale = 1e6, a.gross_output = "row_sums";
  a.primary_rows = {{"VA", "Value added", PrimaryRole::mixed, true}};
  const auto region_of = [&](const std::string& code) {
    for (const auto& [child, parent] : parents)
      if (parent == code) return region_index(a, child);
    return region_index(a, code);
  };
  for (const std::string& cell : cells) {
    const std::string region = cell.substr(0, cut(cell)), sector = cell.substr(cut(cell) + 1);
    if (region_index(a, region) < 0) a.regions.push_back({region, region, "", false});
    if (sector_index(a, sector) < 0) a.sectors.push_back({sector, sector, ""});
    a.cells.push_back({region_index(a, region), sector_index(a, sector), sector_index(a, sector)});
  }
  for (const auto& [child, parent] : parents) {
    a.regions[static_cast<std::size_t>(region_index(a, child))].parent = parent;
    if (region_index(a, parent) < 0) a.regions.push_back({parent, parent, "", false});
  }
  for (const std::string& use : uses) {
    const std::string category = cut(use) == std::string::npos ? "FD" : use.substr(cut(use) + 1);
    if (category_index(a, category) < 0) a.categories.push_back({category, category, FinalRole::household});
    a.final_uses.push_back({region_of(use.substr(0, cut(use))), category_index(a, category)});
  }
  const std::size_t n = cells.size();
  Matrix x(1, n), v(1, n);
  for (std::size_t i = 0; i < n; ++i) {
    Sum sum;
    for (const double value : z.row(i)) sum.add(value);
    for (const double value : y.row(i)) sum.add(value);
    x(0, i) = sum.value();
  }
  for (std::size_t j = 0; j < n; ++j) {
    Sum sum;
    sum.add(x(0, j));
    for (std::size_t i = 0; i < n; ++i) sum.add(-z(i, j));
    v(0, j) = sum.value();
  }
  a.intermediate = Block(z), a.final_use = Block(y), a.output = Block(std::move(x)), a.primary = Block(std::move(v));
  return a;
}

static std::string golden_file(const std::string& name) {
  const std::filesystem::path file = shared_folder() / "golden/io" / name;
  return std::filesystem::exists(file) ? file.string() : file.string() + ".gz";
}

Accounts golden_world(const std::string& name) {
  const Labelled z = read_labelled(golden_file(name + "_Z.csv")), y = read_labelled(golden_file(name + "_Y.csv"));
  if (name == "wiod2011") {
    // Two cells of LUX have one use, -1 of its own inventories, and no inputs: an output below 0, which no accounts may have.
    // Nobody else deals with them, so trade does not change if they are idle.
    Matrix uses = y.values;
    for (const char* cell : {"LUX.c5", "LUX.c8"}) uses(y.row(cell), y.column("LUX.F5")) += 1.0;
    return chain_world(z.rows, z.values, y.columns, uses);
  }
  if (name != "iciotest") return chain_world(z.rows, z.values, y.columns, y.values);
  // MEX and CHN own nothing themselves: their blocks are empty, MX1, MX2, CN1 and CN2 hold their production.
  std::vector<std::size_t> kept;
  std::vector<std::string> cells;
  for (std::size_t i = 0; i < z.rows.size(); ++i)
    if (z.rows[i].rfind("MEX_", 0) != 0 && z.rows[i].rfind("CHN_", 0) != 0) kept.push_back(i), cells.push_back(z.rows[i]);
  Matrix flows(kept.size(), kept.size()), uses(kept.size(), y.columns.size());
  for (std::size_t i = 0; i < kept.size(); ++i) {
    for (std::size_t j = 0; j < kept.size(); ++j) flows(i, j) = z.values(kept[i], kept[j]);
    for (std::size_t f = 0; f < y.columns.size(); ++f) uses(i, f) = y.values(kept[i], f);
  }
  return chain_world(cells, flows, y.columns, uses, {{"MX1", "MEX"}, {"MX2", "MEX"}, {"CN1", "CHN"}, {"CN2", "CHN"}});
}

double Dice::next() {
  state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
  return static_cast<double>(state_ >> 11) * 0x1.0p-53;
}

Accounts chance_world(int regions, int sectors, unsigned seed) {
  Dice dice(seed);
  std::vector<std::string> cells, uses;
  for (int r = 0; r < regions; ++r) {
    for (int s = 0; s < sectors; ++s) cells.push_back(std::string(1, static_cast<char>('A' + r)) + ".s" + std::to_string(s + 1));
    uses.emplace_back(1, static_cast<char>('A' + r));
  }
  const std::size_t n = cells.size();
  Matrix z(n, n), y(n, uses.size());
  for (double& value : z.values) value = 1.0 + 9.0 * dice.next();
  for (double& value : y.values) value = 5.0 + 45.0 * dice.next();
  return chain_world(cells, z, uses, y);
}

IndicatorAnswer asked(const Picture& picture, const std::string& name, const std::vector<std::string>& regions,
                      const std::vector<std::string>& partners, const Settings& settings, const Blocs& blocs) {
  Question question;
  for (const std::string& region : regions) question.regions.push_back(region_set(picture.accounts(), blocs, region));
  for (const std::string& partner : partners) question.partners.push_back(region_set(picture.accounts(), blocs, partner));
  question.settings = settings;
  return ask(find_indicator(name), picture, question);
}

double value_at(const IndicatorAnswer& answer, const std::string& region, const std::string& sector, const std::string& partner,
                const std::string& term) {
  for (const EffectRow& row : answer.rows)
    if (row.region == region && row.sector == sector && row.partner == partner && row.term == term) return row.value;
  FAIL("no row " << region << ' ' << sector << ' ' << partner << ' ' << term);
  return 0.0;
}

}  // namespace kontor::test
