// Joins as rows: what `import --into` puts onto accounts that exist.
#include <array>

#include "kontor/base/error.h"
#include "kontor/base/text.h"
#include "kontor/read/join.h"

namespace kontor {

namespace fs = std::filesystem;

static constexpr Setting satellite_settings[] = {
    {"code", "TEXT", "code of the row; default: name of the value column"},
    {"name", "TEXT", "name in words"},
    {"unit", "TEXT", "unit of the numbers, e.g. persons"},
    {"source", "TEXT", "where the numbers come from"},
    {"estimate", "yes|no", "yes: derived by a split rather than observed"},
    {"resolution", "cell|sector_group|region", "the finest grain at which the numbers mean something"},
    {"factor", "NUMBER", "multiplies every value, e.g. 1000 for thousands"},
    {"region_column", "NAME", "column of the region; default: region"},
    {"sector_column", "NAME", "column of the sector; default: sector or industry"},
    {"value_column", "NAME", "column of the value; default: value, or the only one left"},
    {"group_column", "NAME", "column of the group that a sector's number was split from"},
};

static std::string taken(ImportOptions& options, const std::string& key) {
  const auto at = options.settings.find(key);
  if (at == options.settings.end()) return "";
  std::string value = at->second;
  options.settings.erase(at);
  return value;
}

static Imported join_satellite_file(const Accounts& accounts, const fs::path& source, const ImportOptions& given) {
  SatelliteOptions options;
  options.text = given;
  options.row.code = taken(options.text, "code"), options.row.name = taken(options.text, "name"),
  options.row.unit = taken(options.text, "unit");
  options.row.source = taken(options.text, "source");
  options.region_column = taken(options.text, "region_column"), options.sector_column = taken(options.text, "sector_column");
  options.value_column = taken(options.text, "value_column"), options.group_column = taken(options.text, "group_column");
  static constexpr std::string_view yes_or_no[] = {"no", "yes"}, resolutions[] = {"cell", "region", "sector_group"};
  options.row.estimate = word_setting(given.settings, "estimate", yes_or_no) == "yes";
  const std::string resolution = word_setting(given.settings, "resolution", resolutions), factor = taken(options.text, "factor");
  options.text.settings.erase("estimate"), options.text.settings.erase("resolution");
  options.row.resolution = resolution == "region"         ? Resolution::region
                           : resolution == "sector_group" ? Resolution::sector_group
                                                          : Resolution::cell;
  if (!factor.empty() && read_number(factor, options.factor) != NumberProblem::none)
    fail(Exit::usage, "usage", "", "", "--with factor", quoted(factor), "a number", "e.g. --with factor=1000");
  return join_satellite(accounts, source, options);
}

static constexpr std::array formats = {
    JoinFormat{"satellite", "a row of numbers by region and sector: jobs, emissions, energy", "CSV: region, sector, value",
               satellite_settings, join_satellite_file},
    JoinFormat{"border_costs",
               "tariffs and non-tariff measures",
               "CSV: sector, exporter, importer, tariff and (or) ntm_ave",
               {},
               join_border_costs},
    JoinFormat{"distances", "kilometres between regions", "CSV: origin, destination, km, or a square table", {}, join_distances},
    JoinFormat{"regions", "names and parents of regions", "CSV: code, name, parent", {}, join_regions},
};

std::span<const JoinFormat> join_formats() { return formats; }

const JoinFormat* find_join_format(std::string_view name) {
  for (const JoinFormat& format : formats)
    if (name == format.name) return &format;
  return nullptr;
}

}  // namespace kontor
