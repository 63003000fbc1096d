#include "kontor/accounts/accounts.h"

#include <algorithm>
#include <array>

#include "kontor/base/sum.h"

namespace kontor {

template <class Items, class Same>
static int find_index(const Items& items, Same same) {
  const auto found = std::find_if(items.begin(), items.end(), same);
  return found == items.end() ? -1 : static_cast<int>(found - items.begin());
}

int region_index(const Accounts& a, std::string_view code) {
  return find_index(a.regions, [&](const Region& r) { return r.code == code; });
}

int sector_index(const Accounts& a, std::string_view code) {
  return find_index(a.sectors, [&](const Sector& s) { return s.code == code; });
}

int category_index(const Accounts& a, std::string_view code) {
  return find_index(a.categories, [&](const FinalCategory& c) { return c.code == code; });
}

int cell_index(const Accounts& a, int region, int sector) {
  return find_index(a.cells, [&](const Cell& c) { return c.region == region && c.sector == sector; });
}

int final_use_index(const Accounts& a, int region, int category) {
  return find_index(a.final_uses, [&](const FinalUse& f) { return f.region == region && f.category == category; });
}

int import_index(const Accounts& a, int region, int sector) {
  return find_index(a.imports, [&](const Import& i) { return i.region == region && i.sector == sector; });
}

int satellite_index(const Accounts& a, std::string_view code) {
  return find_index(a.satellites, [&](const Satellite& s) { return s.code == code; });
}

bool is_leaf(const Accounts& a, int region) {
  const std::string& code = a.regions[region].code;
  return std::none_of(a.regions.begin(), a.regions.end(), [&](const Region& r) { return r.parent == code; });
}

std::vector<int> leaves_of(const Accounts& a, int region) {
  std::vector<int> open = {region}, leaves;
  while (!open.empty()) {
    const int here = open.back();
    open.pop_back();
    bool has_children = false;
    for (int r = static_cast<int>(a.regions.size()) - 1; r >= 0; --r)
      if (a.regions[r].parent == a.regions[here].code) open.push_back(r), has_children = true;
    if (!has_children) leaves.push_back(here);
  }
  return leaves;
}

int nation_of(const Accounts& a, int region) {
  // The steps are counted so that a circle of parents (which check_accounts reports) ends here too.
  for (std::size_t steps = 0; steps < a.regions.size() && !a.regions[region].parent.empty(); ++steps) {
    const int parent = region_index(a, a.regions[region].parent);
    if (parent < 0) break;
    region = parent;
  }
  return region;
}

std::vector<int> cells_of(const Accounts& a, int region) {
  std::vector<int> result;
  const std::vector<int> leaves = leaves_of(a, region);
  for (std::size_t i = 0; i < a.cells.size(); ++i)
    if (std::find(leaves.begin(), leaves.end(), a.cells[i].region) != leaves.end()) result.push_back(static_cast<int>(i));
  return result;
}

std::string cell_label(const Accounts& a, int cell) {
  return a.regions[a.cells[cell].region].code + '.' + a.sectors[a.cells[cell].sector].code;
}

int supplier_index(const Accounts& a, int region, int sector) {
  const int cell = cell_index(a, region, sector);
  if (cell >= 0) return cell;
  const int import = import_index(a, region, sector);
  return import < 0 ? -1 : supplier_of_import(a, import);
}

int supplier_region(const Accounts& a, int supplier) {
  const auto n = static_cast<int>(a.cells.size());
  return supplier < n ? a.cells[supplier].region : a.imports[supplier - n].region;
}

int supplier_sector(const Accounts& a, int supplier) {
  const auto n = static_cast<int>(a.cells.size());
  return supplier < n ? a.cells[supplier].product : a.imports[supplier - n].sector;
}

int buyer_region(const Accounts& a, int buyer) {
  const auto n = static_cast<int>(a.cells.size());
  return buyer < n ? a.cells[buyer].region : a.final_uses[buyer - n].region;
}

std::string supplier_label(const Accounts& a, int supplier) {
  const auto n = static_cast<int>(a.cells.size());
  return supplier < n ? cell_label(a, supplier)
                      : a.regions[a.imports[supplier - n].region].code + '.' + a.sectors[a.imports[supplier - n].sector].code;
}

std::string buyer_label(const Accounts& a, int buyer) {
  const auto n = static_cast<int>(a.cells.size());
  if (buyer < n) return cell_label(a, buyer);
  const FinalUse& use = a.final_uses[buyer - n];
  return a.regions[use.region].code + '.' + a.categories[use.category].code;
}

double purchase(const Accounts& a, int supplier, int buyer) {
  const std::size_t n = a.cells.size(), s = supplier, b = buyer;
  if (s < n) return b < n ? a.intermediate(s, b) : a.final_use(s, b - n);
  return b < n ? a.imports_intermediate(s - n, b) : a.imports_final(s - n, b - n);
}

double value_added(const Accounts& a, int cell) {
  Sum sum;
  for (std::size_t p = 0; p < a.primary_rows.size(); ++p)
    if (a.primary_rows[p].value_added) sum.add(a.primary(p, cell));
  return sum.value();
}

static constexpr std::array kinds = {"table", "trade_model"};
static constexpr std::array final_roles = {"household", "npish", "government", "investment", "inventories", "exports", "discrepancy"};
static constexpr std::array primary_roles = {"labour", "capital", "land", "mixed", "tax", "margin"};

const char* role_name(FinalRole role) { return final_roles[static_cast<std::size_t>(role)]; }
const char* role_name(PrimaryRole role) { return primary_roles[static_cast<std::size_t>(role)]; }

template <class Names, class Value>
static bool read_name_from(const Names& names, std::string_view name, Value& value) {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return false;
  value = static_cast<Value>(found - names.begin());
  return true;
}

const char* kind_name(AccountsKind kind) { return kinds[static_cast<std::size_t>(kind)]; }
bool read_kind(std::string_view name, AccountsKind& kind) { return read_name_from(kinds, name, kind); }
bool read_role(std::string_view name, FinalRole& role) { return read_name_from(final_roles, name, role); }
bool read_role(std::string_view name, PrimaryRole& role) { return read_name_from(primary_roles, name, role); }

}  // namespace kontor
