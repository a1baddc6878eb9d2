#include "host/pipeline/subject_access.hpp"

#include "host/care/without_person.hpp"
#include "host/model/values.hpp"
#include "host/pipeline/field_words.hpp"
#include "host/pipeline/told_fields.hpp"
#include "host/protection/text_search.hpp"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <algorithm>
#include <map>
#include <set>

namespace causeway::pipeline {
namespace {

using model::ProtoField;
using model::ProtoMessage;

std::vector<const ProtoField*> presentIn(const ProtoMessage& message) {
  std::vector<const ProtoField*> out;
  message.GetReflection()->ListFields(message, &out);
  return out;
}

class Pack {
 public:
  Pack(const canonical::CaseRecord& record, const std::string& person, const protection::NameLore& names)
      : record_(record),
        person_(person),
        others_(care::valuesOfOthers(record.case_(), person)),
        search_(protection::peopleBeside(record.case_(), person), names) {}

  SubjectAccess run() {
    for (const auto& party : record_.case_().parties()) {
      if (party.id() != person_) continue;
      ownPart(party);
      elsewhere();
    }
    return std::move(out_);
  }

 private:
  void ownPart(const canonical::Party& party) {
    canonical::Case own;
    *own.add_parties() = party;
    visitValues(own, nullptr, [&](const FieldOfElement& at, const ProtoField& field, const std::string& value) {
      take("parties." + at.second, at.second, field, value);
    });
  }

  /// Entries of the case's other lists that refer to the person: their free text may speak of anybody.
  void elsewhere() {
    const auto& whole = record_.case_();
    for (const auto* list : presentIn(whole)) {
      const bool people = list->message_type() == canonical::Party::descriptor() ||
                          list->message_type() == canonical::Defendant::descriptor();
      if (!list->is_repeated() || list->message_type() == nullptr || people) continue;
      for (int i = 0; i < whole.GetReflection()->FieldSize(whole, list); ++i) {
        const auto& element = whole.GetReflection()->GetRepeatedMessage(whole, list, i);
        if (refersToThem(element)) entry(*list, element);
      }
    }
  }

  void entry(const ProtoField& list, const ProtoMessage& element) {
    canonical::Case one;
    one.GetReflection()->AddMessage(&one, &list)->CopyFrom(element);
    visitValues(one, nullptr, [&](const FieldOfElement& at, const ProtoField& field, const std::string& value) {
      const std::string path = list.name() + "." + at.second;
      const bool free_text =
          meaning(field).category() == canonical::NARRATIVE || model::shapeOf(field) == model::Shape::Text;
      if (free_text)
        withhold(path, "free text of the case, which may speak of other people; a person must read it first");
      else take(path, {}, field, value);
    });
  }

  bool refersToThem(const ProtoMessage& element) const {
    for (const auto* field : presentIn(element)) {
      if (field->cpp_type() != ProtoField::CPPTYPE_STRING || !meaning(*field).refers()) continue;
      const int size = field->is_repeated() ? element.GetReflection()->FieldSize(element, field) : 1;
      for (int i = 0; i < size; ++i)
        if (model::textOf(element, *field, field->is_repeated() ? i : -1) == person_) return true;
    }
    return false;
  }

  void take(const std::string& path, const std::string& below, const ProtoField& field, const std::string& value) {
    const auto& means = meaning(field);
    if (means.refers()) {
      if (value != person_) withhold(path, "the number of somebody or something else in the case");
      return;
    }
    if (means.category() == canonical::OFFICER) return withhold(path, "about an officer or professional");
    if (care::speaksOf(value, others_)) return withhold(path, "it names somebody else");
    const bool narrative = means.category() == canonical::NARRATIVE || model::shapeOf(field) == model::Shape::Text;
    if (narrative && !search_.find(value).empty())
      return withhold(path, "it may name or locate somebody else; a person must read it first");
    out_.held.push_back({path, labelAt(path), value, sourcesOf(below, value)});
  }

  void withhold(const std::string& path, const std::string& why) {
    const bool said = std::ranges::any_of(out_.withheld,
                                          [&](const WithheldItem& one) { return one.field == path && one.why == why; });
    if (!said) out_.withheld.push_back({path, labelAt(path), why});
  }

  /// Of a list every source of the list: which of them brought this item is kept as a digest only.
  std::vector<HeldItem::Source> sourcesOf(const std::string& below, const std::string& value) const {
    std::vector<HeldItem::Source> out;
    if (below.empty()) return out;
    const auto list = below.substr(0, below.find('.'));
    std::set<std::pair<std::string, std::string>> seen;
    for (const auto& fact : record_.facts()) {
      if (fact.element() != person_ || fact.said() < 0 || fact.said() >= record_.said_size()) continue;
      const bool same = fact.field() == below
                            ? fact.value() == value || fact.state().empty()
                            : fact.field().starts_with(list + "[") || fact.field().starts_with(below + "[") ||
                                  below.starts_with(fact.field() + ".");
      if (!same) continue;
      const auto& said = record_.said(fact.said());
      const auto& at = said.has_asserted_at() ? said.asserted_at() : said.received_at();
      if (seen.emplace(said.source(), at).second) out.push_back({said.source(), at, fact.state().empty()});
    }
    return out;
  }

  static const canonical::FieldMeaning& meaning(const ProtoField& field) {
    return field.options().GetExtension(canonical::is);
  }

  const canonical::CaseRecord& record_;
  const std::string& person_;
  const std::set<std::string> others_;
  const protection::TextSearch search_;
  SubjectAccess out_;
};

}  // namespace

SubjectAccess subjectAccess(const canonical::CaseRecord& record, const std::string& person,
                            const protection::NameLore& names) {
  return Pack(record, person, names).run();
}

}  // namespace causeway::pipeline
