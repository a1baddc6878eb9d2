#include "tests/unit/protection/labelled_texts.hpp"

#include "host/base/node_reader.hpp"
#include "host/base/text.hpp"
#include "host/config/yaml.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>

namespace causeway::protection {
namespace {

constexpr std::array<std::string_view, 7> kKinds = {"name", "address", "phone", "email", "number", "birth", "place"};

// "14 Heol y Bryn, Penarth, CF64 2AB": the last piece is the postcode, the one before it the town.
void addAddress(const std::string& text, canonical::Address& address) {
  std::vector<std::string> pieces;
  for (const auto piece : split(text, ',')) pieces.emplace_back(trim(piece));
  if (pieces.size() > 1) {
    address.set_postcode(pieces.back());
    pieces.pop_back();
  }
  if (pieces.size() > 1) {
    address.set_town(pieces.back());
    pieces.pop_back();
  }
  for (const auto& piece : pieces) address.add_lines(piece);
}

void readPerson(NodeReader& reader, canonical::Person& person) {
  auto& name = *person.add_names();
  name.set_title(reader.text("title"));
  for (const auto& given : reader.texts("given")) name.add_given(given);
  name.set_family(reader.text("family"));
  name.set_preferred(reader.text("preferred"));
  for (const auto& family : reader.texts("former")) {
    auto& former = *person.add_names();
    *former.mutable_given() = person.names(0).given();
    former.set_family(family);
  }
  if (const auto born = reader.date("born")) person.set_born_on(formatDate(*born));
  person.set_school(reader.text("school"));
  person.set_workplace(reader.text("workplace"));
  for (const auto& number : reader.texts("number")) person.add_identifiers()->set_value(number);
}

void readParty(const Node& node, const std::string& id, canonical::Case& whole, Problems& problems) {
  NodeReader reader(node, "a person", problems);
  auto& party = *whole.add_parties();
  party.set_id(id);
  const auto role = reader.required("role");
  party.add_roles()->mutable_role()->set_code(role);
  readPerson(reader, *party.mutable_person());
  for (const auto& address : reader.texts("address")) addAddress(address, *party.add_addresses());
  for (const char* channel : {"phone", "email"})
    for (const auto& value : reader.texts(channel)) {
      auto& point = *party.add_contact_points();
      point.mutable_channel()->set_code(channel);
      point.set_value(value);
    }
  reader.finish();
}

void readDefendant(const Node& node, const std::string& id, canonical::Case& whole, Problems& problems) {
  NodeReader reader(node, "a defendant", problems);
  auto& defendant = *whole.add_defendants();
  defendant.set_id(id);
  readPerson(reader, *defendant.mutable_person());
  for (const auto& address : reader.texts("address")) addAddress(address, *defendant.add_addresses());
  reader.finish();
}

// Takes the marks [[kind|words]] out of the text.
LabelledText readText(const Node& node, Problems& problems) {
  LabelledText out;
  out.at = node.at;
  const std::string& raw = node.scalar;
  for (std::size_t at = 0; at < raw.size();) {
    const auto open = std::min(raw.find("[[", at), raw.size());
    out.text += raw.substr(at, open - at);
    if (open == raw.size()) break;
    const auto bar = raw.find('|', open), close = raw.find("]]", open);
    const auto kind = bar < close ? raw.substr(open + 2, bar - open - 2) : std::string();
    if (close == std::string::npos || std::ranges::find(kKinds, kind) == kKinds.end()) {
      problems.error(node.at,
                     "a mark is written [[kind|words]], kind one of name, address, phone, email, number, birth, place");
      break;
    }
    const auto words = raw.substr(bar + 1, close - bar - 1);
    out.marks.push_back({kind, out.text.size(), out.text.size() + words.size()});
    out.text += words;
    at = close + 2;
  }
  return out;
}

LabelledCase readCase(const Node& file, Problems& problems) {
  LabelledCase out;
  NodeReader reader(file, "a file of labelled texts", problems);
  int number = 0;
  for (const char* key : {"people", "officers"})
    if (const Node* list = reader.list(key))
      for (const auto& node : list->items) readParty(node, "p-" + std::to_string(++number), out.whole, problems);
  if (const Node* list = reader.list("defendants"))
    for (const auto& node : list->items) readDefendant(node, "d-" + std::to_string(++number), out.whole, problems);
  if (const Node* list = reader.list("texts"))
    for (const auto& node : list->items) {
      NodeReader text(node, "a text", problems);
      const Node* clean = text.node("clean");
      const Node* leaks = text.node("leaks");
      text.finish();
      if ((clean == nullptr) == (leaks == nullptr)) {
        problems.error(node.at, "a text is either 'clean' or 'leaks'");
        continue;
      }
      out.texts.push_back(readText(clean ? *clean : *leaks, problems));
      if (out.texts.back().marks.empty() != (clean != nullptr))
        problems.error(node.at, "a text that leaks has marks, and a clean one has none");
    }
  reader.finish();
  return out;
}

Node load(const std::filesystem::path& path) {
  Problems problems;
  auto node = config::loadYaml(path, problems);
  EXPECT_TRUE(node.has_value() && problems.empty()) << problems.text();
  return node ? *std::move(node) : Node();
}

}  // namespace

std::vector<LabelledCase> labelledCases(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    if (entry.path().extension() == ".yaml") paths.push_back(entry.path());
  std::ranges::sort(paths);
  std::vector<LabelledCase> out;
  Problems problems;
  for (const auto& path : paths) out.push_back(readCase(load(path), problems));
  EXPECT_TRUE(problems.empty()) << problems.text();
  return out;
}

NameLore shippedLore() {
  NameLore lore;
  const auto file = load(std::string(CAUSEWAY_SOURCE_DIR) + "/config/protection/names.yaml");
  Problems problems;
  if (const Node* names = file.find("names")) lore.add(*names, problems);
  EXPECT_TRUE(problems.empty()) << problems.text();
  return lore;
}

}  // namespace causeway::protection
