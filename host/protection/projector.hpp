#pragma once

#include "host/protection/checks.hpp"
#include "host/protection/grant.hpp"
#include "host/protection/policy.hpp"

#include <string>
#include <utility>
#include <vector>

namespace causeway::protection {

/// What the fields are judged by, beside the grant.
struct Circumstances {
  const Recipient& recipient;
  Day today;
  bool proceedings_over = false;    ///< special measures may be spoken of in public (YJCEA 1999 s.47)
  bool sensitive_may_pass = false;  ///< live consent, or a condition with a policy document that is valid now
  const Pseudonyms* pseudonyms = nullptr;
  Cover covered = kNothingCovered;  ///< by the consents on which the grant rests
};

/// Copies what passes from one message to another, field by field, and keeps account of what did not. For one decision.
class Projector {
 public:
  Projector(const Grant& grant, const Circumstances& circumstances);

  /// Answers whether anything passed. Only fields of the schema are looked at, so that what a newer writer added is left out.
  bool copy(const model::ProtoMessage& from, model::ProtoMessage& to) {
    Copy whole{nullptr, nullptr, &to};
    return copyFields(from, whole, 0, kEverywhere);
  }

  /// A bail status that means two opposite things is among what passed.
  bool undeterminedBail() const { return undetermined_bail_; }
  /// Something sensitive was there that would have passed, had its policy document been valid.
  bool sensitiveWithheld() const { return sensitive_withheld_; }
  /// A value was to go as a pseudonym, and there is no key.
  bool keyMissing() const { return key_missing_; }
  /// Ids of the elements of the case's own lists that are in the copy, in their order there.
  std::vector<std::string> takeElements() { return std::move(elements_); }
  /// Names of the fields that passed, names of those that did not, and what was changed on the way, each in order.
  void account(Decision& decision);

 private:
  // Either it passes, or the check that withholds it. Of several the greater one is told.
  static constexpr auto kPasses = Check{0};

  // The copy of one message: made when the first field of it passes, and never when none does.
  struct Copy {
    Copy* around = nullptr;
    const model::FieldFacts* field = nullptr;  // where it stands in the one around
    model::ProtoMessage* made = nullptr;
    model::ProtoMessage& message() {
      if (!made) made = &field->fill(around->message());
      return *made;
    }
  };

  bool copyFields(const model::ProtoMessage& from, Copy& to, int place, Bits bits);
  bool copyField(const model::ProtoMessage& from, Copy& to, int place, Bits bits);
  bool copyLeaf(const model::ProtoMessage& from, Copy& to, int place, Bits bits);
  bool copyChanged(const model::ProtoMessage& from, Copy& to, int place);
  bool copyElements(const model::ProtoMessage& from, Copy& to, int place, Bits bits);
  Bits bitsInside(const model::ProtoMessage& element, int list, Bits bits) const;
  bool unsafe(const model::ProtoMessage& element) const;
  bool unsafeForPost(const model::ProtoMessage& element) const;
  Check checkFor(int place, Bits bits) const;
  void pass(int place);
  void withhold(int place, Check check);
  bool allWithheld(const SchemaNode& value) const;
  bool partWithheld(const SchemaNode& value) const;

  const SchemaTree& schema_;
  const Grant& grant_;
  const Circumstances& circumstances_;
  std::string today_;
  std::vector<char> passed_;     // by place
  std::vector<Check> withheld_;  // by place: the strongest check that withheld it somewhere
  std::vector<int> touched_;     // places of either
  std::vector<std::string> elements_;
  std::string scratch_;  // room for the text of a value
  bool to_suspect_side_ = false, to_public_ = false, to_victim_ = false, to_police_ = false;
  bool in_unsafe_contact_ = false;
  bool in_unsafe_post_ = false;
  bool in_unmarked_text_ = false;
  bool undetermined_bail_ = false;
  bool sensitive_withheld_ = false;
  bool key_missing_ = false;
};

}  // namespace causeway::protection
