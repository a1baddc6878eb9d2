#pragma once

#include "host/base/result.hpp"

#include <cstddef>
#include <span>
#include <string_view>

namespace causeway::mapping {

enum class Format { Xml, Json };

/// Limits of one document. The defaults fit every court and police message seen, with a wide margin (the largest list is 2.7 MB).
struct Limits {
  size_t bytes = 10U << 20U;       ///< of a document, and again of each document inside an envelope
  int depth = 64;                  ///< nested elements or objects
  int attributes = 64;             ///< of one element; libxml2 takes seconds for tens of thousands
  size_t tag_bytes = 64U << 10U;   ///< of one start tag
  size_t elements = 400'000;       ///< of a document
  int envelopes = 4;               ///< documents inside documents
  size_t parts = 16;               ///< of a multipart body, and papers in one document
  size_t part_bytes = 10'000'000;  ///< of one part, or of one paper out of its base 64
  size_t body_bytes =
      20'000'000;  ///< of a multipart body; of all papers together, each once for every message that has it
};

struct NamedText {
  std::string_view name;
  std::string_view value;
};
using NamedTexts = std::span<const NamedText>;

/// Receives a document as it streams by: XML and JSON look alike. An object's key opens an element, each item of an array opens
/// the element of its key again, a scalar is an element with text. Views live for the call only; text may come in pieces.
class DocumentHandler {
 public:
  virtual ~DocumentHandler() = default;
  /// JSON only, before `peek`: whether it is to tell what stands in the object under this key of the root object.
  virtual bool looksInto(std::string_view) const { return true; }
  /// JSON only, once, first: the keys of the root object with the scalars among their values, so that a mapping can be chosen. These
  /// views live until the document has been read.
  virtual void peek(NamedTexts) {}
  virtual void open(std::string_view name, std::string_view name_space, NamedTexts attributes) = 0;
  virtual void text(std::string_view piece) = 0;
  virtual void close() = 0;
  /// An element without attributes, with its whole text (empty: none): the same as opening it, its text and closing it.
  virtual void leaf(std::string_view name, std::string_view whole) {
    open(name, {}, {});
    if (!whole.empty()) text(whole);
    close();
  }
  /// Asked after each event: true makes the reader stop and answer success (the handler knows why it wanted that).
  virtual bool stopped() const { return false; }
};

}  // namespace causeway::mapping
