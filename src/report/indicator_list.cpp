// The list of indicators for people and for programs, from the rows.
#include <nlohmann/json.hpp>

#include <fmt/format.h>

#include "kontor/base/text.h"
#include "kontor/report/indicator_table.h"

namespace kontor {

using Json = nlohmann::ordered_json;

static const char* partner_words(ByPartner by) {
  switch (by) {
    case ByPartner::never: return "no partner";
    case ByPartner::asked: return "by partner with --partner";
    case ByPartner::always: return "by pair";
  }
  return "";
}

// Words in lines of 100 characters: the first begins at column `first`, the others after `indent` blanks.
static std::string in_lines(const std::string& words, std::size_t indent, std::size_t first) {
  constexpr std::size_t width = 100;
  std::string text;
  std::size_t at = first;
  bool starts = true;
  for (const std::string& word : split(words, ' ')) {
    if (!starts && at + 1 + width_of(word) > width) {
      text += '\n' + std::string(indent, ' ');
      at = indent, starts = true;
    }
    text += (starts ? "" : " ") + word;
    at += width_of(word) + (starts ? 0 : 1);
    starts = false;
  }
  return text;
}

std::string indicator_list_text() {
  constexpr std::size_t column = 32;
  std::string text, family;
  for (const Indicator* i : indicators()) {
    if (family != i->family) {
      text += (family.empty() ? "" : "\n") + std::string(i->family) + '\n';
      family = i->family;
    }
    const std::string name = std::string("  ") + i->name;
    text += name + std::string(width_of(name) < column - 1 ? column - width_of(name) : 2, ' ');
    text += in_lines(std::string(i->meaning) + " (" + i->unit + ")", column, column) + '\n';
  }
  return text + "\n`kontor indicators --list NAME` shows formula, source, terms and settings of one.\n";
}

std::string indicator_words(const Indicator& i) {
  constexpr std::size_t column = 11;
  std::string text = fmt::format("{} ({}, {})\n", i.name, i.unit, partner_words(i.by_partner));
  const auto line = [&](const std::string& label, const std::string& words) {
    text += "  " + label + std::string(label.size() + 2 < column ? column - label.size() - 2 : 1, ' ');
    text += in_lines(words, column, std::max(column, label.size() + 3)) + '\n';
  };
  line("meaning", i.meaning);
  line("formula", i.formula);
  line("source", i.source);
  line("page", std::string("docs/methods/") + i.page + ".md");
  for (const Setting& s : i.settings) line("--with", std::string(s.name) + "=" + s.values + ": " + s.meaning);
  for (const Term& t : i.terms) line("term", std::string(t.name) + ": " + t.meaning + (*t.when ? std::string(" [") + t.when + "]" : ""));
  return text;
}

std::string indicator_list_json() {
  Json list = Json::array();
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
  }
  return list.dump(1, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace kontor
