// Value added in trade: values on paper, a second implementation that extracts and inverts literally, identities, bad input.
#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <set>

#include "chain_worlds.h"
#include "indicators/decomposition.h"
#include "kontor/accounts/store.h"
#include "kontor/base/error.h"
#include "kontor/base/parallel.h"
#include "kontor/base/sum.h"
#include "support.h"

using namespace kontor;
using test::asked;
using test::value_at;

static std::string data(const std::string& name) { return std::string(KONTOR_SOURCE_DIR) + "/data/" + name; }

static std::vector<std::string> codes(const Accounts& a, bool with_external) {
  std::vector<std::string> list;
  for (const RegionSet& set : single_regions(a, with_external)) list.push_back(set.code);
  return list;
}

// A and B make one good each: A sells B 20 for production and 20 for final use, B sells A 10 and 30. Both have an output of 100.
static Accounts two_countries() {
  Matrix z(2, 2), y(2, 2);
  z(0, 1) = 20, z(1, 0) = 10;
  y(0, 0) = 60, y(0, 1) = 20, y(1, 0) = 30, y(1, 1) = 60;
  return test::chain_world({"A.g", "B.g"}, z, {"A", "B"}, y);
}

// a_AB = 0.2, a_BA = 0.1, v = 0.9 and 0.8, L_AA = L_BB = 1 / 0.98.
TEST_CASE("two countries with one good each, on paper") {
  const Accounts accounts = two_countries();
  const Picture picture(accounts);
  const auto term = [&](const std::string& method, const std::string& name) {
    return value_at(asked(picture, "exports_decomposition", {"A"}, {}, {{"method", method}}), "A", "", "", name);
  };
  const auto is = [](double value) { return Approx(value).epsilon(1e-13); };
  CHECK(term("bm_source", "EXGR") == is(40));
  CHECK(term("bm_source", "VAX1") == is(0.9 * 20));
  CHECK(term("bm_source", "VAX2") == is(0.9 * 0.2 * 60));
  CHECK(term("bm_source", "VAX3") == 0.0);
  CHECK(term("bm_source", "REF1") == is(0.9 * 0.2 * 30));
  CHECK(term("bm_source", "REF") == is(0.9 * 0.2 * (30 + 0.1 * 60) / 0.98));  // B's output for A's final use
  CHECK(term("bm_source", "DC") == is(0.9 / 0.98 * 40));
  CHECK(term("bm_source", "DVA") == is(0.9 * 40));
  CHECK(term("bm_source", "FC") == is(0.8 * 0.1 / 0.98 * 40));
  CHECK(term("bm_source", "FVA") == is(0.8 * 0.1 * 40));
  CHECK(term("bm_sink", "DVA") == is(0.9 * 40));
  CHECK(term("bm_sink", "VAX1") == is(0.9 / 0.98 * 20));  // value added counts where it leaves last
  CHECK(term("oecd", "EXGR_DDC") == is(0.9 * 40));
  CHECK(term("oecd", "EXGR_IDC") == 0.0);
  CHECK(term("kww", "FVA_FIN") == is(0.8 * 0.1 / 0.98 * 20));
  CHECK(term("kww", "FDC") == is(0.8 * 0.1 / 0.98 * 0.2 * 40));  // A_AB H_B E_B
  CHECK(value_at(asked(picture, "exports_value_added", {"A"}), "A", "", "", "") == is(0.9 * (20 + 0.2 * 60) / 0.98));
  CHECK(value_at(asked(picture, "vertical_specialisation", {"A"}), "A", "", "", "VS") == is(0.1 * 40));
  CHECK(value_at(asked(picture, "gvc_participation", {"A"}), "A", "", "", "forward") == is(0.9 * 0.2 / 0.98 * 40));
  CHECK(value_at(asked(picture, "trade_balance", {"A"}), "A", "", "", "") == 0.0);
}

