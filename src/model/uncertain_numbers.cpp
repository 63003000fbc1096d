// Which numbers of a programme are uncertain: its ranges, the elasticities it uses, the closure; and which coordinate each has.
//
// Coordinates are handed out in an order that two versions of a programme share as far as they can: elasticities in the order
// of the sectors, the closure, parameters, then measures in the order of the file, whatever their status. So a programme with
// a measure more at its end draws the same numbers for everything else.
#include <algorithm>
#include <cmath>

#include "kontor/base/distributions.h"
#include "kontor/base/error.h"
#include "kontor/base/text.h"
#include "kontor/model/elasticities.h"
#include "kontor/model/uncertain.h"

namespace kontor {

namespace {

constexpr double low_point = 0.05, high_point = 0.95;  // what is shown of a distribution without bounds

bool under(const std::string& name, const std::string& of) {
  return name == of || (name.size() > of.size() && name.compare(0, of.size(), of) == 0 && name[of.size()] == '.');
}

class Listing {
 public:
  Listing(const Programme& programme, const Accounts& accounts) : p_(programme), u_(programme.uncertainty), a_(accounts) {}

  UncertainNumbers run() {
    elasticities();
    closure();
    parameters();
    for (const Written& measure : p_.measures) ranges_of(measure);
    group();
    check_distributions();
    throw_if_errors(findings_);
    out_.cells = u_.varies("accounts"), out_.age = u_.varies("table_age");
    tell_what_is_fixed();
    for (Uncertain& number : all_)
      if (number.counts) out_.numbers.push_back(std::move(number));
    return std::move(out_);
  }

 private:
  const Programme& p_;
  const Uncertainty& u_;
  const Accounts& a_;
  UncertainNumbers out_;
  std::vector<Uncertain> all_;
  Findings findings_;

  void add(Uncertain number) {
    number.coordinate = out_.coordinates++;
    all_.push_back(std::move(number));
  }

  void problem(const char* code, const char* key, std::string found, std::string expected, std::string remedy) {
    findings_.push_back({Severity::error, code, u_.file.empty() ? p_.file : u_.file, u_.row, std::string("uncertainty.") + key,
                         std::move(found), std::move(expected), std::move(remedy)});
  }

  // The distribution that the file names for the longest part of a number's name.
  std::string distribution_of(const std::string& name) const {
    std::string best = "triangular";
    std::size_t longest = 0;
    for (const auto& [of, distribution] : u_.distribution)
      if ((of.empty() || under(name, of)) && of.size() + 1 > longest) best = distribution, longest = of.size() + 1;
    return best;
  }

  static Uncertain ranged(UncertainKind kind, std::string name, std::string source, std::string distribution, const Range& range) {
    Uncertain number;
    number.kind = kind, number.name = std::move(name), number.source = std::move(source), number.distribution = std::move(distribution);
    number.low = range.low, number.mid = range.mid, number.high = range.high;
    return number;
  }

  // --- elasticities ----------------------------------------------------------------------------------

  void elasticities() {
    if (!u_.varies("trade_elasticity")) return;
    std::vector<std::string> without;
    std::vector<std::size_t> by_estimate;
    for (const UsedElasticity& e : elasticities_of(a_, p_.parameters)) {
      const std::string code = a_.sectors[static_cast<std::size_t>(e.sector)].code;
      const Value* range = nullptr;
      std::string written = "trade_elasticity";
      if (p_.parameters.count("trade_elasticity." + code)) written += '.' + code;
      if (const auto at = p_.parameter_ranges.find(written); p_.parameters.count(written) && at != p_.parameter_ranges.end())
        range = &at->second;
      double error = e.standard_error;
      std::string source = range ? range->source : e.source;
      if (!range && !(error > 0.0) && u_.elasticity_error > 0.0 && p_.parameters.count(written) == 0)
        error = u_.elasticity_error * e.value,
        source += "; standard error assumed by the programme: " + number_text(std::round(1e4 * u_.elasticity_error) / 100) + " % of it";
      if (!range && !(error > 0.0)) {
        without.push_back(code);
        continue;
      }
      // Sectors that take one estimate are off by one error.
      const auto same = std::find_if(all_.begin(), all_.end(), [&](const Uncertain& n) {
        return n.source == source && n.mid == (range ? range->number.mid : e.value) && (range || n.standard_error == error);
      });
      if (same != all_.end()) {
        same->sectors.push_back(e.sector);
        continue;
      }
      Uncertain number = ranged(UncertainKind::elasticity, "trade_elasticity." + code, source,
                                range ? distribution_of("trade_elasticity." + code) : "lognormal", range ? range->number : Range{});
      number.sectors = {e.sector};
      if (!range) {
        number.mid = e.value, number.standard_error = error;
        number.low = positive_quantile(low_point, e.value, error), number.high = positive_quantile(high_point, e.value, error);
      }
      add(std::move(number));
    }
    for (Uncertain& number : all_) name_by_sectors(number);
    if (!without.empty())
      out_.fixed.push_back("trade elasticities without a standard error: " + joined(without, ", ") +
                           " (`elasticity_error` in [uncertainty] assumes one)");
  }

