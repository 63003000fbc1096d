// How long does it take to say which measure brought about how much: exact Shapley of the demo programme's first six measures
// over its ten years, and the path beside it? The answer is checked: parts against the whole, and the whole against a solve of
// its own.
//
//   build/bench/benchmarks/attribution data/finland-2014 examples/finland-full/programme.toml
#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <iostream>

#include "kontor/accounts/store.h"
#include "kontor/base/error.h"
#include "kontor/base/files.h"
#include "kontor/model/measure_parts.h"
#include "kontor/model/scenarios.h"

using namespace kontor;

namespace {

double seconds() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

std::vector<double> real_spending(const Flows& f) {
  std::vector<double> y;
  for (std::size_t r = 0; r < f.spending.size(); ++r) y.push_back(f.spending[r] * std::exp(-f.log_index[r]));
  return y;
}

std::vector<double> change(const PathPoint& from, const PathPoint& to) {
  std::vector<double> y = real_spending(to.flows);
  const std::vector<double> then = real_spending(from.flows);
  for (std::size_t r = 0; r < y.size(); ++r) y[r] -= then[r];
  return y;
}

/// Largest gap of `whole` to the sum of the parts, and to another answer, over the largest change.
void check(const std::vector<double>& whole, const Matrix& parts, const std::vector<double>& other, double bound, const char* what) {
  double gap = 0.0, size = 0.0;
  for (std::size_t r = 0; r < whole.size(); ++r) {
    double rest = whole[r];
    for (std::size_t m = 0; m < parts.rows; ++m) rest -= parts(m, r);
    gap = std::max({gap, std::fabs(rest), std::fabs(whole[r] - other[r])}), size = std::max(size, std::fabs(whole[r]));
  }
  if (!(gap <= bound * size)) std::cerr << what << " is wrong: a gap of " << gap / size << " of the largest change\n", std::exit(1);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return std::cerr << "usage: attribution ACCOUNTS PROGRAMME\n", 2;
  try {
    const Accounts accounts = read_accounts(argv[1]);
    std::string text = read_file(argv[2]);
    const std::string proposal = "status = \"memorandum\"";  // the sixth is agreed as well
    text.replace(text.find(proposal), proposal.size(), "status = \"signed\"");
    const Programme programme = parse_programme(text, argv[2], std::filesystem::path(argv[2]).parent_path(), accounts);
    const Compiled compiled = compile(programme, accounts);
    std::vector<std::string> used;
    const Calibration base = calibrate(accounts, calibration_options(accounts, programme.parameters, used));
    const Economy baseline = baseline_economy(base, programme.closure_rules);
    const EquilibriumSolver solver(baseline);
    const Equilibrium before = solver.solve(baseline);
    double shapley = 0.0, path = 0.0;
    std::size_t sets = 0, most = 0, years = 0;
    for (const NamedScenario& named : scenarios_of(programme, compiled)) {
      if (named.view != View::headline) continue;
      const MeasuresInPart measures(baseline, before, named.scenario.shocks);
      const Equilibrium after = solver.solve(measures.at(std::vector<double>(measures.count(), 1.0)));
      std::vector<double> whole = real_spending(after.flows);
      const std::vector<double> then = real_spending(before.flows);
      for (std::size_t r = 0; r < whole.size(); ++r) whole[r] -= then[r];
      const double t0 = seconds();
      const SetOutcomes found = outcomes_of_sets(measures, solver, before, change);
      const double t1 = seconds();
      const MeasureParts along = parts_along_path(measures, before, after, change);
      path += seconds() - t1, shapley += t1 - t0, sets += found.sets, most = std::max(most, measures.count()), ++years;
      if (!found.solved() || !along.solved()) return std::cerr << found.outcome << along.outcome << '\n', 1;
      check(found.whole, found.parts, whole, 1e-6, "Shapley");  // solves to 1e-10 of outputs
      check(along.whole, along.parts, whole, 1e-6, "the path");
      if (along.remainder() > 1e-9) return std::cerr << "the path leaves " << along.remainder() << '\n', 1;
    }
    fmt::print("shapley_s {:.2f}   {} years, at most {} measures at work, {} sets solved, {:.1f} ms each\n", shapley, years, most, sets,
               1e3 * shapley / static_cast<double>(sets));
    fmt::print("path_s {:.2f}      the same years, {:.0f} ms each\n", path, 1e3 * path / static_cast<double>(years));
  } catch (const Error& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
}