namespace {

/// Borders by the letter of their definition: flows taken out of A, a new inverse, nothing in closed form.
struct Plain {
  std::size_t n = 0;
  Matrix a, y, inverse;
  std::vector<double> v, x;
  std::vector<int> region, sector;
};

Matrix inverted(const Matrix& a) {  // (I - A)^-1 by Gauss and Jordan
  const std::size_t n = a.rows;
  Matrix m(n, n), inverse(n, n);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j) m(i, j) = (i == j) - a(i, j), inverse(i, j) = i == j;
  for (std::size_t k = 0; k < n; ++k) {
    const double pivot = m(k, k);
    for (std::size_t j = 0; j < n; ++j) m(k, j) /= pivot, inverse(k, j) /= pivot;
    for (std::size_t i = 0; i < n; ++i) {
      const double factor = m(i, k);
      for (std::size_t j = 0; i != k && j < n; ++j) m(i, j) -= factor * m(k, j), inverse(i, j) -= factor * inverse(k, j);
    }
  }
  return inverse;
}

Plain plain(const Accounts& accounts) {
  Plain p;
  p.n = accounts.cells.size();
  p.a = accounts.intermediate.copy(), p.y = accounts.final_use.copy();
  for (std::size_t j = 0; j < p.n; ++j) {
    p.x.push_back(accounts.output(0, j)), p.v.push_back(accounts.primary(0, j) / p.x[j]);
    p.region.push_back(accounts.cells[j].region), p.sector.push_back(accounts.cells[j].sector);
    for (std::size_t i = 0; i < p.n; ++i) p.a(i, j) /= p.x[j];
  }
  p.inverse = inverted(p.a);
  return p;
}

struct PlainTerms {
  double dva = 0, ddc = 0, fva = 0, fdc = 0, vax4 = 0, ref2 = 0, sink_vax1 = 0, sink_vax4 = 0, sink_ref2 = 0, sink_ddc = 0;
};

/// Terms of cell i of s to partner r, seen from the border that `crosses` describes.
template <class Crosses>
PlainTerms plain_terms(const Plain& p, std::size_t i, int r, const Crosses& crosses) {
  const int s = p.region[i];
  const int regions = static_cast<int>(p.y.columns);
  Matrix cut = p.a, local(p.n, p.n);
  for (std::size_t k = 0; k < p.n; ++k)
    for (std::size_t j = 0; j < p.n; ++j) {
      if (crosses(k, p.region[j])) cut(k, j) = 0.0;
      if (p.region[k] == p.region[j]) local(k, j) = p.a(k, j);
    }
  const Matrix extracted = inverted(cut), h = inverted(local);
  double first[2] = {0, 0}, all[2] = {0, 0}, exports = p.y(i, static_cast<std::size_t>(r));
  for (std::size_t k = 0; k < p.n; ++k) {
    first[p.region[k] != s] += p.v[k] * extracted(k, i);
    all[p.region[k] != s] += p.v[k] * p.inverse(k, i);
    if (p.region[k] == r) exports += p.a(i, k) * p.x[k];
  }
  // Output that serves final use of l: everybody's (full), and only goods that do not cross the border again.
  Matrix full(p.n, p.y.columns), once(p.n, p.y.columns);
  for (std::size_t k = 0; k < p.n; ++k)
    for (std::size_t j = 0; j < p.n; ++j)
      for (std::size_t l = 0; l < p.y.columns; ++l) {
        full(k, l) += p.inverse(k, j) * p.y(j, l);
        if (!crosses(j, static_cast<int>(l))) once(k, l) += extracted(k, j) * p.y(j, l);
      }
  // A_sr H_r A_rj x_j, j outside r: what the importer sends on in intermediates, by where it is absorbed.
  const auto sent_on = [&](const Matrix& output, bool home) {
    double total = 0.0;
    for (std::size_t q = 0; q < p.n; ++q)
      for (std::size_t t = 0; p.region[q] == r && t < p.n; ++t)
        for (std::size_t j = 0; p.region[t] == r && j < p.n; ++j)
          for (int l = 0; p.region[j] != r && l < regions; ++l)
            if ((l == s) == home) total += p.a(i, q) * h(q, t) * p.a(t, j) * output(j, static_cast<std::size_t>(l));
    return total;
  };
  PlainTerms terms;
  terms.dva = first[0] * exports, terms.ddc = (all[0] - first[0]) * exports;
  terms.fva = first[1] * exports, terms.fdc = (all[1] - first[1]) * exports;
  terms.vax4 = first[0] * sent_on(full, false), terms.ref2 = first[0] * sent_on(full, true);
  terms.sink_vax1 = all[0] * p.y(i, static_cast<std::size_t>(r));
  terms.sink_vax4 = all[0] * sent_on(once, false), terms.sink_ref2 = all[0] * sent_on(once, true);
  double again = 0.0;
  for (const bool home : {false, true}) again += sent_on(full, home) - sent_on(once, home);
  terms.sink_ddc = all[0] * again;
  return terms;
}

}  // namespace

