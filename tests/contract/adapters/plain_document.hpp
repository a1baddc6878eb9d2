#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace causeway::contract {

/// One text of a document: an attribute, the text of an element, or a string in JSON. Declarations of name spaces are none.
struct PlainLeaf {
  std::string name;  ///< of the attribute, element or key that it stands in
  std::string text;  ///< without escapes
};

/// A document read with nothing of the host's: to look at what the host has written with other eyes, and to change one text of
/// an example. Reads what examples hold and knows no document types.
class PlainDocument {
 public:
  /// Nothing when it is not well-formed.
  static std::optional<PlainDocument> parse(std::string_view document);

  const std::vector<PlainLeaf>& leaves() const { return leaves_; }
  bool holds(std::string_view text) const;
  /// The document with another text in one leaf.
  std::string with(size_t leaf, std::string_view text) const;

 private:
  struct Place {
    size_t start = 0, size = 0;  ///< of the escaped text in an XML document
  };
  bool parseXml();
  bool parseJson();

  std::string document_;
  std::vector<PlainLeaf> leaves_;
  std::vector<Place> places_;
};

}  // namespace causeway::contract
