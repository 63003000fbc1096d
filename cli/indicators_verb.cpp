// indicators: any indicator of any accounts, and the list of them with meaning, formula and source.
#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>

#include "kontor/accounts/store.h"
#include "kontor/base/error.h"
#include "kontor/base/text.h"
#include "kontor/indicators/indicator.h"
#include "kontor/report/text_table.h"
#include "verbs.h"

namespace kontor::cli {

using Json = nlohmann::ordered_json;

namespace {

struct Asked {
  std::string folder;
  std::vector<std::string> names, regions, partners, sectors, blocs, settings;
  bool list = false;
};

const char* partner_words(ByPartner by) {
  switch (by) {
    case ByPartner::never: return "no partner";
    case ByPartner::asked: return "by partner with --partner";
    case ByPartner::always: return "by pair";
  }
  return "";
}

void print_list(const Common& common) {
  Json list = Json::array();
  std::string family;
  for (const Indicator* i : indicators()) {
    Json terms = Json::array(), settings = Json::array();
    for (const Term& t : i->terms) terms.push_back({{"name", t.name}, {"meaning", t.meaning}, {"when", t.when}});
    for (const Setting& s : i->settings) settings.push_back({{"name", s.name}, {"values", s.values}, {"meaning", s.meaning}});
    list.push_back({{"name", i->name},
                    {"family", i->family},
                    {"unit", i->unit},
                    {"meaning", i->meaning},
                    {"formula", i->formula},
                    {"source", i->source},
                    {"page", i->page},
                    {"partner", partner_words(i->by_partner)},
                    {"terms", terms},
                    {"settings", settings}});
    if (common.json) continue;
    if (family != i->family) std::cout << (family.empty() ? "" : "\n") << (family = i->family) << '\n';
    std::cout << fmt::format("  {:<28} {} ({})\n", i->name, i->meaning, i->unit);
  }
  if (common.json)
    std::cout << list.dump(1) << '\n';
  else
    std::cout << "\n`kontor indicators --list NAME` shows formula, source, terms and settings of one.\n";
}

void print_one(const Indicator& i) {
  std::cout << fmt::format("{} ({}, {})\n  {}\n  formula: {}\n  source:  {}\n  page:    docs/methods/{}.md\n", i.name, i.unit,
                           partner_words(i.by_partner), i.meaning, i.formula, i.source, i.page);
  for (const Setting& s : i.settings) std::cout << fmt::format("  --with {}={}: {}\n", s.name, s.values, s.meaning);
  for (const Term& t : i.terms)
    std::cout << fmt::format("  term {:<12} {}{}\n", t.name, t.meaning, *t.when ? std::string(" [") + t.when + "]" : "");
}

Settings settings_of(const std::vector<std::string>& texts) {
  Settings settings;
  for (const std::string& text : texts) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos || equals == 0)
      fail(Exit::usage, "usage", "", "", "--with", quoted(text), "key=value", "e.g. --with method=kww");
    settings[text.substr(0, equals)] = text.substr(equals + 1);
  }
  return settings;
}

// Names may also stand in one word, separated by commas.
std::vector<std::string> taken_apart(const std::vector<std::string>& texts) {
  std::vector<std::string> names;
  for (const std::string& text : texts)
    for (const std::string& name : split(text, ',')) names.push_back(name);
  return names;
}

Question question_of(const Accounts& a, const Asked& asked) {
  const Blocs blocs = read_blocs(a, asked.blocs);
  Question question;
  for (const auto& [name, members] : blocs) question.blocs.push_back(region_set(a, blocs, name));
  for (const std::string& name : taken_apart(asked.regions)) question.regions.push_back(region_set(a, blocs, name));
  for (const std::string& name : taken_apart(asked.partners)) {
    if (name == "all") {
      for (RegionSet& set : single_regions(a, true)) question.partners.push_back(std::move(set));
      continue;
    }
    question.partners.push_back(region_set(a, blocs, name));
  }
  std::vector<std::string> codes;
  for (const Sector& s : a.sectors) codes.push_back(s.code);
  for (const std::string& name : taken_apart(asked.sectors)) {
    question.sectors.push_back(sector_index(a, name));
    if (question.sectors.back() < 0)
      fail(Exit::usage, "unknown-sector", "", "", "--sector", "unknown sector " + quoted(name), "a sector of the accounts",
           did_you_mean(name, codes));
  }
  question.settings = settings_of(asked.settings);
  return question;
}

void indicators_verb(const Common& common, const Asked& asked) {
  if (asked.list) {
    const std::vector<std::string> names = asked.folder.empty() ? asked.names : std::vector<std::string>{asked.folder};
    if (names.empty() || common.json) return print_list(common);
    for (const std::string& name : names) print_one(find_indicator(name));
    return;
  }
  if (asked.folder.empty() || asked.names.empty())
    fail(Exit::usage, "usage", "", "", "", "no accounts or no name of an indicator", "ACCOUNTS NAME...",
         "`kontor indicators --list` names them");
  std::vector<const Indicator*> chosen;
  for (const std::string& name : asked.names) chosen.push_back(&find_indicator(name));
  const Accounts accounts = read_accounts(asked.folder);
  const Question question = question_of(accounts, asked);
  const Picture picture(accounts);
  std::vector<EffectRow> rows;
  std::string text;
  for (const Indicator* indicator : chosen) {
    IndicatorAnswer answer = ask(*indicator, picture, question);
    text += rows_text(answer.rows, std::string(indicator->name) + ": " + indicator->meaning);
    for (const std::string& note : answer.notes) text += "note: " + note + '\n';
    text += std::string("source: ") + indicator->source + "\n\n";
    if (common.json || common.csv)
      for (const std::string& note : answer.notes) say(common, "note: " + note);
    rows.insert(rows.end(), std::make_move_iterator(answer.rows.begin()), std::make_move_iterator(answer.rows.end()));
  }
  print_rows(common, rows, text);
}

}  // namespace

void add_indicators(CLI::App& verb, Common& common) {
  static Asked asked;
  verb.add_option("ACCOUNTS", asked.folder, "accounts folder");
  verb.add_option("NAME", asked.names, "names of indicators");
  verb.add_flag("--list", asked.list, "all indicators; with a name: its formula, source, terms and settings");
  verb.add_option("--region", asked.regions, "regions, nations or blocs, separated by commas (default: every region)")
      ->allow_extra_args(false);
  verb.add_option("--partner", asked.partners, "by partner: regions, nations or blocs, or `all`")->allow_extra_args(false);
  verb.add_option("--sector", asked.sectors, "these sectors only")->allow_extra_args(false);
  verb.add_option("--bloc", asked.blocs, "NAME=A,B,C: regions that are looked at as one")->allow_extra_args(false);
  verb.add_option("--with", asked.settings, "key=value: a setting of the indicator")->allow_extra_args(false);
  verb.callback([&common] { indicators_verb(common, asked); });
}

}  // namespace kontor::cli
