// The sections of the report, in their order. Each reads the view alone and gives back markup.
#pragma once

#include <string>
#include <vector>

#include "report/effect_index.h"
#include "report/html.h"

namespace kontor {

struct Section {
  const char* id;
  const char* title;
  bool needs_numbers;  // left out, with the reason, where there is no trustworthy answer
  std::string (*write)(const ReportView& view);
};

std::string section_answer(const ReportView& view);
std::string section_gross_to_net(const ReportView& view);
std::string section_regions(const ReportView& view);
std::string section_sectors(const ReportView& view);
std::string section_trade(const ReportView& view);
std::string section_dependence(const ReportView& view);
std::string section_portfolio(const ReportView& view);
std::string section_measures(const ReportView& view);
std::string section_pipeline(const ReportView& view);
std::string section_payers(const ReportView& view);
std::string section_uncertainty(const ReportView& view);
std::string section_assumptions(const ReportView& view);
std::string section_quality(const ReportView& view);
std::string section_certificate(const ReportView& view);
std::string section_provenance(const ReportView& view);
std::string section_opportunities(const ReportView& view);

// Parts of sections that need the equilibrium model; empty where it did not run.
std::string appraisal_html(const ReportView& view);            // present value and rate of return
std::string net_regions_html(const ReportView& view);          // who gains and who loses real income
std::string net_measures_html(const ReportView& view);         // real income, value added and jobs of each measure
std::string contributions_html(const ReportView& view);        // which measure brings how much of it to whom
std::string closure_assumptions_html(const ReportView& view);  // what the net numbers rest on
std::string net_years_html(const ReportView& view);            // real income by year, closures side by side

std::string unit_costs_html(const ReportView& view);    // unit cost against competitors
std::string satellites_html(const ReportView& view);    // emissions and whatever else the accounts hold beside money and jobs
std::string net_pipeline_html(const ReportView& view);  // the same of what is not agreed
std::string public_money_html(const ReportView& view);  // what public money buys, measure by measure

/// The table of these measures alone, as it stands among them; empty without a net effect.
std::string public_money_of_measures_html(const ReportView& view, const std::vector<const Written*>& measures, bool with_total);

/// " In nine draws of ten ...": what draws add to the answer; empty where none were run.
std::string draws_sentence(const ReportView& view);

/// What it costs whose budget and which instruments reach the targets; where real income comes from. Empty without a net effect.
std::string budgets_html(const ReportView& view);
std::string real_income_parts_html(const ReportView& view);

/// Indices in their order, one a group, but no more groups than `most`: the smallest are together in the last group.
std::vector<std::vector<std::size_t>> largest_apart(const std::vector<double>& sizes, std::size_t most);
/// Name of a group: of its only member, or "other regions (7)".
std::string group_name(const std::vector<std::size_t>& group, const std::string& only_member, const std::string& others);

inline constexpr std::size_t most_rows = 33, most_columns = 44;  // of a matrix that is still legible on paper

/// "jobs (estimate)": how jobs head a column, and the indicator that holds them; empty if there is none.
std::string jobs_heading(const ReportView& view);

}  // namespace kontor