  // Two sectors stand in the name; where there are more, all of them beside the source.
  void name_by_sectors(Uncertain& number) const {
    std::vector<std::string> codes;
    for (const int sector : number.sectors) codes.push_back(a_.sectors[static_cast<std::size_t>(sector)].code);
    if (codes.size() == 2) number.name += '+' + codes[1];
    if (codes.size() <= 2) return;
    number.name += '+' + std::to_string(codes.size() - 1) + " more";
    number.source += "; one error for " + joined(codes, ", ");
  }

  void closure() {
    if (!u_.varies("closure")) return;
    Uncertain number = ranged(UncertainKind::closure, "closure", u_.file.empty() ? p_.file : u_.file + ':' + u_.row, "discrete", Range{});
    for (const char* name : {"own", "short_run", "long_run"})
      for (const auto& [written, chance] : u_.closures)
        if (written == name && chance > 0.0) {
          number.source +=
              std::string(out_.closures.empty() ? ": " : ", ") + name + ' ' + number_text(std::round(1e4 * chance) / 100) + " %";
          out_.closures.push_back(name), number.chances.push_back(chance);
        }
    number.mid = -1.0, number.high = static_cast<double>(out_.closures.size()) - 1.0;  // -1: the own closure is not among them
    for (std::size_t k = 0; k < out_.closures.size(); ++k)
      if (out_.closures[k] == "own" || out_.closures[k] == p_.closure) number.mid = static_cast<double>(k);
    add(std::move(number));
  }

  void parameters() {
    if (!u_.varies("measure_ranges")) return;
    for (const auto& [name, value] : p_.parameter_ranges) {
      if (under(name, "trade_elasticity")) continue;
      Uncertain number =
          ranged(UncertainKind::parameter, "parameters." + name, value.source, distribution_of("parameters." + name), value.number);
      number.field = name;
      out_.calibrates = true;
      add(std::move(number));
    }
  }

  // --- measures --------------------------------------------------------------------------------------

  void ranges_of(const Written& measure) {
    const bool counts = is_committed(measure), varies = u_.varies("measure_ranges");
    const MeasureKind* kind = find_measure_kind(measure.kind);
    const auto take = [&](Uncertain number, const std::string& field, std::size_t part) {
      number.measure = measure.id, number.field = field, number.part = part, number.counts = counts;
      if (varies)
        add(std::move(number));
      else if (counts)
        out_.fixed.push_back(number.name + ": \"measure_ranges\" is not in `vary`");
    };
    for (const Field& field : kind->fields) {
      const std::string name = measure.id + '.' + field.name;
      if (!measure.has(field.name)) {
        if (std::string_view(field.name) == "additional")  // nothing is known of what nobody stated
          take(ranged(UncertainKind::field, name, measure.source + ", not stated: anything from 0 to 1", "uniform", {0.0, 1.0, 1.0}),
               field.name, 0);
        continue;
      }
      const Value& value = measure.at(field.name);
      if (value.number.is_range())
        take(ranged(UncertainKind::field, name, value.source, distribution_of(name), value.number), field.name, 0);
      for (std::size_t k = 0; k < value.weights.size(); ++k) {
        const auto& [label, share] = value.weights[k];
        if (!share.is_range()) continue;
        Uncertain number = ranged(UncertainKind::weight, name + '.' + label, value.source, distribution_of(name + '.' + label), share);
        number.of_whole = field.type != FieldType::sector_parts;
        take(std::move(number), field.name, k);
      }
      for (std::size_t k = 0; k < value.trade_costs.size(); ++k) {
        if (!value.trade_costs[k].range.is_range()) continue;
        const std::string part = name + '.' + std::to_string(k + 1);
        take(ranged(UncertainKind::trade_cost, part, value.source, distribution_of(part), value.trade_costs[k].range), field.name, k);
      }
    }
  }

  // --- groups ----------------------------------------------------------------------------------------

