#include "programme/values.h"

#include <algorithm>
#include <cmath>

#include "kontor/base/sum.h"
#include "kontor/base/text.h"

namespace kontor {

constexpr double earliest_year = 1900, latest_year = 2200;
constexpr double share_tolerance = 1e-6;  // of a sum of shares, which people write with a few decimals

static bool refuse(const Field& field, const Raw& raw, const char* code, std::string found, std::string expected, std::string remedy,
                   Findings& findings) {
  findings.push_back(problem_at(raw, field.name, code, std::move(found), std::move(expected), std::move(remedy)));
  return false;
}

static bool wrong_kind(const Field& field, const Raw& raw, const char* expected, Findings& findings) {
  return refuse(field, raw, "wrong-kind", shown(raw) + " in `" + field.name + '`', expected, field.meaning, findings);
}

// "5 %" is the one unit a share may carry.
static bool read_plain_number(const Raw& raw, bool percent, double& number) {
  if (raw.kind == RawKind::number) number = raw.number;
  if (raw.kind == RawKind::text && percent) {
    const std::string_view text = trimmed(raw.text);
    if (text.empty() || text.back() != '%') return false;
    if (read_number(trimmed(text.substr(0, text.size() - 1)), number) != NumberProblem::none) return false;
    number /= 100.0;
  } else if (raw.kind != RawKind::number) {
    return false;
  }
  return std::isfinite(number);
}

// Which numbers a field may hold, and how to write them.
static bool in_range(const Field& field, const Raw& raw, FieldType type, double number, Findings& findings) {
  const std::string found = '`' + number_text(number) + "` in `" + field.name + '`';
  switch (type) {
    case FieldType::share:
      if (number >= 0.0 && number <= 1.0) return true;
      return refuse(field, raw, "out-of-range", found, "a share from 0 to 1",
                    number > 1.0 && number <= 100.0 ? "for " + number_text(number) + " per cent write " + number_text(number / 100.0) +
                                                          " or \"" + number_text(number) + " %\""
                                                    : "write 0.05 for five per cent",
                    findings);
    case FieldType::amount:
      if (number >= 0.0) return true;
      return refuse(field, raw, "out-of-range", found, "an amount of money from 0 up", "money that flows back has a field of its own",
                    findings);
    case FieldType::year:
      if (number >= earliest_year && number <= latest_year && number == std::floor(number)) return true;
      return refuse(field, raw, "out-of-range", found, "a year from 1900 to 2200", "write it with four digits", findings);
    default: return true;
  }
}

static bool read_range(const Field& field, const Raw& raw, FieldType type, Range& range, Findings& findings) {
  const bool percent = type == FieldType::share;
  if (raw.kind != RawKind::table) {
    double number = 0.0;
    if (!read_plain_number(raw, percent, number)) return wrong_kind(field, raw, "a number", findings);
    range = {number, number, number};
    return in_range(field, raw, type, number, findings);
  }
  double* const parts[] = {&range.low, &range.mid, &range.high};
  const char* const names[] = {"low", "mid", "high"};
  for (int i = 0; i < 3; ++i) {
    const Raw* part = raw.find(names[i]);
    if (!part || raw.entries.size() != 3 || type == FieldType::year)
      return wrong_kind(field, raw, type == FieldType::year ? "a year" : "a number or a range { low, mid, high } with all three", findings);
    if (!read_plain_number(*part, percent, *parts[i])) return wrong_kind(field, *part, "a number", findings);
    if (!in_range(field, *part, type, *parts[i], findings)) return false;
  }
  if (range.low <= range.mid && range.mid <= range.high) return true;
  return refuse(field, raw, "range-order",
                "low " + number_text(range.low) + ", mid " + number_text(range.mid) + ", high " + number_text(range.high),
                "low <= mid <= high", "put the three in order", findings);
}

static bool is_label(const Field& field, const Raw& raw, const std::string& label, const std::vector<std::string>& labels, const char* what,
                     Findings& findings) {
  if (std::find(labels.begin(), labels.end(), label) != labels.end()) return true;
  for (const std::string& other : labels)
    if (look_alike_skeleton(other) == look_alike_skeleton(label))
      return refuse(field, raw, "look-alike", std::string(what) + ' ' + quoted(label) + " is not in the accounts",
                    quoted(other) + " looks the same but has other letters", "type the label of the accounts", findings);
  const std::string code = std::string("unknown-") + what;
  return refuse(field, raw, code.c_str(), std::string("unknown ") + what + ' ' + quoted(label), did_you_mean(label, labels),
                "use a label of the accounts", findings);
}

static bool read_text(const Field& field, const Raw& raw, std::string& text, Findings& findings) {
  if (raw.kind == RawKind::date && field.type != FieldType::text) return wrong_kind(field, raw, "a text in quotes", findings);
  if (raw.kind != RawKind::text && raw.kind != RawKind::date) return wrong_kind(field, raw, "a text in quotes", findings);
  text = raw.text;
  return true;
}

static bool read_label(const Field& field, const Raw& raw, const KnownLabels& labels, FieldType type, std::string& text,
                       Findings& findings) {
  if (!read_text(field, raw, text, findings)) return false;
  if (type == FieldType::region) return is_label(field, raw, text, labels.regions, "region", findings);
  if (type == FieldType::sector) return is_label(field, raw, text, labels.sectors, "sector", findings);
  if (type == FieldType::category) return is_label(field, raw, text, labels.categories, "use", findings);
  return true;
}

bool read_month(const Raw& raw, bool last, double& month) {
  if (raw.kind == RawKind::number && raw.integer && raw.number >= earliest_year && raw.number <= latest_year) {
    month = raw.number * 12 + (last ? 11 : 0);
    return true;
  }
  const std::string& text = raw.text;
  if (raw.kind != RawKind::text && raw.kind != RawKind::date) return false;
  const auto year = read_integer(std::string_view(text).substr(0, 4));
  if (text.size() < 4 || !year || *year < earliest_year || *year > latest_year) return false;
  if (text.size() == 4) return month = static_cast<double>(*year) * 12 + (last ? 11 : 0), true;
  if (text[4] != '-' || (text.size() != 7 && text.size() != 10)) return false;
  const auto in_year = read_integer(std::string_view(text).substr(5, 2));
  if (!in_year || *in_year < 1 || *in_year > 12) return false;
  if (text.size() == 10 && (text[7] != '-' || !read_integer(std::string_view(text).substr(8, 2)))) return false;
  month = static_cast<double>(*year * 12 + *in_year - 1);
  return true;
}

static bool read_period(const Field& field, const Raw& raw, Value& value, Findings& findings) {
  if (raw.items.size() != 2) return wrong_kind(field, raw, "two months, [\"2026-07\", \"2028-12\"], or two years", findings);
  value.numbers.resize(2);
  for (std::size_t i = 0; i < 2; ++i) {
    if (!read_month(raw.items[i], i == 1, value.numbers[i]))
      return wrong_kind(field, raw.items[i], "a month \"2026-07\" or a year", findings);
    value.list.push_back(raw.items[i].kind == RawKind::number ? number_text(raw.items[i].number) : raw.items[i].text);
  }
  if (value.numbers[0] <= value.numbers[1]) return true;
  return refuse(field, raw, "end-before-start", "a period from " + value.list[0] + " to " + value.list[1],
                "the end is not before the start", "exchange the two", findings);
}

static bool sums_to_one(const Field& field, const Raw& raw, double sum, bool at_most, Findings& findings) {
  if (at_most ? sum <= 1.0 + share_tolerance : std::fabs(sum - 1.0) <= share_tolerance) return true;
  // Twelve digits hide the rounding of the sum itself.
  const std::string text = number_text(std::round(sum * 1e12) / 1e12);
  return refuse(field, raw, "share-sum", "the shares in `" + std::string(field.name) + "` sum to " + text,
                at_most ? "they sum to at most 1" : "they sum to 1", "correct them so that they do", findings);
}

static bool read_numbers(const Field& field, const Raw& raw, Value& value, Findings& findings) {
  const FieldType type = field.type == FieldType::years ? FieldType::year : FieldType::share;
  std::vector<Raw> one;
  if (raw.kind == RawKind::number) one = {raw};
  if (raw.kind != RawKind::list && one.empty()) return wrong_kind(field, raw, "a list of numbers", findings);
  Sum sum;
  for (const Raw& item : one.empty() ? raw.items : one) {
    Range range;
    if (item.kind == RawKind::table) return wrong_kind(field, item, "a plain number", findings);
    if (!read_range(field, item, type, range, findings)) return false;
    value.numbers.push_back(range.mid);
    sum.add(range.mid);
  }
  if (value.numbers.empty()) return wrong_kind(field, raw, "at least one number", findings);
  if (type == FieldType::year && !std::is_sorted(value.numbers.begin(), value.numbers.end()))
    return refuse(field, raw, "year-order", "years that go back", "years in their order", "sort them", findings);
  return field.type != FieldType::profile || sums_to_one(field, raw, sum.value(), false, findings);
}

static bool read_labels(const Field& field, const Raw& raw, const KnownLabels& labels, Value& value, Findings& findings) {
  std::vector<Raw> one;
  if (raw.kind == RawKind::text) one = {raw};
  if (raw.kind != RawKind::list && one.empty()) return wrong_kind(field, raw, "a list of texts", findings);
  const FieldType type = field.type == FieldType::regions   ? FieldType::region
                         : field.type == FieldType::sectors ? FieldType::sector
                                                            : FieldType::text;
  for (const Raw& item : one.empty() ? raw.items : one) {
    std::string text;
    if (item.kind == RawKind::text && item.text == "all" && type == FieldType::sector)
      text = item.text;
    else if (!read_label(field, item, labels, type, text, findings))
      return false;
    if (std::find(value.list.begin(), value.list.end(), text) != value.list.end())
      return refuse(field, item, "listed-twice", quoted(text) + " stands twice in `" + field.name + '`', "each name once", "remove one",
                    findings);
    value.list.push_back(std::move(text));
  }
  return true;
}

static bool read_weights(const Field& field, const Raw& raw, const KnownLabels& labels, Value& value, Findings& findings) {
  if (raw.kind != RawKind::table || raw.entries.empty()) return wrong_kind(field, raw, "a table { NAME = share, ... }", findings);
  Sum sum;
  bool good = true;
  for (const auto& [name, item] : raw.entries) {
    if (field.type == FieldType::region_shares)
      good &= is_label(field, item, name, labels.regions, "region", findings);
    else if (field.type == FieldType::named_shares)
      good &= is_label(field, item, name, split(field.choices, '|'), "name", findings);
    else
      good &= is_label(field, item, name, labels.sectors, "sector", findings);
    Range range;
    good &= read_range(field, item, FieldType::share, range, findings);
    sum.add(range.mid);
    value.weights.emplace_back(name, range);
  }
  return good && sums_to_one(field, raw, sum.value(), field.type == FieldType::sector_parts, findings);
}

static bool read_trade_costs(const Field& field, const Raw& raw, const KnownLabels& labels, Value& value, Findings& findings) {
  static constexpr Field parts[] = {
      {"from", FieldType::region, true, "where the goods come from"},
      {"to", FieldType::region, true, "where the goods go"},
      {"change", FieldType::number, true, "change of the cost of shipping, -0.03: three per cent less; above -1 and up to 1"},
      {"both_ways", FieldType::flag, false, "true: the way back changes too"},
      {"sectors", FieldType::sectors, false, "sectors that it holds for; all if absent"},
  };
  if (raw.kind != RawKind::list || raw.items.empty()) return wrong_kind(field, raw, "a list of { from, to, change }", findings);
  const std::size_t before = findings.size();
  for (const Raw& item : raw.items) {
    if (item.kind != RawKind::table) return wrong_kind(field, item, "a table { from, to, change }", findings);
    const auto values = read_fields(item, rows_of(parts), labels, field.name, findings);
    if (findings.size() > before) return false;
    const Range range = values.at("change").number;
    TradeCostChange cost{values.at("from").text, values.at("to").text, range.mid, false, {}, range};
    for (const double change : {range.mid, range.low, range.high})
      if (change <= -1.0 || change > 1.0)
        return refuse(field, item, "out-of-range", '`' + number_text(change) + "` as a change of trade cost", "above -1 and up to 1",
                      "write -0.03 for three per cent less", findings);
    if (values.count("both_ways")) cost.both_ways = values.at("both_ways").flag;
    if (values.count("sectors") && values.at("sectors").list != std::vector<std::string>{"all"}) cost.sectors = values.at("sectors").list;
    value.trade_costs.push_back(std::move(cost));
  }
  return true;
}

static bool read_choices(const Field& field, const Raw& raw, const KnownLabels& labels, Value& value, Findings& findings) {
  if (!read_labels(field, raw, labels, value, findings)) return false;
  const std::vector<std::string> words = split(field.choices, '|');
  for (const std::string& word : value.list)
    if (std::find(words.begin(), words.end(), word) == words.end())
      return refuse(field, raw, "unknown-word", quoted(word) + " in `" + field.name + '`', "one of: " + joined(words, ", "),
                    did_you_mean(word, words), findings);
  return true;
}

static bool read_groups(const Field& field, const Raw& raw, Value& value, Findings& findings) {
  const char* const wanted = "a list of lists of names, [[\"M1.additional\", \"M2.additional\"]]";
  if (raw.kind != RawKind::list || raw.items.empty()) return wrong_kind(field, raw, wanted, findings);
  for (const Raw& group : raw.items) {
    if (group.kind != RawKind::list || group.items.empty()) return wrong_kind(field, group, wanted, findings);
    value.groups.emplace_back();
    for (const Raw& name : group.items) {
      if (name.kind != RawKind::text) return wrong_kind(field, name, wanted, findings);
      value.groups.back().push_back(name.text);
    }
  }
  return true;
}

// { default = "triangular", M1.additional = "pert" }: a name without quotes around its dots is a table in a table.
static bool read_names(const Field& field, const Raw& raw, const std::string& prefix, Value& value, Findings& findings) {
  const std::vector<std::string> words = split(field.choices, '|');
  if (raw.kind == RawKind::table && !raw.entries.empty()) {
    bool good = true;
    for (const auto& [name, item] : raw.entries)
      good &= read_names(field, item, prefix.empty() ? name : prefix + '.' + name, value, findings);
    return good;
  }
  if (raw.kind != RawKind::text) return wrong_kind(field, raw, "a text in quotes, or a table { NAME = \"text\" }", findings);
  if (std::find(words.begin(), words.end(), raw.text) == words.end())
    return refuse(field, raw, "unknown-word", quoted(raw.text) + " in `" + field.name + '`', "one of: " + joined(words, ", "),
                  did_you_mean(raw.text, words), findings);
  value.names.emplace_back(prefix == "default" ? "" : prefix, raw.text);
  return true;
}

bool read_value(const Field& field, const Raw& raw, const KnownLabels& labels, Value& value, Findings& findings) {
  switch (field.type) {
    case FieldType::number:
    case FieldType::share:
    case FieldType::amount:
    case FieldType::year: return read_range(field, raw, field.type, value.number, findings);
    case FieldType::flag:
      if (raw.kind != RawKind::flag) return wrong_kind(field, raw, "true or false, without quotes", findings);
      value.flag = raw.flag;
      return true;
    case FieldType::text:
    case FieldType::region:
    case FieldType::sector:
    case FieldType::category: return read_label(field, raw, labels, field.type, value.text, findings);
    case FieldType::choice: {
      if (!read_text(field, raw, value.text, findings)) return false;
      const std::vector<std::string> words = split(field.choices, '|');
      if (std::find(words.begin(), words.end(), value.text) != words.end()) return true;
      return refuse(field, raw, "unknown-word", quoted(value.text) + " in `" + field.name + '`', "one of: " + joined(words, ", "),
                    did_you_mean(value.text, words), findings);
    }
    case FieldType::period: return read_period(field, raw, value, findings);
    case FieldType::years:
    case FieldType::shares:
    case FieldType::profile: return read_numbers(field, raw, value, findings);
    case FieldType::regions:
    case FieldType::sectors:
    case FieldType::measures: return read_labels(field, raw, labels, value, findings);
    case FieldType::region_shares:
    case FieldType::sector_shares:
    case FieldType::sector_parts:
    case FieldType::named_shares: return read_weights(field, raw, labels, value, findings);
    case FieldType::trade_costs: return read_trade_costs(field, raw, labels, value, findings);
    case FieldType::choices: return read_choices(field, raw, labels, value, findings);
    case FieldType::groups: return read_groups(field, raw, value, findings);
    case FieldType::names: return read_names(field, raw, "", value, findings);
  }
  return false;
}

}  // namespace kontor
