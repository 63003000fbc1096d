#include "kontor/report/explanation.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "kontor/base/text.h"
#include "kontor/indicators/effects.h"
#include "report/number_format.h"

namespace kontor {

using Json = nlohmann::ordered_json;

namespace {

constexpr std::size_t number_width = 13;

std::string to_the_right(const std::string& text) {
  const std::size_t width = width_of(text);
  return (width < number_width ? std::string(number_width - width, ' ') : "") + text;
}

class Lines {
 public:
  Lines(const Explained& explained, const Accounts& accounts, std::size_t levels)
      : explained_(explained), accounts_(accounts), levels_(levels), decimals_(decimals_for(explained.tree)) {}

  std::string all() {
    const Explanation& root = explained_.tree;
    const bool sets = std::any_of(root.parts.begin(), root.parts.end(), [](const Explanation& p) { return p.other.has_value(); });
    text_ = root.name + ": " + fixed_number(root.value, decimals_, true) + " " + explained_.unit + " (" +
            (explained_.model == "leontief" ? "at fixed prices" : "closure " + explained_.model) + ")\n";
    for (const std::string& note : explained_.notes) text_ += "  " + note + "\n";
    if (!root.parts.empty()) text_ += "\n" + to_the_right(explained_.unit) + "      %\n";
    for (const Explanation& part : root.parts) node(part, 1);
    if (sets) table_of_rules(root);
    return text_;
  }

 private:
  static double largest(const Explanation& node) {
    double most = std::fabs(node.value);
    for (const Explanation& part : node.parts) most = std::max(most, largest(part));
    return most;
  }
  // Four digits of the largest.
  static int decimals_for(const Explanation& root) {
    const double most = largest(root);
    return most > 0.0 ? std::clamp(3 - static_cast<int>(std::floor(std::log10(most))), 0, 12) : 0;
  }

  void node(const Explanation& at, std::size_t depth) {
    if (at.kind == "remainder" && std::fabs(at.value) < 0.5 * std::pow(10.0, -decimals_)) return;  // no digit that is shown
    const double whole = explained_.tree.value;
    const std::string share = whole != 0.0 ? fixed_number(100.0 * at.value / whole, 1) : "";
    text_ += to_the_right(fixed_number(at.value, decimals_, true)) + (width_of(share) < 7 ? std::string(7 - width_of(share), ' ') : " ") +
             share + "  " + std::string(2 * depth - 2, ' ') + at.name + "\n";
    const bool last = levels_ != 0 && depth >= levels_;
    if (last || at.parts.empty())
      for (const SourceCell& cell : at.cells) {
        text_ += std::string(number_width + 9 + 2 * depth, ' ') + cell.from + " to " + cell.to + ": " +
                 money_text(accounts_, cell.value, false) + "\n";
      }
    if (!last)
      for (const Explanation& part : at.parts) node(part, depth + 1);
  }

  void table_of_rules(const Explanation& root) {
    text_ += "\nThe same by other rules, " + explained_.unit + "\n" + to_the_right("path") + to_the_right("Shapley") +
             to_the_right("alone") + to_the_right("last in") + "\n";
    for (const Explanation& part : root.parts) {
      if (!part.other) continue;
      for (const double value : {part.value, part.other->shapley, part.other->alone, part.other->last_in})
        text_ += to_the_right(fixed_number(value, decimals_, true));
      text_ += "  " + part.name + "\n";
    }
  }

  const Explained& explained_;
  const Accounts& accounts_;
  const std::size_t levels_;
  const int decimals_;
  std::string text_;
};

Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

Json node_json(const Explanation& at) {
  Json json = {{"kind", at.kind}, {"name", at.name}, {"value", number(at.value)}};
  if (at.other)
    json["other_rules"] = {
        {"shapley", number(at.other->shapley)}, {"alone", number(at.other->alone)}, {"last_in", number(at.other->last_in)}};
  if (!at.parts.empty()) {
    json["parts"] = Json::array();
    for (const Explanation& part : at.parts) json["parts"].push_back(node_json(part));
  }
  if (!at.cells.empty()) {
    json["cells"] = Json::array();
    for (const SourceCell& cell : at.cells) json["cells"].push_back({{"from", cell.from}, {"to", cell.to}, {"value", number(cell.value)}});
  }
  return json;
}

}  // namespace

std::string explanation_text(const Explained& explained, const Accounts& accounts, std::size_t levels) {
  return Lines(explained, accounts, levels).all();
}

std::string explanation_json(const Explained& explained, const ExplainQuestion& question) {
  const Json json = {{"indicator", question.indicator}, {"region", question.region},        {"sector", question.sector},
                     {"year", explained.year},          {"unit", explained.unit},           {"model", explained.model},
                     {"notes", explained.notes},        {"tree", node_json(explained.tree)}};
  return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace kontor
