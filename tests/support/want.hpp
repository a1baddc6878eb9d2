#pragma once

#include "host/base/node.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

namespace causeway::support {

/// A problem that a bad file announces about itself: at the end of the line where it is,
///     too: niche   # want: unknown key 'too'
/// A line may want several, each after its own "# want:".
struct Wanted {
  int line = 0;
  std::string text;  ///< must occur in what is reported
};

inline std::vector<Wanted> wantedIn(std::string_view text) {
  constexpr std::string_view mark = "# want: ";
  std::vector<Wanted> out;
  int line = 1;
  for (size_t start = 0; start <= text.size(); ++line) {
    const size_t end = std::min(text.find('\n', start), text.size());
    const auto one = text.substr(start, end - start);
    for (size_t at = one.find(mark); at != std::string_view::npos;) {
      const size_t next = one.find(mark, at + 1);
      auto wanted = one.substr(at + mark.size(), next == std::string_view::npos ? next : next - at - mark.size());
      while (wanted.ends_with(' ')) wanted.remove_suffix(1);
      out.push_back({line, std::string(wanted)});
      at = next;
    }
    start = end + 1;
  }
  return out;
}

/// Holds when the problems are exactly those that the text wants: each on its line, none more, none less.
inline testing::AssertionResult reportsWhatIsWanted(std::string_view text, const Problems& problems) {
  auto wanted = wantedIn(text);
  if (wanted.empty())
    return testing::AssertionFailure() << "the text wants nothing: a bad file must say what is wrong with it";
  std::string wrong;
  for (const auto& problem : problems.sorted()) {
    const auto met = std::ranges::find_if(wanted, [&](const Wanted& one) {
      return one.line == problem.at.line && problem.what.find(one.text) != std::string::npos;
    });
    if (met == wanted.end()) wrong += "  not wanted: " + problem.text() + "\n";
    else wanted.erase(met);
  }
  for (const auto& one : wanted) wrong += "  not reported: line " + std::to_string(one.line) + ": " + one.text + "\n";
  if (wrong.empty()) return testing::AssertionSuccess();
  return testing::AssertionFailure() << "\n" << wrong;
}

/// A whole file of the source tree.
inline std::string fileText(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  if (!stream.is_open()) ADD_FAILURE() << "cannot open " << path;
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

}  // namespace causeway::support
