// A matrix on paper has room for some forty rows: the largest stand alone, the rest together.
#include <algorithm>

#include "report/sections.h"

namespace kontor {

std::vector<std::vector<std::size_t>> largest_apart(const std::vector<double>& sizes, std::size_t most) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < sizes.size(); ++i) order.push_back(i);
  std::vector<std::size_t> others;
  if (order.size() > most) {
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return sizes[a] > sizes[b]; });
    others.assign(order.begin() + static_cast<long>(most) - 1, order.end());
    order.resize(most - 1);
    std::sort(order.begin(), order.end());
    std::sort(others.begin(), others.end());
  }
  std::vector<std::vector<std::size_t>> groups;
  for (const std::size_t i : order) groups.push_back({i});
  if (!others.empty()) groups.push_back(std::move(others));
  return groups;
}

std::string group_name(const std::vector<std::size_t>& group, const std::string& only_member, const std::string& others) {
  return group.size() == 1 ? only_member : others + " (" + std::to_string(group.size()) + ")";
}

}  // namespace kontor
