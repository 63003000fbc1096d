// What the compilers of measures share: money, places, present purchases, years.
#include <algorithm>
#include <cmath>

#include "kontor/base/sum.h"
#include "kontor/base/text.h"
#include "programme/kinds.h"
#include "programme/parts_of_programme.h"

namespace kontor {

void ShockList::add(int year, Step step, bool temporary, Change change) {
  if (in_horizon(context_, year)) shocks_.push_back({std::move(change), measure_.id, year, step, temporary, measure_.source});
}

void ShockList::add_building(int year, bool lasting, std::vector<FinalDemand> purchases) {
  if (in_horizon(context_, year))
    shocks_.push_back({std::move(purchases), measure_.id, year, Step::stated, !lasting, measure_.source, true});
}

double in_accounts(const CompileContext& context, double money) { return money * context.programme.deflator / context.accounts.scale; }

bool in_horizon(const CompileContext& context, int year) {
  return year >= context.programme.first_year && year <= context.programme.last_year;
}

void add_default(CompileContext& context, const Written& measure, const char* field, std::string value, std::string why) {
  // Two steps of one measure may use the same default: it is listed once.
  const bool listed = std::any_of(context.defaults.begin(), context.defaults.end(), [&](const DefaultUsed& used) {
    return used.measure == measure.id && used.field == field && used.value == value;
  });
  if (!listed) context.defaults.push_back({measure.id, field, std::move(value), std::move(why)});
}

void add_error(CompileContext& context, const Written& measure, const char* field, const char* code, std::string found,
               std::string expected, std::string remedy) {
  context.findings.push_back(problem_in(measure, field, Severity::error, code, std::move(found), std::move(expected), std::move(remedy)));
}

void add_note(CompileContext& context, const Written& measure, const char* field, const char* code, std::string found, std::string expected,
              std::string remedy) {
  Finding note = problem_in(measure, field, Severity::note, code, std::move(found), std::move(expected), std::move(remedy));
  const bool told = std::any_of(context.findings.begin(), context.findings.end(),
                                [&](const Finding& f) { return f.code == note.code && f.column == note.column && f.found == note.found; });
  if (!told) context.findings.push_back(std::move(note));
}

void add_warning(CompileContext& context, const Written& measure, const char* field, const char* code, std::string found,
                 std::string expected, std::string remedy) {
  context.findings.push_back(problem_in(measure, field, Severity::warning, code, std::move(found), std::move(expected), std::move(remedy)));
}

std::string money_text(const Accounts& accounts, double accounts_value) {
  const double millions = accounts_value * accounts.scale / 1e6;
  const double digits = std::pow(10.0, 4 - std::ceil(std::log10(std::max(std::fabs(millions), 1e-6))));  // four digits for people
  return number_text(std::round(millions * digits) / digits) + " million " + accounts.currency;
}

std::vector<int> leaves(const CompileContext& context, const std::string& region) {
  return regions_named(context.programme, context.accounts, region);
}

bool holds(const std::vector<int>& list, int item) { return std::find(list.begin(), list.end(), item) != list.end(); }

double sales_of(const Accounts& accounts, int supplier) {
  const std::size_t n = accounts.cells.size(), s = static_cast<std::size_t>(supplier);
  if (s < n) return accounts.output(0, s);
  Sum sum;
  for (const double value : accounts.imports_intermediate.row(s - n)) sum.add(value);
  for (const double value : accounts.imports_final.row(s - n)) sum.add(value);
  return sum.value();
}

Weights sellers_of(CompileContext& context, const Written& measure, const char* field, const std::string& region, int sector) {
  Weights sellers;
  Sum total;
  for (const int leaf : leaves(context, region)) {
    const int supplier = supplier_index(context.accounts, leaf, sector);
    if (supplier < 0 || sales_of(context.accounts, supplier) <= 0.0) continue;
    sellers.emplace_back(supplier, sales_of(context.accounts, supplier));
    total.add(sellers.back().second);
  }
  for (auto& [supplier, weight] : sellers) weight /= total.value();
  if (sellers.empty())
    add_error(context, measure, field, "empty-cell",
              region + '.' + context.accounts.sectors[sector].code + " makes nothing in the accounts",
              "a supplier with output: without it there is no technology, and a change of nothing stays nothing",
              measure.has("technology_like.region")
                  ? "technology_like cannot yet enter a new cell: seed it in the accounts, or name a region that makes it"
                  : "name a region that makes it, or seed the cell in the accounts");
  return sellers;
}

std::vector<Purchase> purchases_of(const Accounts& accounts, int sector, const std::vector<int>& buyers) {
  std::vector<Purchase> purchases;
  for (int supplier = 0; supplier < supplier_count(accounts); ++supplier) {
    if (supplier_sector(accounts, supplier) != sector) continue;
    for (const int buyer : buyers)
      if (const double value = purchase(accounts, supplier, buyer); value > 0.0) purchases.push_back({supplier, buyer, value});
  }
  return purchases;
}

double total_of(const std::vector<Purchase>& purchases) {
  Sum sum;
  for (const Purchase& p : purchases) sum.add(p.value);
  return sum.value();
}

std::vector<int> columns_of(const Accounts& accounts, const std::vector<int>& regions, const std::string& category) {
  FinalRole role{};
  const bool is_role = category_index(accounts, category) < 0 && read_role(category, role);
  std::vector<int> columns;
  for (std::size_t f = 0; f < accounts.final_uses.size(); ++f) {
    const FinalUse& use = accounts.final_uses[f];
    const FinalCategory& own = accounts.categories[use.category];
    if (holds(regions, use.region) && (is_role ? own.role == role : own.code == category)) columns.push_back(static_cast<int>(f));
  }
  return columns;
}

double spending_of(const Accounts& accounts, int final_use) {
  Sum sum;
  for (std::size_t i = 0; i < accounts.final_use.rows(); ++i) sum.add(accounts.final_use(i, final_use));
  for (std::size_t i = 0; i < accounts.imports_final.rows(); ++i) sum.add(accounts.imports_final(i, final_use));
  return sum.value();
}

int carrier_column(const Accounts& accounts, const std::vector<int>& regions) {
  const std::vector<int> households = columns_of(accounts, regions, role_name(FinalRole::household));
  if (!households.empty()) return households.front();
  for (std::size_t f = 0; f < accounts.final_uses.size(); ++f) {
    const FinalUse& use = accounts.final_uses[f];
    if (holds(regions, use.region) || accounts.categories[use.category].role == FinalRole::household) return static_cast<int>(f);
  }
  return accounts.final_uses.empty() ? -1 : 0;
}

std::vector<std::pair<int, double>> yearly_shares(CompileContext& context, const Written& measure) {
  const std::vector<double>& months = measure.at("period").numbers;
  const int first = static_cast<int>(months[0]) / 12, last = static_cast<int>(months[1]) / 12;
  const bool written = measure.has("money.profile");
  std::vector<std::pair<int, double>> shares;
  double outside = 0.0;
  for (int year = first; year <= last; ++year) {
    const double begins = std::max(months[0], year * 12.0), ends = std::min(months[1], year * 12.0 + 11);
    const double share = written ? measure.at("money.profile").numbers[static_cast<std::size_t>(year - first)]
                                 : (ends - begins + 1) / (months[1] - months[0] + 1);
    shares.emplace_back(year, share);
    if (!in_horizon(context, year)) outside += share;
  }
  if (!written && first != last) add_default(context, measure, "money.profile", "even over the months of the period", "not given");
  if (outside > 0.0)
    add_note(context, measure, "period", "part-outside",
             number_text(std::round(outside * 1e4) / 100) + " % of the money lies outside the horizon", "it is not counted",
             "widen the horizon");
  return shares;
}

std::vector<std::pair<int, double>> building_shares(CompileContext& context, const Written& measure, const std::string& prefix) {
  const std::vector<double>& years = measure.at(prefix + ".years").numbers;
  const std::string profile = prefix + ".profile";
  const bool written = measure.has(profile);
  std::vector<std::pair<int, double>> shares;
  double outside = 0.0;
  for (std::size_t i = 0; i < years.size(); ++i) {
    const double share = written ? measure.at(profile).numbers[i] : 1.0 / static_cast<double>(years.size());
    shares.emplace_back(static_cast<int>(years[i]), share);
    if (!in_horizon(context, shares.back().first)) outside += share;
  }
  if (!written && years.size() > 1) add_default(context, measure, profile.c_str(), "even over the years", "not given");
  if (outside > 0.0)
    add_note(context, measure, (prefix + ".years").c_str(), "part-outside",
             number_text(std::round(outside * 1e4) / 100) + " % of the money lies outside the horizon", "it is not counted",
             "widen the horizon");
  return shares;
}

int factor_row(CompileContext& context, const Written& measure, PrimaryRole role) {
  const std::vector<PrimaryRow>& rows = context.accounts.primary_rows;
  for (std::size_t p = 0; p < rows.size(); ++p)
    if (rows[p].role == role) return static_cast<int>(p);
  // One row of mixed income holds both factors where the programme says how it is split.
  const auto& parameters = context.programme.parameters;
  if (parameters.count("mixed_labour_share") || parameters.count("labour_share"))
    for (std::size_t p = 0; p < rows.size(); ++p)
      if (rows[p].role == PrimaryRole::mixed) return static_cast<int>(p);
  add_error(context, measure, "kind", "no-factor-split", std::string("the accounts have no primary row with role ") + role_name(role),
            "this kind of measure needs labour and capital apart",
            "split the mixed row of the accounts, or give mixed_labour_share in [parameters]; cite where it comes from");
  return -1;
}

Weights income_weights(const Programme& programme, const Accounts& accounts, const std::string& region) {
  Weights weights;
  Sum total;
  const std::vector<int> members = regions_named(programme, accounts, region);
  for (const int leaf : members) {
    Sum income;
    for (const int cell : cells_of(accounts, leaf)) income.add(value_added(accounts, cell));
    weights.emplace_back(leaf, income.value());
    total.add(income.value());
  }
  // Regions abroad have no income in the accounts: they share alike.
  for (auto& [leaf, weight] : weights) weight = total.value() > 0.0 ? weight / total.value() : 1.0 / static_cast<double>(members.size());
  return weights;
}

Weights income_weights(const CompileContext& context, const std::string& region) {
  return income_weights(context.programme, context.accounts, region);
}

Weights payers_of(CompileContext& context, const Written& measure, const char* field) {
  Weights payers;
  if (measure.has(field)) {
    for (const auto& [name, share] : measure.at(field).weights)
      for (const auto& [leaf, weight] : income_weights(context, name)) payers.emplace_back(leaf, weight * share.mid);
    return payers;
  }
  const std::string& payer = context.programme.finance_default;
  add_default(context, measure, field, payer, "not given: the programme's finance_default");
  return payer == "home_budget" ? payers : income_weights(context, payer);
}

}  // namespace kontor
