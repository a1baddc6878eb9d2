#include "host/base/text.hpp"
#include "host/mapping/read_plan.hpp"

#include <algorithm>
#include <span>

// How the names of a document are found among those of the rules, while it streams by.
namespace causeway::mapping {
namespace {

bool covers(std::span<const std::string> pattern, std::span<const std::string_view> path) {
  if (pattern.empty()) return true;  // the rest lies below what is ignored
  if (pattern.front() == "**") {
    for (size_t skip = 0; skip <= path.size(); ++skip)
      if (covers(pattern.subspan(1), path.subspan(skip)) && pattern.size() > 1 && skip < path.size()) return true;
    return pattern.size() == 1;
  }
  return !path.empty() && pattern.front() == path.front() && covers(pattern.subspan(1), path.subspan(1));
}

}  // namespace

int ReadPlan::reach(int from, std::string_view path) {
  int current = from;
  for (const auto segment : split(path, '/')) {
    if (segment.empty() || segment == "**" || segment == "..") return -1;
    int next = child(current, segment);
    if (next < 0) {
      next = static_cast<int>(nodes.size());
      nodes.emplace_back().name = std::string(segment);
      nodes[static_cast<size_t>(current)].children.push_back(next);
    }
    current = next;
  }
  return current;
}

int ReadPlan::child(int node, std::string_view name) const {
  const auto& children = nodes[static_cast<size_t>(node)].children;
  const auto found =
      std::ranges::find_if(children, [&](int child) { return nodes[static_cast<size_t>(child)].name == name; });
  return found == children.end() ? -1 : *found;
}

void ReadPlan::settlePlaces() {
  constexpr size_t places_each = 4;
  for (bits_ = 4; size_t{1} << bits_ < nodes.size() * places_each;) ++bits_;
  places_.assign(size_t{1} << bits_, {});
  for (size_t i = 0; i < nodes.size(); ++i) {
    nodes[i].number = static_cast<int>(i);
    for (const int node : nodes[i].children) {
      auto& below = nodes[static_cast<size_t>(node)];
      below.above = static_cast<int>(i);
      const auto key = keyBelow(below.above, below.name);
      size_t at = placeOf(key, bits_);
      while (places_[at].node) at = (at + 1) % places_.size();
      places_[at] = {key, &below};
    }
  }
}

// A node stands behind the one it lies in, so one way through the list sees what lies below first, the other what lies above.
void ReadPlan::settle() {
  std::vector<bool> mapped(nodes.size());
  for (size_t i = nodes.size(); i-- > 0;) {
    mapped[i] = !nodes[i].captures.empty() || !nodes[i].opens.empty();
    for (const int below : nodes[i].children) mapped[i] = mapped[i] || mapped[static_cast<size_t>(below)];
  }
  for (size_t i = 0; i < nodes.size(); ++i) {
    if (nodes[i].ignored && mapped[i]) {
      nodes[i].ignored = false;
      nodes[i].rest_ignored = true;
    }
    if (!nodes[i].rest_ignored) continue;
    for (const int below : nodes[i].children) nodes[static_cast<size_t>(below)].ignored = true;
  }
  settlePlaces();
}

bool ReadPlan::ignoredDeep(const std::vector<std::string_view>& path) const {
  return std::ranges::any_of(deep_ignores, [&](const auto& pattern) { return covers(pattern, path); });
}

}  // namespace causeway::mapping
