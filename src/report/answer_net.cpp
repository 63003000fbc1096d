// The five lines as a ministry of finance reads them: from the gross claim to the net effect, who gains and who loses real
// income, jobs, trade, and how far to trust it.
#include <algorithm>
#include <cmath>
#include <tuple>

#include "kontor/base/text.h"
#include "report/answer_parts.h"
#include "report/sections.h"

namespace kontor {

namespace {
struct RegionChange {
  std::string code;
  double value = 0.0;
};
}  // namespace

static std::string horizon_of(const ReportView& view) {
  return std::to_string(view.result.programme.first_year) + "\u2013" + std::to_string(view.last_year);
}

static std::string discount_rate(const ReportView& view) {
  return number_text(std::round(1e4 * view.result.programme.appraisal.discount_rate) / 100) + " %";
}

// " [long run +56.8 million EUR (+0.028 %)]": the other closures, each by its name.
template <class Text>
static std::string in_brackets(const std::vector<NetColumn>& columns, const Text& text) {
  std::vector<std::string> parts;
  for (std::size_t k = 1; k < columns.size(); ++k)
    if (const std::string said = text(columns[k]); !said.empty()) parts.push_back(columns[k].name + ' ' + said);
  return parts.empty() ? "" : " [" + joined(parts, "; ") + "]";
}

static std::string value_added_text(const ReportView& view, const NetColumn& column) {
  std::string text = net_text(view, column, "value_added_net");
  const double level = net_level(view, column, "value_added_net");
  if (!text.empty() && text.back() == ')' && std::isfinite(level))
    text.insert(text.size() - 1, " of " + money_text(view.result.accounts, level, false));
  return text;
}

static std::string worth_text(const ReportView& view, const NetColumn& column) {
  const int first = view.result.programme.first_year;
  const double worth = net_at(view, column, "net_present_value", "", first), returns = net_at(view, column, "rate_of_return", "", first);
  if (!std::isfinite(worth)) return "";
  return money_text(view.result.accounts, worth) + (std::isfinite(returns) ? ", rate of return " + rounded_number(returns, 2) + " %" : "");
}

static std::string net_line(const ReportView& view, const std::vector<NetColumn>& columns) {
  const Accounts& accounts = view.result.accounts;
  const NetColumn& own = columns.front();
  const std::string year = std::to_string(view.shown_year);
  std::string line;
  if (view.shown_year != view.last_year)
    line = "Nothing is left in " + std::to_string(view.last_year) + ": the programme is temporary; its peak year is " + year + ". ";
  const double claim = view.index.change({"gross_to_net", "", "", view.shown_year, "", "gross chain effect", ""});
  const double level = view.level("value_added");
  line += "Gross, as if all of it were new and nothing scarce, the programme's supply chains carry " +
          (claim == 0.0 ? std::string("no value added") : money_text(accounts, claim) + " of value added");
  if (claim != 0.0 && level > 0) line += " (" + percent_text(100 * claim / level) + ")";
  line += " in " + year + ". Net, " + own.name + ": value added " + value_added_text(view, own) + " and real income " +
          net_text(view, own, "equivalent_variation") + " a year" +
          in_brackets(columns,
                      [&](const NetColumn& c) {
                        return net_text(view, c, "value_added_net") + " and " + net_text(view, c, "equivalent_variation");
                      }) +
          '.';
  if (const std::string worth = worth_text(view, own); !worth.empty())
    line += " Net present value at " + discount_rate(view) + ": " + worth +
            in_brackets(columns, [&](const NetColumn& c) { return worth_text(view, c); }) + '.';
  line += draws_sentence(view);
  return line;
}

// Regions by what they gain, those that lose last.
static std::vector<RegionChange> changes_of(const ReportView& view, const NetColumn& column, const std::string& indicator, int year) {
  std::vector<RegionChange> changes;
  for (const int r : view.regions) {
    const std::string& code = view.result.accounts.regions[static_cast<std::size_t>(r)].code;
    if (const double value = net_at(view, column, indicator, code, year); std::isfinite(value)) changes.push_back({code, value});
  }
  std::stable_sort(changes.begin(), changes.end(), [](const RegionChange& a, const RegionChange& b) { return a.value > b.value; });
  return changes;
}

// "Uusimaa +12 million EUR (+0.02 %), ... and 4 more" of those that gain or of those that lose; how many they are.
static std::string ranked(const ReportView& view, const NetColumn& column, const std::vector<RegionChange>& changes, bool losers,
                          bool with_percent, std::size_t named, std::size_t& count) {
  double rounding = 0.0;  // smaller than one in a billion of the most changed one is no change
  for (const RegionChange& c : changes) rounding = std::max(rounding, 1e-9 * std::fabs(c.value));
  const auto counts = [&](const RegionChange& c) { return losers ? c.value < -rounding : c.value > rounding; };
  count = static_cast<std::size_t>(std::count_if(changes.begin(), changes.end(), counts));
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < std::min(count, named); ++i) {
    const RegionChange& c = losers ? changes[changes.size() - 1 - i] : changes[i];
    const double percent = net_at(view, column, "real_income", c.code);
    parts.push_back(view.region_name(c.code) + ' ' + money_text(view.result.accounts, c.value) +
                    (with_percent && std::isfinite(percent) ? " (" + percent_text(percent) + ")" : ""));
  }
  return joined(parts, ", ") + (count > named ? " and " + count_text(count - named) + " more" : "");
}

