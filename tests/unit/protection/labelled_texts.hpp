#pragma once

#include "host/base/node.hpp"
#include "host/model/case.pb.h"
#include "host/protection/text_search.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace causeway::protection {

/// A text with what in it gives somebody away, as a person marked it. The form of the files is in texts/README.md.
struct LabelledText {
  struct Mark {
    std::string kind;  ///< name, address, phone, email, number, birth, place
    std::size_t begin = 0;
    std::size_t end = 0;
  };
  Location at;
  std::string text;  ///< without the marks
  std::vector<Mark> marks;
};

/// The people of a file, as a case, with its texts.
struct LabelledCase {
  canonical::Case whole;
  std::vector<LabelledText> texts;
};

/// Every .yaml file of the folder, in order of name; problems are failures of the test.
std::vector<LabelledCase> labelledCases(const std::filesystem::path& folder);

/// The lists that ship.
NameLore shippedLore();

}  // namespace causeway::protection
