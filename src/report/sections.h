// The sections of the report, in their order. Each reads the view alone and gives back markup.
#pragma once

#include <string>

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
std::string section_portfolio(const ReportView& view);
std::string section_measures(const ReportView& view);
std::string section_pipeline(const ReportView& view);
std::string section_payers(const ReportView& view);
std::string section_assumptions(const ReportView& view);
std::string section_quality(const ReportView& view);
std::string section_certificate(const ReportView& view);
std::string section_provenance(const ReportView& view);

/// "jobs (estimate)": how jobs head a column, and the indicator that holds them; empty if there is none.
std::string jobs_heading(const ReportView& view);

}  // namespace kontor
