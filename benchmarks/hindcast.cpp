// What does a table's age cost? Structure of an earlier WIOD year with the final use of a later one, against actual output.
// Prints the table of docs/hindcast.md; with --csv the parameter file that the report quotes, with --csv-sectors the one that
// draws of a table's age use.
//
//   build/bench/benchmarks/hindcast ../shared/data/wiod2013 [--csv | --csv-sectors]
#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <iostream>
#include <map>

#include "kontor/indicators/hindcast.h"
#include "kontor/model/elasticities.h"
#include "kontor/read/reader.h"

using namespace kontor;

static void print_worst(const char* kind, std::vector<HindcastError> errors) {
  std::sort(errors.begin(), errors.end(), [](const auto& a, const auto& b) { return a.weighted_error > b.weighted_error; });
  std::cout << "  " << kind << ", largest first:";
  for (std::size_t i = 0; i < errors.size(); ++i) std::cout << fmt::format(" {} {:.1f} %", errors[i].label, 100 * errors[i].weighted_error);
  std::cout << '\n';
}

/// Classes of the elasticity table that WIOD does not tell apart, or tells further apart, and those of its sectors.
static const std::map<std::string, std::vector<std::string>> made_of = {{"wood_and_paper", {"wood", "paper"}},
                                                                        {"chemical_industry", {"petroleum", "chemicals", "plastic"}},
                                                                        {"basic_metals", {"metals"}},
                                                                        {"metal_products", {"metals"}},
                                                                        {"electronics", {"electrical_and_electronics"}},
                                                                        {"electrical", {"electrical_and_electronics"}},
                                                                        {"motor_vehicles", {"transport_equipment"}},
                                                                        {"other_transport_equipment", {"transport_equipment"}}};

static void print_classes(const HindcastResult& result, const Accounts& to) {
  std::map<std::string, std::pair<double, double>> missed;  // by class: what was missed, output
  for (std::size_t s = 0; s < to.sectors.size(); ++s) {
    double output = 0.0;
    for (std::size_t i = 0; i < to.cells.size(); ++i)
      if (to.cells[i].sector == static_cast<int>(s)) output += to.output(0, i);
    auto& [gap, all] = missed[product_class(to.sectors[s].code)];
    gap += result.by_sector[s].weighted_error * output, all += output;
  }
  for (const auto& [name, parts] : made_of)
    for (const std::string& part : parts) missed[name].first += missed.at(part).first, missed[name].second += missed.at(part).second;
  for (const auto& [name, sums] : missed)
    std::cout << fmt::format("WIOD 2013,{},{},{},{:.4f},benchmarks/hindcast.cpp on the WIOD 2013 release\n", result.from, result.to, name,
                             sums.first / sums.second);
}

int main(int argc, char** argv) {
  if (argc < 2) return std::cerr << "hindcast FOLDER [--csv | --csv-sectors]\n", 2;
  const std::string folder = argv[1];
  const bool csv = argc > 2 && std::strcmp(argv[2], "--csv") == 0, csv_sectors = argc > 2 && std::strcmp(argv[2], "--csv-sectors") == 0;
  std::vector<Accounts> tables;
  for (const int year : {1995, 2000, 2005, 2008, 2011})
    tables.push_back(find_reader("wiod").read(fmt::format("{}/wiot_{}.csv.gz", folder, year), {}).accounts);
  if (csv) std::cout << "family,from,to,weighted_error,worst_decile,source\n";
  if (csv_sectors) std::cout << "family,from,to,class,weighted_error,source\n";
  for (std::size_t f = 0; f < tables.size(); ++f) {
    const LeontiefSystem system(tables[f]);
    for (std::size_t t = f + 1; t < tables.size(); ++t) {
      const HindcastResult r = hindcast(system, tables[t]);
      if (csv_sectors) {
        print_classes(r, tables[t]);
        continue;
      }
      if (csv) {
        std::cout << fmt::format("WIOD 2013,{},{},{:.4f},{:.4f},benchmarks/hindcast.cpp on the WIOD 2013 release\n", r.from, r.to,
                                 r.all.weighted_error, r.all.worst_decile);
        continue;
      }
      std::cout << fmt::format("{} -> {}: weighted error {:.2f} %, one cell in ten off by more than {:.1f} %\n", r.from, r.to,
                               100 * r.all.weighted_error, 100 * r.all.worst_decile);
      if (r.to == 2011) print_worst("sectors", r.by_sector), print_worst("regions", r.by_region);
    }
  }
}