static std::string regions_count(std::size_t count, const char* one, const char* many) {
  return count_text(count) + (count == 1 ? one : many);
}

// "North (bloc) +1 million EUR (+0.01 %) [long run ...], ... together. "; those that are everything are the headline.
static std::string groups_text(const ReportView& view, const std::vector<NetColumn>& columns) {
  constexpr std::size_t named = 4;
  const std::vector<NamedRegion> groups = groups_of_regions(view);
  std::vector<std::string> parts;
  std::size_t more = 0;
  for (auto group = groups.rbegin(); group != groups.rend(); ++group) {  // the programme's own blocs first
    if (!std::isfinite(net_at(view, columns.front(), "equivalent_variation", group->code))) continue;
    if (parts.size() == named) {
      ++more;
      continue;
    }
    parts.push_back(group->name + ' ' + net_text(view, columns.front(), "equivalent_variation", group->code) +
                    in_brackets(columns, [&](const NetColumn& c) { return net_text(view, c, "equivalent_variation", group->code); }));
  }
  if (parts.empty()) return "";
  return joined(parts, ", ") + (more ? " and " + count_text(more) + " more groups of regions" : "") + " together. ";
}

static std::string who_line(const ReportView& view, const std::vector<NetColumn>& columns) {
  constexpr std::size_t named = 3;
  const NetColumn& own = columns.front();
  std::size_t gaining = 0, losing = 0;
  const auto now = changes_of(view, own, "equivalent_variation", view.shown_year);
  const std::string year = std::to_string(view.shown_year);
  const std::string gain = ranked(view, own, now, false, true, named, gaining), loss = ranked(view, own, now, true, true, named, losing);
  const std::string groups = groups_text(view, columns);
  const std::string gains = gaining          ? (groups.empty() ? "gains most: " : "Gains most: ") + gain
                            : groups.empty() ? "no region gains"
                                             : "No region gains";
  std::string line = "Real income in " + year + ": " + groups + gains + ". " +
                     (losing ? "Loses" + std::string(losing > 1 ? " most: " : ": ") + loss : "No region loses in that year") + '.';
  const auto all = changes_of(view, own, "equivalent_variation_discounted", view.result.programme.first_year);
  ranked(view, own, all, false, false, named, gaining);
  const std::string lost = ranked(view, own, all, true, false, named, losing);
  if (!all.empty())
    line += " Over " + horizon_of(view) + ", costs included, discounted: " +
            (losing ? regions_count(gaining, " region gains, ", " regions gain, ") + count_text(losing) +
                          (losing == 1 ? " loses: " : " lose, most: ") + lost
                    : std::string("no region loses")) +
            '.';
  for (std::size_t k = 1; k < columns.size(); ++k) {
    const auto other = changes_of(view, columns[k], "equivalent_variation", view.shown_year);
    const std::string others = ranked(view, columns[k], other, true, true, 1, losing);
    if (losing)
      line += " In the " + columns[k].name + " " + count_text(losing) + (losing == 1 ? " loses: " : " lose, most: ") +
              others.substr(0, others.find(" and ")) + '.';
  }
  return line;
}

