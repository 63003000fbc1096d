// Result: everything that one run found, in long form. Text, CSV, JSON and the page are written from this alone,
// so they cannot disagree.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "kontor/accounts/accounts.h"
#include "kontor/base/finding.h"
#include "kontor/indicators/net_effects.h"
#include "kontor/indicators/table.h"
#include "kontor/model/certificate.h"
#include "kontor/programme/programme.h"
#include "kontor/report/how_sure.h"

namespace kontor {

/// A shock that the model cannot represent: named in report and findings, never dropped in silence.
struct NotCounted {
  std::string measure, change, why;
  int first_year = 0, last_year = 0;
};

/// How the table did against later data: structure of `from` with the final use of `to` against actual output of `to`.
struct Hindcast {
  int from = 0, to = 0;
  std::string accounts;         // which family of tables it was measured on
  double weighted_error = 0.0;  // weighted absolute error of output, share
  double worst_decile = 0.0;    // error exceeded by one cell in ten, share
};

/// Rows of `effects` that every run of the leontief model holds (values in accounts units unless said otherwise):
///
///   output, value_added, jobs, imports, exports     region, sector     change against the base, by year
///   the same with an empty sector: region totals; with empty region and sector: all regions together
///   ... with measure = M1: that measure alone;  with measure = "(interaction)": what the measures do together only
///   ... with term = temporary | lasting: building and delivery as against what stays
///   ... with term = where known: a satellite that some cells have no number for, summed over the others
///   ... with term = pipeline: measures that are not signed, running or done (kept out of the headline)
///   output_percent, value_added_percent, jobs_percent        the same as a share of the base, unit %
///   output_base, value_added_base, jobs_base                 the level it is a share of, by region, sector and both
///   exports_base, imports_base                               region: the level
///   gross_to_net    term = name of the step, by year, region empty or named: value added that the step adds or takes
///   contract_value  measure: stated value of the measure by year, for the size of things
///   trade           region sells to partner: change against the base, by year; with sector: in the years of
///                   `years_in_detail`;  trade_base: the level
///   price           region: what final users pay more on average, %;  extra_cost: the same in money
///   value_added_discounted   region: sum over the horizon, discounted to the first year
///   transfer        region pays partner, by year and measure
/// Rows of the equilibrium model: kontor/indicators/net_effects.h. Rows of draws: kontor/indicators/draws.h.
struct Result {
  Programme programme;
  Accounts accounts;  // labels and base levels
  std::filesystem::path accounts_folder;
  std::string accounts_fingerprint;  // SHA-256 of its manifest
  std::string engine_version;
  Certificate certificate;                   // of the fixed-price model
  std::vector<ClosureRun> closures;          // of the equilibrium model, the programme's own first; empty where it did not run
  std::vector<std::string> assumptions;      // of the equilibrium model, in words
  std::vector<std::string> parameters_used;  // elasticities and shares, with their sources
  std::vector<EffectRow> effects;
  std::vector<int> years_in_detail;  // the year of the largest effect and the last year of the horizon
  std::vector<NotCounted> not_counted;
  std::vector<DefaultUsed> defaults;
  HowSure sure;                     // draws, where they were asked for
  std::vector<Hindcast> hindcast;   // nearest measured family; empty where none fits
  std::vector<std::string> answer;  // the answer in five lines
  Findings findings;
};

}  // namespace kontor
