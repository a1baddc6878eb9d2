#include "host/care/without_person.hpp"

#include "host/base/text.hpp"
#include "host/model/values.hpp"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <algorithm>
#include <functional>
#include <vector>

namespace causeway::care {
namespace {

using model::ProtoField;
using model::ProtoMessage;
using Values = std::set<std::string>;

constexpr size_t kShortest = 3;  // shorter values are initials and codes that stand in anybody's text

bool isWord(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

const canonical::FieldMeaning& meaningOf(const ProtoField& field) {
  return field.options().GetExtension(canonical::is);
}

bool isText(const ProtoField& field) { return field.cpp_type() == ProtoField::CPPTYPE_STRING; }
bool isGroup(const ProtoField& field) { return field.cpp_type() == ProtoField::CPPTYPE_MESSAGE; }

std::vector<const ProtoField*> presentIn(const ProtoMessage& message) {
  std::vector<const ProtoField*> out;
  message.GetReflection()->ListFields(message, &out);
  return out;
}

int sizeOf(const ProtoMessage& message, const ProtoField& field) {
  return field.is_repeated() ? message.GetReflection()->FieldSize(message, &field) : 1;
}

std::string textAt(const ProtoMessage& message, const ProtoField& field, int i) {
  const auto& reflection = *message.GetReflection();
  return field.is_repeated() ? reflection.GetRepeatedString(message, &field, i) : reflection.GetString(message, &field);
}

const ProtoMessage& groupAt(const ProtoMessage& message, const ProtoField& field, int i) {
  const auto& reflection = *message.GetReflection();
  return field.is_repeated() ? reflection.GetRepeatedMessage(message, &field, i)
                             : reflection.GetMessage(message, &field);
}

void removeAt(ProtoMessage& message, const ProtoField& field, int i) {
  const auto& reflection = *message.GetReflection();
  if (!field.is_repeated()) return reflection.ClearField(&message, &field);
  const int last = reflection.FieldSize(message, &field) - 1;
  for (int k = i; k < last; ++k) reflection.SwapElements(&message, &field, k, k + 1);
  reflection.RemoveLast(&message, &field);
}

/// Whether any text below says so.
bool anyText(const ProtoMessage& message, const std::function<bool(const ProtoField&, const std::string&)>& says) {
  for (const auto* field : presentIn(message))
    for (int i = 0; i < sizeOf(message, *field); ++i) {
      if (isText(*field) && says(*field, textAt(message, *field, i))) return true;
      if (isGroup(*field) && anyText(groupAt(message, *field, i), says)) return true;
    }
  return false;
}

/// What tells somebody from others: not the town they live in, nor the hours at which they may be called.
bool tellsWho(const ProtoField& field) {
  static const std::set<std::string_view> names{"given", "family", "preferred", "born_on", "value",     "raw",
                                                "lines", "uprn",   "postcode",  "school",  "workplace", "email"};
  return isText(field) && names.contains(field.name());
}

/// What somebody is called, lives at and is reached by.
void collect(const ProtoMessage& message, Values& out) {
  for (const auto* field : presentIn(message)) {
    const bool code = isGroup(*field) && model::shapeOf(*field) == model::Shape::Code;
    for (int i = 0; i < sizeOf(message, *field); ++i) {
      if (isGroup(*field) && !code) collect(groupAt(message, *field, i), out);
      else if (tellsWho(*field))
        if (auto value = lowerCase(textAt(message, *field, i)); value.size() >= kShortest) out.insert(std::move(value));
    }
  }
}

/// Goes through everything that stays.
class Sweep {
 public:
  Sweep(std::string_view person, const Values& values) : person_(person), values_(values) {}

  void run(ProtoMessage& message) {
    for (const auto* field : presentIn(message))
      for (int i = sizeOf(message, *field) - 1; i >= 0; --i) {
        if (isText(*field) ? isOver(message, *field, i)
                           : isGroup(*field) && isOver(groupAt(message, *field, i), *field)) {
          removeAt(message, *field, i);
        } else if (isGroup(*field)) {
          const auto& reflection = *message.GetReflection();
          run(field->is_repeated() ? *reflection.MutableRepeatedMessage(&message, field, i)
                                   : *reflection.MutableMessage(&message, field));
        }
      }
  }

 private:
  bool isOver(const ProtoMessage& parent, const ProtoField& field, int i) const {
    const auto text = textAt(parent, field, i);
    if (meaningOf(field).refers() && text == person_) return true;
    return meaningOf(field).category() == canonical::NARRATIVE && speaksOf(text, values_);
  }

  /// An item of work, a paper, a plan, a relationship that refers to the person goes as a whole: it is about them.
  bool isOver(const ProtoMessage& element, const ProtoField& list) const {
    if (!list.is_repeated() || isApart(*element.GetDescriptor())) return false;
    for (const auto* field : presentIn(element))
      if (isText(*field) && meaningOf(*field).refers())
        for (int i = 0; i < sizeOf(element, *field); ++i)
          if (textAt(element, *field, i) == person_) return true;
    return false;
  }

  /// People, hearings and offences stay when the person was only one of several whom they concern.
  static bool isApart(const model::ProtoType& type) {
    return &type == canonical::Defendant::descriptor() || &type == canonical::Hearing::descriptor() ||
           &type == canonical::Party::descriptor() || &type == canonical::Offence::descriptor() ||
           &type == canonical::ReportingRestriction::descriptor();
  }

  std::string person_;
  const Values& values_;
};

void takeFacts(canonical::CaseRecord& record, std::string_view person, TakenOut& out) {
  auto& facts = *record.mutable_facts();
  for (int i = facts.size() - 1; i >= 0; --i) {
    const auto& fact = facts.Get(i);
    const bool own = fact.element() == person;
    if (own && fact.said() >= 0 && fact.said() < record.said_size())
      out.messages.insert(record.said(fact.said()).message_id());
    // Of somebody else with the same name the name stays; what is said in sentences goes.
    const bool sentence = fact.element().empty() || fact.value().find(' ') != std::string::npos;
    if (own || fact.value() == person || (sentence && speaksOf(fact.value(), out.values))) facts.DeleteSubrange(i, 1);
  }
}

template <class List>
void takeParty(List& parties, std::string_view person, TakenOut& out) {
  for (int i = parties.size() - 1; i >= 0; --i) {
    if (parties.Get(i).id() != person) continue;
    collect(parties.Get(i), out.values);
    parties.DeleteSubrange(i, 1);
    out.found = true;
  }
}

}  // namespace

Values valuesOf(const canonical::Case& whole, const std::set<std::string>& people) {
  Values out;
  for (const auto& party : whole.parties())
    if (people.contains(party.id())) collect(party, out);
  return out;
}

Values valuesOfOthers(const canonical::Case& whole, std::string_view person) {
  Values out;
  for (const auto& party : whole.parties())
    if (party.id() != person) collect(party, out);
  for (const auto& defendant : whole.defendants())
    if (defendant.id() != person) collect(defendant, out);
  return out;
}

bool speaksOf(std::string_view text, const Values& values) {
  const auto lower = lowerCase(text);
  return std::ranges::any_of(values, [&](const std::string& value) {
    for (auto at = lower.find(value); at != std::string::npos; at = lower.find(value, at + 1)) {
      const bool starts = at == 0 || !isWord(lower[at - 1]);
      const bool ends = at + value.size() >= lower.size() || !isWord(lower[at + value.size()]);
      if (starts && ends) return true;
    }
    return false;
  });
}

bool speaksOf(const canonical::CanonicalMessage& message, std::string_view person, const Values& values) {
  const bool told = anyText(message, [&](const ProtoField& field, const std::string& text) {
    if (text == person && (meaningOf(field).refers() || field.name() == "id")) return true;
    return meaningOf(field).category() == canonical::NARRATIVE && speaksOf(text, values);
  });
  return told || std::ranges::any_of(message.case_().parties(), [&](const canonical::Party& party) {
           Values theirs;
           collect(party, theirs);
           // One name may be that of a relative; two things in common, and it is this person.
           return std::ranges::count_if(theirs, [&](const auto& value) { return values.contains(value); }) >= 2;
         });
}

TakenOut takeOut(canonical::CaseRecord& record, std::string_view person) {
  TakenOut out;
  takeParty(*record.mutable_case_()->mutable_parties(), person, out);
  if (!out.found) return out;
  if (record.has_withdrawn()) takeParty(*record.mutable_withdrawn()->mutable_parties(), person, out);
  takeFacts(record, person, out);
  Sweep sweep(person, out.values);
  sweep.run(*record.mutable_case_());
  for (auto& fixture : *record.mutable_fixtures()) sweep.run(fixture);
  if (record.has_withdrawn()) sweep.run(*record.mutable_withdrawn());
  return out;
}

}  // namespace causeway::care
