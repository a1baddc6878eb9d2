#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace courts {

/// A name as a court clerk types it into one box, taken apart.
struct FullName {
  std::string title;
  std::vector<std::string> given;
  std::string family;
  bool sure = true;  ///< false: more than one person, or no name at all; all of the text stands in `family`
};

/// "Ms Ada Jane Carrow", "CARROW, Ada". Nothing when the text is empty.
std::optional<FullName> fullNameOf(std::string_view text);

/// The witness whom a result text names behind one of the court's labels: "... Name of witness Ada Carrow Reasons for ...". Only for
/// results that Common Platform wrote in words alone; nothing when no label is there.
std::string_view witnessIn(std::string_view text);

}  // namespace courts
