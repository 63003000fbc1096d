// How long do draws take?
//   NAFTA       1000 draws of 40 elasticities, each with a standard error of a quarter of it, 31 regions x 40 sectors (Caliendo and Parro
//   2015), to 1e-10 the demo    1000 draws of examples/finland-full, headline year: elasticities and ranges; 100 with cells of the accounts
//   as well
// Answers checked: the central draw gives Mexico's exact real income; every draw has a solution; mean and deviation agree with the
// degree-three quadrature; the same draws again, alone, have the same bits.
// Baseline in the same run: benchmarks/draws.py, plain numpy, each draw solved by the damped passes of an R package.
#include <fmt/format.h>
#include <chrono>
#include <cmath>
#include <iostream>
#include <string>

#include "kontor/accounts/store.h"
#include "kontor/base/csv.h"
#include "kontor/base/files.h"
#include "kontor/base/statistics.h"
#include "kontor/base/text.h"
#include "kontor/indicators/draws.h"
#include "kontor/read/reader.h"

using namespace kontor;

static double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

static void require(bool holds, const char* what) {
  if (holds) return;
  std::cerr << "wrong answer: " << what << '\n';
  std::exit(1);
}

// Draws of a model, their time, and one outcome held against the quadrature.
static void measure(const std::string& name, const DrawModel& model, long draws, const std::string& region, double percent_off) {
  const DrawTable names = model.empty_table();
  std::size_t outcome = 0;
  while (outcome < names.outcomes.size() &&
         !(names.outcomes[outcome].indicator == "real_income" && names.outcomes[outcome].region == region))
    ++outcome;
  const auto start = std::chrono::steady_clock::now();
  const std::vector<Draw> all = model.draws(1, draws);
  const double time = seconds_since(start);
  std::vector<double> values;
  for (const Draw& draw : all) {
    require(draw.failure.empty(), "a draw has no solution");
    values.push_back(draw.outcomes[outcome]);
  }
  require(model.draw(draws / 2).outcomes == all[static_cast<std::size_t>(draws / 2 - 1)].outcomes,
          "a draw alone differs from the same in a range");
  const Moments m = moments(values);
  const Quadrature quadrature = model.quadrature();
  fmt::print("{}_draws {}  s {:.2f}  numbers {}  mean {:.6g}  sd {:.3g}  quadrature_mean {:.6g}  quadrature_sd {:.3g}\n", name, draws, time,
             model.uncertain().numbers.size(), m.mean, m.deviation, quadrature.mean.at(outcome), quadrature.deviation.at(outcome));
  require(std::fabs(m.mean - quadrature.mean[outcome]) < 0.01 * percent_off * m.deviation, "mean and quadrature disagree");
}

static void nafta(const std::string& folder) {
  ImportOptions options;
  options.year = 1993, options.currency = "USD", options.scale = 1.0, options.allow_negative = true;
  options.settings["tariff"] = "tariff_1993";
  const Accounts accounts = find_reader("trade_model").read(folder, options).accounts;
  const CsvTable trade = read_csv(folder + "/trade.csv");
  std::string schedule = "sector,exporter,importer,rate\n";
  const auto member = [](const std::string& name) { return name == "Canada" || name == "Mexico" || name == "USA"; };
  for (const CsvRow& row : trade.rows) {
    const std::string from = trade.field(row, required_column(trade, "exporter")),
                      to = trade.field(row, required_column(trade, "importer"));
    if (from != to && member(from) && member(to))
      schedule += trade.field(row, required_column(trade, "sector")) + ',' + from + ',' + to + ',' +
                  trade.field(row, required_column(trade, "tariff_2005")) + '\n';
  }
  const std::filesystem::path place = std::filesystem::temp_directory_path() / "kontor-benchmark-draws";
  std::filesystem::create_directories(place);
  write_file(place / "tariffs.csv", schedule);
  const std::string text =
      "[programme]\nhorizon = [2005, 2005]\ncurrency = \"USD\"\nprice_year = 1993\n"
      "closure = { labour = \"fixed\", capital = \"mobile\", imbalance = \"zero\", budget = \"lump_sum\" }\n"
      "[[measure]]\nid = \"NAFTA\"\nkind = \"integration\"\nstatus = \"done\"\nmembers = [\"Canada\", \"Mexico\", \"USA\"]\n"
      "tariff = { file = \"tariffs.csv\" }\n[uncertainty]\nvary = [\"trade_elasticity\"]\nelasticity_error = 0.25\n";
  const Programme programme = parse_programme(text, "nafta.toml", place, accounts);
  std::vector<std::string> used;
  const Calibration calibration = calibrate(accounts, calibration_options(accounts, {}, used));
  const LeontiefSystem system(accounts);
  const DrawModel model(system, calibration, programme, {2005});
  const DrawTable names = model.empty_table();
  const Draw central = model.central();
  for (std::size_t o = 0; o < names.outcomes.size(); ++o)
    if (names.outcomes[o].indicator == "real_income" && names.outcomes[o].region == "Mexico")
      require(std::fabs(central.outcomes[o] - 0.0073) < 5e-5, "Mexico's exact real income");
  measure("nafta", model, 1000, "Mexico", 25);
  std::filesystem::remove_all(place);
}

static void demo(const std::string& root, const std::string& vary, long draws) {
  const Accounts accounts = read_accounts(root + "/data/finland-2014");
  Programme programme = read_programme(root + "/examples/finland-full/programme.toml", accounts);
  if (!vary.empty()) programme.uncertainty.vary.push_back(vary);
  std::vector<std::string> used;
  const Calibration calibration = calibrate(accounts, calibration_options(accounts, programme.parameters, used));
  const LeontiefSystem system(accounts);
  measure(vary.empty() ? "demo" : "demo_" + vary, DrawModel(system, calibration, programme, {programme.last_year}), draws, "", 25);
}

int main(int argc, char** argv) {
  if (argc < 3) {
    std::cerr << "usage: draws CP2015-NAFTA PROJECT\n";
    return 2;
  }
  nafta(argv[1]);
  demo(argv[2], "", 1000);
  demo(argv[2], "accounts", 100);
}
