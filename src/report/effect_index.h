// Look-ups in the rows of a result, and the few facts about it that every table and chart needs.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "kontor/report/result.h"

namespace kontor {

/// Names one row; fields that do not apply are empty, as in EffectRow.
struct EffectKey {
  std::string indicator, region, sector;
  int year = 0;
  std::string measure, term, partner;
};

/// Rows by key. Built once a report: a result may hold a million rows.
class EffectIndex {
 public:
  explicit EffectIndex(const std::vector<EffectRow>& rows);
  /// Value of the row, NaN if there is none.
  double at(const EffectKey& key) const;
  bool has(const EffectKey& key) const;
  /// Like `at`, 0 if there is no row: for changes, where nothing written means nothing changed.
  double change(const EffectKey& key) const;

 private:
  std::unordered_map<std::string, double> values_;
};

/// What the sections of a report share.
struct ReportView {
  explicit ReportView(const Result& result);

  const Result& result;
  EffectIndex index;
  std::vector<int> regions;                         // leaves with production accounts, in order of the accounts
  std::vector<int> years;                           // of the rows, ascending
  int last_year = 0;                                // of the horizon
  int peak_year = 0;                                // the year in detail beside the last; else the largest absolute total of value added
  int shown_year = 0;                               // the last year; the peak year where nothing is left in the last
  bool answered = false;                            // the certificate allows numbers
  std::vector<const Written*> committed, pipeline;  // measures in and out of the headline

  /// Years shown in detail: the shown year and, where it is another, the year of the largest effect.
  std::vector<int> detail_years() const;
  /// Change of an indicator in the shown year; empty texts mean "all".
  double change(const std::string& indicator, const std::string& region = "", const std::string& sector = "") const;
  /// Level that the changes of an indicator are a share of; NaN if unknown.
  double level(const std::string& indicator, const std::string& region = "") const;
  double total(const std::string& indicator, int year) const;
  /// Name of a region, sector or measure as it may stand in a sentence: its name, or its code if it has none.
  std::string region_name(const std::string& code) const;
  std::string sector_name(const std::string& code) const;
  std::string jobs_indicator() const;  // indicator of the rows that hold jobs
  /// Jobs that a measure (or all, if empty) moves in a region (or all) in the shown year; of the regions whose jobs are
  /// known where some are not; 0 where the measure does nothing in that year; NaN if not available.
  double jobs_change(const std::string& region, const std::string& measure = "") const;
  const Satellite* jobs() const;  // the satellite that `jobs` rows were made from; nullptr if there is none
};

/// Change of all that one region sells to another, with the base level (NaN if unknown).
struct PairChange {
  std::string from, to;
  double change = 0.0, base = 0.0;
};

/// Every pair that has trade rows in that year, in order of the accounts. Rows without a sector are totals; where
/// there are none the sectors are summed. `indicator` is trade (at fixed prices) or trade_net; `term` names its closure.
std::vector<PairChange> trade_between_regions(const ReportView& view, int year, const std::string& indicator = "trade",
                                              const std::string& term = "");

/// Measures that state no additional part of their own: the headline says "additionality unproven".
std::vector<std::string> unproven_measures(const Result& result);
/// The last component of a path that stands in a finding or a source line: results never hold a folder of this machine.
std::string without_folder(const std::string& place);
/// True where results may be shown: solved, and enough digits guaranteed.
bool is_trustworthy(const Certificate& certificate);

}  // namespace kontor
