#include "host/care/references.hpp"

#include <algorithm>

namespace causeway::care {
namespace {

using References = google::protobuf::RepeatedPtrField<std::string>;

void rename(References& list, const std::string& from, const std::string& to) {
  const auto found = std::find(list.begin(), list.end(), from);
  if (found == list.end()) return;
  if (std::find(list.begin(), list.end(), to) == list.end()) *found = to;
  else list.erase(found);
  std::sort(list.begin(), list.end());
}

}  // namespace

void renameReferences(canonical::Case& whole, const std::string& from, const std::string& to) {
  const auto atHearing = [&](auto& element) {
    if (element.hearing_id() == from) element.set_hearing_id(to);
  };
  const auto inAll = [](auto& list, const auto& change) { std::for_each(list.begin(), list.end(), change); };
  for (auto& defendant : *whole.mutable_defendants()) {
    rename(*defendant.mutable_parent_ids(), from, to);
    inAll(*defendant.mutable_attendances(), atHearing);
    inAll(*defendant.mutable_results(), atHearing);
    if (defendant.has_bail())
      inAll(*defendant.mutable_bail()->mutable_conditions(),
            [&](auto& one) { rename(*one.mutable_protects(), from, to); });
    inAll(*defendant.mutable_orders(), [&](auto& one) { rename(*one.mutable_protects(), from, to); });
    for (auto& offence : *defendant.mutable_offences()) {
      rename(*offence.mutable_victim_ids(), from, to);
      inAll(*offence.mutable_results(), atHearing);
    }
  }
  for (auto& hearing : *whole.mutable_hearings()) rename(*hearing.mutable_defendant_ids(), from, to);
  for (auto& party : *whole.mutable_parties()) {
    if (party.has_supporter()) rename(*party.mutable_supporter()->mutable_supports(), from, to);
    inAll(*party.mutable_relationships(), [&](auto& one) {
      if (one.to_id() == from) one.set_to_id(to);
    });
  }
}

}  // namespace causeway::care
