// exports_decomposition and the measures of participation: settings in, rows out.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "decompose_exports.h"
#include "gvc_participation.h"
#include "kontor/base/error.h"
#include "kontor/base/sum.h"
#include "kontor/base/text.h"
#include "kontor/indicators/effects.h"
#include "trade_tables.h"
#include "value_added_answers.h"

namespace kontor {

static DecompositionQuestion decomposition_question(const Question& question) {
  static constexpr std::array<std::string_view, 4> borders = {"exporter", "exporter_sector", "partner", "partner_sector"};
  std::vector<std::string_view> names;
  for (const DecompositionMethod& method : decomposition_methods()) names.push_back(method.name);
  DecompositionQuestion q;
  const std::string name = word_setting(question.settings, "method", names);
  for (const DecompositionMethod& method : decomposition_methods())
    if (method.name == name) q.method = &method;
  const std::string border = word_setting(question.settings, "perspective", borders);
  for (std::size_t k = 0; k < borders.size(); ++k)
    if (borders[k] == border) q.perspective = static_cast<Perspective>(k);
  q.level = level_of(question), q.regions = question.regions, q.partners = question.partners;
  if (!q.method->perspectives && q.perspective != Perspective::exporter)
    fail(Exit::usage, "perspective", "", "", "--with perspective", name + " has no perspective " + quoted(border),
         "exporter: its terms are defined at the exporter's whole border only", "use method=bm_source, bm_sink or my for other borders");
  if (!q.method->by_partner && !q.partners.empty())
    fail(Exit::usage, "usage", "", "", "--partner", name + " decomposes all exports together, not those to a partner", "no --partner",
         "use method=wwz for the same terms by partner");
  if (by_pair(q.perspective) && q.partners.empty())
    fail(Exit::usage, "usage", "", "", "--partner", "perspective=" + border + " without a partner",
         "a partner: each border is that of a pair, and what crosses several is counted at each", "name partners, or --partner all");
  return q;
}

// Values of one term by sector, and their total.
static std::vector<double> by_sector(const Accounts& a, const DecomposedExports& e, std::size_t term) {
  std::vector<Sum> sums(a.sectors.size() + 1);
  for (std::size_t i = 0; i < e.cells.size(); ++i) {
    sums[static_cast<std::size_t>(a.cells[e.cells[i]].sector)].add(e.values(term, i));
    sums.back().add(e.values(term, i));
  }
  std::vector<double> values;
  for (const Sum& sum : sums) values.push_back(sum.value());
  return values;
}

static void note_not_available(IndicatorAnswer& answer, const RegionSet& set) {
  answer.notes.push_back(set.code + ": not available, because a member has no production accounts");
}

IndicatorAnswer decomposition_answer(const Picture& picture, const Question& question) {
  const Accounts& a = picture.accounts();
  const DecompositionQuestion q = decomposition_question(question);
  const std::string unit = money_unit(a);
  IndicatorAnswer answer;
  std::set<int> not_available;
  Sum others, totals;
  const std::vector<DecomposedExports> decomposed = decompose_exports(picture, q);
  std::size_t count = 0;
  for (const DecomposedExports& e : decomposed) count += e.terms.size() * (std::min(e.cells.size(), a.sectors.size()) + 1);
  answer.rows.reserve(question.sectors.empty() ? count : 0);
  for (const DecomposedExports& e : decomposed) {
    const RegionSet& set = question.regions[static_cast<std::size_t>(e.region)];
    const std::string partner = e.partner < 0 ? "" : question.partners[static_cast<std::size_t>(e.partner)].code;
    if (!e.available) {
      if (not_available.insert(e.region).second) note_not_available(answer, set);
      answer.rows.push_back({"", set.code, "", partner, 0, "", "EXGR", std::nan(""), unit});
      continue;
    }
    const std::vector<bool> shown = sectors_sold_by(a, set.regions), none(a.sectors.size(), false);
    std::vector<std::vector<double>> values;
    for (std::size_t term = 0; term < e.terms.size(); ++term) values.push_back(by_sector(a, e, term));
    totals.add(std::fabs(values.front().back())), others.add(std::fabs(values.back().back()));
    for (std::size_t term = 0; term < e.terms.size(); ++term)  // totals first: they are what most look for
      add_by_sector(answer, question, a, set.code, partner, e.terms[term]->name, values[term], none, unit);
    for (std::size_t term = 0; term < e.terms.size(); ++term)
      for (std::size_t s = 0; s < shown.size(); ++s)
        if (shown[s] && is_asked(question, static_cast<int>(s)))
          answer.rows.push_back({"", set.code, a.sectors[s].code, partner, 0, "", e.terms[term]->name, values[term][s], unit});
  }
  std::string parts;
  for (const Term& term : q.method->parts) parts += std::string(term.name) + " + ";
  answer.notes.insert(answer.notes.begin(), "EXGR = " + parts + "OTHER; the other terms are sums of these");
  if (others.value() > 1e-9 * totals.value())
    answer.notes.push_back(fmt::format("OTHER is {:.2g} % of these exports", 100.0 * others.value() / totals.value()));
  for (const std::string& rule : rules_applied(picture)) answer.notes.push_back(rule);
  return answer;
}

static std::vector<double> percent_of(std::vector<double> part, const std::vector<double>& whole) {
  for (std::size_t k = 0; k < part.size(); ++k) part[k] = whole[k] > 0.0 ? 100.0 * part[k] / whole[k] : std::nan("");
  return part;
}

namespace {

/// One column of rows: a term by sector.
struct TermValues {
  const char* term;
  std::vector<double> values;
  bool percent = false;
};

}  // namespace

static void add_terms(IndicatorAnswer& answer, const Question& question, const Accounts& a, int region, int partner,
                      const std::vector<TermValues>& terms) {
  const RegionSet& set = question.regions[static_cast<std::size_t>(region)];
  const std::string code = partner < 0 ? "" : question.partners[static_cast<std::size_t>(partner)].code;
  const std::vector<bool> shown = sectors_sold_by(a, set.regions);
  for (const TermValues& t : terms)
    add_by_sector(answer, question, a, set.code, code, t.term, t.values, shown, t.percent ? "%" : money_unit(a));
}

static void add_not_available(IndicatorAnswer& answer, const Question& question, const Accounts& a, int region, int partner,
                              const char* term) {
  const RegionSet& set = question.regions[static_cast<std::size_t>(region)];
  const std::string code = partner < 0 ? "" : question.partners[static_cast<std::size_t>(partner)].code;
  answer.rows.push_back({"", set.code, "", code, 0, "", term, std::nan(""), money_unit(a)});
  if (partner <= 0) note_not_available(answer, set);
}

IndicatorAnswer vertical_specialisation_answer(const Picture& picture, const Question& question) {
  const Accounts& a = picture.accounts();
  IndicatorAnswer answer;
  for (const Participation& p : participation(picture, question.regions, question.partners, level_of(question)))
    if (p.available)
      add_terms(answer, question, a, p.region, p.partner,
                {{"VS", p.imported_inputs}, {"VS_percent", percent_of(p.imported_inputs, p.exports), true}});
    else
      add_not_available(answer, question, a, p.region, p.partner, "VS");
  for (const std::string& rule : rules_applied(picture)) answer.notes.push_back(rule);
  return answer;
}

static std::vector<double> plus(std::vector<double> one, const std::vector<double>& other) {
  for (std::size_t k = 0; k < one.size(); ++k) one[k] += other[k];
  return one;
}

static void add_participation(IndicatorAnswer& answer, const Question& question, const Accounts& a, int region, int partner,
                              const std::vector<double>& backward, const std::vector<double>& forward, const std::vector<double>& exports) {
  const std::vector<double> both = plus(backward, forward);
  add_terms(answer, question, a, region, partner,
            {{"backward", backward},
             {"forward", forward},
             {"participation", both},
             {"backward_percent", percent_of(backward, exports), true},
             {"forward_percent", percent_of(forward, exports), true},
             {"participation_percent", percent_of(both, exports), true}});
}

static void add_borin_mancini(const Picture& picture, const Question& question, IndicatorAnswer& answer) {
  const Accounts& a = picture.accounts();
  DecompositionQuestion q;
  q.method = &decomposition_methods().front();
  q.level = level_of(question), q.regions = question.regions, q.partners = question.partners;
  for (const DecomposedExports& e : decompose_exports(picture, q)) {
    if (!e.available) {
      add_not_available(answer, question, a, e.region, e.partner, "backward");
      continue;
    }
    std::vector<double> backward, forward;
    for (std::size_t t = 0; t < e.terms.size(); ++t) {
      if (std::string_view(e.terms[t]->name) == "GVCB") backward = by_sector(a, e, t);
      if (std::string_view(e.terms[t]->name) == "GVCF") forward = by_sector(a, e, t);
    }
    add_participation(answer, question, a, e.region, e.partner, backward, forward, by_sector(a, e, 0));
  }
}

IndicatorAnswer participation_answer(const Picture& picture, const Question& question) {
  static constexpr std::array<std::string_view, 2> words = {"koopman", "borin_mancini"};
  const Accounts& a = picture.accounts();
  IndicatorAnswer answer;
  if (word_setting(question.settings, "definition", words) == "borin_mancini")
    add_borin_mancini(picture, question, answer);
  else
    for (const Participation& p : participation(picture, question.regions, question.partners, level_of(question)))
      if (p.available)
        add_participation(answer, question, a, p.region, p.partner, p.backward, p.forward, p.exports);
      else
        add_not_available(answer, question, a, p.region, p.partner, "backward");
  for (const std::string& rule : rules_applied(picture)) answer.notes.push_back(rule);
  return answer;
}

}  // namespace kontor