TEST_CASE("borders in closed form are those that extraction and a new inverse give") {
  const Accounts accounts = test::chance_world(3, 2, 7);
  const Picture picture(accounts);
  const Plain p = plain(accounts);
  const auto is = [](double value) { return Approx(value).epsilon(1e-11); };
  for (const std::string border : {"exporter", "exporter_sector", "partner", "partner_sector"})
    for (const std::string exporter : {"A", "B", "C"}) {
      std::vector<std::string> partners;
      for (const std::string other : {"A", "B", "C"})
        if (other != exporter) partners.push_back(other);
      const IndicatorAnswer source = asked(picture, "exports_decomposition", {exporter}, partners, {{"perspective", border}});
      const IndicatorAnswer sink =
          asked(picture, "exports_decomposition", {exporter}, partners, {{"perspective", border}, {"method", "bm_sink"}});
      const IndicatorAnswer my = asked(picture, "exports_decomposition", {exporter}, partners, {{"perspective", border}, {"method", "my"}});
      const int s = region_index(accounts, exporter);
      for (const std::string& partner : partners)
        for (const int cell : cells_of(accounts, s)) {
          const auto i = static_cast<std::size_t>(cell);
          const int r = region_index(accounts, partner);
          const PlainTerms t = plain_terms(p, i, r, [&](std::size_t k, int l) {
            if (p.region[k] != s || l == s) return false;
            return (border.find("sector") == std::string::npos || k == i) && (border.find("partner") == std::string::npos || l == r);
          });
          const std::string sector = accounts.sectors[static_cast<std::size_t>(p.sector[i])].code;
          CAPTURE(border, exporter, partner, sector);
          for (const IndicatorAnswer* answer : {&source, &my}) {
            CHECK(value_at(*answer, exporter, sector, partner, "DVA") == is(t.dva));
            CHECK(value_at(*answer, exporter, sector, partner, "DDC") == is(t.ddc));
            CHECK(value_at(*answer, exporter, sector, partner, "FVA") == is(t.fva));
            CHECK(value_at(*answer, exporter, sector, partner, "FDC") == is(t.fdc));
          }
          CHECK(value_at(source, exporter, sector, partner, "VAX4") == is(t.vax4));
          CHECK(value_at(source, exporter, sector, partner, "REF2") == is(t.ref2));
          CHECK(value_at(sink, exporter, sector, partner, "VAX1") == is(t.sink_vax1));
          CHECK(value_at(sink, exporter, sector, partner, "VAX4") == is(t.sink_vax4));
          CHECK(value_at(sink, exporter, sector, partner, "REF2") == is(t.sink_ref2));
          CHECK(value_at(sink, exporter, sector, partner, "DDC") == is(t.sink_ddc));
        }
    }
}

namespace {

/// Per unit of output of each cell: what it pays that is no goods and nobody's value added, and the taxes among it.
struct CostsLeft {
  std::vector<double> all, taxes;
};

}  // namespace

