#include "gvc_participation.h"

#include <algorithm>
#include <map>

#include "kontor/base/sum.h"
#include "model/small_system.h"

namespace kontor {

namespace {

/// By sector and total, from values by cell of an economy.
class Sectors {
 public:
  Sectors(const Accounts& a, const ChainEconomy& economy) : accounts_(a), economy_(economy), sums_(a.sectors.size() + 1) {}
  void add(std::size_t own, double value) {
    sums_[static_cast<std::size_t>(accounts_.cells[economy_.cells[own]].sector)].add(value);
    sums_.back().add(value);
  }
  std::vector<double> values() const {
    std::vector<double> values;
    for (const Sum& sum : sums_) values.push_back(sum.value());
    return values;
  }

 private:
  const Accounts& accounts_;
  const ChainEconomy& economy_;
  std::vector<Sum> sums_;
};

struct Asked {
  const ChainEconomy* exporter;
  std::vector<const ChainEconomy*> partners;
};

}  // namespace

// Purchases of the exporter's cells across its border, per unit of output: from cells and external regions of the partners.
static std::vector<double> imports_per_output(const Chains& chains, const Asked& asked) {
  const Accounts& a = chains.picture().accounts();
  std::vector<double> m;
  for (const std::size_t j : asked.exporter->cells) {
    Sum sum;
    for (const ChainEconomy* partner : asked.partners) {
      for (const std::size_t i : partner->cells) sum.add(a.intermediate(i, j) * chains.picture().system().inverse_output(j));
      for (const int r : partner->regions)
        if (!chains.import_coefficients(r).empty()) sum.add(chains.import_coefficients(r)[j]);
    }
    m.push_back(sum.value());
  }
  return m;
}

// L E_r for every economy that is a partner, one a row, and where to find it.
static Matrix solved_exports(const Chains& chains, const std::vector<Asked>& asked, std::map<const ChainEconomy*, std::size_t>& row_of) {
  std::vector<const ChainEconomy*> list;
  for (const Asked& one : asked)
    for (const ChainEconomy* partner : one.partners)
      if (row_of.emplace(partner, list.size()).second) list.push_back(partner);
  Matrix rows(list.size(), chains.output().size());
  for (std::size_t k = 0; k < list.size(); ++k) {
    const std::vector<double> exports = chains.exports(*list[k]);
    for (std::size_t i = 0; i < exports.size(); ++i) rows(k, list[k]->cells[i]) = exports[i];
  }
  chains.make_contents(list);
  return chains.picture().system().solve(rows).answers;
}

static void fill(Participation& p, const Chains& chains, const Asked& asked, const Matrix& solved,
                 const std::map<const ChainEconomy*, std::size_t>& row_of) {
  const Accounts& a = chains.picture().accounts();
  const ChainEconomy& s = *asked.exporter;
  Sectors backward(a, s), forward(a, s), imported(a, s), exports(a, s);
  const std::vector<double> sold = chains.exports(s);
  Matrix m(1, s.cells.size());
  m.values = imports_per_output(chains, asked);
  if (!solve_small(transpose_of(chains.local_system(s)), m)) no_inverse(a, s);
  for (std::size_t i = 0; i < sold.size(); ++i) {
    exports.add(i, sold[i]), imported.add(i, m(0, i) * sold[i]);
    for (const ChainEconomy* r : asked.partners) {
      backward.add(i, r->content[s.cells[i]] * sold[i]);
      forward.add(i, chains.picture().value_added()[s.cells[i]] * solved(row_of.at(r), s.cells[i]));
    }
  }
  p.backward = backward.values(), p.forward = forward.values();
  p.imported_inputs = imported.values(), p.exports = exports.values();
}

std::vector<Participation> participation(const Picture& picture, const std::vector<RegionSet>& regions,
                                         const std::vector<RegionSet>& partners, Level level) {
  const Chains& chains = picture.chains();
  std::vector<Participation> answers;
  std::vector<Asked> asked;
  for (std::size_t s = 0; s < regions.size(); ++s) {
    const ChainEconomy& exporter = chains.economy(regions[s].regions);
    const ChainEconomy* const alone[] = {&exporter};
    if (partners.empty()) {
      answers.push_back({static_cast<int>(s), -1, true, {}, {}, {}, {}});
      asked.push_back({&exporter, chains.others(alone, level)});
    }
    for (std::size_t p = 0; p < partners.size(); ++p) {
      std::vector<int> outside;
      for (const int r : partners[p].regions)
        if (!regions[s].has(r)) outside.push_back(r);
      if (outside.empty()) continue;
      answers.push_back({static_cast<int>(s), static_cast<int>(p), true, {}, {}, {}, {}});
      asked.push_back({&exporter, {&chains.economy(outside)}});
    }
  }
  std::map<const ChainEconomy*, std::size_t> row_of;
  const Matrix solved = solved_exports(chains, asked, row_of);
  for (std::size_t k = 0; k < asked.size(); ++k) {
    answers[k].available = !asked[k].exporter->external && !asked[k].exporter->cells.empty();
    if (answers[k].available) fill(answers[k], chains, asked[k], solved, row_of);
  }
  return answers;
}

}  // namespace kontor
