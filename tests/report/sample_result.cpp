#include "report/sample_result.h"

#include <cmath>

#include "kontor/report/write_result.h"

namespace kontor::test {

static const double base_value_added = 2500.0;  // million EUR, every cell

// Change of value added in a cell by measure: signs and sizes are invented, the pattern is fixed.
static double cell_change(int region, int sector, int measure) {
  static const double by_region[] = {1.0, 0.25, -0.4};
  static const double by_sector[] = {0.1, 1.0, 0.4, 0.2};
  return (measure == 0 ? 6.0 : 2.5) * by_region[region % 3] * by_sector[(sector + measure) % 4] / (1 + region / 3) / (1 + sector / 4);
}

static double in_year(int year, int measure, bool temporary) {
  if (temporary) return measure == 0 && year <= 2027 ? 0.5 : 0.0;
  return measure == 0 ? 0.4 * (year >= 2026) : std::min(1.0, 0.25 * (year - 2025));
}

static Accounts sample_accounts(int regions, int sectors) {
  static const char* names[] = {"Northland", "Midland", "Southland"};
  static const char* sector_names[] = {"Farms and forests", "Manufacture of machinery", "Trade and transport", "Other services"};
  Accounts a;
  a.title = "Invented accounts of three regions";
  a.year = a.price_year = 2022;
  a.currency = "EUR";
  a.valuation = "basic";
  a.notes = {"Every number of these accounts is invented."};
  a.sources = {{"invented.csv", std::string(64, 'a'), "Invented for tests", "CC0"}};
  for (int r = 0; r < regions; ++r)
    a.regions.push_back({"R" + std::to_string(r + 1), r < 3 ? names[r] : "Region number " + std::to_string(r + 1), "", false});
  a.regions.push_back({"ABROAD", "Abroad", "", true});
  for (int s = 0; s < sectors; ++s)
    a.sectors.push_back({"S" + std::to_string(s + 1), s < 4 ? sector_names[s] : "Sector number " + std::to_string(s + 1), "ISIC"});
  for (int r = 0; r < regions; ++r)
    for (int s = 0; s < sectors; ++s) a.cells.push_back({r, s, s});
  Satellite jobs;
  jobs.code = "jobs", jobs.name = "Jobs", jobs.unit = "persons", jobs.estimate = true;
  jobs.source = "national employment split by compensation of employees";
  a.satellites = {jobs};
  return a;
}

static Value money(double total) {
  Value value;
  value.number = {total, total, total};
  return value;
}
static Value text(const std::string& words) {
  Value value;
  value.text = words;
  return value;
}
static Value range(double low, double mid, double high) {
  Value value;
  value.number = {low, mid, high};
  return value;
}

static Programme sample_programme() {
  Programme p;
  p.id = "forum-2026";
  p.title = "Co-operation of Northland and Midland";
  p.file = "/somewhere/programme.toml";
  p.text = "[programme]\nid = \"forum-2026\"\n";
  p.base_year = 2022, p.first_year = 2026, p.last_year = 2030;
  p.currency = "EUR", p.price_year = 2022;
  p.finance_default = "home_budget";
  Written m1;
  m1.id = "M1", m1.kind = "contract", m1.title = "Harvesters for Midland", m1.status = "signed", m1.source = "programme.toml:14";
  m1.evidence = "Tender 2025/114, annex 2";
  m1.fields["money.total"] = money(84e6);
  m1.fields["seller.region"] = text("R1"), m1.fields["seller.sector"] = text("S2");
  m1.fields["buyer.region"] = text("R2"), m1.fields["buyer.use"] = text("investment");
  m1.fields["additional"] = range(0.1, 0.3, 0.6);
  Value period;
  period.list = {"2026-01", "2027-12"};
  m1.fields["period"] = period;
  Value replaces;
  replaces.weights = {{"third_country", {0.7, 0.7, 0.7}}, {"domestic", {0.1, 0.1, 0.1}}, {"nothing", {0.2, 0.2, 0.2}}};
  m1.fields["replaces"] = replaces;
  Written m2;
  m2.id = "M2", m2.kind = "modernisation", m2.title = "Sawmills of Midland", m2.status = "running", m2.source = "programme.toml:30";
  m2.fields["where.region"] = text("R2"), m2.fields["where.sector"] = text("S1"), m2.fields["capex.total"] = money(60e6);
  m2.fields["effect.output_per_worker"] = range(0.05, 0.12, 0.20);
  Written m3;
  m3.id = "M3", m3.kind = "corridor", m3.title = "Southern railway", m3.status = "memorandum", m3.source = "programme.toml:44";
  m3.fields["cost.total"] = money(1.1e9);
  Value paid;
  paid.weights = {{"R1", {0.5, 0.5, 0.5}}, {"R3", {0.5, 0.5, 0.5}}};
  m3.fields["cost.paid_by"] = paid;
  p.measures = {m1, m2, m3};
  p.agreements = {{"A1", "Minutes of the forum, section 3", "2026-06-28", "programme.toml:8", {"R1", "R2"}, {"M1", "M3"}}};
  return p;
}

namespace {

/// Writes rows and keeps the sums that the totals are made of.
struct Rows {
  Result& result;
  void add(const std::string& indicator, const std::string& region, const std::string& sector, int year, const std::string& measure,
           const std::string& term, double value, const std::string& unit = "million EUR", const std::string& partner = "") {
    result.effects.push_back({indicator, region, sector, partner, year, measure, term, value, unit});
  }
};

}  // namespace

static void add_years(Result& result, int regions, int sectors, bool all_temporary) {
  Rows rows{result};
  const auto code = [](int r) { return "R" + std::to_string(r + 1); };
  const auto lasting = [&](int year, int measure) { return all_temporary ? 0.0 : in_year(year, measure, false); };
  for (int year = 2026; year <= 2030; ++year) {
    double all = 0, all_m[2] = {}, all_temp = 0, all_jobs = 0;
    for (int r = 0; r < regions; ++r) {
      double total = 0, by_measure[2] = {}, temporary = 0;
      for (int s = 0; s < sectors; ++s) {
        double cell = 0;
        for (int m = 0; m < 2; ++m) {
          const double part = cell_change(r, s, m) * (lasting(year, m) + in_year(year, m, true));
          temporary += cell_change(r, s, m) * in_year(year, m, true);
          by_measure[m] += part;
          cell += part;
        }
        cell += 0.02 * cell;  // what the measures do together only
        rows.add("value_added", code(r), "S" + std::to_string(s + 1), year, "", "", cell);
        rows.add("output", code(r), "S" + std::to_string(s + 1), year, "", "", 2 * cell);
        total += cell;
      }
      temporary *= 1.02;
      rows.add("value_added", code(r), "", year, "", "", total);
      rows.add("output", code(r), "", year, "", "", 2 * total);
      rows.add("imports", code(r), "", year, "", "", 0.4 * total);
      rows.add("exports", code(r), "", year, "", "", 0);
      rows.add("jobs", code(r), "", year, "", "", 12 * total, "jobs");
      rows.add("jobs_percent", code(r), "", year, "", "", 100 * 12 * total / 90000, "%");
      rows.add("value_added_percent", code(r), "", year, "", "", 100 * total / (base_value_added * sectors), "%");
      rows.add("value_added", code(r), "", year, "", "temporary", temporary);
      rows.add("value_added", code(r), "", year, "", "lasting", total - temporary);
      for (int m = 0; m < 2; ++m) rows.add("value_added", code(r), "", year, m ? "M2" : "M1", "", by_measure[m]), all_m[m] += by_measure[m];
      rows.add("value_added", code(r), "", year, "(interaction)", "", total - by_measure[0] - by_measure[1]);
      rows.add("value_added", code(r), "", year, "M3", "", r == 2 ? 3.0 : 0.5);
      rows.add("value_added", code(r), "", year, "", "pipeline", r == 2 ? 3.0 : 0.5);
      all += total, all_temp += temporary, all_jobs += 12 * total;
    }
    rows.add("value_added", "", "", year, "", "", all);
    rows.add("output", "", "", year, "", "", 2 * all);
    rows.add("imports", "", "", year, "", "", 0.4 * all);
    rows.add("exports", "", "", year, "", "", 0);
    rows.add("jobs", "", "", year, "", "", all_jobs, "jobs");
    rows.add("value_added_percent", "", "", year, "", "", 100 * all / (base_value_added * sectors * regions), "%");
    rows.add("jobs_percent", "", "", year, "", "", 100 * all_jobs / (90000.0 * regions), "%");
    rows.add("value_added", "", "", year, "", "temporary", all_temp);
    rows.add("value_added", "", "", year, "", "lasting", all - all_temp);
    for (int m = 0; m < 2; ++m) rows.add("value_added", "", "", year, m ? "M2" : "M1", "", all_m[m]);
    rows.add("value_added", "", "", year, "(interaction)", "", all - all_m[0] - all_m[1]);
    rows.add("value_added", "", "", year, "M3", "", 4.0);
    rows.add("value_added", "", "", year, "", "pipeline", 4.0);
    static const char* steps[] = {"gross chain effect", "less margins and taxes", "less what would happen anyway",
                                  "less displaced suppliers"};
    const double shares[] = {3.0, -0.2, -1.2, -0.6};
    for (int i = 0; i < 4; ++i) rows.add("gross_to_net", "", "", year, "", steps[i], shares[i] * all);
    if (year <= 2027) rows.add("contract_value", "", "", year, "M1", "", 42.0);
    rows.add("transfer", "R2", "", year, "M2", "", year <= 2027 ? 3.0 : 0.0, "million EUR", "R1");
    rows.add("contract_value", "", "", year, "M2", "", year <= 2027 ? 30.0 : 0.0);
    for (int from = 0; from <= regions; ++from)
      for (int to = 0; to <= regions; ++to) {
        if (from == regions && to == regions) continue;
        const double value = all * ((from * 7 + to * 3) % 5 - 2) / 10.0;
        const std::string seller = from == regions ? "ABROAD" : code(from), buyer = to == regions ? "ABROAD" : code(to);
        rows.add("trade", seller, "", year, "", "", 1.1 * value, "million EUR", buyer);
        rows.add("trade", seller, "S2", year, "", "", value, "million EUR", buyer);
        rows.add("trade", seller, "S1", year, "", "", 0.1 * value, "million EUR", buyer);
        if (year == 2026) rows.add("trade_base", seller, "", 2022, "", "", 500.0, "million EUR", buyer);
      }
  }
  double discounted = 0;
  for (int r = 0; r < regions; ++r) {
    rows.add("value_added_base", code(r), "", 2022, "", "", base_value_added * sectors);
    rows.add("value_added_discounted", code(r), "", 2026, "", "", 5.0 / (r + 1));
    discounted += 5.0 / (r + 1);
  }
  rows.add("value_added_base", "", "", 2022, "", "", base_value_added * sectors * regions);
  rows.add("value_added_discounted", "", "", 2026, "", "", discounted);
}

static Result made(int regions, int sectors, bool all_temporary) {
  Result result;
  result.programme = sample_programme();
  result.accounts = sample_accounts(regions, sectors);
  result.accounts_folder = "/somewhere/accounts/invented-2022";
  result.accounts_fingerprint = std::string(64, 'b');
  result.engine_version = "0.1.0";
  Certificate& c = result.certificate;
  c.model = "leontief", c.criterion = "backward error below 1e-14 on the user's table", c.size = regions * sectors, c.iterations = 1;
  c.backward_error = 3.1e-17, c.condition = 8.4, c.digits = 13.7, c.largest_column_sum = 0.81, c.largest_column = "R1.S2",
  c.spectral_radius = 0.52;
  c.identities = {{"uses equal output", 2.2e-13, 1e-9}, {"costs equal output", 4e-13, 1e-9}};
  add_years(result, regions, sectors, all_temporary);
  result.not_counted = {{"M2", "productivity", "needs prices and factors", 2027, 2030},
                        {"M3", "trade_cost", "quantities at fixed prices have no trade costs", 2029, 2030}};
  result.defaults = {{"M2", "additional", "1 (range 0 to 1)", "not stated: additionality unproven"},
                     {"", "finance_default", "home_budget", "the file is silent"}};
  result.hindcast = {{2011, 2014, "World input-output tables", 0.043, 0.121}};
  result.findings = {{Severity::note, "size", "/somewhere/programme.toml", "14", "money.total",
                      "84 million EUR is 12 % of the output of R1.S2", "over 10 % a notice", "check the amount"},
                     {Severity::warning, "old-table", "", "", "", "the accounts are of 2022, the programme begins in 2026",
                      "structure drifts", "use a newer table if there is one"}};
  result.answer = answer_lines(result);
  return result;
}

Result sample_result() { return made(3, 4, false); }
Result temporary_result() { return made(3, 4, true); }
Result large_result(int regions, int sectors) { return made(regions, sectors, false); }

Result hostile_result() {
  Result result = made(3, 4, false);
  static const std::string image = "<img src=x onerror=alert(1)>", formula = "=1+1";
  result.accounts.title = image;
  result.accounts.notes = {image};
  result.accounts.regions[0].name = image;
  result.accounts.regions[1].code = formula;
  result.accounts.sectors[0].name = "'\"><script>alert(1)</script>";
  result.accounts.sectors[1].code = "@SUM(A1)";
  result.programme.title = image;
  result.programme.measures[0].title = image;
  result.programme.measures[1].evidence = image;
  result.programme.agreements[0].title = image;
  result.findings[0].found = image;
  result.certificate.criterion = image;
  result.defaults[0].why = image;
  result.not_counted[0].why = image;
  for (EffectRow& row : result.effects) {
    if (row.region == "R2") row.region = formula;
    if (row.partner == "R2") row.partner = formula;
    if (row.sector == "S2") row.sector = "@SUM(A1)";
  }
  for (auto& [field, value] : result.programme.measures[0].fields)
    if (value.text == "R2") value.text = formula;
  result.answer = answer_lines(result);
  return result;
}

}  // namespace kontor::test
