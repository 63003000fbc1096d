// Who depends on whom: the functions behind the rows of dependence_rows.cpp, and what they share. Method: docs/methods/dependence.md
#pragma once

#include <cmath>
#include <string>
#include <vector>

#include "kontor/indicators/indicator.h"

namespace kontor {

IndicatorAnswer self_sufficiency(const Picture& picture, const Question& question);
IndicatorAnswer self_sufficiency_look_through(const Picture& picture, const Question& question);
IndicatorAnswer foreign_input_reliance(const Picture& picture, const Question& question);
IndicatorAnswer foreign_market_reliance(const Picture& picture, const Question& question);
IndicatorAnswer hidden_exposure(const Picture& picture, const Question& question);
IndicatorAnswer supplier_concentration(const Picture& picture, const Question& question);
IndicatorAnswer dependency_screen_ec(const Picture& picture, const Question& question);
IndicatorAnswer dependency_screen_geodep(const Picture& picture, const Question& question);

/// Which final purchases a share counts: the setting `final_use` of every row of this family that has one.
inline constexpr Setting final_use_setting = {
    "final_use", "bought|table",
    "bought (default): without negative final purchases (stocks drawn down) and columns of statistical discrepancy, which nobody bought; "
    "table: every column as it stands, as published figures usually take it"};

/// True for each region of the set.
std::vector<bool> members(const Accounts& accounts, const RegionSet& set);
/// Sector whose product a supplier (cell, then import row) sells.
int product_of(const Accounts& accounts, int supplier);
/// part / whole; NaN where there is nothing to be a part of.
inline double share_of(double part, double whole) { return whole > 0.0 ? part / whole : std::nan(""); }

/// Final purchases, suppliers x regions, under the setting `final_use`; notes say what the rule left out for the regions asked about.
Matrix final_purchases(const Picture& picture, const Question& question, std::vector<std::string>& notes);
/// All purchases, by users and final users of each region: suppliers x regions.
Matrix all_purchases(const Accounts& accounts, const Matrix& final_purchases);

/// What the regions of a set buy of each supplier.
std::vector<double> bought_by(const RegionSet& set, const Matrix& purchases);
/// Where the value of purchases (by supplier) comes from: rows are regions and, last, product taxes on the way; columns are products
/// and, last, all of them. What an external region sells is its own.
Matrix value_by_origin(const Picture& picture, const std::vector<double>& bought);

/// Blocs that hold all of a set and more: those of the user; where there is none, the nation that the set is a part of.
std::vector<RegionSet> blocs_around(const Accounts& accounts, const Question& question, const RegionSet& set);
/// Says where a share is bounded by neither 0 nor 1 because value added is negative somewhere.
void note_negative_value_added(const Picture& picture, std::vector<std::string>& notes);
/// "abroad" is one origin in accounts with an external region: what that means for concentration.
void note_one_origin_abroad(const Accounts& accounts, std::vector<std::string>& notes);

/// Whether rows by sector are worth printing beside totals by pair: sectors were asked for, or it is one region and one partner.
bool sectors_by_pair(const Question& question);

/// Herfindahl-Hirschman index of amounts: sum of squared shares, 1/N to 1. NaN if they sum to nothing.
double concentration_of(const std::vector<double>& amounts);

}  // namespace kontor
