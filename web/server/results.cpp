#include "results.h"

#include <algorithm>
#include <cmath>

#include "json_body.h"
#include "kontor/base/error.h"
#include "kontor/base/files.h"
#include "kontor/base/text.h"
#include "kontor/report/rows.h"

namespace kontor::web {

static constexpr std::size_t most_in_memory = 16, most_read = 8;

static void index_rows(OpenResult& result) {
  for (std::size_t k = 0; k < result.result.effects.size(); ++k) result.by_indicator[result.result.effects[k].indicator].push_back(k);
}

std::string OpenResult::file(const std::string& name_of_file) const {
  if (saved) return read_file(folder / name_of_file);
  const auto found = files.find(name_of_file);
  if (found == files.end()) fail(Exit::usage, "unknown-id", "", "", "", "this result has no such file", "a file of a result folder", "");
  return found->second;
}

std::shared_ptr<const OpenResult> Results::open(const std::string& id) {
  {
    const std::scoped_lock lock(guard_);
    for (const auto& kept : memory_)
      if (kept->id == id) return kept;
  }
  const Item item = project_.item(ItemKind::result, id);
  const std::scoped_lock lock(guard_);
  for (auto it = read_.begin(); it != read_.end(); ++it)
    if (it->first == id && it->second.stamp == item.stamp) {
      read_.splice(read_.begin(), read_, it);
      return it->second.result;
    }
  auto opened = std::make_shared<OpenResult>();
  opened->id = id, opened->name = item.path.filename().string(), opened->saved = true, opened->folder = item.path;
  opened->result = read_result(item.path);
  index_rows(*opened);
  read_.remove_if([&](const auto& known) { return known.first == id; });
  read_.emplace_front(id, Read{item.stamp, opened});
  if (read_.size() > most_read) read_.pop_back();
  return opened;
}

std::string Results::add(Result result, const std::string& name) {
  auto kept = std::make_shared<OpenResult>();
  for (auto& [file, content] : result_files(result)) kept->files.emplace(file, std::move(content));
  kept->name = name, kept->result = std::move(result);
  index_rows(*kept);
  const std::scoped_lock lock(guard_);
  kept->id = "m" + std::to_string(next_++);
  memory_.push_back(kept);
  if (memory_.size() > most_in_memory) memory_.pop_front();
  return kept->id;
}

std::vector<std::shared_ptr<const OpenResult>> Results::in_memory() {
  const std::scoped_lock lock(guard_);
  return {memory_.begin(), memory_.end()};
}

bool is_result_file(std::string_view name) {
  static constexpr std::string_view names[] = {"effects.csv",      "report.html",     "summary.txt", "programme.toml",
                                               "certificate.json", "provenance.json", "about.json",  "draws.csv"};
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

// A JSON string; nearly all are plain, and there are many.
static void add_text(std::string& json, const std::string& text) {
  for (const char c : text)
    if (static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) >= 0x7F || c == '"' || c == '\\') {
      json += json_text(text);
      return;
    }
  json += '"', json += text, json += '"';
}

static void add_row(std::string& json, const EffectRow& row) {
  json += '[';
  for (const std::string* text : {&row.indicator, &row.region, &row.sector, &row.partner}) add_text(json, *text), json += ',';
  json += row.year ? std::to_string(row.year) : "null";
  for (const std::string* text : {&row.measure, &row.term}) json += ',', add_text(json, *text);
  json += ',' + (std::isfinite(row.value) ? number_text(row.value) : "null") + ',';
  add_text(json, row.unit);
  json += ']';
}

std::string rows_answer(const OpenResult& result, const HttpRequest& request) {
  std::vector<std::size_t> chosen;
  const std::string indicators = request.parameter("indicator").value_or("");
  if (indicators.empty()) {
    chosen.resize(result.result.effects.size());
    for (std::size_t k = 0; k < chosen.size(); ++k) chosen[k] = k;
  }
  for (const std::string& name : split(indicators, ','))
    if (const auto rows = result.by_indicator.find(name); rows != result.by_indicator.end())
      chosen.insert(chosen.end(), rows->second.begin(), rows->second.end());
  const auto fits = [](const std::optional<std::string>& asked, const std::string& value) { return !asked || *asked == value; };
  const auto region = request.parameter("region"), sector = request.parameter("sector"), partner = request.parameter("partner"),
             measure = request.parameter("measure"), term = request.parameter("term"), year = request.parameter("year");
  std::string json =
      "{\"columns\": [\"indicator\",\"region\",\"sector\",\"partner\",\"year\",\"measure\",\"term\",\"value\",\"unit\"], \"rows\": [";
  bool first = true;
  for (const std::size_t k : chosen) {
    const EffectRow& row = result.result.effects[k];
    if (!fits(region, row.region) || !fits(sector, row.sector) || !fits(partner, row.partner) || !fits(measure, row.measure) ||
        !fits(term, row.term) || (year && *year != (row.year ? std::to_string(row.year) : "")))
      continue;
    json += first ? "\n" : ",\n";
    first = false;
    add_row(json, row);
  }
  return json + "\n]}\n";
}

std::string indicator_counts(const OpenResult& result) {
  Json list = Json::array();
  for (const EffectRow& row : result.result.effects) {
    const auto& rows = result.by_indicator.at(row.indicator);
    if (&result.result.effects[rows.front()] == &row) list.push_back({{"name", row.indicator}, {"unit", row.unit}, {"rows", rows.size()}});
  }
  return dumped(list);
}

}  // namespace kontor::web
