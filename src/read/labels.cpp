#include "read/labels.h"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <map>
#include <vector>

#include "kontor/base/text.h"
#include "read/text_table.h"

namespace kontor {

int Labels::intern(std::string_view text, std::size_t row, std::string_view column, std::size_t column_index) {
  const auto found = numbers_.find(text);
  if (found != numbers_.end()) {
    ++all_[static_cast<std::size_t>(found->second)].count;
    return found->second;
  }
  const int number = size();
  all_.push_back({std::string(text), row, column_name(column, column_index), 1});
  numbers_.emplace(all_.back().text, number);
  return number;
}

int Labels::find(std::string_view text) const {
  const auto found = numbers_.find(text);
  return found == numbers_.end() ? -1 : found->second;
}

// The label as an eye sees it: blanks of any kind are one blank, invisible characters are gone.
static std::string without_invisible(std::string_view text) {
  static constexpr std::string_view blanks[] = {"\xC2\xA0", "\xE2\x80\xAF", "\xE2\x80\x89", "\xE3\x80\x80"};
  static constexpr std::string_view invisible[] = {"\xE2\x80\x8B", "\xE2\x80\x8C", "\xE2\x80\x8D", "\xC2\xAD", "\xEF\xBB\xBF"};
  std::string result;
  for (std::size_t i = 0; i < text.size();) {
    const std::string_view rest = text.substr(i);
    const auto starts = [&](std::string_view mark) { return rest.substr(0, mark.size()) == mark; };
    const auto* blank = std::find_if(std::begin(blanks), std::end(blanks), starts);
    const auto* hidden = std::find_if(std::begin(invisible), std::end(invisible), starts);
    const bool is_blank = blank != std::end(blanks) || text[i] == ' ' || text[i] == '\t' || text[i] == '\n';
    if (hidden != std::end(invisible)) {
      i += hidden->size();
    } else if (is_blank) {
      if (!result.empty() && result.back() != ' ') result += ' ';
      i += blank != std::end(blanks) ? blank->size() : 1;
    } else {
      result += text[i++];
    }
  }
  return std::string(trimmed(result));
}

static std::vector<std::uint32_t> code_points(std::string_view text) {
  std::vector<std::uint32_t> codes;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0) == 0x80 && !codes.empty())
      codes.back() = codes.back() << 6 | (byte & 0x3Fu);
    else
      codes.push_back(byte < 0x80 ? byte : byte < 0xE0 ? byte & 0x1Fu : byte < 0xF0 ? byte & 0x0Fu : byte & 0x07u);
  }
  return codes;
}

// "U+041C against U+004D": the first letter in which two look-alikes differ.
static std::string first_difference(std::string_view a, std::string_view b) {
  const std::vector<std::uint32_t> left = code_points(a), right = code_points(b);
  for (std::size_t i = 0; i < std::min(left.size(), right.size()); ++i) {
    if (left[i] == right[i]) continue;
    char text[40];
    std::snprintf(text, sizeof text, "U+%04X against U+%04X", static_cast<unsigned>(left[i]), static_cast<unsigned>(right[i]));
    return text;
  }
  return "one is longer";
}

static std::string lower_case(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

static void report_twin(const Label& odd, const std::string& meant, const std::string& kind, Problems& problems) {
  const std::string found = quoted(odd.text);
  if (without_invisible(odd.text) == without_invisible(meant))
    problems.error("near-duplicate", odd.row, odd.column, "unknown or near-duplicate label " + found,
                   "each " + kind + " is written in one way", "did you mean " + quoted(meant) + "?");
  else
    problems.error("look-alike", odd.row, odd.column,
                   "label " + found + " looks like " + quoted(meant) + " but differs: " + first_difference(odd.text, meant),
                   "each " + kind + " is written in one way", "did you mean " + quoted(meant) + "? write it with the same letters");
}

void check_labels(const Labels& labels, const std::string& kind, const std::vector<std::string>& reserved, Problems& problems) {
  std::map<std::string, int> seen, seen_lower;  // skeleton to label; -1 - k for reserved word k
  for (std::size_t k = 0; k < reserved.size(); ++k) seen[reserved[k]] = -1 - static_cast<int>(k);
  for (int i = 0; i < labels.size(); ++i) {
    const Label& label = labels[i];
    if (label.text.size() > longest_label) {
      problems.error("label-too-long", label.row, label.column,
                     "a label of " + std::to_string(label.text.size()) + " bytes: " + quoted(label.text),
                     "labels have at most " + std::to_string(longest_label) + " bytes", "is there a delimiter missing?");
      continue;
    }
    const std::string skeleton = look_alike_skeleton(without_invisible(label.text));
    if (const auto [twin, is_new] = seen.emplace(skeleton, i); !is_new) {
      if (twin->second < 0) {
        const std::string& word = reserved[static_cast<std::size_t>(-1 - twin->second)];
        if (label.text != word) report_twin(label, word, kind, problems);
        continue;
      }
      const Label& other = labels[twin->second];
      // The rarer one is the slip; blanks around a label are a slip however often they occur.
      const bool other_is_odd = other.count < label.count && trimmed(label.text) == label.text;
      report_twin(other_is_odd ? other : label, other_is_odd ? label.text : other.text, kind, problems);
    } else if (const auto [same, is_other] = seen_lower.emplace(lower_case(skeleton), i); !is_other) {
      problems.add(Severity::warning, "case", std::to_string(label.row), label.column,
                   quoted(label.text) + " and " + quoted(labels[same->second].text) + " differ only in case",
                   "they are read as two " + kind + "s", "write them in one way if they are the same");
    }
  }
}

}  // namespace kontor
