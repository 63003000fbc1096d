// trade_model: the data of a multi-sector trade model to accounts in which all buyers of a region share the origins
// of a product. With T the trade, tau the tariff and U, F what is spent at purchaser prices:
//
//   pi(i,n,p) = T(1+tau) / sum_i T(1+tau)             share of n's spending on p by origin
//   Z(ip,nj)  = U(n,p,j) pi / (1+tau)                 sales net of tariff
//   Y(ip,n)   = F(n,p)   pi / (1+tau)
//   tariffs   = sum_i tau Z, sum_i tau Y              a cost that is nobody's value added
//   x(n,j)    = value added + sum_p U(n,p,j)
#include "read/trade_model.h"

#include <fmt/format.h>

#include <cmath>

#include "kontor/base/error.h"
#include "kontor/base/sum.h"
#include "kontor/base/text.h"
#include "read/draft.h"
#include "read/readers.h"
#include "read/settings.h"

namespace kontor {

static constexpr std::size_t value_added_row = 0, tariffs_row = 1;

static constexpr Setting known_settings[] = {
    {"tariff", "COLUMN", "the column of trade.csv that holds the rates; needed where there are several"},
    {"citation", "TEXT", "how the authors ask to be cited; stands beside every file and every elasticity"},
    {"licence", "TEXT", "the publisher's terms, in its words"},
    {"elasticities", "TEXT", "where the elasticities come from, if not from the citation"},
    {"note", "TEXT", "what the authors say about the limits of their data; stands among the notes of the accounts"},
};

static void check_options(const ImportOptions& options) {
  check_settings(options.settings, known_settings, "trade_model");
  const auto refuse = [](const char* where, const char* found, const char* expected, const char* remedy) {
    fail(Exit::usage, "option", "", "", where, found, expected, remedy);
  };
  if (options.year == 0) refuse("--year", "no year", "these files do not say their year", "add --year, e.g. --year 1993");
  if (options.currency.empty())
    refuse("--currency", "no currency", "these files do not say their currency", "add --currency, e.g. --currency USD");
  if (options.scale <= 0)
    refuse("--scale", "no scale", "these files do not say their money unit", "add --scale, e.g. --scale 1 for single units");
  if (options.gross_output_chosen && options.gross_output != GrossOutput::column_sums)
    refuse("--gross-output", "another output than the sum of costs", "in a trade model output is value added and intermediate use",
           "leave --gross-output out");
}

static void label_accounts(const TradeModel& m, Accounts& a) {
  for (const std::string& region : m.regions) a.regions.push_back({region, region, "", false});
  for (const std::string& sector : m.sectors) a.sectors.push_back({sector, sector, ""});
  for (std::size_t r = 0; r < m.region_count(); ++r)
    for (std::size_t s = 0; s < m.sector_count(); ++s) a.cells.push_back({static_cast<int>(r), static_cast<int>(s), static_cast<int>(s)});
  a.categories = {{"final_demand", "Final demand", FinalRole::household}};
  for (std::size_t r = 0; r < m.region_count(); ++r) a.final_uses.push_back({static_cast<int>(r), 0});
  a.primary_rows = {{"value_added", "Value added, all factors together", PrimaryRole::labour, true},
                    {"tariffs", "Tariffs on purchases", PrimaryRole::tax, false}};
}

// What every buyer of region n takes of product p from each origin, and the tariff on it.
static void split_by_origin(const TradeModel& m, std::size_t n, std::size_t p, Draft& d) {
  Sum at_purchaser_prices;
  for (std::size_t i = 0; i < m.region_count(); ++i) at_purchaser_prices.add(m.trade(m.flow(p, i), n) * (1 + m.rate(p, i, n)));
  if (at_purchaser_prices.value() == 0) return;
  for (std::size_t i = 0; i < m.region_count(); ++i) {
    const double net_share = m.trade(m.flow(p, i), n) / at_purchaser_prices.value(), rate = m.rate(p, i, n);
    if (net_share == 0) continue;
    const std::size_t seller = m.cell(i, p);
    for (std::size_t j = 0; j < m.sector_count(); ++j) {
      const double sold = m.intermediate(m.cell(n, p), j) * net_share;
      d.intermediate(seller, m.cell(n, j)) = sold;
      d.primary(tariffs_row, m.cell(n, j)) += rate * sold;
    }
    const double sold = m.final_demand(n, p) * net_share;
    d.final_use(seller, n) = sold;
    d.primary_final(tariffs_row, n) += rate * sold;
  }
}

static void fill_blocks(const TradeModel& m, Draft& d) {
  for (std::size_t n = 0; n < m.region_count(); ++n)
    for (std::size_t p = 0; p < m.sector_count(); ++p) {
      d.primary(value_added_row, m.cell(n, p)) = m.value_added(n, p);
      split_by_origin(m, n, p, d);
    }
  for (std::size_t n = 0; n < m.region_count(); ++n)
    for (std::size_t j = 0; j < m.sector_count(); ++j) d.reported_output.push_back(output(m, n, j));
}

static std::string elasticity_source(const ImportOptions& options) {
  const std::string said = setting(options, "elasticities"), citation = setting(options, "citation");
  return !said.empty() ? said : !citation.empty() ? citation : "theta of the source's sectors.csv";
}

// Tariffs, elasticities and imbalances: what the equilibrium model reads beside the flows.
static void fill_trade(const TradeModel& m, const ImportOptions& options, Accounts& a) {
  for (std::size_t p = 0; p < m.sector_count(); ++p)
    for (std::size_t i = 0; i < m.region_count(); ++i)
      for (std::size_t n = 0; n < m.region_count(); ++n)
        if (i != n && !std::isnan(m.tariff(m.flow(p, i), n)))
          a.border_costs.push_back(
              {static_cast<int>(p), static_cast<int>(i), static_cast<int>(n), m.tariff(m.flow(p, i), n), std::nan("")});
  for (std::size_t s = 0; s < m.sector_count(); ++s)
    a.trade_elasticities.push_back({static_cast<int>(s), m.theta[s], m.theta_error[s], elasticity_source(options)});
  a.imbalances = m.deficit.empty() ? trade_imbalances(m) : m.deficit;
}

static void fill_notes(const TradeModel& m, const ImportOptions& options, Accounts& a) {
  a.notes.emplace_back(
      "Accounts of a trade model: all buyers of a region share the origins of a product. Sales are net of tariffs; what the tariffs take "
      "stands in the row `tariffs`.");
  a.notes.emplace_back("The row `value_added` stands for all factors together: the source does not tell labour and capital apart.");
  a.notes.push_back(m.tariff_column.empty() ? "The source holds no tariffs: its flows are taken as free of them."
                                            : "Tariffs are those of the source's column `" + m.tariff_column + "`.");
  a.notes.emplace_back(m.deficit.empty() ? "Imbalances are imports less exports of the source's trade, not of these accounts."
                                         : "Imbalances are those that the source states, not those of these accounts.");
  if (const std::string note = setting(options, "note"); !note.empty()) a.notes.push_back(note);
}

static Imported read_trade_model(const std::filesystem::path& folder, const ImportOptions& options) {
  check_options(options);
  const TradeModel m = read_trade_model_files(folder, options);
  Findings findings = check_trade_model(m);

  Draft draft;
  Accounts& a = draft.accounts;
  a.kind = AccountsKind::trade_model;
  a.title = "Trade model data";
  a.sources = m.sources;
  for (Source& source : a.sources) source.citation = setting(options, "citation"), source.licence = setting(options, "licence");
  label_accounts(m, a);
  draft.make_blocks(folder.string());
  fill_blocks(m, draft);
  fill_trade(m, options, a);
  fill_notes(m, options, a);
  Problems problems(folder.string());
  constexpr double any_gap = HUGE_VAL;  // held file against file above, at a tighter bound
  Imported result{finish_draft(std::move(draft), options, any_gap, problems), std::move(findings)};
  result.accounts.gross_output = "column_sums";
  for (Finding& finding : problems.all()) result.findings.push_back(std::move(finding));
  return result;
}

extern const Reader trade_model_reader = {
    "trade_model",
    "Data of a multi-sector trade model: value added, use, trade with tariffs, elasticities, imbalances",
    "a folder of CSV tables, plain or gzipped: regions, sectors, value_added, intermediate_use, final_demand, trade, and deficit if there "
    "is one",
    "Caliendo and Parro (2015), 31 regions x 40 sectors, 1993",
    known_settings,
    read_trade_model,
};

}  // namespace kontor
