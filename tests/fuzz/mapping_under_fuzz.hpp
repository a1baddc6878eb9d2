#pragma once

#include "host/config/yaml.hpp"
#include "host/mapping/reader.hpp"

#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

namespace causeway::fuzz {

inline void require(bool condition) {
  if (!condition) std::abort();
}

/// A mapping that uses every construct of the language once, for XML and for JSON, and an envelope for each way of holding a document.
inline constexpr const char* kFiles[] = {
    R"yaml(mapping: fuzz.xml
reads: xml
root: Doc
message: hearing.resulted
source: invented for fuzzing
identify: { id: "@id" }
fields:
  - { from: "@at", to: asserted_at, as: instant }
  - { from: Urn, to: case.urn, as: urn }
  - { from: Amount, to: "case.defendants[0].results[0].amount", as: money }
  - { from: Flag, to: "case.markers[]", split_on: ";" }
  - { with: { value: When, other: "=x" }, to: "case.hearings[0].starts_at.date", as: date }
  - each: Person
    keep: people
    key: "@id"
    like: case.parties[]
    fields:
      - { from: Name, to: "person.names[0].family", as: text }
      - { from: Phone, to: "contact_points[].value", as: phone }
  - each: Link
    where: { "@role": { in: [VIC, WIT] } }
    to: case.parties[]
    one_per: "@person"
    by: { people: "@person" }
    fields:
      - { from: "@role", to: "roles[].role", table: fuzz.role }
  - each: Case
    split: true
    fields:
      - each: Defendant
        to: case.defendants[]
        fields:
          - { from: "@asn", to: asn, as: asn }
          - { from: Pnc, to: pnc_id, as: pnc }
          - each: Offence
            to: offences[]
            fields:
              - { from: "@code", to: code }
              - { from: Plea, to: plea, default: none }
derive:
  - { when: { case.urn: { exists: true } }, set: { case.stage: charged } }
ignore:
  - { from: Note, why: "not needed" }
)yaml",
    R"yaml(mapping: fuzz.json
reads: json
root: doc
message: case.registered
source: invented for fuzzing
fields:
  - { from: doc/urn, to: case.urn, as: urn }
  - { from: doc/flags, to: "case.markers[]" }
  - each: doc/people
    to: case.parties[]
    where: { role: { matches: "^(vic|wit)" } }
    fields:
      - { from: role, to: "roles[0].role", table: fuzz.role }
      - { from: names, to: "person.names[0].given[]" }
      - { from: needs, to: person.interpreter_needed, as: boolean }
)yaml",
    R"yaml(envelope: fuzz.text
reads: xml
root: Wrap
source: invented for fuzzing
fields: { id: "@id" }
content: Content
holds: text
)yaml",
    R"yaml(envelope: fuzz.element
reads: xml
root: Frame
source: invented for fuzzing
fields: { id: Head/Id }
test_when: { Head/Test: { in: ["yes"] } }
content: Body
holds: element
)yaml",
    R"yaml(table: fuzz.role
list: party-role
source: invented for fuzzing
rows:
  - { from: VIC, is: victim }
  - { from: WIT, is: witness }
)yaml"};

inline const mapping::Library& library() {
  static const auto loaded = [] {
    Problems problems;
    std::vector<Node> nodes;
    for (const char* text : kFiles)
      if (auto node = config::parseYaml(text, "fuzz.yaml", problems)) nodes.push_back(*std::move(node));
    auto out = mapping::Library::load(std::move(nodes), mapping::Converters(), problems);
    if (problems.hasErrors()) {
      std::fputs(problems.text().c_str(), stderr);
      std::abort();
    }
    return out;
  }();
  return *loaded;
}

/// Small, so that every limit is reached by small inputs.
inline mapping::Limits limits() {
  mapping::Limits out;
  out.bytes = 4000;
  out.depth = 12;
  out.attributes = 8;
  out.elements = 500;
  out.envelopes = 3;
  return out;
}

/// All that a document amounts to, as text.
inline std::string readAll(mapping::Reader& reader, std::string_view document) {
  const auto decoded = reader.read(document, {{}, {std::chrono::year(2026), std::chrono::June, std::chrono::day(2)}});
  std::string out = decoded.refused ? "refused " + decoded.refused->text() : "read";
  require(!decoded.refused || decoded.reading.messages.empty());
  require(decoded.content.size() <= document.size());
  for (const auto& [name, value] : decoded.envelope) out += "|" + name + "=" + value;
  for (const auto& message : decoded.reading.messages) {
    const auto bytes = message->SerializeAsString();
    canonical::CanonicalMessage again;
    require(again.ParseFromString(bytes));
    out += "|" + bytes;
  }
  for (const auto& finding : decoded.reading.findings) {
    require(!finding.code.empty());
    out += "|" + finding.code + " " + finding.path;
  }
  return out;
}

/// The same bytes must always amount to the same, also in a reader that has just read something else.
inline int readTwice(std::string_view document) {
  static mapping::Reader used(library(), limits());
  mapping::Reader fresh(library(), limits());
  require(readAll(used, document) == readAll(fresh, document));
  return 0;
}

}  // namespace causeway::fuzz
