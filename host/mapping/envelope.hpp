#pragma once

#include "host/mapping/rules.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace causeway::mapping {

/// A wrapping, declared in a file:
///
///   envelope: cjse.route-data
///   reads: xml
///   root: RouteData
///   namespace: http://schemas.cjse.gov.uk/common/operations
///   source: "cpp-context-staging-prosecutors-spi, RouteData XSD"
///   fields: { id: RequestFromSystem/CorrelationID, source: RequestFromSystem/SourceID, test: RequestFromSystem/TestOperation }
///   test_when: { RequestFromSystem/TestOperation: "true" }
///   content: DataStream/DataStreamContent
///   holds: text            # a document as escaped text (any number of times); element: a real child element
///   reply: cjse.route-data-response        # mapping that writes the answer
///
/// A notice that only says where the document can be had names that place `next` and has no content; it is asked for, and what comes
/// is read as a document of the same sender:
///
///   fields: { next: detailUrl }            # an absolute path, or a URL at one of the sender's hosts
///   next_when: { eventType: { in: [...] } }    # other notices are recorded and nothing is asked; absent: all
///
/// Values of `fields` are $envelope.<name> in every mapping below it. `id` is the sender's message number, `correlation` its
/// conversation; both identify duplicates. Names are matched without prefix; paths start below the root.
struct Envelope {
  Location at;
  std::string id;
  Format format = Format::Xml;
  std::string root, name_space;
  std::map<std::string, std::string, std::less<>> fields;  ///< path -> name
  std::vector<SourceTest> test_when;
  std::string content;  ///< empty: a notice
  std::vector<SourceTest> next_when;
  bool holds_text = false;
  std::string reply;

  static Envelope load(const Node& node, Problems& problems);
};

}  // namespace causeway::mapping