  bool is_named(const Uncertain& number, const std::string& name) const {
    if (under(number.name, name)) return true;
    for (const int sector : number.sectors)
      if (name == "trade_elasticity." + a_.sectors[static_cast<std::size_t>(sector)].code) return true;
    return false;
  }

  std::vector<std::string> names() const {
    std::vector<std::string> list;
    for (const Uncertain& number : all_)
      if (number.kind != UncertainKind::closure) list.push_back(number.name);
    return list;
  }

  void group() {
    std::vector<bool> taken(all_.size(), false);
    for (const auto& members : u_.groups) {
      std::vector<std::size_t> group;
      for (const std::string& name : members) {
        bool any = false;
        for (std::size_t k = 0; k < all_.size(); ++k) {
          if (all_[k].kind == UncertainKind::closure || !is_named(all_[k], name)) continue;
          any = true;
          if (taken[k])
            problem("listed-twice", "groups", "`" + all_[k].name + "` is in two groups", "a number has one coordinate", "join the groups");
          taken[k] = true;
          group.push_back(k);
        }
        if (!any)
          problem("unknown-number", "groups", quoted(name) + " in `groups` names no number that varies", did_you_mean(name, names()),
                  "use MEASURE, MEASURE.FIELD, trade_elasticity or trade_elasticity.SECTOR of what `vary` holds");
      }
      if (!group.empty()) {
        const std::size_t first = *std::min_element(group.begin(), group.end());
        for (const std::size_t k : group) all_[k].coordinate = all_[first].coordinate;
      }
    }
  }

  void check_distributions() {
    for (const auto& [of, distribution] : u_.distribution)
      if (!of.empty() && std::none_of(all_.begin(), all_.end(), [&](const Uncertain& n) { return is_named(n, of); }))
        problem("unknown-number", "distribution", quoted(of) + " in `distribution` names no range that varies", did_you_mean(of, names()),
                "use MEASURE or MEASURE.FIELD of a range");
    for (const Uncertain& number : all_) {
      if (number.distribution != "normal" || !is_bounded(number)) continue;
      problem("range-bounds", "distribution", "`" + number.name + "` is a share and its distribution is normal, which has no bounds",
              "draws stay where the field may be", "use triangular, uniform or pert for it");
    }
    check_parts();
  }

  // Fields whose rule an unbounded draw would break.
  bool is_bounded(const Uncertain& number) const {
    if (number.kind == UncertainKind::weight || number.kind == UncertainKind::trade_cost || number.kind == UncertainKind::elasticity ||
        number.kind == UncertainKind::parameter)
      return true;
    for (const Written& measure : p_.measures)
      if (measure.id == number.measure)
        for (const Field& field : find_measure_kind(measure.kind)->fields)
          if (field.name == number.field) return field.type == FieldType::share || field.type == FieldType::amount;
    return false;
  }

  // Shares of a whole: at their highest the parts of a sum that may be below one must not exceed it, and those that sum to
  // one must not all vanish.
  void check_parts() {
    for (const Written& measure : p_.measures)
      for (const Field& field : find_measure_kind(measure.kind)->fields) {
        if (!measure.has(field.name)) continue;
        const Value& value = measure.at(field.name);
        double lowest = 0.0, highest = 0.0;
        bool any = false;
        for (const auto& [label, share] : value.weights) lowest += share.low, highest += share.high, any |= share.is_range();
        const bool parts = field.type == FieldType::sector_parts;
        if (!any || (parts ? highest <= 1.0 + 1e-9 : lowest > 0.0)) continue;
        const std::size_t colon = value.source.rfind(':');
        findings_.push_back({Severity::error, "range-bounds", value.source.substr(0, colon), value.source.substr(colon + 1), field.name,
                             "measure `" + measure.id + "`: at the " + (parts ? "highest" : "lowest") +
                                 " of their ranges the shares sum to " + number_text(std::round(1e9 * (parts ? highest : lowest)) / 1e9),
                             parts ? "they sum to at most 1" : "something is left to share", "narrow the ranges"});
      }
  }

  void tell_what_is_fixed() {
    const auto tell = [&](const char* what, const char* words) {
      if (!u_.varies(what)) out_.fixed.push_back(std::string(words) + ": \"" + what + "\" is not in `vary`");
    };
    tell("trade_elasticity", "trade elasticities");
    tell("closure", "the closure");
    tell("accounts", "cells of the accounts");
    tell("table_age", "the age of the table");
    out_.fixed.push_back("plain numbers of the programme: a number without a range is taken as known");
  }
};

}  // namespace

UncertainNumbers uncertain_numbers(const Programme& programme, const Accounts& accounts) { return Listing(programme, accounts).run(); }

}  // namespace kontor