static CostsLeft costs_left(const Picture& picture) {
  const Accounts& a = picture.accounts();
  CostsLeft left;
  for (std::size_t j = 0; j < a.cells.size(); ++j) {
    const double x = a.output(0, j);
    Sum all, taxes;
    all.add(x);
    for (std::size_t i = 0; i < a.cells.size(); ++i) all.add(-a.intermediate(i, j));
    for (std::size_t k = 0; k < a.imports.size(); ++k) all.add(-a.imports_intermediate(k, j));
    for (std::size_t p = 0; p < a.primary_rows.size(); ++p)
      if (a.primary_rows[p].value_added)
        all.add(-a.primary(p, j));
      else
        taxes.add(a.primary(p, j));
    left.all.push_back(x > 0.0 ? all.value() / x : 1.0), left.taxes.push_back(x > 0.0 ? taxes.value() / x : 0.0);
  }
  return left;
}

// Parts and OTHER of every row of an answer, against its EXGR.
static int check_sums(const IndicatorAnswer& answer, const DecompositionMethod& method) {
  std::set<std::string> parts = {"OTHER"};
  for (const Term& term : method.parts) parts.insert(term.name);
  int held = 0;
  for (std::size_t first = 0; first < answer.rows.size(); ++first) {
    const EffectRow& total = answer.rows[first];
    if (total.term != "EXGR") continue;
    Sum sum, size;
    for (const EffectRow& row : answer.rows)
      if (row.region == total.region && row.sector == total.sector && row.partner == total.partner && parts.count(row.term) > 0)
        sum.add(row.value), size.add(std::fabs(row.value));
    CAPTURE(total.region, total.sector, total.partner);
    CHECK(std::fabs(sum.value() - total.value) <= 1e-11 * size.value());
    ++held;
  }
  return held;
}

TEST_CASE("the parts of every method add up to exports: every region, sector, partner and perspective") {
  const Accounts chance = test::chance_world(4, 3, 3), finland = read_accounts(data("finland-2014")),
                 world = read_accounts(data("world-2011"));
  for (const Accounts* accounts : {&chance, &finland, &world}) {
    const Picture picture(*accounts);
    const std::vector<std::string> all = codes(*accounts, false);
    const std::vector<std::string> regions(all.begin(), all.begin() + 3);
    const std::vector<std::string> partners =
        accounts == &chance ? codes(*accounts, true) : std::vector<std::string>{all[1], all.back(), "ABROAD"};
    for (const DecompositionMethod& method : decomposition_methods())
      for (const std::string perspective : {"exporter", "exporter_sector", "partner", "partner_sector"}) {
        if (!method.perspectives && perspective != "exporter") continue;
        const Settings settings = {{"method", std::string(method.name)}, {"perspective", perspective}};
        CAPTURE(accounts->title, method.name, perspective);
        if (perspective.rfind("partner", 0) != 0)
          CHECK(check_sums(asked(picture, "exports_decomposition", regions, {}, settings), method) > 0);
        if (method.by_partner) {
          const bool known = region_index(*accounts, partners.back()) >= 0;
          const std::vector<std::string> to(partners.begin(), partners.end() - (known ? 0 : 1));
          CHECK(check_sums(asked(picture, "exports_decomposition", regions, to, settings), method) > 0);
        }
      }
  }
}

TEST_CASE("in a world whose accounts close nothing is left over, in Finland product taxes are") {
  const Accounts chance = test::chance_world(4, 3, 3);
  const Picture closed(chance);
  for (const DecompositionMethod& method : decomposition_methods())
    for (const EffectRow& row : asked(closed, "exports_decomposition", {"A", "B"}, {}, {{"method", std::string(method.name)}}).rows)
      if (row.term == "OTHER") CHECK(row.value == 0.0);

  const Accounts finland = read_accounts(data("finland-2014"));
  const Picture picture(finland);
  const CostsLeft left = costs_left(picture);
  const auto abroad = static_cast<std::size_t>(region_index(finland, "ABROAD"));
  Sum all, taxes;
  for (std::size_t i = 0; i < left.all.size(); ++i)
    for (std::size_t j = 0; j < left.all.size(); ++j) {
      const double through = picture.inverse()(j, i) * picture.sales()(i, abroad);
      all.add(left.all[j] * through), taxes.add(left.taxes[j] * through);
    }
  const IndicatorAnswer nation = asked(picture, "exports_decomposition", {"FIN"});
  CHECK(value_at(nation, "FIN", "", "", "OTHER") == Approx(all.value()).epsilon(1e-10));
  CHECK(std::fabs(all.value() - taxes.value()) < 1e-4 * taxes.value());       // the rest are gaps of the table
  CHECK(value_at(nation, "FIN", "", "", "DDC") == Approx(0.0).margin(1e-9));  // abroad sends nothing back
}

