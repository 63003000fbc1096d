#include "kontor/indicators/product_flows.h"

#include <algorithm>
#include <map>

#include "kontor/base/error.h"
#include "kontor/base/text.h"

namespace kontor {

RegionFlows region_flows(const Accounts& a) {
  RegionFlows flows;
  std::vector<std::size_t> place(a.regions.size());
  for (const bool external : {false, true})
    for (std::size_t r = 0; r < a.regions.size(); ++r)
      if (a.regions[r].external == external && is_leaf(a, static_cast<int>(r)))
        place[r] = flows.regions.size(), flows.regions.push_back(static_cast<int>(r));
  flows.values = Matrix(flows.regions.size(), flows.regions.size());
  const auto add = [&](const Block& block, int first_supplier, int first_buyer) {
    for (std::size_t i = 0; i < block.rows(); ++i) {
      const std::size_t from = place[static_cast<std::size_t>(supplier_region(a, first_supplier + static_cast<int>(i)))];
      const auto row = block.row(i);
      for (std::size_t j = 0; j < row.size(); ++j)
        flows.values(from, place[static_cast<std::size_t>(buyer_region(a, first_buyer + static_cast<int>(j)))]) += row[j];
    }
  };
  const int cells = static_cast<int>(a.cells.size());
  add(a.intermediate, 0, 0), add(a.final_use, 0, cells);
  add(a.imports_intermediate, cells, 0), add(a.imports_final, cells, cells);
  return flows;
}

namespace {

/// A neighbour of the product, or of one of its neighbours.
struct Neighbour {
  std::string id, name, kind;
  double value = 0.0;
  int cell = -1;  // where the chain goes on; -1: it ends
};

class ChainBuilder {
 public:
  ChainBuilder(const Accounts& accounts, int supplier, std::size_t most) : a_(accounts), supplier_(supplier), most_(most) {}

  ProductChain built() {
    chain_.nodes.push_back({"product", name_of_supplier(supplier_), "sector"});
    if (supplier_ < static_cast<int>(a_.cells.size()))
      for (const Neighbour& n : largest(inputs_of(supplier_), "others:in")) {
        node("in:", n), link("in:" + n.id, "product", n.value);
        if (n.cell >= 0) origins(n);
      }
    for (const Neighbour& n : largest(buyers_of(supplier_), "others:out")) {
      node("out:", n), link("product", "out:" + n.id, n.value);
      if (n.cell >= 0) destinations(n);
    }
    return std::move(chain_);
  }

 private:
  std::string region_name(int region) const {
    const Region& r = a_.regions[static_cast<std::size_t>(region)];
    return r.name.empty() ? r.code : r.name;
  }
  std::string sector_name(int sector) const {
    const Sector& s = a_.sectors[static_cast<std::size_t>(sector)];
    return s.name.empty() ? s.code : s.name;
  }
  std::string name_of_supplier(int s) const { return region_name(supplier_region(a_, s)) + ": " + sector_name(supplier_sector(a_, s)); }

  // Negative ones are told of the product's own row and column.
  double sale(int supplier, int buyer) {
    const double value = purchase(a_, supplier, buyer);
    if (value < 0.0 && (supplier == supplier_ || buyer == supplier_)) chain_.negative += value;
    return std::max(value, 0.0);
  }

  // Suppliers of goods, value added, and what goes to nobody's income.
  std::vector<Neighbour> inputs_of(int cell) {
    std::vector<Neighbour> list;
    for (int s = 0; s < supplier_count(a_); ++s)
      if (const double value = sale(s, cell); value > 0.0)
        list.push_back({std::to_string(s), name_of_supplier(s), "sector", value, s < static_cast<int>(a_.cells.size()) ? s : -1});
    const auto j = static_cast<std::size_t>(cell);
    Neighbour income{"income", "Value added", "use"}, tax{"tax", "Taxes and margins", "use"};
    for (std::size_t p = 0; p < a_.primary_rows.size(); ++p) (a_.primary_rows[p].value_added ? income : tax).value += a_.primary(p, j);
    for (const Neighbour& n : {income, tax})
      if (n.value > 0.0)
        list.push_back(n);
      else if (cell == supplier_)
        chain_.negative += n.value;
    return list;
  }

