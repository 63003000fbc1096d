// Indicators: each a row with a function, so that help, documentation, results and tests read one list.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kontor/base/setting.h"
#include "kontor/indicators/picture.h"
#include "kontor/indicators/table.h"

namespace kontor {

/// Regions looked at as one: a leaf region, a nation, or a bloc of the user. Trade inside it is no trade.
struct RegionSet {
  std::string code;
  std::vector<int> regions;  // leaves, ascending
  bool has(int region) const;
};

/// Blocs by name, members as the user wrote them: regions and nations.
using Blocs = std::map<std::string, std::vector<std::string>>;

/// What is asked of an indicator. Rows for sectors that were not asked for are left out afterwards.
struct Question {
  std::vector<RegionSet> regions;   // whose indicator; never empty
  std::vector<RegionSet> partners;  // by partner; empty: no row has a partner
  std::vector<RegionSet> blocs;     // those of the user, for shares of "its bloc"
  std::vector<int> sectors;         // empty: every sector, and totals
  Settings settings;                // checked against the indicator's row
};

/// One part of an indicator that has several, as it stands in the column `term`.
struct Term {
  const char* name;
  const char* meaning;    // what it is, in words and as a formula
  const char* when = "";  // the setting that it belongs to, "method=kww"; empty: all
};

struct IndicatorAnswer {
  std::vector<EffectRow> rows;     // indicator, year and unit filled in
  std::vector<std::string> notes;  // rules that were applied and gaps, in sentences: printed with the numbers
};

/// Whether rows name a partner: never, where the user asks, or always (a pair is what it is about).
enum class ByPartner { never, asked, always };

struct Indicator {
  const char* name;
  const char* family;   // heading in lists
  const char* unit;     // "money", "share", "%", "ratio", "stages", ...; rows carry it in full
  const char* meaning;  // one sentence: what it says, and what a large value means
  const char* formula;  // letters as in docs/symbols.md
  const char* source;   // author, year, title or journal
  const char* page;     // docs/methods/PAGE.md
  ByPartner by_partner = ByPartner::never;
  std::span<const Term> terms = {};
  std::span<const Setting> settings = {};
  IndicatorAnswer (*compute)(const Picture& picture, const Question& question);
};

/// All indicators, family by family.
std::span<const Indicator* const> indicators();
/// The indicator of that name; throws Error(usage) with the nearest names.
const Indicator& find_indicator(std::string_view name);

/// Every region that is a leaf and makes something, each as a set of its own.
std::vector<RegionSet> single_regions(const Accounts& accounts, bool with_external = false);
/// What a name stands for: a bloc, a nation, a region. Throws Error(usage) with the nearest names.
RegionSet region_set(const Accounts& accounts, const Blocs& blocs, const std::string& name);
/// `NAME=A,B,C`, several: throws Error(usage) for unknown members, a name that a region has, a region that stands in a
/// bloc twice, and a bloc without an equals sign.
Blocs read_blocs(const Accounts& accounts, const std::vector<std::string>& texts);

/// Asks: checks the settings, fills in year, and keeps the sectors that were asked for.
IndicatorAnswer ask(const Indicator& indicator, const Picture& picture, const Question& question);

}  // namespace kontor
