#include <algorithm>
#include <array>
#include <cmath>

#include "cell_groups.h"
#include "kontor/base/error.h"
#include "kontor/base/text.h"
#include "rows_of.h"
#include "satellite_setting.h"
#include "specialisation.h"

namespace kontor {

namespace {

/// What is compared, by cell.
struct Compared {
  std::vector<double> amounts;
  const Satellite* satellite = nullptr;
};

Compared compared(const Picture& picture, const Question& question, IndicatorAnswer& answer) {
  const Accounts& a = picture.accounts();
  const std::string by = word_setting(question.settings, "by", std::array<std::string_view, 3>{"output", "value_added", "jobs"});
  const int jobs = jobs_satellite(a, question.settings);  // also where another number was asked for: a wrong code is a mistake
  if (by == "output") return {std::vector<double>(a.output.row(0).begin(), a.output.row(0).end()), nullptr};
  if (by == "value_added") {
    std::vector<double> added(a.cells.size());
    for (std::size_t i = 0; i < added.size(); ++i) added[i] = value_added(a, static_cast<int>(i));
    return {std::move(added), nullptr};
  }
  if (jobs < 0) {
    answer.notes.emplace_back("not available: these accounts hold no satellite of jobs");
    return {std::vector<double>(a.cells.size(), std::nan("")), nullptr};
  }
  const Satellite& satellite = a.satellites[static_cast<std::size_t>(jobs)];
  add_resolution_note(satellite, answer.notes);
  const auto row = a.satellite.row(static_cast<std::size_t>(jobs));
  return {std::vector<double>(row.begin(), row.end()), &satellite};
}

// Regions of which a number is missing: nothing can be compared with them.
std::vector<int> unknown_regions(const Accounts& a, const std::vector<double>& amounts) {
  std::vector<int> regions;
  for (std::size_t i = 0; i < amounts.size(); ++i)
    if (std::isnan(amounts[i]) && (regions.empty() || regions.back() != a.cells[i].region)) regions.push_back(a.cells[i].region);
  std::sort(regions.begin(), regions.end());
  regions.erase(std::unique(regions.begin(), regions.end()), regions.end());
  return regions;
}

// Regions that a set is compared with: all that make something and are known, or those of its nation.
RegionSet reference_of(const Accounts& a, const RegionSet& set, bool nation, const std::vector<int>& unknown) {
  RegionSet all{"", {}};
  for (const RegionSet& single : single_regions(a)) {
    const int region = single.regions.front();
    if (nation && nation_of(a, region) != nation_of(a, set.regions.front())) continue;
    if (!std::binary_search(unknown.begin(), unknown.end(), region)) all.regions.push_back(region);
  }
  for (const int region : set.regions)
    if (nation && nation_of(a, region) != nation_of(a, set.regions.front()))
      fail(Exit::usage, "reference", "", "", "--with reference", quoted(set.code) + " lies in several nations",
           "a region or nation for reference=nation", "leave reference=nation out");
  return all;
}

}  // namespace

IndicatorAnswer location_quotients(const Picture& picture, const Question& question) {
  const Accounts& a = picture.accounts();
  IndicatorAnswer answer;
  const Compared q = compared(picture, question, answer);
  const bool nation = word_setting(question.settings, "reference", std::array<std::string_view, 2>{"table", "nation"}) == "nation";
  const std::vector<int> unknown = unknown_regions(a, q.amounts);
  if (!unknown.empty() && unknown.size() < single_regions(a).size()) {
    std::vector<std::string> codes;
    for (const int region : unknown) codes.push_back(a.regions[static_cast<std::size_t>(region)].code);
    answer.notes.push_back("numbers are missing for " + joined(codes, ", ") + ": left out of the table that regions are compared with");
  }
  for (const RegionSet& set : question.regions) {
    const std::vector<CellGroup> everywhere = cell_groups(a, reference_of(a, set, nation, unknown), q.satellite);
    const std::vector<CellGroup> here = cell_groups(a, set, q.satellite);
    const double region = group_sum(here.back(), q.amounts), table = group_sum(everywhere.back(), q.amounts);
    for (const CellGroup& group : everywhere) {
      if (group.label.empty()) continue;
      const auto own = std::find_if(here.begin(), here.end(), [&](const CellGroup& g) { return g.label == group.label; });
      const double part = own == here.end() ? 0.0 : group_sum(*own, q.amounts), whole = group_sum(group, q.amounts);
      const bool some = region > 0.0 && table > 0.0 && whole > 0.0;
      answer.rows.push_back(row_of(set, group.label, "", some ? part / region / (whole / table) : std::nan(""), "ratio"));
    }
  }
  return answer;
}

}  // namespace kontor
