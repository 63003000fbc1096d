// Products with tables of suppliers by groups, one product's rows at a time.
#pragma once

#include <span>
#include <vector>

#include "kontor/model/equilibrium.h"

namespace kontor {

/// y(b) = sum over the rows q of a product of table(q,b) x(q).
void gather(const Economy& economy, const Weights& table, std::size_t product, const std::vector<double>& x, std::span<double> y);

/// x(q) = sum over groups of table(q,b) y(b), for the rows q of a product.
void scatter(const Economy& economy, const Weights& table, std::size_t product, std::span<const double> y, std::vector<double>& x);

/// y(u) = sum over products of share(u,p) x(p), for the users in [first, last).
void users_times(const Calibration& base, std::size_t first, std::size_t last, std::span<const double> x, std::vector<double>& y);

/// x(p) = sum over the users in [first, last) of share(u,p) y(u).
void products_times(const Calibration& base, std::size_t first, std::size_t last, const std::vector<double>& y, std::span<double> x);

/// Rows and columns change places.
void transpose(const Matrix& from, Matrix& to);

}  // namespace kontor