TEST_CASE("counted where value added leaves first or last, the totals of a border are the same and its split is not") {
  const Accounts accounts = test::chance_world(4, 3, 11);
  const Picture picture(accounts);
  const std::vector<std::string> sums = {"DVA", "DDC", "FVA", "FDC", "DC", "FC", "VAX", "REF"};
  const IndicatorAnswer source = asked(picture, "exports_decomposition", codes(accounts, false));
  const IndicatorAnswer sink = asked(picture, "exports_decomposition", codes(accounts, false), {}, {{"method", "bm_sink"}});
  for (const std::string& region : codes(accounts, false)) {
    for (const std::string& term : sums)
      CHECK(value_at(sink, region, "", "", term) == Approx(value_at(source, region, "", "", term)).epsilon(1e-12));
    for (const std::string term : {"DC", "FC"})
      CHECK(value_at(sink, region, "s1", "", term) == Approx(value_at(source, region, "s1", "", term)).epsilon(1e-12));
    CHECK(std::fabs(value_at(sink, region, "s1", "", "DVA") / value_at(source, region, "s1", "", "DVA") - 1.0) > 1e-4);
    CHECK(std::fabs(value_at(sink, region, "", "", "VAX1") / value_at(source, region, "", "", "VAX1") - 1.0) > 1e-4);
  }
  // The border of a pair likewise.
  const IndicatorAnswer pair = asked(picture, "exports_decomposition", {"A"}, {"B"}, {{"perspective", "partner"}});
  const IndicatorAnswer last = asked(picture, "exports_decomposition", {"A"}, {"B"}, {{"perspective", "partner"}, {"method", "bm_sink"}});
  for (const std::string term : {"DVA", "DDC", "FVA", "FDC"})
    CHECK(value_at(last, "A", "", "B", term) == Approx(value_at(pair, "A", "", "B", term)).epsilon(1e-12));
}

TEST_CASE("every method finds the same value added absorbed abroad, and the world's trade adds up") {
  const Accounts accounts = test::chance_world(4, 3, 5);
  const Picture picture(accounts);
  const std::vector<std::string> all = codes(accounts, false);
  const IndicatorAnswer vax = asked(picture, "exports_value_added", all), imported = asked(picture, "imports_value_added", all);
  const IndicatorAnswer gross = asked(picture, "trade_balance", all), net = asked(picture, "value_added_balance", all);
  const IndicatorAnswer chains = asked(picture, "gvc_participation", all), specialised = asked(picture, "vertical_specialisation", all);
  for (const std::string method : {"bm_source", "bm_sink", "kww", "wwz"}) {
    const IndicatorAnswer terms = asked(picture, "exports_decomposition", all, {}, {{"method", method}});
    for (const std::string& region : all) {
      CHECK(value_at(terms, region, "", "", "VAX") == Approx(value_at(vax, region, "", "", "")).epsilon(1e-12));
      CHECK(value_at(terms, region, "", "", "FC") == Approx(value_at(chains, region, "", "", "backward")).epsilon(1e-12));
      // Imported inputs at face value hold what comes back from home as well.
      CHECK(value_at(specialised, region, "", "", "VS") + value_at(terms, region, "", "", "DVA") ==
            Approx(value_at(terms, region, "", "", "EXGR")).epsilon(1e-12));
    }
  }
  Sum exported, bought, balance, backward, forward;
  for (const std::string& region : all) {
    exported.add(value_at(vax, region, "", "", "")), bought.add(value_at(imported, region, "", "", ""));
    balance.add(value_at(net, region, "", "", ""));
    backward.add(value_at(chains, region, "", "", "backward")), forward.add(value_at(chains, region, "", "", "forward"));
    CHECK(value_at(net, region, "", "", "") == Approx(value_at(gross, region, "", "", "")).epsilon(1e-10));
  }
  CHECK(exported.value() == Approx(bought.value()).epsilon(1e-13));
  CHECK(balance.value() == Approx(0.0).margin(1e-10 * exported.value()));
  CHECK(backward.value() == Approx(forward.value()).epsilon(1e-12));
}

