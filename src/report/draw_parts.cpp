// Parts: what several machines compute, each a folder with its draws and what they are draws of.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <numeric>

#include "kontor/base/error.h"
#include "kontor/base/files.h"
#include "kontor/report/draw_files.h"

namespace kontor {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

static const char* part_kind = "kontor-draws";

static std::string range_text(const DrawTable& table) {
  return std::to_string(table.draws.front().number) + ':' + std::to_string(table.draws.back().number);
}

void write_part(const DrawPart& part, const fs::path& folder, bool force) {
  std::error_code ignored;
  const fs::path manifest = folder / "part.json";
  if (force && fs::exists(folder, ignored) && !(fs::exists(manifest, ignored) && read_file(manifest).find(part_kind) != std::string::npos))
    fail(Exit::environment, "output-exists", folder.string(), "", "", "this folder exists and holds no draws",
         "--force replaces a part only", "choose another --out");
  NewFolder out(folder, force);
  const std::string csv = draws_csv(part.table);
  const Json about = {{"kind", part_kind},           {"draws", range_text(part.table)}, {"fingerprint", part.fingerprint},
                      {"programme", part.programme}, {"accounts", part.accounts},       {"sha256", sha256(csv)}};
  write_new_file(out.path() / "draws.csv", csv);
  write_new_file(out.path() / "part.json", about.dump(1, ' ', false, Json::error_handler_t::replace) + '\n');
  out.commit();
}

DrawPart read_part(const fs::path& folder) {
  const auto wrong = [&](const std::string& found) {
    fail(Exit::data, "not-a-part", folder.string(), "", "", found, "a folder that `kontor run PROGRAMME --draws A:B` wrote",
         "compute this range again");
  };
  std::error_code ignored;
  if (!fs::exists(folder / "part.json", ignored)) wrong("no part.json in this folder");
  const Json about = Json::parse(read_file(folder / "part.json", std::size_t{1} << 16), nullptr, false);
  DrawPart part;
  const std::string csv = read_file(folder / "draws.csv");
  try {
    if (about.at("sha256") != sha256(csv)) wrong("draws.csv is not what was written: its hash differs");
    part.fingerprint = about.at("fingerprint"), part.programme = about.at("programme"), part.accounts = about.at("accounts");
  } catch (const Json::exception&) {
    wrong("a field is missing from part.json, or has another type");
  }
  part.table = read_draws_csv(csv, (folder / "draws.csv").string());
  if (part.table.draws.empty()) wrong("no draws in draws.csv");
  return part;
}

DrawTable join_parts(const std::vector<DrawPart>& parts, const std::vector<fs::path>& folders) {
  std::vector<std::size_t> order(parts.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return parts[a].table.draws.front().number < parts[b].table.draws.front().number; });
  DrawTable all;
  Findings findings;
  long next = 1;
  for (const std::size_t k : order) {
    const DrawPart& part = parts[k];
    const std::string place = folders[k].string();
    const auto problem = [&](const char* code, std::string found, const char* expected, std::string remedy) {
      findings.push_back({Severity::error, code, place, "", "", std::move(found), expected, std::move(remedy)});
    };
    if (part.fingerprint != parts[order.front()].fingerprint)
      problem("other-run",
              "these draws are of another programme, other accounts or another version than those of " + folders[order.front()].string(),
              "parts of one run", "compute this range again from the same files");
    const long first = part.table.draws.front().number, last = part.table.draws.back().number;
    if (last - first + 1 != static_cast<long>(part.table.draws.size()))
      problem("gap", "draws are missing between " + range_text(part.table), "every draw of its range", "compute this range again");
    if (first > next)
      problem("gap", "draws " + std::to_string(next) + " to " + std::to_string(first - 1) + " are in no part",
              "draws from 1 on without a gap", "kontor run PROGRAMME --draws " + std::to_string(next) + ':' + std::to_string(first - 1));
    if (first < next)
      problem("overlap", "draws from " + std::to_string(first) + " on stand in another part too", "each draw once",
              "leave one of the two out");
    next = std::max(next, last + 1);
    if (all.inputs.empty() && all.outcomes.empty()) all.inputs = part.table.inputs, all.outcomes = part.table.outcomes;
    all.draws.insert(all.draws.end(), part.table.draws.begin(), part.table.draws.end());
  }
  throw_if_errors(findings);
  return all;
}

// --- blocks of an unfinished run ---------------------------------------------------------------------

DrawBlocks::DrawBlocks(fs::path folder, const std::string& fingerprint, bool resume, bool replace) : folder_(std::move(folder)) {
  std::error_code ignored;
  const fs::path mark = folder_ / "fingerprint";
  if (fs::exists(folder_, ignored) && !resume) {
    if (!replace || !fs::exists(mark, ignored))
      fail(Exit::environment, "unfinished-draws", folder_.string(), "", "", "draws of a run that did not end are kept here",
           "nothing is thrown away unasked", "--resume goes on with them, --force begins anew");
    remove(folder_);
  }
  if (fs::exists(mark, ignored) && read_file(mark, 1000) != fingerprint)
    fail(Exit::data, "other-run", folder_.string(), "", "",
         "the draws kept here are of another programme, other accounts or another version", "draws of this run",
         "--force without --resume begins anew");
  if (!fs::exists(folder_, ignored)) {
    std::error_code problem;
    fs::create_directories(folder_, problem);
    if (problem)
      fail(Exit::environment, "file", folder_.string(), "", "", problem.message(), "a folder for finished draws", "choose another --out");
  }
  write_file(mark, fingerprint);
}

fs::path DrawBlocks::file_of(long first, long last) const {
  return folder_ / ("draws-" + std::to_string(first) + '-' + std::to_string(last) + ".csv");
}

std::optional<DrawTable> DrawBlocks::read(long first, long last) const {
  std::error_code ignored;
  const fs::path file = file_of(first, last);
  if (!fs::exists(file, ignored)) return std::nullopt;
  return read_draws_csv(read_file(file), file.string());
}

void DrawBlocks::write(const DrawTable& table) const {
  write_file(file_of(table.draws.front().number, table.draws.back().number), draws_csv(table));
}

void DrawBlocks::remove(const fs::path& folder) {
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder, ignored)) {
    const std::string name = entry.path().filename().string();
    if (name == "fingerprint" || name.rfind("draws-", 0) == 0) fs::remove(entry.path(), ignored);
  }
  fs::remove(folder, ignored);  // what somebody else put there stays, and the folder with it
}

}  // namespace kontor
