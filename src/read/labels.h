// Labels of one kind (regions, sectors) as they come in: numbered in order of first appearance, with the place
// and the number of times they were seen, so that near-duplicates can be told from the label that was meant.
#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>

#include "read/problems.h"

namespace kontor {

struct Label {
  std::string text;
  std::size_t row = 0;  // where it was first seen
  std::string column;
  std::size_t count = 0;
};

class Labels {
 public:
  /// Number of a label; a new one is entered with its place.
  int intern(std::string_view text, std::size_t row, std::string_view column, std::size_t column_index);
  /// Number of a label, or -1.
  int find(std::string_view text) const;
  const Label& operator[](int i) const { return all_[static_cast<std::size_t>(i)]; }
  int size() const { return static_cast<int>(all_.size()); }

 private:
  std::deque<Label> all_;  // a deque: the views below stay valid as it grows
  std::unordered_map<std::string_view, int> numbers_;
};

/// Reports empty and overlong labels, labels that differ only in blanks or invisible characters, labels that look
/// alike but are not (Cyrillic and Latin), and warns of labels that differ only in case. `kind`: "region", "sector".
/// `reserved`: words with a meaning of their own, which no label may look like.
void check_labels(const Labels& labels, const std::string& kind, const std::vector<std::string>& reserved, Problems& problems);

}  // namespace kontor
