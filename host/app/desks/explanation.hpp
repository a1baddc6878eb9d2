#pragma once

#include "host/mapping/reader.hpp"
#include "host/model/case.pb.h"
#include "host/pipeline/rulebook.hpp"

#include <string>
#include <vector>

namespace causeway::app {

/// A document with the name by which an error speaks of it: a file, or "after[0]".
struct NamedDocument {
  std::string name, bytes;
};

/// What is to be explained: a document as if it arrived now, at a host that had these others before it and nothing else.
struct ToExplain {
  NamedDocument document;
  std::vector<NamedDocument> after;  ///< came before it, in order; folded into the case, told to nobody
  std::string sender;                ///< partner whose document it is; empty: anybody, who may send every type
  std::string recipient;             ///< tell of its deliveries alone; empty: of everybody's
  bool json = false;                 ///< else plain text for a person
};

struct Explanation {
  std::string text;
  bool placed = false;                                ///< read, and each of its messages has its place in the case
  std::vector<canonical::CanonicalMessage> messages;  ///< of all the documents: what the text may speak of
};

/// Tells what the document would do: how it is read, the case before and after, which rule tells whom, the exact bytes that each
/// recipient would get, and every field that is kept from it with the rule that does so. Nothing is stored or sent, and how long it takes
/// does not count as a late decision. NotFound: no such partner. Invalid: a document of `after` cannot be read or placed.
Result<Explanation> explainDocument(const pipeline::Rulebook& rulebook, const mapping::Limits& limits,
                                    const ToExplain& asked);

}  // namespace causeway::app
