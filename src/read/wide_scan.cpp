#include "read/wide_scan.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstring>

#include "kontor/base/error.h"
#include "kontor/base/parallel.h"
#include "kontor/base/text.h"
#include "read/wide_fields.h"

namespace kontor {

static constexpr std::size_t bytes_a_block = std::size_t{1} << 20;  // where lines are looked for
static constexpr std::size_t lines_a_block = 8;                     // that are scanned together
static constexpr std::size_t most_problems = 200;                   // kept with their places; the rest is counted

namespace {

struct Line {
  std::size_t begin = 0, end = 0;  // without the line end
  std::size_t number = 0;          // physical, from 1
};

/// What one block of lines has to say, merged in the order of the lines.
struct BlockReport {
  Findings problems;
  std::size_t more_problems = 0, underflows = 0, taken_as_zero = 0;
  void add(Finding finding) {
    if (problems.size() < most_problems)
      problems.push_back(std::move(finding));
    else
      ++more_problems;
  }
};

}  // namespace

WideShape shape_of(const std::string& file, std::string_view header_line, const ImportOptions& options, Findings& findings) {
  WideShape shape;
  shape.file = file;
  shape.decimal_comma = options.decimal_comma;
  shape.na = options.na;
  shape.missing_zero = options.missing_zero;
  for (const char c : {';', '\t'})
    if (std::count(header_line.begin(), header_line.end(), c) > std::count(header_line.begin(), header_line.end(), shape.separator))
      shape.separator = c;
  if (shape.decimal_comma && shape.separator == ',')
    fail(Exit::usage, "decimal-comma", file, "1", "", "--decimal-comma with a comma between fields", "one meaning for the comma",
         "leave --decimal-comma out, or save with semicolons");
  if (shape.separator != ',')
    findings.push_back(
        {Severity::note, "dialect", file, "1", "",
         std::string("delimiter ") + (shape.separator == ';' ? ";" : "tab") + ", decimal " + (shape.decimal_comma ? "," : "."), "", ""});
  return shape;
}

// Where the lines are that hold something. A block of bytes reports the lines that begin in it.
static std::vector<Line> lines_of(std::string_view body, const WideShape& shape, Findings& findings) {
  const std::size_t blocks = (body.size() + bytes_a_block - 1) / bytes_a_block;
  std::vector<std::vector<std::size_t>> ends(blocks);
  for_each_block(blocks, thread_count(), [&](std::size_t b) {
    const char* at = body.data() + b * bytes_a_block;
    const char* end = body.data() + std::min(body.size(), (b + 1) * bytes_a_block);
    while (at < end && (at = static_cast<const char*>(std::memchr(at, '\n', static_cast<std::size_t>(end - at)))))
      ends[b].push_back(static_cast<std::size_t>(at++ - body.data()));
  });
  std::vector<Line> lines;
  std::size_t begin = 0, number = shape.first_line, with_return = 0, all = 0;
  const auto add = [&](std::size_t end) {
    if (end - begin > longest_wide_line) refuse_long_line(shape.file, number);
    std::size_t last = end;
    if (last > begin && body[last - 1] == '\r') --last, ++with_return;
    if (last > begin) lines.push_back({begin, last, number});
    ++all, ++number;
    begin = end + 1;
  };
  for (const auto& block : ends)
    for (const std::size_t end : block) add(end);
  const std::size_t ended = all;
  if (begin < body.size()) add(body.size());
  if (with_return > 0 && with_return < ended)
    findings.push_back({Severity::note, "mixed-line-ends", shape.file, "", "",
                        std::to_string(with_return) + " of " + std::to_string(ended) + " lines end in CR LF, the others in LF", "", ""});
  return lines;
}

static constexpr std::array<double, 23> powers_of_ten = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                                         1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

// A number of at most 18 digits without exponent, up to the end or a separator; nullptr if it is anything else.
// The digits are an exact double below 2^53 and so is the power of ten, so that one division rounds correctly.
static const char* short_number(const char* at, const char* end, char separator, char point, double& value) {
  const bool negative = at < end && *at == '-';
  if (negative) ++at;
  std::uint64_t digits = 0;
  const char* begin = at;
  while (at < end && static_cast<unsigned char>(*at - '0') < 10) digits = digits * 10 + static_cast<unsigned char>(*at++ - '0');
  std::ptrdiff_t count = at - begin, after_point = 0;
  if (at < end && *at == point) {
    begin = ++at;
    while (at < end && static_cast<unsigned char>(*at - '0') < 10) digits = digits * 10 + static_cast<unsigned char>(*at++ - '0');
    after_point = at - begin;
    count += after_point;
  }
  if (count == 0 || count > 18 || digits > std::uint64_t{1} << 53 || (at < end && *at != separator)) return nullptr;
  const auto exact = static_cast<double>(digits);
  const double read = after_point ? exact / powers_of_ten[static_cast<std::size_t>(after_point)] : exact;
  value = negative && digits != 0 ? -read : read;
  return at;
}

static std::string row_name(const std::vector<std::string>& labels) { return joined(labels, "."); }

// Any other field: long digits, exponents, quotes, decimal commas, and everything that is wrong.
static double other_number(std::string_view field, const WideShape& shape, std::size_t row_line, const std::vector<std::string>& labels,
                           std::size_t column, BlockReport& report) {
  if (field.size() >= 2 && field.front() == '"' && field.back() == '"') field = field.substr(1, field.size() - 2);
  const auto complain = [&](const char* code, const std::string& found, const char* expected, const char* remedy) {
    const std::string place = shape.columns[column] + " (column " + std::to_string(shape.label_fields + column + 1) + ")";
    report.add({Severity::error, code, shape.file, std::to_string(row_line), place, found + " in row " + quoted(row_name(labels)), expected,
                remedy});
    return std::nan("");
  };
  const std::string seen = quoted(std::string(field.substr(0, 80)));
  if (field.empty() || (!shape.na.empty() && field == shape.na)) {
    if (!shape.missing_zero)
      return complain("missing-number", field.empty() ? "an empty field" : seen + ", which means not available,",
                      "every flow of a wide sheet is a number", "fill it in, or say that missing flows are zero with --missing zero");
    ++report.taken_as_zero;
    return 0.0;
  }
  std::string pointed;
  if (shape.decimal_comma) {
    pointed = field;
    if (pointed.find('.') != std::string::npos)
      return complain("not-a-number", seen, "a number with a decimal comma", "take out marks between thousands");
    std::replace(pointed.begin(), pointed.end(), ',', '.');
    field = pointed;
  }
  double value = 0.0;
  switch (read_number(field, value)) {
    case NumberProblem::none: return value;
    case NumberProblem::underflow: ++report.underflows; return 0.0;
    case NumberProblem::too_large: return complain("out-of-range", seen, "outside the range of a double", "check the number");
    case NumberProblem::not_a_number: break;
  }
  const bool comma = field.find(',') != std::string_view::npos;
  return complain("not-a-number", seen, "a number with a decimal point and no marks between thousands",
                  comma ? "if the comma is a decimal mark, say --decimal-comma" : "correct it, or declare a missing marker with --na");
}

static void scan_line(std::string_view body, const Line& line, const WideShape& shape, std::vector<std::string>& labels,
                      std::span<double> numbers, BlockReport& report) {
  std::string_view rest = body.substr(line.begin, line.end - line.begin);
  std::size_t fields = 0;
  bool open = true;  // a field begins at the front of `rest`
  const auto next = [&] {
    ++fields;
    open = !rest.empty();
    if (open) rest.remove_prefix(1);
  };
  for (std::size_t l = 0; l < shape.label_fields && open; ++l) {
    labels.push_back(take_field(rest, shape.separator, shape.file, line.number));
    next();
  }
  const char* at = rest.data();
  const char* const end = rest.data() + rest.size();
  const char point = shape.decimal_comma ? ',' : '.';
  std::size_t column = 0;
  for (; open && column < numbers.size(); ++column) {
    const char* stop = short_number(at, end, shape.separator, point, numbers[column]);
    if (!stop) {
      stop = std::find(at, end, shape.separator);
      numbers[column] = other_number({at, static_cast<std::size_t>(stop - at)}, shape, line.number, labels, column, report);
    }
    ++fields;
    open = stop != end;
    at = open ? stop + 1 : end;
  }
  if (open) fields += static_cast<std::size_t>(std::count(at, end, shape.separator)) + 1;
  const std::size_t expected = shape.label_fields + numbers.size();
  if (fields == expected) return;
  report.add(
      {Severity::error, "ragged-row", shape.file, std::to_string(line.number), "",
       "found " + std::to_string(fields) + " fields in row " + quoted(row_name(labels)), "expected " + std::to_string(expected),
       fields > expected ? "a field with a separator in it, or with marks between thousands, needs quotes" : "is the line complete?"});
}

static void merge(std::vector<BlockReport>& reports, const WideShape& shape, Findings& findings) {
  BlockReport all;
  for (BlockReport& report : reports) {
    for (Finding& problem : report.problems) all.add(std::move(problem));
    all.more_problems += report.more_problems;
    all.underflows += report.underflows;
    all.taken_as_zero += report.taken_as_zero;
  }
  if (all.more_problems)
    all.problems.push_back(
        {Severity::error, "more-problems", shape.file, "", "", "and " + std::to_string(all.more_problems) + " more", "", ""});
  throw_if_errors(all.problems);
  if (all.underflows)
    findings.push_back({Severity::note, "underflow", shape.file, "", "", std::to_string(all.underflows) + " numbers too small for a double",
                        "they count as zero", ""});
  if (all.taken_as_zero)
    findings.push_back({Severity::warning, "missing-zero", shape.file, "", "", std::to_string(all.taken_as_zero) + " missing flows",
                        "taken as zero, as --missing zero says", ""});
}

WideRows scan_wide(std::string_view body, const WideShape& shape, Findings& findings) {
  const std::vector<Line> lines = lines_of(body, shape, findings);
  if (lines.empty())
    fail(Exit::data, "no-rows", shape.file, std::to_string(shape.first_line), "", "no data rows", "rows below the header",
         "check the download");
  WideRows rows;
  rows.labels.resize(lines.size());
  for (const Line& line : lines) rows.lines.push_back(line.number);
  // A number takes two bytes with its separator; a table far beyond that is not in these bytes, and memory is not asked for it.
  if (lines.size() * shape.columns.size() > body.size() + (std::size_t{1} << 20))
    fail(Exit::data, "ragged-row", shape.file, std::to_string(lines.front().number), "", "lines far shorter than the header",
         "expected " + std::to_string(shape.label_fields + shape.columns.size()) + " fields in each line", "is the file complete?");
  rows.numbers = Matrix(lines.size(), shape.columns.size());
  const std::size_t blocks = (lines.size() + lines_a_block - 1) / lines_a_block;
  std::vector<BlockReport> reports(blocks);
  for_each_block(blocks, thread_count(), [&](std::size_t b) {
    for (std::size_t i = b * lines_a_block; i < std::min(lines.size(), (b + 1) * lines_a_block); ++i) {
      try {
        scan_line(body, lines[i], shape, rows.labels[i], rows.numbers.row(i), reports[b]);
      } catch (const Error& error) {
        for (const Finding& finding : error.findings()) reports[b].add(finding);
      }
    }
  });
  merge(reports, shape, findings);
  return rows;
}

}  // namespace kontor
