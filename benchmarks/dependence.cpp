// How long do the look-through indicators of all regions take, and a region's extraction, on WIOD 2011 (41 regions x 35 industries, n =
// 1435)?
//   look-through: factorise, then self-sufficiency, input and market reliance, hidden exposure and concentration of every region
//   extraction:   a region's border closed in both directions on the factorised system, the first time and again
// Answers checked against those of benchmarks/dependence.py (plain numpy with an explicit inverse), which prints its own beside them.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <functional>
#include <iostream>
#include <optional>

#include "kontor/base/parallel.h"
#include "kontor/indicators/indicator.h"
#include "kontor/model/blas.h"
#include "kontor/model/closing.h"
#include "kontor/read/reader.h"

using namespace kontor;

static double ms(const std::function<void()>& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

static double median_ms(int runs, const std::function<void()>& work) {
  std::vector<double> times;
  for (int i = 0; i < runs; ++i) times.push_back(ms(work));
  std::sort(times.begin(), times.end());
  return times[times.size() / 2];
}

int main(int argc, char** argv) {
  if (argc < 2) return std::cerr << "dependence WIOT_2011.csv.gz\n", 2;
  const Accounts accounts = find_reader("wiod").read(argv[1], {}).accounts;
  const std::vector<const char*> look_through = {"self_sufficiency_look_through", "foreign_input_reliance", "foreign_market_reliance",
                                                 "hidden_exposure", "supplier_concentration"};
  Question all;
  all.regions = single_regions(accounts);

  std::optional<Picture> picture;
  std::vector<IndicatorAnswer> answers;
  const auto ask_all = [&] {
    answers.clear();
    for (const char* name : look_through) answers.push_back(ask(find_indicator(name), *picture, all));
  };
  const auto fresh = [&] {
    picture.emplace(accounts);
    picture->system();
  };
  const double factorise = median_ms(5, fresh);
  std::vector<double> times;
  for (int i = 0; i < 7; ++i) {
    fresh();
    times.push_back(ms(ask_all));
  }
  std::sort(times.begin(), times.end());
  const double again = median_ms(7, ask_all);

  const int deu = region_index(accounts, "DEU");
  BorderClosing border{std::vector<bool>(accounts.regions.size(), false), std::vector<bool>(accounts.regions.size(), true)};
  border.one[static_cast<std::size_t>(deu)] = true, border.other[static_cast<std::size_t>(deu)] = false;
  fresh();
  Loss loss;
  const double first = ms([&] { loss = loss_without(picture->system(), border, {}, &picture->columns(deu)); });
  const double closed = median_ms(51, [&] { loss = loss_without(picture->system(), border, {}, &picture->columns(deu)); });
  BorderClosing of_inputs = border;
  of_inputs.final = false;
  const double inputs = median_ms(51, [&] { loss_without(picture->system(), of_inputs, {}, &picture->columns(deu)); });
  SupplierClosing supplier{near_side(accounts, border), border.one, {}};
  Loss held;
  const double supplied = median_ms(51, [&] { held = loss_without(picture->system(), supplier, {}, &picture->columns(deu)); });

  double lost = 0.0, of_others = 0.0;
  for (const double value : loss.output) lost += value;
  for (std::size_t i = 0; i < held.output.size(); ++i)
    if (accounts.cells[i].region != deu) of_others += held.output[i];
  const auto one = [&](std::size_t k, const char* term) { return value_of(answers[k].rows, {"*", "DEU", "", "*", "", term, 0}); };
  std::cout << fmt::format("kernels {}, threads {}\n", blas_kernels(), thread_count());
  std::cout << fmt::format(
      "DEU: own {:.12f}, inputs {:.12f}, markets {:.12f}, concentration {:.12f}, border {:.6f}, supplier {:.6f}\n"
      "factorise_ms {:.1f}\nlook_through_all_ms {:.1f}\nlook_through_again_ms {:.1f}\nborder_first_ms {:.2f}\nborder_again_ms "
      "{:.2f}\nborder_inputs_only_again_ms {:.2f}\n"
      "supplier_again_ms {:.2f}\n",
      one(0, "own"), one(1, "look_through"), one(2, "look_through"), one(4, "look_through_all"), lost, of_others, factorise, times[3],
      again, first, closed, inputs, supplied);
}