TEST_CASE("a bloc is one economy: the same as if its cells were those of one region") {
  const Accounts accounts = test::chance_world(4, 2, 13);
  Accounts merged = accounts;  // B takes C's cells as sectors of its own
  for (const char* code : {"t1", "t2"}) merged.sectors.push_back({code, code, ""});
  for (Cell& cell : merged.cells)
    if (cell.region == 2) cell = {1, cell.sector + 2, cell.sector + 2};
  for (FinalUse& use : merged.final_uses)
    if (use.region == 2) use.region = 1;
  merged.regions.erase(merged.regions.begin() + 2);
  for (Cell& cell : merged.cells) cell.region -= cell.region > 2;
  for (FinalUse& use : merged.final_uses) use.region -= use.region > 2;
  const Picture parts(accounts), whole(merged);
  const Blocs blocs = read_blocs(accounts, {"BC=B,C"});
  const auto same = [&](const std::string& name, const Settings& settings, bool partner) {
    const std::vector<std::string> to = partner ? std::vector<std::string>{"A"} : std::vector<std::string>{};
    const IndicatorAnswer bloc = asked(parts, name, {"BC"}, to, settings, blocs), region = asked(whole, name, {"B"}, to, settings);
    for (const EffectRow& row : bloc.rows) {
      if (!row.sector.empty()) continue;
      CAPTURE(name, row.term, row.partner);
      const double other = value_at(region, "B", "", row.partner, row.term);
      CHECK(std::fabs(row.value - other) <= 1e-11 * std::max(1.0, std::fabs(other)));
    }
    // As partner of somebody else.
    if (!partner) return;
    const IndicatorAnswer to_bloc = asked(parts, name, {"D"}, {"BC"}, settings, blocs),
                          to_region = asked(whole, name, {"D"}, {"B"}, settings);
    for (const EffectRow& row : to_bloc.rows)
      CHECK(row.value == Approx(value_at(to_region, "D", row.sector, "B", row.term)).epsilon(1e-10).margin(1e-11));
  };
  for (const DecompositionMethod& method : decomposition_methods())
    for (const bool partner : {false, true})
      if (method.by_partner || !partner) same("exports_decomposition", {{"method", std::string(method.name)}}, partner);
  for (const std::string name : {"exports_gross", "imports_gross", "trade_balance", "exports_value_added", "value_added_balance",
                                 "vax_ratio", "vertical_specialisation", "gvc_participation"}) {
    same(name, {}, false);
    if (name != "imports_gross" && name != "trade_balance" && name != "value_added_balance") same(name, {}, true);
  }
}

TEST_CASE("what a region finally uses is somebody's value added, abroad's goods at face value, or taxes") {
  const Accounts finland = read_accounts(data("finland-2014"));
  const Picture picture(finland);
  const CostsLeft left = costs_left(picture);
  const std::vector<std::string> all = codes(finland, true);
  const IndicatorAnswer origin = asked(picture, "value_added_origin", all, {"Uusimaa", "Lappi"});
  for (const std::string absorber : {"Uusimaa", "Lappi"}) {
    const auto l = static_cast<std::size_t>(region_index(finland, absorber));
    Sum earned, used;
    for (const std::string& region : all) earned.add(value_at(origin, region, "", absorber, ""));
    for (std::size_t j = 0; j < finland.cells.size(); ++j) {
      used.add(picture.final_use()(j, l)), earned.add(left.all[j] * picture.called_for()(j, l));
    }
    for (std::size_t f = 0; f < finland.final_uses.size(); ++f)
      for (std::size_t k = 0; k < finland.imports.size(); ++k)
        if (finland.final_uses[f].region == static_cast<int>(l)) used.add(finland.imports_final(k, f));
    CHECK(earned.value() == Approx(used.value()).epsilon(1e-11));
    CHECK(value_at(origin, "ABROAD", "", absorber, "") > 0.0);
  }
}

