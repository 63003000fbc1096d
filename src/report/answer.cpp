// The answer in five lines: what changes, who gains and loses, jobs, trade, and how far to trust it.
#include <algorithm>
#include <cmath>

#include "kontor/base/text.h"
#include "kontor/report/write_result.h"
#include "report/answer_parts.h"
#include "report/effect_index.h"
#include "report/number_format.h"

namespace kontor {

static std::string percent_of_level(const ReportView& view, const std::string& indicator, const std::string& region, int year) {
  const double percent = view.index.at({indicator + "_percent", region, "", year, "", "", ""});
  return std::isfinite(percent) ? " (" + percent_text(percent) + ")" : "";
}

bool is_in_headline(const ReportView& view, const std::string& measure) {
  return std::any_of(view.committed.begin(), view.committed.end(), [&](const Written* m) { return m->id == measure; });
}

// Value added that the gaining regions gain in the shown year.
static double gained_by_some(const ReportView& view) {
  double gained = 0.0;
  for (const int r : view.regions)
    gained += std::max(0.0, view.change("value_added", view.result.accounts.regions[static_cast<std::size_t>(r)].code));
  return gained;
}

static std::string value_added_line(const ReportView& view) {
  const Accounts& accounts = view.result.accounts;
  const int year = view.shown_year;
  std::string line;
  const bool all_counted = std::none_of(view.result.not_counted.begin(), view.result.not_counted.end(),
                                        [&](const NotCounted& n) { return is_in_headline(view, n.measure); });
  if (const double gained = gained_by_some(view); year == view.last_year && view.total("value_added", year) == 0 && gained > 0)
    line = "All regions together, value added does not change in " + std::to_string(year) + ": some gain " +
           money_text(accounts, gained, false) + " and others lose as much";
  else if (year != view.last_year)
    line = (all_counted ? "Nothing is left in " + std::to_string(view.last_year) + ": the programme is temporary."
                        : "Nothing that this model counts is left in " + std::to_string(view.last_year) + '.') +
           " In the peak year " + std::to_string(year) + " value added changes by " + money_text(accounts, view.total("value_added", year));
  else
    line = "Value added " + money_text(accounts, view.total("value_added", year)) + " a year in " + std::to_string(year);
  line += view.total("value_added", year) == 0 ? " (0 %)" : percent_of_level(view, "value_added", "", year);
  if (const double level = view.level("value_added"); std::isfinite(level))
    line.insert(line.size() - (line.back() == ')' ? 1 : 0), (line.back() == ')' ? " of " : ", of ") + money_text(accounts, level, false));
  const double discounted = view.index.at({"value_added_discounted", "", "", view.result.programme.first_year, "", "", ""});
  if (std::isfinite(discounted))
    line += "; " + money_text(accounts, discounted) + " over " + std::to_string(view.result.programme.first_year) + "\u2013" +
            std::to_string(view.last_year) + " discounted at " +
            number_text(std::round(1e4 * view.result.programme.appraisal.discount_rate) / 100) + " %";
  return line + '.';
}

// Regions that lose over the whole horizon though they do not lose in the shown year: a loss that ends is a loss.
static std::string losers_over_the_horizon(const ReportView& view) {
  std::vector<std::string> losers;
  double largest = 0.0;
  const auto over_horizon = [&](const std::string& code) {
    return view.index.change({"value_added_discounted", code, "", view.result.programme.first_year, "", "", ""});
  };
  for (const int r : view.regions)
    largest = std::max(largest, std::fabs(over_horizon(view.result.accounts.regions[static_cast<std::size_t>(r)].code)));
  for (const int r : view.regions) {
    const std::string& code = view.result.accounts.regions[static_cast<std::size_t>(r)].code;
    if (over_horizon(code) < -1e-9 * largest && view.change("value_added", code) >= 0)
      losers.push_back(view.region_name(code) + ' ' + money_text(view.result.accounts, over_horizon(code)));
  }
  if (losers.empty()) return "";
  constexpr std::size_t named = 3;
  const std::size_t more = losers.size() - std::min(losers.size(), named);
  losers.resize(losers.size() - more);
  return " Over " + std::to_string(view.result.programme.first_year) + "\u2013" + std::to_string(view.last_year) +
         ", discounted, loses: " + joined(losers, ", ") + (more ? " and " + count_text(more) + " more." : ".");
}

static std::string gainers_line(const ReportView& view) {
  struct Gain {
    std::string code;
    double value;
  };
  std::vector<Gain> changes;
  for (const int r : view.regions) {
    const std::string& code = view.result.accounts.regions[static_cast<std::size_t>(r)].code;
    changes.push_back({code, view.change("value_added", code)});
  }
  std::stable_sort(changes.begin(), changes.end(), [](const Gain& a, const Gain& b) { return a.value > b.value; });
  double rounding = 0.0;  // a region that changes by less than one in a billion of the most changed one does not change
  for (const Gain& c : changes) rounding = std::max(rounding, 1e-9 * std::fabs(c.value));
  const auto gainers =
      static_cast<std::size_t>(std::count_if(changes.begin(), changes.end(), [&](const Gain& c) { return c.value > rounding; }));
  const auto losers =
      static_cast<std::size_t>(std::count_if(changes.begin(), changes.end(), [&](const Gain& c) { return c.value < -rounding; }));
  constexpr std::size_t named = 3;
  const auto list = [&](std::size_t count, bool from_the_end) {
    std::vector<std::string> parts;
    for (std::size_t i = 0; i < std::min(count, named); ++i) {
      const Gain& c = from_the_end ? changes[changes.size() - 1 - i] : changes[i];
      parts.push_back(view.region_name(c.code) + ' ' + money_text(view.result.accounts, c.value) +
                      percent_of_level(view, "value_added", c.code, view.shown_year));
    }
    return joined(parts, ", ") + (count > named ? " and " + count_text(count - named) + " more" : "");
  };
  const std::string year = " in " + std::to_string(view.shown_year);
  std::string line = gainers ? "Gains most" + year + ": " + list(gainers, false) + ". " : "No region gains value added" + year + ". ";
  line += losers ? "Loses: " + list(losers, true) + "." : "No region loses value added" + year + ".";
  return line + losers_over_the_horizon(view);
}

static std::string jobs_line(const ReportView& view) {
  const Satellite* satellite = view.jobs();
  if (!satellite) return "Jobs: not available, these accounts hold no jobs.";
  const double jobs = view.jobs_change("");
  const bool partial = !std::isfinite(view.index.at({view.jobs_indicator(), "", "", view.shown_year, "", "", ""}));
  if (!std::isfinite(jobs)) return "Jobs: no change counted.";
  std::string line = "Jobs " + rounded_number(jobs, 3, true) + " in " + std::to_string(view.shown_year) +
                     percent_of_level(view, view.jobs_indicator(), "", view.shown_year);
  if (satellite->estimate) line += ", an estimate";
  if (partial) line += ", without the regions whose jobs are not known";
  return line + ", if every job makes as much as the average one of its sector does.";
}

static std::string trade_line(const ReportView& view) {
  const Accounts& accounts = view.result.accounts;
  std::string line;
  const auto add = [&](const char* indicator, const char* words) {
    const double value = view.index.at({indicator, "", "", view.shown_year, "", "", ""});
    if (!std::isfinite(value)) return;
    line += (line.empty() ? "" : ", ") + std::string(words) + ' ' + (value == 0 ? "unchanged" : money_text(accounts, value));
  };
  const bool has_abroad = std::any_of(accounts.regions.begin(), accounts.regions.end(), [](const Region& r) { return r.external; });
  if (has_abroad) add("imports", "imports from abroad"), add("exports", "exports abroad");
  // The pair whose trade changes most, all sectors together.
  double largest = 0.0;
  std::string from, to;
  for (const PairChange& pair : trade_between_regions(view, view.shown_year))
    if (pair.from != pair.to && std::fabs(pair.change) > std::fabs(largest)) largest = pair.change, from = pair.from, to = pair.to;
  if (largest != 0.0)
    line += (line.empty() ? "" : "; ") + std::string("trade changes most from ") + view.region_name(from) + " to " + view.region_name(to) +
            ", by " + money_text(accounts, largest);
  if (line.empty()) return "Trade: no change between regions or with abroad.";
  return "Trade in " + std::to_string(view.shown_year) + ": " + line + '.';
}

// The name of a change as an official would say it.
static std::string change_in_words(const std::string& change) {
  static constexpr std::pair<const char*, const char*> words[] = {{"factor", "what the added capital makes"},
                                                                  {"ownership", "who earns the profits"},
                                                                  {"capacity", "its capacity"},
                                                                  {"productivity", "the gain in productivity"},
                                                                  {"trade_cost", "cheaper transport"},
                                                                  {"tariff", "lower tariffs"},
                                                                  {"subsidy", "its subsidy"},
                                                                  {"target", "its target, which is out of reach"},
                                                                  {"transfer", "what its payers give up"}};
  for (const auto& [name, said] : words)
    if (change == name) return said;
  return change;
}

// Only what is in the headline; the pipeline has its own section.
std::string additionality_sentence(const ReportView& view) {
  std::vector<std::string> unproven;
  for (const std::string& id : unproven_measures(view.result))
    if (is_in_headline(view, id)) unproven.push_back(id);
  if (unproven.empty()) return " The part that would have happened anyway is taken out as each measure states it.";
  return " Additionality unproven: " + joined(unproven, ", ") + (unproven.size() == 1 ? " does" : " do") +
         " not say what would have happened anyway.";
}

std::string uncounted_by_measure(const ReportView& view) {
  std::vector<std::string> parts;
  for (const Written* m : view.committed) {
    std::vector<std::string> changes;
    for (const NotCounted& n : view.result.not_counted)
      if (n.measure == m->id && std::find(changes.begin(), changes.end(), change_in_words(n.change)) == changes.end())
        changes.push_back(change_in_words(n.change));
    if (!changes.empty()) parts.push_back("of " + m->id + ": " + joined(changes, ", "));
  }
  return joined(parts, "; ");
}

static std::string trust_line(const ReportView& view) {
  const std::string uncounted = uncounted_by_measure(view);
  return "In the economy of " + std::to_string(view.result.accounts.year) + ", no forecast." + additionality_sentence(view) +
         " Not yet counted: limits of capacity, changes of prices, financing and ownership" + (uncounted.empty() ? "" : "; " + uncounted) +
         '.';
}

std::vector<std::string> answer_lines(const Result& result) {
  const Certificate& c = result.certificate;
  if (!c.solved()) return {"There is no trustworthy answer: " + c.outcome + (c.outcome.empty() || c.outcome.back() == '.' ? "" : ".")};
  if (!is_trustworthy(c))
    return {"There is no trustworthy answer: only " + rounded_number(std::max(c.digits, 0.0), 2) + " digits are guaranteed, " +
            rounded_number(fewest_digits, 1) + " are needed."};
  const ReportView view(result);
  std::vector<std::string> lines;
  if (view.committed.empty() && view.pipeline.empty())
    return {"The programme has no measures: value added 0, nothing changes against the economy of " + std::to_string(result.accounts.year) +
            '.'};
  const std::vector<NetColumn> columns = net_columns(view);
  if (!columns.empty() && !view.committed.empty()) return net_answer(view, columns);
  if (view.committed.empty())
    lines.push_back("No measure is signed, running or done, so nothing enters the headline; the pipeline of " +
                    count_text(view.pipeline.size()) + (view.pipeline.size() == 1 ? " measure" : " measures") + " is reported apart.");
  else
    lines = {value_added_line(view), gainers_line(view), jobs_line(view), trade_line(view)};
  lines.push_back(trust_line(view));
  return lines;
}

std::string summary_text(const Result& result) {
  const Programme& p = result.programme;
  std::string text = p.title.empty() ? p.id : p.title;
  if (!p.id.empty() && p.id != text) text += " (" + p.id + ")";
  text += "\n\n";
  const std::vector<std::string> lines = result.answer.empty() ? answer_lines(result) : result.answer;
  for (std::size_t i = 0; i < lines.size(); ++i) text += std::to_string(i + 1) + ". " + lines[i] + '\n';
  text += "\nAccounts: " + result.accounts.title + ", " + std::to_string(result.accounts.year) + ". Model: " + result.certificate.model;
  for (const ClosureRun& run : result.closures)
    text += (&run == &result.closures.front() ? " and " + run.certificate.model + " under " : ", ") + run.closure.name;
  if (result.closures.empty()) text += ", closure " + p.closure;
  text += ". Outcome: " + result.certificate.outcome;
  if (result.certificate.solved())
    text += ", " + std::to_string(static_cast<int>(std::max(result.certificate.digits, 0.0))) + " digits guaranteed";
  const auto warnings = static_cast<std::size_t>(
      std::count_if(result.findings.begin(), result.findings.end(), [](const Finding& f) { return f.severity != Severity::note; }));
  const auto counted = [](std::size_t count, const std::string& what) {
    return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
  };
  text += ".\nFindings: " + counted(warnings, "warning") + ", " + counted(result.findings.size() - warnings, "note") +
          ". Defaults used: " + std::to_string(result.defaults.size()) + ". Full precision: effects.csv. Everything else: report.html.\n";
  return text;
}

}  // namespace kontor
