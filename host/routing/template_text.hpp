#pragma once

#include "host/base/node.hpp"
#include "host/model/case.pb.h"
#include "host/model/field_path.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace causeway::routing {

/// A text with places for fields: "The hearing at {case.hearings[0].court_name} is on {case.hearings[0].starts_at}."
///
/// A text leaves as a whole, past the field-by-field policy, so only fields that could harm nobody may stand in it:
/// administrative, officer, offence and outcome data that is not sensitive, is not free text and locates nobody. Anything
/// else is an error at load. A bail status is never written into a text, because one of its values means two things.
class TemplateText {
 public:
  static TemplateText load(const Node& node, Problems& problems);

  /// For people: dates as "2 June 2026", codes in words, several values joined without repeats, "(not known)" for what is
  /// absent. A text that holds a court time which is not certain says so in its last sentence, whatever its author wrote.
  std::string forPeople(const canonical::CanonicalMessage& message) const;
  /// For keys: the text forms of the fields as they are.
  std::string asKey(const canonical::CanonicalMessage& message) const;
  bool empty() const { return parts_.empty(); }

 private:
  struct Part {
    std::string literal;
    model::FieldPath path;  ///< empty: the literal
  };
  static bool mayStand(const model::FieldPath& path, std::string& why_not);
  void addPlace(std::string_view name, const Location& at, Problems& problems);

  std::vector<Part> parts_;
};

using Templates = std::map<std::string, TemplateText>;

}  // namespace causeway::routing