  std::vector<Neighbour> buyers_of(int supplier) {
    std::vector<Neighbour> list;
    const int cells = static_cast<int>(a_.cells.size());
    for (int b = 0; b < cells; ++b)
      if (const double value = sale(supplier, b); value > 0.0) list.push_back({std::to_string(b), name_of_supplier(b), "sector", value, b});
    for (std::size_t f = 0; f < a_.final_uses.size(); ++f) {
      const double value = sale(supplier, cells + static_cast<int>(f));
      if (!(value > 0.0)) continue;
      const FinalCategory& category = a_.categories[static_cast<std::size_t>(a_.final_uses[f].category)];
      const std::string region = region_name(a_.final_uses[f].region);
      const bool external = a_.regions[static_cast<std::size_t>(a_.final_uses[f].region)].external;
      list.push_back({"f" + std::to_string(f), external ? region : region + ": " + (category.name.empty() ? category.code : category.name),
                      "use", value});
    }
    return list;
  }

  // The `most_` largest; the rest stands together.
  std::vector<Neighbour> largest(std::vector<Neighbour> list, const std::string& id) const {
    std::stable_sort(list.begin(), list.end(), [](const Neighbour& x, const Neighbour& y) { return x.value > y.value; });
    if (list.size() <= most_ + 1) return list;
    Neighbour others{id, std::to_string(list.size() - most_) + " others", "use"};
    for (std::size_t k = most_; k < list.size(); ++k) others.value += list[k].value;
    list.resize(most_);
    list.push_back(others);
    return list;
  }

  // The regions that a supplier's output is made in and bought from, in the part that the product takes.
  void origins(const Neighbour& supplier) {
    std::map<int, double> by_region;
    double all = 0.0;
    for (const Neighbour& n : inputs_of(supplier.cell)) {
      const bool goods = n.kind == "sector";
      by_region[supplier_region(a_, goods ? std::stoi(n.id) : supplier.cell)] += n.value, all += n.value;
    }
    for (const auto& [region, value] : by_region) {
      const std::string id = "from:" + std::to_string(region);
      node("", {id, region_name(region), "region"}), link(id, "in:" + supplier.id, supplier.value * value / all);
    }
  }

  void destinations(const Neighbour& buyer) {
    std::map<int, double> by_region;
    double all = 0.0;
    for (int b = 0; b < buyer_count(a_); ++b)
      if (const double value = std::max(purchase(a_, buyer.cell, b), 0.0); value > 0.0)
        by_region[buyer_region(a_, b)] += value, all += value;
    for (const auto& [region, value] : by_region) {
      const std::string id = "to:" + std::to_string(region);
      node("", {id, region_name(region), "region"}), link("out:" + buyer.id, id, buyer.value * value / all);
    }
  }

  void node(const std::string& side, const Neighbour& n) {
    const std::string id = side + n.id;
    if (std::none_of(chain_.nodes.begin(), chain_.nodes.end(), [&](const ChainNode& known) { return known.id == id; }))
      chain_.nodes.push_back({id, n.name, n.kind});
  }
  void link(const std::string& from, const std::string& to, double value) {
    if (value > 0.0) chain_.links.push_back({from, to, value});
  }

  const Accounts& a_;
  const int supplier_;
  const std::size_t most_;
  ProductChain chain_;
};

}  // namespace

ProductChain product_chain(const Accounts& a, int region, int sector, std::size_t most) {
  const int supplier = supplier_index(a, region, sector);
  if (supplier < 0)
    fail(Exit::usage, "no-such-cell", "", "", "", "this region does not make this product", "a product that the region sells",
         "choose another sector");
  return ChainBuilder(a, supplier, most).built();
}

}  // namespace kontor
