#include "report/measure_facts.h"

#include <algorithm>
#include <cmath>

#include "kontor/base/text.h"
#include "report/number_format.h"

namespace kontor {

std::string measure_title(const Written& m) { return m.title.empty() ? m.id : m.title; }

// As written: no zeros behind the last digit that says something.
static std::string plain(double value) {
  std::string text = rounded_number(value, 9);
  if (text.find('.') != std::string::npos) text.erase(text.find_last_not_of('0') + 1);
  if (!text.empty() && text.back() == '.') text.pop_back();
  return text;
}

static std::string with_spaces(std::string name) {
  std::replace(name.begin(), name.end(), '_', ' ');
  return name;
}

static std::string range_text(const Range& r) {
  return r.is_range() ? plain(r.low) + " to " + plain(r.high) + " (middle " + plain(r.mid) + ")" : plain(r.mid);
}

// Which member is filled follows from the field's type; here the first that holds something is taken.
static std::string value_text(const Value& v) {
  std::vector<std::string> parts;
  if (!v.text.empty()) return v.text;
  if (!v.list.empty()) return joined(v.list, ", ");
  for (const double number : v.numbers) parts.push_back(number_text(number));
  for (const auto& [name, share] : v.weights) parts.push_back(name + " " + range_text(share));
  for (const TradeCostChange& c : v.trade_costs)
    parts.push_back(c.from + (c.both_ways ? " and " : " to ") + c.to + ": " + percent_text(100 * c.change) +
                    (c.sectors.empty() ? "" : " in " + joined(c.sectors, ", ")));
  if (!parts.empty()) return joined(parts, "; ");
  return v.flag ? "yes" : range_text(v.number);
}

// Text of the first of these fields that is written.
static std::string first_of(const Written& m, const std::vector<std::string>& fields) {
  for (const std::string& field : fields)
    if (m.has(field)) return value_text(m.at(field));
  return "";
}

std::string measure_sector(const Written& m) {
  return first_of(m,
                  {"seller.sector", "host.sector", "where.sector", "product.sector", "sector", "tariff.sectors", "ntm.sectors", "sectors"});
}

// Name of a region, or the words that stand where a region could: third_country, nothing.
static std::string region_name(const Accounts& accounts, const std::string& code) {
  const int r = region_index(accounts, code);
  if (r < 0) return with_spaces(code);
  const std::string& name = accounts.regions[static_cast<std::size_t>(r)].name;
  return name.empty() ? code : name;
}

static std::string regions_of(const Accounts& accounts, const Written& m, const std::vector<std::string>& fields) {
  for (const std::string& field : fields) {
    if (!m.has(field)) continue;
    const Value& value = m.at(field);
    std::vector<std::string> names;
    for (const std::string& code : value.list) names.push_back(region_name(accounts, code));
    for (const auto& weight : value.weights) names.push_back(region_name(accounts, weight.first));
    return value.text.empty() ? joined(names, ", ") : region_name(accounts, value.text);
  }
  return "";
}

std::string measure_regions(const Accounts& accounts, const Written& m) {
  const std::string from = regions_of(accounts, m, {"seller.region", "produced_in", "from"}),
                    to = regions_of(accounts, m, {"buyer.region", "users", "to"});
  if (!from.empty() && !to.empty()) return from + " to " + to;
  const std::string place = regions_of(accounts, m, {"host.region", "where.region", "members", "region"});
  if (!place.empty()) return place;
  if (m.has("trade_cost") && !m.at("trade_cost").trade_costs.empty()) {
    const TradeCostChange& c = m.at("trade_cost").trade_costs.front();
    return region_name(accounts, c.from) + (c.both_ways ? " and " : " to ") + region_name(accounts, c.to);
  }
  return from + to;
}

std::string measure_period(const Written& m) {
  if (m.has("period")) {
    const Value& v = m.at("period");
    if (v.list.size() == 2) return v.list[0] + " to " + v.list[1];
    return value_text(v);
  }
  for (const char* years : {"capex.years", "cost.years"})
    if (m.has(years) && !m.at(years).numbers.empty()) {
      const auto [first, last] = std::minmax_element(m.at(years).numbers.begin(), m.at(years).numbers.end());
      return "built " + number_text(*first) + (*first < *last ? "\u2013" + number_text(*last) : "") +
             (m.has("output.start") ? ", runs from " + value_text(m.at("output.start"))
              : m.has("opens")      ? ", opens " + value_text(m.at("opens"))
                                    : "");
    }
  if (m.has("start")) return "from " + value_text(m.at("start"));
  if (m.has("target.by")) return "by " + value_text(m.at("target.by"));
  return "not stated";
}

double stated_money(const Written& m) {
  for (const char* field : {"money.total", "capex.total", "cost.total"})
    if (m.has(field)) return m.at(field).number.mid;
  return std::nan("");
}

double delivered_money(const Written& m) {
  for (const char* field : {"money.delivered", "delivered"})
    if (m.has(field)) return m.at(field).number.mid;
  return m.status == "done" ? stated_money(m) : std::nan("");
}

std::string shares_text(const Accounts& accounts, const Written& m, const std::string& field) {
  if (!m.has(field)) return "";
  std::vector<std::string> parts;
  for (const auto& [name, share] : m.at(field).weights)
    parts.push_back(region_name(accounts, name) + " " + plain(std::round(1e4 * share.mid) / 100) + " %");
  return joined(parts, ", ");
}

std::vector<std::pair<std::string, std::string>> written_fields(const Written& m) {
  std::vector<std::pair<std::string, std::string>> fields;
  for (const auto& [name, value] : m.fields) fields.emplace_back(name, value_text(value));
  return fields;
}

std::vector<std::string> ranges_of(const Written& m) {
  std::vector<std::string> ranges;
  for (const auto& [name, value] : m.fields) {
    if (value.number.is_range()) ranges.push_back(name + " " + range_text(value.number));
    for (const auto& [key, share] : value.weights)
      if (share.is_range()) ranges.push_back(name + "." + key + " " + range_text(share));
  }
  return ranges;
}

std::vector<std::string> agreements_of(const Programme& programme, const std::string& measure) {
  std::vector<std::string> titles;
  for (const Agreement& a : programme.agreements)
    if (std::find(a.measures.begin(), a.measures.end(), measure) != a.measures.end()) titles.push_back(a.title.empty() ? a.id : a.title);
  return titles;
}

}  // namespace kontor
