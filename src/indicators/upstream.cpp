// The value of a unit of product j, by origin: v(i) L(i,j) of each cell, and M L of each import row, with taxes on the way.
//
//   own       value added in the producer's region          bloc      in the rest of its nation
//   others    everywhere else; imports from an external region count in full, under their product
#include "upstream.h"

#include <algorithm>
#include <map>
#include <set>

#include "kontor/base/index.h"
#include "kontor/base/sum.h"
#include "kontor/indicators/effects.h"

namespace kontor {

std::vector<NewProduct> new_products(const Programme& programme, const Compiled& compiled, const Accounts& accounts) {
  const int n = static_cast<int>(accounts.cells.size());
  std::vector<NewProduct> products;
  for (const Written& measure : programme.measures) {
    if (!is_committed(measure) || (measure.kind != "import_substitution" && measure.kind != "joint_venture")) continue;
    std::set<int> cells;
    for (const Shock& shock : compiled.shocks) {
      if (shock.measure != measure.id) continue;
      if (const auto* target = std::get_if<Target>(&shock.change)) cells.insert(target->producers.begin(), target->producers.end());
      if (const auto* factor = std::get_if<FactorSupply>(&shock.change)) cells.insert(factor->cell);
    }
    for (const int cell : cells)
      if (cell < n && accounts.output(0, at(cell)) > 0.0) products.push_back({measure.id, cell});
  }
  return products;
}

void add_upstream(const Picture& picture, const NewProduct& product, std::vector<EffectRow>& rows) {
  const Accounts& a = picture.accounts();
  const std::size_t n = a.cells.size();
  const int home = a.cells[at(product.cell)].region, nation = nation_of(a, home);
  Matrix unit(1, n);
  unit(0, at(product.cell)) = 1.0;
  const Solved chain = picture.system().solve(unit);  // L e_j
  Sum own, bloc, others;
  std::vector<Sum> by_sector(a.sectors.size());
  const auto add = [&](int region, int sector, double value) {
    if (region == home)
      own.add(value);
    else if (nation_of(a, region) == nation)
      bloc.add(value);
    else
      others.add(value), by_sector[at(sector)].add(value);
  };
  for (std::size_t i = 0; i < n; ++i) add(a.cells[i].region, a.cells[i].sector, picture.value_added()[i] * chain(0, i));
  for (std::size_t k = 0; k < a.imports.size(); ++k) {
    Sum bought;
    for (std::size_t j = 0; j < n; ++j) bought.add(a.imports_intermediate(k, j) * picture.system().inverse_output(j) * chain(0, j));
    add(a.imports[k].region, a.imports[k].sector, bought.value());
  }
  const std::string &region = a.regions[at(home)].code, &sector = a.sectors[at(a.cells[at(product.cell)].sector)].code;
  const auto row = [&](const char* indicator, const std::string& of, const std::string& partner, const char* term, double value) {
    rows.push_back({indicator, region, of, partner, a.year, product.measure, term, value, "share"});
  };
  row("upstream_content", sector, "", "own", own.value());
  if (nation != home) row("upstream_content", sector, a.regions[at(nation)].code, "bloc", bloc.value());
  row("upstream_content", sector, "", "others", others.value());
  for (std::size_t s = 0; s < by_sector.size(); ++s)
    if (by_sector[s].value() != 0.0) row("upstream_foreign", a.sectors[s].code, sector, "", by_sector[s].value());
}

void add_building_purchases(const Accounts& a, const Programme& programme, const Compiled& compiled, std::vector<EffectRow>& rows) {
  for (const Written& measure : programme.measures) {
    if (!is_committed(measure)) continue;
    std::map<int, Sum> bought;  // by region of the supplier
    for (const Shock& shock : compiled.shocks) {
      if (shock.measure != measure.id || !shock.building || !shock.temporary) continue;
      if (const auto* items = std::get_if<std::vector<FinalDemand>>(&shock.change))
        for (const FinalDemand& item : *items) bought[supplier_region(a, item.supplier)].add(item.amount);
    }
    for (const auto& [region, sum] : bought)
      if (sum.value() != 0.0)
        rows.push_back(
            {"building_purchases", a.regions[at(region)].code, "", "", programme.first_year, measure.id, "", sum.value(), money_unit(a)});
  }
}

}  // namespace kontor
