// The net effect as the report reads it: one column a closure, its name, and what its choices mean in words.
#pragma once

#include <string>
#include <vector>

#include "report/effect_index.h"
#include "report/number_format.h"

namespace kontor {

/// One solved closure: the term of its rows and the name its numbers stand under.
struct NetColumn {
  std::string term, name;  // "short run"
  const ClosureRun* run = nullptr;
  bool jobs_free = false;  // else jobs are fixed by the closure and have no rows
};

/// The programme's own closure first; empty where the equilibrium model did not run.
std::vector<NetColumn> net_columns(const ReportView& view);

/// Value of an indicator of the equilibrium model; NaN if there is no such row.
double net_at(const ReportView& view, const NetColumn& column, const std::string& indicator, const std::string& region = "", int year = 0,
              const std::string& measure = "", const std::string& sector = "");
/// Its level before the programme, from change and percentage; NaN where nothing changes.
double net_level(const ReportView& view, const NetColumn& column, const std::string& indicator, const std::string& region = "");
/// Jobs net of a region (or all) in the shown year; the sum of the regions whose jobs are known where there is no total.
double net_jobs(const ReportView& view, const NetColumn& column, const std::string& region = "", const std::string& measure = "");
bool net_jobs_partial(const ReportView& view, const NetColumn& column);
/// The indicator's per cent row: real_income for the equivalent variation, else its name with _percent.
std::string net_percent_name(const std::string& indicator);

/// "+106 million EUR (+0.051 %)".
std::string net_text(const ReportView& view, const NetColumn& column, const std::string& indicator, const std::string& region = "");

/// "million EUR of 2014, discounted to 2026": present values are in prices of the accounts.
std::string discounted_unit(const ReportView& view, const Scale& money);

/// Why the level of value added net is not that of value added gross; empty where it is, or nothing is net.
std::string value_added_levels_note(const ReportView& view);

/// What a closure lets adjust, one sentence a choice.
std::vector<std::string> closure_in_words(const Accounts& accounts, const Closure& closure);
/// The same in a few words, for one line.
std::string closure_in_short(const Closure& closure);

/// Codes of leaves, then of nations with several regions, then of blocs; each with the name it has in a table. Only those
/// with rows of the equilibrium model.
struct NamedRegion {
  std::string code, name;
  bool leaf = true;
};
std::vector<NamedRegion> net_regions(const ReportView& view, const NetColumn& column);
/// The same from the largest gain of real income to the largest loss, nations and blocs after the regions.
std::vector<NamedRegion> ranked_net_regions(const ReportView& view, const NetColumn& column);
/// The nations and other parents with several regions but not all of them, then the programme's blocs.
std::vector<NamedRegion> groups_of_regions(const ReportView& view);

}  // namespace kontor
