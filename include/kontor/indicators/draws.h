// Draws of a programme: the same programme under other values of its uncertain numbers, solved anew each time.
//
// Draw k (counted from 1) is a function of its number alone, so that ranges of draws can be computed on several machines and
// joined. Method: docs/methods/uncertainty.md
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "kontor/indicators/table.h"
#include "kontor/model/calibration.h"
#include "kontor/model/drawn_accounts.h"
#include "kontor/model/leontief.h"
#include "kontor/model/uncertain.h"

namespace kontor {

/// One outcome that is kept of each draw.
struct OutcomeName {
  std::string indicator, region;
  int year = 0;
  std::string unit;
  bool operator==(const OutcomeName&) const = default;
};

/// A draw that failed holds the reason and no outcomes (NaN). An outcome is NaN where the drawn closure has none.
struct Draw {
  long number = 0;
  std::string failure;
  std::vector<double> inputs, outcomes;
};

struct DrawTable {
  std::vector<std::string> inputs;
  std::vector<OutcomeName> outcomes;
  std::vector<Draw> draws;  // ascending
};

/// One uncertain number, or a group, at its 5 % and 95 % point, the others central; failed ones are NaN. A closure: at both ends
/// of its list.
struct TornadoBar {
  std::string name;
  std::vector<double> low, high;  // by outcome
};

/// Mean and standard deviation by outcome, of 2 n points (Stroud 1957).
struct Quadrature {
  int points = 0;
  std::string failure;  // why there is none; empty if there is
  std::vector<double> mean, deviation;
};

/// A programme ready to be drawn. The central solution of each closure is solved once; draws start from it.
class DrawModel {
 public:
  /// The years are those whose outcomes are kept; the last in the list is the headline's. What is given must outlive the
  /// model. Throws Error(data) where a range breaks a rule at its ends, Error(no_answer) if the central case has no solution.
  DrawModel(const LeontiefSystem& system, const Calibration& calibration, const Programme& programme, std::vector<int> years);
  ~DrawModel();
  DrawModel(DrawModel&&) noexcept;

  const UncertainNumbers& uncertain() const;
  const CellErrors& errors() const;
  DrawTable empty_table() const;  // names only

  /// Draw `number`, from 1 on. Never throws for what is wrong with the draw itself.
  Draw draw(long number) const;
  /// Draws of a range, both ends included, on all threads.
  std::vector<Draw> draws(long first, long last) const;

  Draw central() const;
  std::vector<TornadoBar> tornado() const;
  Quadrature quadrature() const;

 private:
  std::unique_ptr<class DrawModelParts> parts_;
};

/// The coordinates of draw `number`, as DrawModel takes them.
std::vector<double> coordinates_of(const Programme& programme, const UncertainNumbers& uncertain, long number);

/// What draws say of a programme: rows by statistic, in the order of the outcomes. See docs/formats.md.
///
///   INDICATOR   term p5 | p25 | p50 | p75 | p95 | mean | deviation               region, year
///   INDICATOR   term quadrature_mean | quadrature_deviation                     region, headline year
///   gain_probability        region, year: draws in which real income rises, of those solved, %
///   draws                   term done | failed
///   INDICATOR_variance_first, _variance_total    term = uncertain number: shares of the variance, %; real_income and, of all
///   INDICATOR_variance_explained                 regions, value_added_net
///   INDICATOR_at_p5, _at_p95                     term = uncertain number at that point of its distribution, the others central
std::vector<EffectRow> statistics_of(const DrawTable& table, const Programme& programme, const UncertainNumbers& uncertain,
                                     const std::vector<TornadoBar>& tornado, const Quadrature& quadrature, int headline_year);

/// Draws of two programmes by which their difference is uncertain: B less A, draw by draw.
struct DrawnDifference {
  std::vector<EffectRow> rows;     // INDICATOR with term p5 ... deviation, and gain_probability: B better than A
  std::vector<std::string> apart;  // numbers that both draw, but differently
  long draws = 0;                  // solved in both
};
DrawnDifference difference_of(const DrawTable& a, const DrawTable& b);

inline constexpr double draw_points[] = {0.05, 0.25, 0.50, 0.75, 0.95};
inline constexpr const char* draw_terms[] = {"p5", "p25", "p50", "p75", "p95"};

}  // namespace kontor
