#include "host/app/desks/rule_diff.hpp"

#include "host/base/text.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace causeway::app {
namespace {

using Lines = std::vector<std::string_view>;

constexpr size_t kLargestTable = 4'000'000;

// Length of the longest common sequence of what is left from each place on.
std::vector<std::vector<int>> commonFrom(const Lines& a, const Lines& b) {
  std::vector out(a.size() + 1, std::vector<int>(b.size() + 1));
  for (size_t i = a.size(); i-- > 0;)
    for (size_t j = b.size(); j-- > 0;)
      out[i][j] = a[i] == b[j] ? out[i + 1][j + 1] + 1 : std::max(out[i + 1][j], out[i][j + 1]);
  return out;
}

// Where a table would take too much room: everything between the two ends, as it was and as it is.
FileDiff allOf(const std::string& path, const Lines& a, const Lines& b, size_t start) {
  FileDiff out{path, {}};
  for (size_t i = 0; i < a.size(); ++i) out.lines.push_back({'-', static_cast<int>(start + i + 1), std::string(a[i])});
  for (size_t i = 0; i < b.size(); ++i) out.lines.push_back({'+', static_cast<int>(start + i + 1), std::string(b[i])});
  return out;
}

FileDiff compare(const std::string& path, std::string_view before, std::string_view after) {
  FileDiff out{path, {}};
  Lines a = split(before, '\n'), b = split(after, '\n');
  // What is the same at both ends needs no table: a change is small and a file may be long.
  size_t start = 0;
  while (start < a.size() && start < b.size() && a[start] == b[start]) ++start;
  while (a.size() > start && b.size() > start && a.back() == b.back()) {
    a.pop_back();
    b.pop_back();
  }
  a.erase(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(start));
  b.erase(b.begin(), b.begin() + static_cast<std::ptrdiff_t>(start));
  if (a.size() * b.size() > kLargestTable) return allOf(out.path, a, b, start);
  const auto common = commonFrom(a, b);
  const auto add = [&](char sign, size_t index, std::string_view text) {
    out.lines.push_back({sign, static_cast<int>(start + index + 1), std::string(text)});
  };
  size_t i = 0, j = 0;
  while (i < a.size() || j < b.size()) {
    if (i < a.size() && j < b.size() && a[i] == b[j]) {
      ++i;
      ++j;
    } else if (j == b.size() || (i < a.size() && common[i + 1][j] >= common[i][j + 1])) {
      add('-', i, a[i]);
      ++i;
    } else {
      add('+', j, b[j]);
      ++j;
    }
  }
  return out;
}

}  // namespace

std::vector<FileDiff> diffOf(const RuleFiles& before, const RuleFiles& after) {
  const std::map<std::string, std::string> was(before.begin(), before.end()), is(after.begin(), after.end());
  std::set<std::string> paths;
  for (const auto& each : was) paths.insert(each.first);
  for (const auto& each : is) paths.insert(each.first);
  std::vector<FileDiff> out;
  const auto text = [](const auto& files, const std::string& path) {
    const auto found = files.find(path);
    return found == files.end() ? std::string() : found->second;
  };
  for (const auto& path : paths) {
    auto one = compare(path, text(was, path), text(is, path));
    if (!one.lines.empty()) out.push_back(std::move(one));
  }
  return out;
}

}  // namespace causeway::app
