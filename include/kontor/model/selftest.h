// Worlds with known answers, built in: any user can see that this program computes on this machine what textbooks print.
#pragma once

#include <string>
#include <vector>

namespace kontor {

/// One number that is known: from a publication to its printed digits, or exactly.
struct SelftestCase {
  std::string world;     // "Miller and Blair, two sectors"
  std::string quantity;  // "output multiplier of sector 1"
  std::string source;    // where the expected value comes from
  double expected = 0.0, got = 0.0;
  double tolerance = 0.0;                                                                 // largest absolute difference
  bool ok() const { return got - expected <= tolerance && expected - got <= tolerance; }  // false for NaN
};

/// Solves all built-in worlds: no file is read.
std::vector<SelftestCase> run_selftest();

}  // namespace kontor
