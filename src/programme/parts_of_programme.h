// The steps of reading a programme. read_programme.cpp calls them in order.
#pragma once

#include "programme/fields.h"

namespace kontor {

/// Reads `name` beside the programme and notes its hash among the inputs. A URL is refused.
std::string read_named_file(const Value& value, const std::string& field, const std::filesystem::path& folder, Programme& programme);

/// Fills deflator and its source from the file (year, index, exchange_rate, source); without one, money must be
/// in the accounts' currency and price year.
void read_deflator(const Value* file, const Raw& place, const std::filesystem::path& folder, const Accounts& accounts, Programme& programme,
                   Findings& findings);

/// Pairs and sectors under trade restrictions: columns exporter, importer, sector (may be empty), note.
void read_restricted(const Value& file, const std::filesystem::path& folder, const KnownLabels& labels, Programme& programme,
                     Findings& findings);

/// A measure from its table; nullopt with findings if its kind is not known.
void read_measure(const Raw& table, const KnownLabels& labels, Programme& programme, Findings& findings);

/// Ids stand once, links lead somewhere, periods lie in the horizon, sums of a kind's own fields agree.
void check_programme(const Programme& programme, Findings& findings);

/// Place of a measure or of one of its fields, for findings of the later steps.
Finding problem_in(const Written& measure, const std::string& field, Severity severity, const char* code, std::string found,
                   std::string expected, std::string remedy);

}  // namespace kontor
