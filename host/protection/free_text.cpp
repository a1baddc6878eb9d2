#include "host/protection/free_text.hpp"

#include "host/base/text.hpp"
#include "host/protection/schema_tree.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace causeway::protection {
namespace {

constexpr std::array<std::string_view, 7> kKinds = {"name",
                                                    "address",
                                                    "telephone number",
                                                    "e-mail address",
                                                    "personal number",
                                                    "date of birth",
                                                    "school or place of work"};

/// One text where it stands; a list of texts is one for each.
struct Narrative {
  model::ProtoMessage* parent = nullptr;
  const model::ProtoField* field = nullptr;
  int index = -1;
  int place = 0;

  std::string text() const {
    const auto& reflection = *parent->GetReflection();
    return index < 0 ? reflection.GetString(*parent, field) : reflection.GetRepeatedString(*parent, field, index);
  }
  void put(const std::string& text) const {
    const auto& reflection = *parent->GetReflection();
    if (index < 0) reflection.SetString(parent, field, text);
    else reflection.SetRepeatedString(parent, field, index, text);
  }
};

void collect(model::ProtoMessage& message, int place, std::vector<Narrative>& out) {
  const auto& schema = SchemaTree::instance();
  const auto& children = schema.at(place).children;
  const auto& reflection = *message.GetReflection();
  std::vector<const model::ProtoField*> present;
  reflection.ListFields(message, &present);
  for (const auto* field : present) {
    if (field->is_extension() || children.empty()) continue;
    const int child = children[static_cast<std::size_t>(field->index())];
    const int size = field->is_repeated() ? reflection.FieldSize(message, field) : 1;
    const bool group = field->message_type() != nullptr;
    if (!group &&
        (schema.at(child).category != canonical::NARRATIVE || field->cpp_type() != model::ProtoField::CPPTYPE_STRING))
      continue;
    for (int i = 0; i < size; ++i) {
      if (!group) out.push_back({&message, field, field->is_repeated() ? i : -1, child});
      else if (field->is_repeated()) collect(*reflection.MutableRepeatedMessage(&message, field, i), child, out);
      else collect(*reflection.MutableMessage(&message, field), child, out);
    }
  }
}

/// Which kinds were found in which field, for the words of the hold.
using Found = std::map<std::string, std::map<FindingKind, int>>;

std::string saying(const Found& found) {
  std::vector<std::string> fields;
  for (const auto& [path, kinds] : found) {
    std::vector<std::string> counts;
    for (const auto& [kind, count] : kinds)
      counts.push_back(std::string(kKinds[static_cast<std::size_t>(kind)]) +
                       (count > 1 ? " x" + std::to_string(count) : ""));
    fields.push_back(path + " (" + join(counts, ", ") + ")");
  }
  return "Free text may name or locate somebody of whom this recipient may not be told: " + join(fields, "; ") +
         ". Have it written without that where it comes from, or tell the recipient in another way.";
}

bool stops(FreeText use, const std::vector<Finding>& findings) {
  if (use == FreeText::Hold) return !findings.empty();
  return use == FreeText::Redact &&
         std::ranges::any_of(findings, [](const Finding& each) { return each.confidence == Confidence::Possible; });
}

}  // namespace

std::optional<Hold> TextScreen::screen(canonical::CanonicalMessage& projection,
                                       std::vector<std::string>& redacted) const {
  if (use == FreeText::Pass) return std::nullopt;
  std::vector<Narrative> texts;
  collect(projection, 0, texts);
  if (texts.empty()) return std::nullopt;
  const TextSearch search(knownPeople(whole, projection.case_(), recipient.audience == "victim"), lore);
  const auto& schema = SchemaTree::instance();
  Found holding;
  for (const auto& each : texts) {
    const auto text = each.text();
    const auto cleaned = redactAll(search, text);
    if (cleaned.findings.empty()) continue;
    const auto& value = schema.at(schema.at(each.place).parent);
    const auto& path = value.value ? value.path : schema.at(each.place).path;
    if (stops(use, cleaned.findings) || !cleaned.clean) {
      for (const auto& finding : cleaned.findings) ++holding[path][finding.kind];
      continue;
    }
    each.put(cleaned.text);
    redacted.push_back(path);
  }
  if (!holding.empty()) return Hold{"text_names_somebody", "A23", saying(holding)};
  return std::nullopt;
}

}  // namespace causeway::protection
