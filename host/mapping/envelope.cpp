#include "host/mapping/envelope.hpp"

#include "host/base/node_reader.hpp"

#include <algorithm>

namespace causeway::mapping {

Envelope Envelope::load(const Node& node, Problems& problems) {
  Envelope out;
  out.at = node.at;
  NodeReader reader(node, "an envelope", problems);
  out.id = reader.required("envelope");
  out.format = reader.choice("reads", {"xml", "json"}, true) == "json" ? Format::Json : Format::Xml;
  out.root = reader.required("root");
  out.name_space = reader.text("namespace");
  reader.required("source");
  if (const Node* fields = reader.map("fields"))
    for (const auto& entry : fields->entries) {
      if (!entry.value.isScalar()) problems.error(entry.value.at, "a field of an envelope is a name and a path");
      else if (!out.fields.emplace(entry.value.scalar, entry.key).second)
        problems.error(entry.value.at, "this path has two names");
    }
  out.test_when = loadTests(reader.map("test_when"), problems);
  const bool notice = std::ranges::any_of(out.fields, [](const auto& field) { return field.second == "next"; }) &&
                      !reader.node("content");
  out.next_when = loadTests(reader.map("next_when"), problems);
  if (!notice) {
    if (!out.next_when.empty())
      problems.error(reader.at("next_when"), "only a notice asks for something: a field 'next' and no content");
    out.content = reader.required("content");
    out.holds_text = reader.choice("holds", {"text", "element"}, true) == "text";
  }
  out.reply = reader.text("reply");
  reader.finish();
  return out;
}

}  // namespace causeway::mapping
