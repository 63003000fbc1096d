// Each finding of check_accounts, provoked once on the tiny world.
#include "kontor/accounts/check.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>

#include "support.h"

using namespace kontor;

static std::string lines(const Accounts& a, const std::string& code = "") {
  std::string text;
  for (const Finding& finding : check_accounts(a, "accounts"))
    if (code.empty() || finding.code == code) text += to_line(finding) + '\n';
  return text;
}

static Block changed(const Block& block, std::size_t i, std::size_t j, double value) {
  Matrix m = block.copy();
  m(i, j) = value;
  return Block(std::move(m));
}

TEST_CASE("nothing is said about accounts in order") { CHECK(lines(test::tiny_accounts()).empty()); }

TEST_CASE("output and uses, output and costs that differ are named with cell and share") {
  Accounts a = test::tiny_accounts();
  a.final_use = changed(a.final_use, 0, 0, 40);  // L.1 sells 10 less than it makes
  CHECK(lines(a) ==
        "warning[out-of-balance] accounts:L.1: output 100 and uses (intermediate and final) differ by 10 (10.00 %); output = uses "
        "(intermediate and final); balance the table at its source, or import with --gross-output row_sums and read what that changes\n");
  a = test::tiny_accounts();
  a.primary = changed(a.primary, 0, 1, 100);
  CHECK(lines(a, "out-of-balance").find("L.2: output 200 and costs (inputs, imports, primary rows) differ by 30 (15.00 %)") !=
        std::string::npos);
  a.primary = changed(a.primary, 0, 1, 1000);
  CHECK(lines(a, "out-of-balance").find("error[out-of-balance]") == 0);
}

TEST_CASE("a gap within a thousandth is rounding") {
  Accounts a = test::tiny_accounts();
  a.final_use = changed(a.final_use, 0, 0, 50.09);
  CHECK(lines(a).empty());
}

TEST_CASE("negative sales are warnings, falling stocks are notes") {
  Accounts a = test::tiny_accounts();
  a.intermediate = changed(a.intermediate, 0, 1, -20);
  CHECK(lines(a, "negative-flow").find("warning[negative-flow] accounts:L.1: a negative intermediate sale: -20") == 0);
  a = test::tiny_accounts();
  a.final_use = changed(a.final_use, 2, 0, -10);
  CHECK(lines(a, "negative-final-use").find("warning[negative-final-use] accounts:FD: 1 negative cells in Households") == 0);
  a.categories[0].role = FinalRole::inventories;
  CHECK(lines(a, "negative-final-use").find("note[negative-final-use]") == 0);
}

TEST_CASE("a cell without output is a note if idle and an error if it buys") {
  Accounts a = test::tiny_accounts();
  a.output = changed(a.output, 0, 3, 0);
  CHECK(lines(a, "inputs-without-output").find("error[inputs-without-output] accounts:M.2: output is zero but inputs are 50") == 0);
  for (std::size_t i = 0; i < 4; ++i) a.intermediate = changed(a.intermediate, i, 3, 0);
  CHECK(lines(a, "idle-cells").find("note[idle-cells] accounts: 1 cells with zero output: M.2") == 0);
  CHECK(lines(a, "inputs-without-output").empty());
}

TEST_CASE("inputs above output and value added below zero are warnings that name the cell") {
  Accounts a = test::tiny_accounts();
  a.intermediate = changed(a.intermediate, 1, 0, 90);
  a.primary = changed(a.primary, 0, 0, -10);
  CHECK(lines(a, "column-over-one").find("warning[column-over-one] accounts:L.1: inputs are 1.1000 of output") == 0);
  CHECK(lines(a, "negative-value-added").find("warning[negative-value-added] accounts:L.1: value added is -10") == 0);
}

TEST_CASE("a trade elasticity is a positive number, once for a sector of the accounts") {
  Accounts a = test::tiny_accounts();
  a.trade_elasticities = {{0, 4.5, 0.3, ""}, {1, 8, std::nan(""), ""}};
  CHECK(lines(a).empty());
  for (const auto& [value, text] : {std::pair{0.0, "0"}, {-4.5, "-4.5"}, {INFINITY, "inf"}, {std::nan(""), "no value"}}) {
    a.trade_elasticities[1].value = value;
    CHECK(lines(a) == std::string("error[elasticity] accounts:trade_elasticity.2: ") + text +
                          "; above 0, and finite; correct it in the source and import again\n");
  }
  a.trade_elasticities[1] = {0, 8, std::nan(""), ""};
  CHECK(lines(a).find("error[duplicate-elasticity] accounts:trade_elasticity.1: two") == 0);
  a.trade_elasticities[1] = {2, 8, -1, ""};
  CHECK(lines(a, "unknown-sector").find("error[unknown-sector] accounts:trade_elasticity.2: ") == 0);
  CHECK(lines(a, "elasticity").find("standard error -1") != std::string::npos);
}

