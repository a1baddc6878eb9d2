#pragma once

#include "host/base/node.hpp"
#include "host/model/consent.hpp"
#include "host/model/field_path.hpp"
#include "host/protection/free_text_use.hpp"
#include "host/protection/legal.hpp"
#include "host/protection/schema_tree.hpp"
#include "host/protection/transform.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace causeway::protection {

/// A bit for "everywhere" and one for each filter of the grant ([role=victim]).
using Bits = std::uint64_t;
constexpr Bits kEverywhere = 1;

/// Elements of a list for which more is granted than for the others.
struct Filter {
  int list = 0;            ///< place of the list in the schema tree
  Bits needs = 0;          ///< bit that must hold around the list
  Bits gives = 0;          ///< bit that holds inside the elements that match
  model::FieldPath where;  ///< below the element
  std::string equals;

  /// A code that is not in its list matches nothing.
  bool matches(const model::ProtoMessage& element) const;
};

/// What a consent may cover: a bit for each kind of information that `covered_by` of a field may name.
using Cover = std::uint8_t;
constexpr Cover kNothingCovered = 0;
constexpr Cover kAnyConsent = 1;  ///< a live consent, whatever its scope

/// Whose consent a grant rests on: of everybody to whom one of the paths leads, and of one person at least.
struct ConsentRule {
  std::vector<model::FieldPath> whose;  ///< case.parties[role=victim]
  model::ConsentNeed need;
  Cover rest = kNothingCovered;  ///< what it must cover for fields that do not say it themselves
  bool withholds = false;  ///< without it the message goes all the same, without any field that a consent must cover
};

/// What must stand in each element of a list before any of it may go, and there must be an element: that something may go without
/// consent is itself a decision that somebody took and wrote down.
struct RecordRule {
  model::FieldPath of;                ///< case.plans
  std::vector<model::FieldPath> has;  ///< below the element: override.decided_by
};

/// What is said of the quality of what goes out (DPA 2018 s.38(4) and (5)), and when it is too old to go at all.
struct QualityRule {
  std::optional<std::chrono::seconds> max_age;  ///< since its sender said it
  std::vector<model::FieldPath> expects;        ///< what a complete message of this kind would have
};

/// What one recipient may have for one purpose: for each place of the schema tree the bits under which it passes.
struct Grant {
  std::string id;
  std::string recipient;
  std::string purpose;
  std::vector<std::string> types;
  std::string policy;  ///< id@version
  std::string source;  ///< the law or agreement it rests on
  std::vector<Bits> passes;
  std::vector<Filter> filters;
  std::optional<ConsentRule> consent;
  std::vector<Cover>
      covers;  ///< by place: what a consent must cover for it; read only where the grant rests on consent
  std::optional<RecordRule> recorded;
  std::optional<FreeText> free_text;  ///< absent: as for the recipient
  std::optional<QualityRule> quality;
  std::string condition;               ///< under which sensitive data goes without consent; empty: none
  std::optional<Validity> document;    ///< of the policy document of the condition
  int sensitive = -1;                  ///< first place in the tree that is sensitive and passes; -1: none
  std::vector<unsigned char> changed;  ///< by place: 0 as it is, else number of the transform, from 1
  std::vector<Transform> transforms;
  bool undetermined_bail = false;  ///< may carry a bail status that means two opposite things (police only)
  Location at;
};

/// Named lists of fields, shared by the grants of all files.
using FieldSets = std::map<std::string, const Node*>;

/// Reports what is wrong with a set, once, however many grants use it.
void checkSet(const Node& set, Problems& problems);

/// What a grant may refer to.
struct GrantContext {
  const FieldSets& sets;
  const Legal& legal;
};

/// Reads one grant; every problem is reported at its place, save those of the sets that it uses.
Grant loadGrant(const Node& node, const GrantContext& context, Problems& problems);

}  // namespace causeway::protection
