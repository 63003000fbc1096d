// A scan as people read it: a table a kind of lever, what a step is, who else gains or loses.
#include "kontor/report/scan_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "kontor/indicators/effects.h"
#include "kontor/report/text_table.h"

namespace kontor {

static const std::string& region(const Accounts& a, int r) { return a.regions[static_cast<std::size_t>(r)].code; }

static std::string place(const Accounts& a, const Lever& lever) {
  if (lever.destination < 0) return region(a, lever.origin);
  return region(a, lever.origin) + " > " + region(a, lever.destination);
}

static std::string others(const Accounts& a, const Opportunity& o, bool gains) {
  std::string text;
  for (const auto& [who, change] : o.others)
    if ((change > 0.0) == gains) text += (text.empty() ? "" : ", ") + region(a, who) + ' ' + table_number(change, 4);
  return text;
}

static std::string joined_words(const std::vector<std::string>& words, const char* separator) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : separator) + word;
  return text;
}

static const char* size_name(LeverKind kind) {
  if (kind == LeverKind::productivity) return "output";
  return kind == LeverKind::capital ? "earns" : "flow";
}

static std::string step_name(LeverKind kind) { return kind == LeverKind::sourcing ? "points" : "%"; }

// Qualities of the whole list get a letter; the table shows the letters.
static PrintedTable table_of(const Accounts& a, const Scan& scan, const ScanList& list, std::vector<std::string>& marks) {
  PrintedTable table;
  const std::string per = list.kind == LeverKind::sourcing ? "per point" : "per 1 %";
  table.title = fmt::format("{}: {}", lever_name(list.kind), scan.unit);
  table.columns = {{"#", true},
                   {"where"},
                   {"sector"},
                   {per, true},
                   {"reach " + step_name(list.kind), true},
                   {"tried " + step_name(list.kind), true},
                   {size_name(list.kind), true},
                   {"first order", true},
                   {"exact", true},
                   {"others gain"},
                   {"others lose"},
                   {"in programme"},
                   {"notes"}};
  for (std::size_t k = 0; k < list.list.size(); ++k) {
    const Opportunity& o = list.list[k];
    std::string letters;
    for (const std::string& word : o.quality) {
      auto known = std::find(marks.begin(), marks.end(), word);
      if (known == marks.end()) known = marks.insert(marks.end(), word);
      letters += static_cast<char>('a' + (known - marks.begin()));
    }
    table.rows.push_back({std::to_string(k + 1), place(a, o.lever), a.sectors[static_cast<std::size_t>(o.lever.sector)].code,
                          table_number(o.marginal, 6), table_number(step_percent(o.lever.kind, o.feasible), 3),
                          table_number(step_percent(o.lever.kind, o.tried), 3), table_number(o.size, 2), table_number(o.first_order, 6),
                          table_number(o.exact, 6), others(a, o, true), others(a, o, false), joined_words(o.measures, ", "), letters});
  }
  return table;
}

static std::string counts(const ScanList& list) {
  std::map<std::string, std::size_t> why;
  for (const NotJudged& n : list.not_judged) ++why[n.why];
  std::string text = fmt::format("{} levers, {} judged, {} with a step within reach", list.levers, list.judged, list.within_reach);
  if (!list.not_judged.empty()) {
    std::vector<std::string> parts;
    for (const auto& [reason, count] : why) parts.push_back(fmt::format("{} {}", count, reason));
    text += fmt::format("; not judged: {} ({})", list.not_judged.size(), joined_words(parts, ", "));
  }
  if (list.restricted) text += fmt::format("; left out as restricted: {}", list.restricted);
  if (list.written) text += fmt::format("; left out because the programme acts there: {}", list.written);
  if (list.losing) text += fmt::format("; left out because some region would lose: {}", list.losing);
  return text + '\n';
}

static std::string correlations(const ScanList& list) {
  std::string text = fmt::format("rank correlation with {}: of the value per 1 % {}, of value x step {}\n", size_name(list.kind),
                                 table_number(list.raw_correlation, 4), table_number(list.ranked_correlation, 4));
  if (list.ranked_correlation > 0.95)
    text += fmt::format("above 0.95: this list says little more than where the {} is large\n", size_name(list.kind));
  return text;
}

std::string scan_text(const Accounts& a, const Scan& scan) {
  std::string text = fmt::format("Levers for {}, {}; closure {}{}; {} a year.\n\n", scan.goal, scan.unit, scan.closure,
                                 scan.with_programme ? ", on top of the programme" : "", money_unit(a));
  std::vector<std::string> marks;
  for (const ScanList& list : scan.lists) {
    if (list.levers == 0 && list.restricted == 0 && list.written == 0) {
      text += fmt::format("{}: there are none in these accounts, or none was asked for.\n\n", lever_name(list.kind));
      continue;
    }
    if (list.list.empty())
      text += fmt::format("{}: nothing gains.\n", lever_name(list.kind));
    else
      text += table_text(table_of(a, scan, list, marks), 64);
    text += "within reach: " + list.step_rule + ".\n" + counts(list) + correlations(list) + '\n';
  }
  for (std::size_t k = 0; k < marks.size(); ++k) text += fmt::format("{}: {}\n", static_cast<char>('a' + k), marks[k]);
  for (const std::string& note : scan.notes) text += "note: " + note + '\n';
  return text;
}

std::string portfolio_text(const Accounts& a, const Portfolio& p) {
  std::string text = fmt::format("Portfolio for {}, {} a year, under a budget of {}.\n\n", p.goal, p.unit, table_number(p.budget, 2));
  PrintedTable table{"", {{"candidate"}, {"chosen"}, {"cost", true}, {"gain alone", true}, {"adds", true}}, {}};
  for (const auto* list : {&p.chosen, &p.left})
    for (const ChosenCandidate& c : *list)
      table.rows.push_back({c.id, list == &p.chosen ? "yes" : "", table_number(c.cost, 2), table_number(c.alone, 6),
                            list == &p.chosen ? table_number(c.added, 6) : ""});
  text += table_text(table, 64);
  text += fmt::format("\ntogether {} for {}; no set within the budget brings more than {}", table_number(p.gain, 6),
                      table_number(p.cost, 2), table_number(p.bound, 6));
  if (p.exhaustive)
    text += ", and none brings more than this one: every set was solved";
  else if (p.bound > 0.0)
    text += fmt::format(": this one is within {} % of it", table_number(100.0 * std::max(0.0, 1.0 - p.gain / p.bound), 2));
  text += fmt::format(". {} economies solved.\n", p.solves);
  if (p.refused) text += fmt::format("left out because some region would lose: {} sets\n", p.refused);
  std::vector<std::pair<int, double>> who = p.others;
  std::stable_sort(who.begin(), who.end(), [](const auto& x, const auto& y) { return x.second > y.second; });
  PrintedTable incomes{"\nreal income, " + money_unit(a), {{"region"}, {"change", true}}, {}};
  for (const auto& [r, change] : who) incomes.rows.push_back({region(a, r), table_number(change, 6)});
  if (!who.empty()) text += table_text(incomes);
  for (const std::string& note : p.notes) text += "note: " + note + '\n';
  return text;
}

}  // namespace kontor
