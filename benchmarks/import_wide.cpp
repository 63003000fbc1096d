// Question: how long does a publisher's wide sheet take from file to numbers?
//
//   import_wide FILE...       reads each sheet (labels in front, two header lines) and prints
//                             name, seconds (best of five), megabytes of text a second, sum of all numbers
//   import_wide --wiod FILE   the whole import, from the file to accounts: the sum is that of gross output
//   import_wide --make FILE N writes a sheet of N x N made-up numbers with two decimals
//
// The sum is the answer it must give: import_wide.py adds up the same file with numpy and compares.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <string>

#include "kontor/base/error.h"
#include "kontor/base/files.h"
#include "kontor/base/sum.h"
#include "read/gzip.h"
#include "read/wide_fields.h"
#include "read/wide_scan.h"
#include "read/wiod.h"

using namespace kontor;

struct Answer {
  double sum = 0, bytes = 0;
};

static Answer scanned(const std::string& file) {
  const auto mapped = MappedFile::open(file);
  const std::string expanded = is_gzip(mapped->text()) ? inflate(mapped->text(), file) : std::string();
  std::string_view text = expanded.empty() ? mapped->text() : std::string_view(expanded);
  const auto bytes = static_cast<double>(text.size());
  WideShape shape;
  shape.file = file;
  take_line(text, file, 1);
  shape.columns = fields_of(take_line(text, file, 2), ',', file, 2);
  shape.columns.erase(shape.columns.begin(), shape.columns.begin() + 2);
  Findings findings;
  return {sum_of(scan_wide(text, shape, findings).numbers.values), bytes};
}

static Answer imported(const std::string& file) {
  const Accounts accounts = wiod_reader.read(file, {}).accounts;
  return {sum_of(accounts.output.values()), static_cast<double>(MappedFile::open(file)->size())};
}

static void make(const std::string& file, int n) {
  std::ofstream out(file);
  std::string line = ",";
  for (int j = 0; j < n; ++j) line += ",R";
  out << line << "\nregion,industry";
  for (int j = 0; j < n; ++j) out << ",c" << j;
  std::uint64_t state = 7;
  for (int i = 0; i < n; ++i) {
    line = "\nR,c" + std::to_string(i);
    for (int j = 0; j < n; ++j) {
      state = state * 6364136223846793005u + 1442695040888963407u;
      line += fmt::format(",{}.{:02}", (state >> 40) % 100000, (state >> 33) % 100);
    }
    out << line;
  }
  out << '\n';
}

template <class Read>
static void measure(const char* name, const std::string& file, Read read) {
  double best = 1e9;
  Answer answer;
  for (int run = 0; run < 5; ++run) {
    const auto begin = std::chrono::steady_clock::now();
    answer = read(file);
    best = std::min(best, std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
  }
  fmt::print("{} {:.4f} s {:.0f} MB/s sum {:.2f}\n", name, best, answer.bytes / best / 1e6, answer.sum);
}

int main(int count, char** arguments) {
  try {
    if (count == 4 && std::strcmp(arguments[1], "--make") == 0) {
      make(arguments[2], std::stoi(arguments[3]));
    } else if (count == 3 && std::strcmp(arguments[1], "--wiod") == 0) {
      measure("import", arguments[2], imported);
    } else {
      for (int i = 1; i < count; ++i) measure("scan", arguments[i], scanned);
    }
  } catch (const Error& error) {
    fmt::print(stderr, "{}\n", error.what());
    return static_cast<int>(error.exit());
  }
}
