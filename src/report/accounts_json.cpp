#include "kontor/report/accounts_json.h"

#include <nlohmann/json.hpp>

#include "kontor/indicators/describe.h"
#include "kontor/indicators/effects.h"
#include "kontor/report/rows.h"

namespace kontor {

using Json = nlohmann::ordered_json;

std::string accounts_json(const Accounts& a) {
  Json regions = Json::array(), sectors = Json::array(), categories = Json::array(), satellites = Json::array(), sources = Json::array();
  for (std::size_t r = 0; r < a.regions.size(); ++r) {
    const Region& region = a.regions[r];
    const int nation = nation_of(a, static_cast<int>(r));
    regions.push_back({{"code", region.code},
                       {"name", region.name},
                       {"nation", a.regions[static_cast<std::size_t>(nation)].code},
                       {"parent", region.parent},
                       {"external", region.external},
                       {"leaf", is_leaf(a, static_cast<int>(r))}});
  }
  for (const Sector& s : a.sectors) sectors.push_back({{"code", s.code}, {"name", s.name}});
  for (const FinalCategory& c : a.categories) categories.push_back({{"code", c.code}, {"name", c.name}, {"role", role_name(c.role)}});
  for (const Satellite& s : a.satellites)
    satellites.push_back({{"code", s.code}, {"name", s.name}, {"unit", s.unit}, {"estimate", s.estimate}, {"source", s.source}});
  for (const Source& s : a.sources) sources.push_back({{"file", s.file}, {"citation", s.citation}, {"licence", s.licence}});
  const Json about = {{"title", a.title},       {"kind", kind_name(a.kind)}, {"year", a.year},           {"price_year", a.price_year},
                      {"money", money_unit(a)}, {"currency", a.currency},    {"scale", a.scale},         {"valuation", a.valuation},
                      {"regions", regions},     {"sectors", sectors},        {"categories", categories}, {"satellites", satellites},
                      {"notes", a.notes},       {"sources", sources}};
  std::string json = about.dump(1, ' ', false, Json::error_handler_t::replace);
  json.resize(json.rfind('}'));
  return json + ",\n\"totals\": " + rows_json(describe_regions(a)) + "\n}";
}

}  // namespace kontor
