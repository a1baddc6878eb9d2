#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace niche {

/// How a force writes its occurrence numbers: 9 is any digit, A any letter, ? either of them, every other sign itself.
///
///   52=5226999999        force 52: 5226, then six digits
///   34=AA/9999/9999999   force 34
///   99999999999          every force that is not named
///
/// Several are separated by commas. Without any pattern every number is as expected.
class OccurrencePatterns {
 public:
  /// What is wrong with a text of patterns, in plain English; empty when nothing is.
  static std::string problem(std::string_view text);

  explicit OccurrencePatterns(std::string_view text);
  /// True when the number of that force looks as it should, or when nobody said how it should look.
  bool fits(std::string_view force, std::string_view number) const;

 private:
  struct Pattern {
    std::string force;  ///< empty: every force that no other pattern names
    std::string shape;
  };
  std::vector<Pattern> patterns_;
};

}  // namespace niche
