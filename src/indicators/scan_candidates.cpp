// Candidates and what they cost: a CSV of measures that are not agreed yet and of levers.
#include <algorithm>
#include <cmath>
#include <set>

#include "kontor/base/csv.h"
#include "kontor/base/error.h"
#include "kontor/base/text.h"
#include "kontor/indicators/scan_portfolio.h"
#include "scan_parts.h"

namespace kontor {

namespace {

class Reading {
 public:
  Reading(const std::string& file, const ScanBase& base, const Programme* programme, const Compiled* compiled, int year)
      : table_(read_csv(file)), base_(base), a_(*base.calibration->accounts), programme_(programme), compiled_(compiled), year_(year) {}

  std::vector<Candidate> run() {
    const int name = required_column(table_, "candidate"), cost = required_column(table_, "cost"), step = table_.column("step");
    for (const CsvRow& row : table_.rows) {
      Candidate candidate;
      candidate.id = table_.field(row, name);
      candidate.source = table_.file + ':' + std::to_string(row.line);
      candidate.cost = number(row, cost);
      if (!seen_.insert(candidate.id).second)
        problem(row, name, "duplicate", quoted(candidate.id) + " stands there twice", "each candidate once", "take one row out");
      if (candidate.id.find(':') == std::string::npos)
        read_measure(row, name, candidate);
      else
        read_lever(row, name, step, candidate);
      candidates_.push_back(std::move(candidate));
    }
    if (table_.rows.empty())
      findings_.push_back(
          {Severity::error, "no-rows", table_.file, "", "", "no candidates", "a row for each candidate", "name at least one"});
    throw_if_errors(findings_);
    return std::move(candidates_);
  }

 private:
  const CsvTable table_;
  const ScanBase& base_;
  const Accounts& a_;
  const Programme* programme_;
  const Compiled* compiled_;
  const int year_;
  std::set<std::string> seen_;
  std::vector<Candidate> candidates_;
  Findings findings_;

  void problem(const CsvRow& row, int column, const char* code, std::string found, std::string expected, std::string remedy) {
    const std::string name = column < 0 ? "" : table_.header[static_cast<std::size_t>(column)] + " (" + std::to_string(column + 1) + ')';
    findings_.push_back(
        {Severity::error, code, table_.file, std::to_string(row.line), name, std::move(found), std::move(expected), std::move(remedy)});
  }

  double number(const CsvRow& row, int column) {
    double value = 0.0;
    const std::string& text = table_.field(row, column);
    if (read_number(text, value) != NumberProblem::none || !(value > 0.0))
      problem(row, column, "not-a-number", quoted(text), "a number above 0", "state it with a point: 12.5");
    return value;
  }

  void read_measure(const CsvRow& row, int column, Candidate& candidate) {
    std::vector<std::string> known;
    const Written* found = nullptr;
    if (programme_)
      for (const Written& m : programme_->measures) {
        if (m.id == candidate.id) found = &m;
        if (!is_committed(m)) known.push_back(m.id);
      }
    if (!found) {
      problem(row, column, "unknown-candidate", "unknown candidate " + quoted(candidate.id), did_you_mean(candidate.id, known),
              "the id of a measure of the programme, or a lever such as trade_cost:FROM:TO:SECTOR");
      return;
    }
    if (is_committed(*found)) {
      problem(row, column, "committed", quoted(candidate.id) + " is " + found->status,
              "an idea, a proposal or a memorandum: what is agreed is in the economy already", "take it out, or change its status");
      return;
    }
    for (const Shock& shock : compiled_->shocks)
      if (shock.measure == candidate.id && shock.year == year_) candidate.shocks.push_back(shock);
    if (candidate.shocks.empty())
      findings_.push_back({Severity::error, "no-effect", table_.file, std::to_string(row.line), "candidate",
                           quoted(candidate.id) + " does nothing in " + std::to_string(year_),
                           "a measure that acts in the year that is scanned", "choose another --year"});
  }

  int region(const CsvRow& row, int column, const std::string& code) {
    std::vector<std::string> known;
    for (const Region& r : a_.regions) known.push_back(r.code);
    const int found = region_index(a_, code);
    if (found < 0)
      problem(row, column, "unknown-region", "unknown region " + quoted(code), did_you_mean(code, known), "use a label of the accounts");
    return found;
  }

  void read_lever(const CsvRow& row, int column, int step_column, Candidate& candidate) {
    const std::vector<std::string> parts = split(candidate.id, ':');
    std::vector<std::string> kinds, codes;
    for (const LeverKind kind : all_lever_kinds) kinds.emplace_back(lever_name(kind));
    for (const Sector& s : a_.sectors) codes.push_back(s.code);
    Lever lever;
    if (!read_lever_kind(parts.front(), lever.kind)) {
      problem(row, column, "unknown-lever", "unknown lever " + quoted(parts.front()), did_you_mean(parts.front(), kinds),
              "see docs/methods/scan.md");
      return;
    }
    const std::size_t wanted = is_cell(lever.kind) ? 3 : 4;
    if (parts.size() != wanted) {
      problem(row, column, "lever-parts", quoted(candidate.id), is_cell(lever.kind) ? "KIND:REGION:SECTOR" : "KIND:FROM:TO:SECTOR",
              "write its parts with colons between");
      return;
    }
    lever.origin = region(row, column, parts[1]);
    lever.destination = is_cell(lever.kind) ? -1 : region(row, column, parts[2]);
    lever.sector = sector_index(a_, parts.back());
    if (lever.sector < 0)
      problem(row, column, "unknown-sector", "unknown sector " + quoted(parts.back()), did_you_mean(parts.back(), codes),
              "use a label of the accounts");
    double percent = 1.0;
    if (step_column >= 0 && !table_.field(row, step_column).empty()) percent = number(row, step_column);
    if (is_cost(lever.kind) && percent >= 100.0)
      problem(row, step_column, "step", quoted(number_text(percent)), "a fall of less than 100 %", "state the step in per cent");
    if (lever.origin < 0 || lever.sector < 0 || (lever.destination < 0 && !is_cell(lever.kind)) || has_errors(findings_)) return;
    if (programme_ && is_restricted(*programme_, a_, lever)) {
      problem(row, column, "restricted", quoted(candidate.id) + " is a pair under restrictions", "a pair that none restricts",
              "take it out");
      return;
    }
    const std::vector<Lever> all = levers_of(base_, {lever.kind});
    if (std::find(all.begin(), all.end(), lever) != all.end())
      candidate.shocks = lever_shocks(base_, lever, step_of_percent(lever.kind, percent));
    if (candidate.shocks.empty())
      problem(row, column, "no-lever", quoted(candidate.id) + " moves nothing", "a pair that trades, or a cell that makes something",
              "see `kontor scan` for those that do");
  }
};

}  // namespace

std::vector<Candidate> read_candidates(const std::string& file, const ScanBase& base, const Programme* programme, const Compiled* compiled,
                                       int year) {
  return Reading(file, base, programme, compiled, year).run();
}

}  // namespace kontor