TEST_CASE("imbalances are there for each region and sum to zero") {
  Accounts a = test::tiny_accounts();
  a.imbalances = {30, -30};
  CHECK(lines(a).empty());
  a.imbalances = {30, -20};
  CHECK(lines(a).find("warning[imbalance] accounts:imbalances: they sum to 10") == 0);
  a.imbalances[1] = std::nan("");
  CHECK(lines(a).find("error[imbalance] accounts:M: no imbalance of this region") == 0);
}

TEST_CASE("in accounts of a trade model output need not equal uses, and one note says by how much") {
  Accounts a = test::tiny_accounts();
  a.kind = AccountsKind::trade_model;
  a.final_use = changed(a.final_use, 0, 0, 0);  // L.1 sells 50 of 100 less than it makes
  CHECK(
      lines(a) ==
      "note[trade-model] accounts: output differs from recorded uses by 0 to 50 a cell, 10.0000 % of output in all; in a trade model uses "
      "need not balance with output; compare two solved equilibria: these flows are not one\n");
}

TEST_CASE("labels that stand twice or look alike") {
  Accounts a = test::tiny_accounts();
  a.regions[0].code = "\xD0\x9C";  // Cyrillic Em beside Latin M
  CHECK(lines(a, "look-alike-label").find("warning[look-alike-label] accounts:region: ") == 0);
  a.regions[0].code = "m";
  CHECK(lines(a, "look-alike-label").find("look alike") != std::string::npos);
  a = test::tiny_accounts();
  a.sectors[1].code = "1";
  CHECK(lines(a, "look-alike-label").find("error[look-alike-label] accounts:sector: `1` and `1` stand twice") == 0);
}

TEST_CASE("parents in a circle") {
  Accounts a = test::tiny_accounts();
  a.regions.push_back({"N", "Nation", "O", false});
  a.regions.push_back({"O", "Other", "N", false});
  CHECK(lines(a, "circle-of-parents").find("error[circle-of-parents] accounts:N") == 0);
}

TEST_CASE("satellites with gaps, with jobs where nothing is made, and far from their sector") {
  Accounts a = test::tiny_accounts();
  a.satellites = {{"jobs", "Jobs", "persons", false, Resolution::cell, {}, ""}};
  Matrix jobs(1, 4);
  jobs.values = {1, 2, 3, std::nan("")};
  a.satellite = Block(jobs);
  CHECK(lines(a) == "note[satellite-gaps] accounts:jobs: not available for 1 of 4 cells; effects on it leave those cells out and say so\n");
  a.output = changed(a.output, 0, 2, 0);
  CHECK(lines(a, "satellite-without-output").find("warning[satellite-without-output] accounts:jobs: 1 cells with jobs but no output") == 0);
  // Four regions with one sector: the last has a hundred times the jobs per unit of output.
  a = test::tiny_accounts();
  for (std::size_t i = 0; i < 4; ++i) a.cells[i].sector = 0;
  jobs.values = {1, 2, 1, 100};
  a.satellites = {{"jobs", "Jobs", "persons", false, Resolution::cell, {}, ""}};
  a.satellite = Block(jobs);
  CHECK(lines(a, "outlier").find("note[outlier] accounts:M.1: jobs per unit of output is 100 times the sector's median") == 0);
}

TEST_CASE("a column that holds the gap of the source is a note with its size") {
  Accounts a = test::tiny_accounts();
  a.categories.push_back({"gap", "Gap", FinalRole::discrepancy});
  a.final_uses.push_back({0, 1});
  Matrix y(4, 3);
  for (std::size_t i = 0; i < 4; ++i) y(i, 0) = a.final_use(i, 0), y(i, 1) = a.final_use(i, 1);
  y(0, 0) -= 5, y(0, 2) = 5;
  a.final_use = Block(y);
  CHECK(lines(a).find("note[gap-column] accounts: reported output differs from uses by 0 to 5 a row, 1.0000 % of output in all") == 0);
}

TEST_CASE("the worst ten of a kind are named and the rest counted") {
  Accounts a;
  a.regions = {{"R", "R", "", false}};
  const std::size_t n = 13;
  for (std::size_t i = 0; i < n; ++i) {
    a.sectors.push_back({"s" + std::to_string(i), "", ""});
    a.cells.push_back({0, static_cast<int>(i), static_cast<int>(i)});
  }
  a.categories = {{"FD", "", FinalRole::household}};
  a.final_uses = {{0, 0}};
  a.primary_rows = {{"v", "", PrimaryRole::mixed, true}};
  a.intermediate = Block(Matrix(n, n)), a.final_use = Block(Matrix(n, 1, 1.0)), a.primary = Block(Matrix(1, n, -1.0));
  a.output = Block(Matrix(1, n, 1.0));
  const std::string text = lines(a, "negative-value-added");
  CHECK(std::count(text.begin(), text.end(), '\n') == 11);
  CHECK(text.find("and 3 more") != std::string::npos);
}
