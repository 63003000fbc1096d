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

/// Closure of a run from the fields of [programme]: what adjusts, who pays, and how it is printed.
void read_closure(const std::map<std::string, Value>& values, const Raw& place, const Accounts& accounts, Programme& programme,
                  Findings& findings);

/// Holds the closure against the factors of the accounts: what is written and cannot be is refused, what is not written is
/// chosen so that it can, and listed.
void fit_closure(const std::map<std::string, Value>& values, const Raw& place, const Accounts& accounts, Programme& programme,
                 Findings& findings);

/// [parameters]: known names only, each in its range; of a range the central value is kept.
void read_parameters(const Raw& root, const KnownLabels& labels, Programme& programme, Findings& findings);

/// A whole number of a table from `low` to `high`, or a finding; `fallback` where it is not written.
double whole_number(const std::map<std::string, Value>& values, const Raw* table, const char* field, double low, double high,
                    double fallback, Findings& findings);

/// [uncertainty]: what is drawn and how. Which numbers there are to draw is known to kontor/model/uncertain.h.
void read_uncertainty(const Raw& root, const KnownLabels& labels, Programme& programme, Findings& findings);

/// The schedule that an integration step names with `tariff.file`: columns sector, exporter, importer, rate. Fills
/// `tariffs` of that field.
void read_tariffs(Written& measure, const std::filesystem::path& folder, const KnownLabels& labels, const Accounts& accounts,
                  Programme& programme, Findings& findings);

/// Value added of a region's leaves as weights, summing to 1: how a nation or bloc pays and owns.
std::vector<std::pair<int, double>> income_weights(const Programme& programme, const Accounts& accounts, const std::string& region);

/// A measure from its table; nullopt with findings if its kind is not known.
void read_measure(const Raw& table, const KnownLabels& labels, Programme& programme, Findings& findings);

/// Ids stand once, links lead somewhere, periods lie in the horizon, sums of a kind's own fields agree.
void check_programme(const Programme& programme, Findings& findings);

/// Place of a measure or of one of its fields, for findings of the later steps.
Finding problem_in(const Written& measure, const std::string& field, Severity severity, const char* code, std::string found,
                   std::string expected, std::string remedy);

}  // namespace kontor
