// supply_use_trade: regional supply, delivered use, margins, taxes and origin-destination trade to an
// interregional table with abroad as an external region. Method: docs/methods/supply_use_trade.md
#include "read/supply_use_trade.h"

#include <algorithm>

#include "kontor/base/error.h"
#include "kontor/base/sum.h"
#include "kontor/base/text.h"
#include "read/readers.h"
#include "read/settings.h"

namespace kontor {

static constexpr Setting known_settings[] = {
    {"technology", "fixed_product_sales|industry_technology", "industry by industry (default), or product by product"},
    {"regions", "FILE.csv", "code, name and parent of each region; without it regions are named by their codes"},
    {"nation", "TEXT", "name of the parent that the regions file names by code only"},
    {"note", "TEXT", "what the publisher says about the limits of its tables; stands among the notes of the accounts"},
    {"citation", "TEXT", "how the publisher asks to be cited; stands beside every file of the folder"},
    {"licence", "TEXT", "the publisher's terms, in its words"},
    {"regions_citation", "TEXT", "the same for the regions file"},
    {"regions_licence", "TEXT", "the same for the regions file"},
};

// True for a table industry by industry, the default.
static bool is_by_industry(const ImportOptions& options) { return setting(options, "technology") != "industry_technology"; }

static void check_options(const ImportOptions& options) {
  check_settings(options.settings, known_settings, "supply_use_trade");
  const auto refuse = [](const std::string& where, const std::string& found, const std::string& expected, const std::string& remedy) {
    fail(Exit::usage, "option", "", "", where, found, expected, remedy);
  };
  const std::string technology = setting(options, "technology");
  if (!technology.empty() && technology != "fixed_product_sales" && technology != "industry_technology")
    refuse("--with technology", quoted(technology), "fixed_product_sales or industry_technology",
           did_you_mean(technology, {"fixed_product_sales", "industry_technology"}));
  if (options.year == 0) refuse("--year", "no year", "these files do not say their year", "add --year, e.g. --year 2014");
  if (options.currency.empty())
    refuse("--currency", "no currency", "these files do not say their currency", "add --currency, e.g. --currency EUR");
  if (options.scale <= 0)
    refuse("--scale", "no scale", "these files do not say their money unit", "add --scale, e.g. --scale 1e6 for millions");
}

static void choose_output(const ImportOptions& options, Accounts& a) {
  a.gross_output = options.gross_output == GrossOutput::reported   ? "reported"
                   : options.gross_output == GrossOutput::row_sums ? "row_sums"
                                                                   : "column_sums";
  if (options.gross_output == GrossOutput::reported) return;
  Matrix x(1, a.cells.size());
  for (std::size_t i = 0; i < a.cells.size(); ++i) {
    Sum sum;
    if (options.gross_output == GrossOutput::row_sums) {
      for (const double v : a.intermediate.row(i)) sum.add(v);
      for (const double v : a.final_use.row(i)) sum.add(v);
    } else {
      for (std::size_t j = 0; j < a.cells.size(); ++j) sum.add(a.intermediate(j, i));
      for (std::size_t k = 0; k < a.imports.size(); ++k) sum.add(a.imports_intermediate(k, i));
      for (std::size_t p = 0; p < a.primary_rows.size(); ++p) sum.add(a.primary(p, i));
    }
    x(0, i) = sum.value();
  }
  a.output = std::move(x);
}

static Imported read_supply_use_trade(const std::filesystem::path& folder, const ImportOptions& options) {
  check_options(options);
  const SupplyUseTrade tables = read_supply_use_trade_files(folder, options);
  Imported result;
  result.findings = check_supply_use_trade(tables);
  const bool by_industry = is_by_industry(options);
  const Grid grid = grid_of(tables, by_industry);
  Accounts& a = result.accounts;
  a.title = options.title.empty() ? "Interregional table from regional supply, use and trade" : options.title;
  a.year = a.price_year = options.year;
  a.currency = options.currency;
  a.scale = options.scale;
  a.sources = tables.sources;
  for (Source& source : a.sources) source.citation = setting(options, "citation"), source.licence = setting(options, "licence");
  label_accounts(tables, options, a);
  fill_accounts(tables, grid, a);
  choose_output(options, a);
  a.notes = notes_of(tables, grid, a, by_industry);
  if (const std::string note = setting(options, "note"); !note.empty()) a.notes.push_back(note);
  return result;
}

const Reader supply_use_trade_reader = {
    "supply_use_trade",
    "Regional supply, delivered use, margins and origin-destination trade to an interregional table",
    "a folder of CSV tables, plain or gzipped: supply_make, use_delivered, use_tax, trade, trade_margin, margin_supply, primary_*, stocks",
    "ALTA, 19 regions of Finland, 2014",
    known_settings,
    read_supply_use_trade};

}  // namespace kontor