static std::string net_jobs_line(const ReportView& view, const std::vector<NetColumn>& columns) {
  const Satellite* satellite = view.jobs();
  if (!satellite) return "Jobs: not available, these accounts hold no jobs.";
  std::string line = "Jobs net in " + std::to_string(view.shown_year) + ": ";
  bool free = false;
  for (const NetColumn& c : columns) {
    if (&c != &columns.front()) line += "; ";
    const double jobs = net_jobs(view, c), percent = net_at(view, c, view.jobs_indicator() + "_net_percent");
    if (!c.jobs_free)
      line += c.name + " fixed by closure";
    else if (!std::isfinite(jobs))
      line += c.name + " not available";
    else
      line += rounded_number(jobs, 3, true) + (std::isfinite(percent) ? " (" + percent_text(percent) + ")" : "") + ", " + c.name,
          free = true;
  }
  const double gross = view.jobs_change("");
  if (std::isfinite(gross)) {
    const double percent = view.index.at({view.jobs_indicator() + "_percent", "", "", view.shown_year, "", "", ""});
    line +=
        ". Gross, at fixed prices: " + rounded_number(gross, 3, true) + (std::isfinite(percent) ? " (" + percent_text(percent) + ")" : "");
  }
  if (satellite->estimate) line += ", estimates";
  if (free && net_jobs_partial(view, columns.front())) line += ", without the regions whose jobs are not known";
  return line + '.';
}

static std::string net_trade_line(const ReportView& view, const std::vector<NetColumn>& columns) {
  const Accounts& accounts = view.result.accounts;
  const NetColumn& own = columns.front();
  std::string line;
  const bool has_abroad = std::any_of(accounts.regions.begin(), accounts.regions.end(), [](const Region& r) { return r.external; });
  for (const auto& [net, gross, words] :
       {std::tuple{"imports_net", "imports", "imports from abroad"}, {"exports_net", "exports", "exports abroad"}}) {
    const double value = net_at(view, own, net), before = view.index.at({gross, "", "", view.shown_year, "", "", ""});
    if (!has_abroad || !std::isfinite(value)) continue;
    line += (line.empty() ? "" : ", ") + std::string(words) + ' ' +
            (std::fabs(value * accounts.scale) < 0.5 ? "unchanged" : money_text(accounts, value)) +
            in_brackets(columns, [&](const NetColumn& c) { return money_text(accounts, net_at(view, c, net)); }) +
            (std::isfinite(before) ? ", gross " + (before == 0 ? std::string("unchanged") : money_text(accounts, before)) : "");
  }
  double largest = 0.0;
  std::string from, to;
  for (const PairChange& pair : trade_between_regions(view, view.shown_year, "trade_net"))
    if (pair.from != pair.to && std::fabs(pair.change) > std::fabs(largest)) largest = pair.change, from = pair.from, to = pair.to;
  if (largest != 0.0)
    line += (line.empty() ? "" : "; ") + std::string("sales change most from ") + view.region_name(from) + " to " + view.region_name(to) +
            ", by " + money_text(accounts, largest);
  if (line.empty()) return "Trade: no change between regions or with abroad.";
  return "Trade net in " + std::to_string(view.shown_year) + ", " + own.name + ": " + line + '.';
}

static std::string net_trust_line(const ReportView& view, const std::vector<NetColumn>& columns) {
  std::string line = "In the economy of " + std::to_string(view.result.accounts.year) + ", no forecast.";
  for (const NetColumn& c : columns)
    line += std::string(&c == &columns.front() ? " Net: " : "; ") + c.name + ": " + closure_in_short(c.run->closure);
  line += '.' + additionality_sentence(view);
  const std::string uncounted = uncounted_by_measure(view);
  return line + (uncounted.empty() ? " Every change that the measures state is counted." : " Still not counted: " + uncounted + '.');
}

std::vector<std::string> net_answer(const ReportView& view, const std::vector<NetColumn>& columns) {
  return {net_line(view, columns), who_line(view, columns), net_jobs_line(view, columns), net_trade_line(view, columns),
          net_trust_line(view, columns)};
}

}  // namespace kontor
