// scan: what nobody has written down yet, ranked; or the best portfolio under a budget.
#include <iostream>

#include "kontor/indicators/scan_question.h"
#include "kontor/report/scan_text.h"
#include "verbs.h"

namespace kontor::cli {

static void scan_verb(const Common& common, const ScanQuestion& question) {
  const ScanAnswer answer = answer_scan(question);
  const Accounts& a = *answer.accounts;
  if (answer.portfolio)
    print_rows(common, portfolio_rows(a, *answer.portfolio), portfolio_text(a, *answer.portfolio));
  else
    print_rows(common, scan_rows(a, answer.scan), scan_text(a, answer.scan));
  if (!common.json && !common.csv) return;
  for (const std::string& note : answer.portfolio ? answer.portfolio->notes : answer.scan.notes) say(common, "note: " + note);
}

void add_scan(CLI::App& verb, Common& common) {
  static ScanQuestion q;
  static std::string target, accounts;
  const auto several = [&](const char* flag, std::vector<std::string>& list, const char* meaning) {
    verb.add_option(flag, list, meaning)->allow_extra_args(false);
  };
  verb.add_option("ACCOUNTS|PROGRAMME", target, "accounts folder, or programme.toml: then on top of what is agreed")->required();
  verb.add_option("--accounts", accounts, "accounts folder instead of the one that the programme names");
  several("--goal", q.goals,
          "GOAL:REGION[=WEIGHT], several: real_income, jobs, value_added or self_sufficiency_look_through of a region, nation or bloc "
          "(default: real_income of all)");
  several("--bloc", q.blocs, "NAME=A,B,C: regions that are looked at as one");
  verb.add_option("--closure", q.closure,
                  "short_run, long_run, or labour=...,capital=...,imbalance=...,budget=... (default: the programme's, else short_run)");
  several("--lever", q.levers, "trade_cost, tariff, productivity, capital, sourcing (default: all, each ranked apart)");
  several("--region", q.regions, "levers at these regions, nations or blocs only");
  several("--sector", q.sectors, "levers in these sectors only");
  verb.add_option("--top", q.top, "length of each list, and how many are solved again (default 20)");
  verb.add_option("--step", q.step, "per cent to try, never more than is within reach (default: all that is within reach)");
  verb.add_option("--capital-step", q.capital_step, "per cent of capital (default 1)");
  verb.add_flag("--nobody-loses", q.nobody_loses, "only where no region's real income falls by more than the tolerance");
  verb.add_option("--tolerance", q.tolerance, "per cent of a region's final spending (default 0.0001)");
  verb.add_flag("--only-new", q.only_new, "leave out where a measure of the programme acts");
  verb.add_option("--distances", q.distances,
                  "CSV with distances and borders of pairs, in the layout of GeoDist (default: the accounts' distances)");
  verb.add_option("--year", q.year, "year of the programme (default: the last of its horizon)");
  verb.add_option("--budget", q.budget, "the best portfolio of the candidates in --costs that costs no more, single units of money");
  verb.add_option("--costs", q.costs, "CSV: candidate,cost,step: measures that are not agreed yet, and levers");
  verb.callback([&common] {
    q.target = target, q.accounts = accounts;
    scan_verb(common, q);
  });
}

}  // namespace kontor::cli
