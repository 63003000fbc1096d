// Closure: what adjusts when prices move, and who pays. One choice, one unknown and one equation.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace kontor {

enum class LabourRule {
  fixed,     // employment of each region is given, its wage adjusts
  mobile,    // employment of a nation is given; people move between its regions with `labour_elasticity`
  real_wage  // the wage follows consumer prices, employment adjusts
};
enum class CapitalRule {
  fixed,        // capital stays in its cell, each cell has its own return
  mobile,       // capital moves between the sectors of its region
  world_return  // capital moves between all regions at one return; what is added belongs to the world's owners
};
enum class ImbalanceRule {
  zero,      // imports equal exports in every region, in the baseline as well
  fixed,     // as in the accounts, in money of which world value added (or abroad's price) is the yardstick
  share,     // the accounts' share of the region's own income, shifted so that the world sums to zero
  portfolio  // a share of local capital income goes to a common fund, which pays by labour income
};
enum class BudgetRule {
  lump_sum,  // what a region's budget gains or loses is its residents' at once
  tax,       // a tax on labour closes it; without effect on jobs where employment is given
  transfer   // the named payers close it
};

struct Closure {
  std::string name = "short_run";  // the preset, or the choices in words
  LabourRule labour = LabourRule::real_wage;
  CapitalRule capital = CapitalRule::fixed;
  ImbalanceRule imbalance = ImbalanceRule::share;
  BudgetRule budget = BudgetRule::lump_sum;
  double labour_elasticity = 1.5;              // of regional employment to real consumption per worker, where labour is mobile
  std::vector<std::pair<int, double>> payers;  // BudgetRule::transfer: leaf regions and their shares, sum 1
};

/// "short_run" and "long_run" as docs/methods/equilibrium.md defines them.
Closure short_run();
Closure long_run();

// Names as in a programme file; a reader gives false where there is no such name.
const char* rule_name(LabourRule rule);
const char* rule_name(CapitalRule rule);
const char* rule_name(ImbalanceRule rule);
const char* rule_name(BudgetRule rule);
bool read_rule(const std::string& name, LabourRule& rule);
bool read_rule(const std::string& name, CapitalRule& rule);
bool read_rule(const std::string& name, ImbalanceRule& rule);
bool read_rule(const std::string& name, BudgetRule& rule);

}  // namespace kontor
