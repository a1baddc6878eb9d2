#include "host/care/case_fold.hpp"

#include <algorithm>
#include <set>

namespace causeway::care {
namespace {

class Focus {
 public:
  explicit Focus(const Event& event) : about_(event.about.begin(), event.about.end()) {}

  void narrow(canonical::Case& whole) const {
    narrowDefendants(whole);
    std::set<std::string> defendants;
    for (const auto& one : whole.defendants()) defendants.insert(one.id());
    const bool named = namesAny(whole.hearings());
    keep(*whole.mutable_hearings(), [&](const canonical::Hearing& hearing) {
      if (named) return about_.contains(hearing.id());
      const auto& whose = hearing.defendant_ids();
      return whose.empty() ||
             std::any_of(whose.begin(), whose.end(), [&](const auto& id) { return defendants.contains(id); });
    });
    // Work for people is made anew for each recipient.
    whole.clear_tasks();
    whole.clear_log_entries();
    whole.clear_officer_notifications();
  }

 private:
  bool namesAny(const auto& list) const {
    return std::any_of(list.begin(), list.end(), [&](const auto& one) { return about_.contains(one.id()); });
  }

  static void keep(auto& list, const auto& wanted) {
    for (int i = list.size() - 1; i >= 0; --i)
      if (!wanted(list.Get(i))) list.DeleteSubrange(i, 1);
  }

  bool isNamed(const canonical::Offence& offence) const {
    return about_.contains(offence.id()) || namesAny(offence.results());
  }

  bool isNamed(const canonical::Defendant& defendant) const {
    return about_.contains(defendant.id()) || namesAny(defendant.results()) || namesAny(defendant.orders()) ||
           std::any_of(defendant.offences().begin(), defendant.offences().end(),
                       [&](const auto& offence) { return isNamed(offence); });
  }

  /// What is named stays; where nothing is named at a level, everything of that level stays.
  void narrowDefendants(canonical::Case& whole) const {
    const auto& all = whole.defendants();
    if (std::any_of(all.begin(), all.end(), [&](const auto& one) { return isNamed(one); }))
      keep(*whole.mutable_defendants(), [&](const canonical::Defendant& one) { return isNamed(one); });
    for (auto& defendant : *whole.mutable_defendants()) {
      bool results_named = namesAny(defendant.results());
      for (const auto& offence : defendant.offences()) results_named = results_named || namesAny(offence.results());
      const auto& offences = defendant.offences();
      if (std::any_of(offences.begin(), offences.end(), [&](const auto& one) { return isNamed(one); }))
        keep(*defendant.mutable_offences(), [&](const canonical::Offence& one) { return isNamed(one); });
      const auto narrowResults = [&](auto& results) {
        if (results_named) keep(results, [&](const canonical::Result& one) { return about_.contains(one.id()); });
      };
      narrowResults(*defendant.mutable_results());
      for (auto& offence : *defendant.mutable_offences()) narrowResults(*offence.mutable_results());
      if (namesAny(defendant.orders()))
        keep(*defendant.mutable_orders(), [&](const canonical::Order& one) { return about_.contains(one.id()); });
    }
  }

  std::set<std::string> about_;
};

}  // namespace

canonical::CanonicalMessage focus(const canonical::Case& whole, const Event& event,
                                  const canonical::CanonicalMessage& cause) {
  canonical::CanonicalMessage out;
  const auto copy = [&](const char* name) {
    const auto& field = *canonical::CanonicalMessage::descriptor()->FindFieldByName(name);
    const auto& reflection = *cause.GetReflection();
    if (reflection.HasField(cause, &field)) reflection.SetString(&out, &field, reflection.GetString(cause, &field));
  };
  for (const char* name : {"message_id", "source_system", "source_message_id", "correlation_id", "in_reply_to",
                           "asserted_at", "received_at", "part", "format", "mapped_by", "marking", "controller"})
    copy(name);
  if (cause.has_sequence()) out.set_sequence(cause.sequence());
  if (cause.has_test()) out.set_test(cause.test());
  out.set_type(event.type);
  out.mutable_about()->Add(event.about.begin(), event.about.end());
  *out.mutable_case_() = whole;
  Focus(event).narrow(*out.mutable_case_());
  return out;
}

}  // namespace causeway::care
