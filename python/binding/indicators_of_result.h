// Indicators before and after: of a result, but asked and told like those of accounts.
#pragma once

#include <pybind11/pybind11.h>

#include <filesystem>
#include <string>
#include <vector>

#include "held_result.h"
#include "kontor/indicators/indicator.h"

namespace kontor::python {

/// (columns, notes, text) of each of the indicators.
pybind11::list indicators_of_result(const Held& held, const std::vector<std::string>& names, const std::vector<std::string>& regions,
                                    const std::vector<std::string>& partners, const std::vector<std::string>& sectors, const Blocs& blocs,
                                    const Settings& settings, const std::string& years, const std::string& measure,
                                    const std::string& closure, const std::filesystem::path& accounts, const pybind11::object& progress);

}  // namespace kontor::python