TEST_CASE("exports of a region without production accounts are not available, never zero") {
  const Accounts finland = read_accounts(data("finland-2014"));
  const Picture picture(finland);
  for (const std::string name : {"exports_decomposition", "vertical_specialisation", "gvc_participation"}) {
    const IndicatorAnswer answer = asked(picture, name, {"ABROAD"});
    REQUIRE(answer.rows.size() == 1);
    CHECK(std::isnan(answer.rows[0].value));
    CHECK(answer.notes.front().find("ABROAD") + answer.notes.back().find("ABROAD") != std::string::npos);
  }
  CHECK(value_at(asked(picture, "exports_gross", {"ABROAD"}), "ABROAD", "", "", "") ==
        Approx(value_at(asked(picture, "imports_gross", {"FIN"}), "FIN", "", "", "")).epsilon(1e-12));
}

TEST_CASE("value added in trade is the same to the bit for any number of threads") {
  const Accounts world = read_accounts(data("world-2011"));
  std::vector<std::vector<EffectRow>> answers;
  const int before = thread_count();
  for (const int threads : {1, 4}) {
    set_thread_count(threads);
    const Picture picture(world);
    for (const std::string method : {"bm_source", "bm_sink", "wwz"})
      answers.push_back(asked(picture, "exports_decomposition", {"DEU", "CHN", "USA"}, {}, {{"method", method}}).rows);
  }
  set_thread_count(before);
  for (std::size_t k = 0; k < 3; ++k)
    for (std::size_t row = 0; row < answers[k].size(); ++row) REQUIRE(answers[k][row].value == answers[k + 3][row].value);
}

TEST_CASE("methods, perspectives and partners that do not go together are told, with the way out") {
  const Accounts accounts = test::chance_world(3, 2, 1);
  const Picture picture(accounts);
  const auto told = [&](const std::vector<std::string>& partners, const Settings& settings, const std::string& words) {
    try {
      asked(picture, "exports_decomposition", {"A"}, partners, settings);
      FAIL("no error");
    } catch (const Error& error) {
      CHECK(error.exit() == Exit::usage);
      CHECK_THAT(error.what(), Catch::Contains(words));
    }
  };
  told({}, {{"method", "bm_sinc"}}, "bm_sink");
  told({}, {{"methd", "kww"}}, "method");
  told({}, {{"method", "wwz"}, {"perspective", "exporter_sector"}}, "bm_source");
  told({}, {{"perspective", "partners"}}, "partner_sector");
  told({"B"}, {{"method", "kww"}}, "wwz");
  told({}, {{"perspective", "partner"}}, "--partner");
}

TEST_CASE("a part of a nation trades with the nation's other parts, other nations are one") {
  NEEDS_SHARED_DATA();
  const Accounts accounts = test::golden_world("iciotest");
  const Picture picture(accounts);
  const double nations = value_at(asked(picture, "exports_decomposition", {"ESP"}), "ESP", "", "", "VAX2");
  const double regions = value_at(asked(picture, "exports_decomposition", {"ESP"}, {}, {{"economies", "regions"}}), "ESP", "", "", "VAX2");
  CHECK(nations > regions);  // what MX1 passes on to MX2 is absorbed in Mexico after all
  const IndicatorAnswer trade = asked(picture, "exports_gross", {"MX1", "MX2", "MEX"});
  const double within = value_at(asked(picture, "exports_gross", {"MX1"}, {"MX2"}), "MX1", "", "MX2", "") +
                        value_at(asked(picture, "exports_gross", {"MX2"}, {"MX1"}), "MX2", "", "MX1", "");
  CHECK(value_at(trade, "MX1", "", "", "") + value_at(trade, "MX2", "", "", "") - within ==
        Approx(value_at(trade, "MEX", "", "", "")).epsilon(1e-13));
}
