// The folder, the lists, and what accounts hold.
#include "json_body.h"
#include "kontor/accounts/check.h"
#include "kontor/accounts/store.h"
#include "kontor/base/error.h"
#include "kontor/base/text.h"
#include "kontor/base/version.h"
#include "kontor/indicators/asked.h"
#include "kontor/indicators/describe.h"
#include "kontor/indicators/product_flows.h"
#include "kontor/report/accounts_json.h"
#include "kontor/report/findings_json.h"
#include "kontor/report/indicator_table.h"
#include "kontor/report/lists.h"
#include "kontor/report/rows.h"
#include "service.h"

namespace kontor::web {

static HttpAnswer project(Service& service, const HttpRequest&, const Ids&) {
  Json accounts = Json::array(), programmes = Json::array(), results = Json::array();
  const std::vector<Item> items = service.project.items();
  for (const Item& item : items) {
    const std::string name = item.path.generic_string();
    if (item.kind == ItemKind::accounts) {
      accounts.push_back({{"id", item.id},
                          {"name", name},
                          {"title", item.title},
                          {"year", item.year},
                          {"regions", item.regions},
                          {"sectors", item.sectors},
                          {"currency", item.currency},
                          {"scale", item.scale}});
    } else if (item.kind == ItemKind::programme) {
      Json id = nullptr;
      for (const Item& other : items)
        if (other.kind == ItemKind::accounts && other.path == item.accounts) id = other.id;
      programmes.push_back({{"id", item.id}, {"name", name}, {"title", item.title}, {"accounts", id}});
    } else {
      results.push_back({{"id", item.id},
                         {"name", name},
                         {"title", item.title},
                         {"year_first", item.first_year},
                         {"year_last", item.last_year},
                         {"saved", true}});
    }
  }
  for (const auto& kept : service.results.in_memory())
    results.push_back({{"id", kept->id},
                       {"name", kept->name},
                       {"title", kept->result.programme.title},
                       {"year_first", kept->result.programme.first_year},
                       {"year_last", kept->result.programme.last_year},
                       {"saved", false}});
  return json_answer(dumped({{"folder", service.project.name()},
                             {"writable", service.allow_write},
                             {"version", version()},
                             {"accounts", accounts},
                             {"programmes", programmes},
                             {"results", results}}));
}

// The rows of the program, which do not change while it runs.
static HttpAnswer lists(Service&, const HttpRequest&, const Ids&) {
  static const std::string json = "{\"measures\": " + measures_json() + ",\n\"common_fields\": " + common_fields_json() +
                                  ",\n\"models\": " + models_json() + ",\n\"formats\": " + formats_json() +
                                  ",\n\"indicators\": " + indicator_list_json() + ",\n\"programme_tables\": " + programme_tables_json() +
                                  "}\n";
  return json_answer(json);
}

static std::shared_ptr<const Accounts> accounts_of(Service& service, const std::string& id) {
  return service.project.accounts(service.project.item(ItemKind::accounts, id));
}

static int known_region(const Accounts& a, const std::string& code) {
  const int region = region_index(a, code);
  if (region >= 0) return region;
  std::vector<std::string> codes;
  for (const Region& r : a.regions) codes.push_back(r.code);
  fail(Exit::usage, "unknown-region", "", "", "region", "unknown region " + quoted(code), "a region of the accounts",
       did_you_mean(code, codes));
}

static int known_sector(const Accounts& a, const std::string& code) {
  const int sector = sector_index(a, code);
  if (sector >= 0) return sector;
  std::vector<std::string> codes;
  for (const Sector& s : a.sectors) codes.push_back(s.code);
  fail(Exit::usage, "unknown-sector", "", "", "sector", "unknown sector " + quoted(code), "a sector of the accounts",
       did_you_mean(code, codes));
}

static HttpAnswer accounts(Service& service, const HttpRequest&, const Ids& ids) {
  return json_answer(accounts_json(*accounts_of(service, ids[0])));
}

static HttpAnswer check(Service& service, const HttpRequest&, const Ids& ids) {
  const Item item = service.project.item(ItemKind::accounts, ids[0]);
  verify_accounts(item.path);
  return json_answer("{\"findings\": " + findings_json(check_accounts(*service.project.accounts(item), item.path.generic_string())) +
                     "}\n");
}

static HttpAnswer region(Service& service, const HttpRequest& request, const Ids& ids) {
  const auto a = accounts_of(service, ids[0]);
  return json_answer(rows_json(describe_region(*a, known_region(*a, request.parameter("region").value_or("")))));
}

static HttpAnswer pair(Service& service, const HttpRequest& request, const Ids& ids) {
  const auto a = accounts_of(service, ids[0]);
  return json_answer(rows_json(describe_pair({*a}, request.parameter("a").value_or(""), request.parameter("b").value_or(""))));
}

static HttpAnswer flows(Service& service, const HttpRequest&, const Ids& ids) {
  const auto a = accounts_of(service, ids[0]);
  const RegionFlows flows = region_flows(*a);
  Json regions = Json::array(), values = Json::array();
  for (std::size_t i = 0; i < flows.regions.size(); ++i) {
    regions.push_back(a->regions[static_cast<std::size_t>(flows.regions[i])].code);
    values.push_back(std::vector<double>(flows.values.row(i).begin(), flows.values.row(i).end()));
  }
  return json_answer(dumped({{"regions", regions}, {"values", values}}));
}

static HttpAnswer chain(Service& service, const HttpRequest& request, const Ids& ids) {
  const auto a = accounts_of(service, ids[0]);
  const ProductChain chain = product_chain(*a, known_region(*a, request.parameter("region").value_or("")),
                                           known_sector(*a, request.parameter("sector").value_or("")));
  Json nodes = Json::array(), links = Json::array();
  for (const ChainNode& node : chain.nodes) nodes.push_back({{"id", node.id}, {"name", node.name}, {"kind", node.kind}});
  for (const ChainLink& link : chain.links) links.push_back({{"from", link.from}, {"to", link.to}, {"value", link.value}});
  return json_answer(dumped({{"nodes", nodes}, {"links", links}, {"negative", chain.negative}}));
}

static HttpAnswer indicators(Service& service, const HttpRequest& request, const Ids& ids) {
  const auto a = accounts_of(service, ids[0]);
  const std::vector<std::string> names = taken_apart(request.parameters("name"));
  if (names.empty()) fail(Exit::usage, "usage", "", "", "name", "no name of an indicator", "name=N", "GET /api/lists names them");
  const Question question =
      question_of(*a, {taken_apart(request.parameters("region")), taken_apart(request.parameters("partner")),
                       taken_apart(request.parameters("sector")), request.parameters("bloc"), request.parameters("with")});
  const Picture picture(*a);
  std::vector<EffectRow> rows;
  for (const std::string& name : names) {
    const IndicatorAnswer found = ask(find_indicator(name), picture, question);
    rows.insert(rows.end(), found.rows.begin(), found.rows.end());
  }
  return json_answer(rows_json(rows));
}

std::span<const Route> project_routes() {
  static constexpr Route routes[] = {{"GET", "/api/project", project},
                                     {"GET", "/api/lists", lists},
                                     {"GET", "/api/accounts/*", accounts},
                                     {"GET", "/api/accounts/*/check", check},
                                     {"GET", "/api/accounts/*/region", region},
                                     {"GET", "/api/accounts/*/pair", pair},
                                     {"GET", "/api/accounts/*/flows", flows},
                                     {"GET", "/api/accounts/*/chain", chain},
                                     {"GET", "/api/accounts/*/indicators", indicators}};
  return routes;
}

}  // namespace kontor::web
