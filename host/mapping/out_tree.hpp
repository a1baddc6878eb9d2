#pragma once

#include <string>
#include <vector>

namespace causeway::mapping {

/// What is to be written, before it is XML or JSON.
struct OutNode {
  std::string name;
  std::string text;
  std::string json;  ///< number, boolean or text
  std::vector<OutNode> children;
  bool attribute = false;
  bool list = false;  ///< an item of a JSON array of this name
  bool has_text = false;
};

/// UTF-8 with declaration; the name space is the default one of the root.
std::string toXml(const OutNode& root, const std::string& name_space);
/// The children of the root as one object. Neighbouring items of a list become one array.
std::string toJson(const OutNode& root);

}  // namespace causeway::mapping
