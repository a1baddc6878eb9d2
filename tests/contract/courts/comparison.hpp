#pragma once

#include <nlohmann/json.hpp>

#include <map>
#include <string>
#include <vector>

namespace causeway::courts {

/// How often a field was compared over many cases, and how it went.
struct FieldScore {
  int compared = 0, equal = 0, documented = 0;
};

/// Compares what a sample expects with what was extracted, leaf by leaf, and keeps the score. A difference is `documented` only when it
/// is one of the three rules by which the national system changes what the court said:
///   - the tag qualifier BA is moved from a sentence to its curfew;
///   - the next hearing of somebody sent to the Crown Court is read from the text when no field has it;
///   - "With Electronic Tagging" is added to the bail conditions.
/// Everything else is a mismatch. Fields that the canonical case leaves out on purpose are counted apart.
class Comparison {
 public:
  void compare(const std::string& name, const nlohmann::json& expected, const nlohmann::json& extracted);

  const std::map<std::string, FieldScore>& fields() const { return fields_; }
  /// Name of the case and path of the field, never a value.
  const std::vector<std::string>& mismatches() const { return mismatches_; }
  int cases() const { return cases_; }
  int compared() const;
  int leftOut() const { return left_out_; }
  std::string table() const;

 private:
  std::map<std::string, FieldScore> fields_;
  std::vector<std::string> mismatches_;
  int cases_ = 0, left_out_ = 0;
};

}  // namespace causeway::courts
