#include "host/care/background_checks.hpp"
#include "host/care/case_fold.hpp"
#include "host/care/placing.hpp"
#include "host/care/witness_news.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace causeway::care {
namespace {

/// Messages about single people. Whoever else is in the case is none of their recipients' business.
constexpr std::array<std::string_view, 25> kOfPeople = {"needs.assessed",
                                                        "availability.recorded",
                                                        "vps.recorded",
                                                        "contact.made",
                                                        "consent.changed",
                                                        "safe_contact.changed",
                                                        "witness.engagement_changed",
                                                        "witness.in_custody",
                                                        "attendance.answered",
                                                        "summons.issued",
                                                        "summons.withdrawn",
                                                        "production.requested",
                                                        "production.cancelled",
                                                        "summons.served",
                                                        "referral.requested",
                                                        "referral.progressed",
                                                        "contact.reported_unsafe",
                                                        "clock.due_soon",
                                                        "clock.overdue",
                                                        "clock.suspended",
                                                        "hold.raised",
                                                        "entitlement.raised",
                                                        "entitlement.unclear",
                                                        "entitlement.lapsed",
                                                        "bail.protection_ended"};

/// Messages about single requests of the prosecutor or the court: one that is still open is not asked again with every new one.
constexpr std::array<std::string_view, 4> kOfRequests = {"action.answered", "action.requested",
                                                         "availability.requested", "vps.requested"};

bool has(const canonical::Party& party, std::string_view role) {
  return std::any_of(party.roles().begin(), party.roles().end(),
                     [&](const auto& one) { return one.role().code() == role && !one.role().unmapped(); });
}

/// Of each person named what this message says of them, and no more: how the records know them, and what is proposed.
void keepProposals(const std::vector<std::string>& about, const canonical::CanonicalMessage& cause,
                   canonical::Case& whole) {
  google::protobuf::RepeatedPtrField<canonical::Party> out;
  for (const auto& said : cause.case_().parties()) {
    const int place = findParty(whole, said);
    if (place < 0 || std::ranges::find(about, whole.parties(place).id()) == about.end()) continue;
    const auto& known = whole.parties(place);
    auto& own = *out.Add();
    own.set_id(known.id());
    *own.mutable_roles() = known.roles();
    *own.mutable_identifiers() = known.identifiers();
    if (!known.person().names().empty()) *own.mutable_person()->add_names() = known.person().names(0);
    if (said.has_change()) *own.mutable_change() = said.change();
    *own.mutable_contact_points() = said.contact_points();
    *own.mutable_addresses() = said.addresses();
    const auto& person = said.person();
    if (person.has_born_on()) own.mutable_person()->set_born_on(person.born_on());
    if (person.has_occupation()) own.mutable_person()->set_occupation(person.occupation());
    if (person.has_interpreter_language())
      *own.mutable_person()->mutable_interpreter_language() = person.interpreter_language();
  }
  *whole.mutable_parties() = std::move(out);
}

std::string decisionKey(const canonical::ProsecutionDecision& one) {
  return one.kind().code() + " " + one.decided_on();
}

/// Somebody may still be in touch with the person because of it.
bool isLive(const canonical::Referral& referral) {
  static const std::set<std::string_view> over = {"declined", "closed", "withdrawn", "entered_in_error"};
  return !over.contains(referral.state());
}

class Focus {
 public:
  Focus(const Event& event, const canonical::CanonicalMessage& cause)
      : about_(event.about.begin(), event.about.end()),
        type_(event.type),
        is_witness_news_(cause.type() != event.type &&
                         (event.type == "special_measures.decided" || event.type.starts_with("summons.") ||
                          event.type.starts_with("production."))) {
    for (const auto& party : cause.case_().parties())
      for (const auto& referral : party.referrals()) referrals_.insert(referral.id());
    for (const auto& plan : cause.case_().plans()) plans_.insert(plan.id());
    for (const auto& defendant : cause.case_().defendants())
      for (const auto& decision : defendant.decisions()) decisions_.insert(decisionKey(decision));
    for (const auto& request : cause.case_().action_requests()) requests_.insert(request.id());
    for (const auto& request : cause.case_().information_requests()) requests_.insert(request.id());
  }

  void narrow(canonical::Case& whole) const {
    narrowDefendants(whole);
    std::set<std::string> defendants;
    for (const auto& one : whole.defendants()) defendants.insert(one.id());
    const bool named = namesAny(whole.hearings());
    keep(*whole.mutable_hearings(), [&](const canonical::Hearing& hearing) {
      if (named || is_witness_news_) return about_.contains(hearing.id());
      const auto& whose = hearing.defendant_ids();
      return whose.empty() ||
             std::any_of(whose.begin(), whose.end(), [&](const auto& id) { return defendants.contains(id); });
    });
    narrowPeople(whole);
    if (type_ == "sentence.passed")
      for (auto& party : *whole.mutable_parties())
        keep(*party.mutable_eligibilities(), [&](const auto& one) { return about_.contains(one.defendant_id()); });
    narrowPlans(whole);
    if (std::ranges::find(kOfRequests, type_) != kOfRequests.end())
      keep(*whole.mutable_action_requests(), [&](const auto& one) { return requests_.contains(one.id()); });
    narrowInformationRequests(whole);
    keep(*whole.mutable_discrepancies(), [&](const auto& one) { return about_.contains(one.id()); });
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

  /// The people named, whoever supports one of them, and the officer in the case; of their referrals those that the message is
  /// about, and where it is about consent or ways of contact those that are not over.
  void narrowPeople(canonical::Case& whole) const {
    if (std::ranges::find(kOfPeople, type_) == kOfPeople.end()) return;
    const auto supports = [&](const canonical::Party& party) {
      const auto& whom = party.supporter().supports();
      return std::any_of(whom.begin(), whom.end(), [&](const auto& id) { return about_.contains(id); });
    };
    keep(*whole.mutable_parties(), [&](const canonical::Party& party) {
      return about_.contains(party.id()) || supports(party) || has(party, "officer_in_case");
    });
    if (type_ == "safe_contact.changed" || type_ == "contact.reported_unsafe" || type_ == "consent.changed")
      for (auto& party : *whole.mutable_parties()) keep(*party.mutable_referrals(), isLive);
    if (is_witness_news_)
      for (auto& party : *whole.mutable_parties())
        if (namesAny(party.productions()))
          keep(*party.mutable_productions(), [&](const auto& one) { return about_.contains(one.id()); });
    if (!type_.starts_with("referral.")) return;
    for (auto& party : *whole.mutable_parties())
      keep(*party.mutable_referrals(), [&](const canonical::Referral& one) { return referrals_.contains(one.id()); });
  }

  /// The plans that the message is about, and the people whom these name: first those whom they are about, then their children.
  void narrowPlans(canonical::Case& whole) const {
    if (!type_.starts_with("safeguarding_plan.")) return;
    keep(*whole.mutable_plans(), [&](const canonical::SafeguardingPlan& one) { return plans_.contains(one.id()); });
    std::set<std::string> subjects, children;
    for (const auto& plan : whole.plans()) {
      subjects.insert(plan.subject_ids().begin(), plan.subject_ids().end());
      children.insert(plan.child_ids().begin(), plan.child_ids().end());
    }
    const auto rank = [&](const canonical::Party& party) {
      return subjects.contains(party.id())   ? 0
             : children.contains(party.id()) ? 1
             : has(party, "officer_in_case") ? 2
                                             : 3;
    };
    auto& parties = *whole.mutable_parties();
    keep(parties, [&](const canonical::Party& party) { return rank(party) < 3; });
    std::stable_sort(parties.pointer_begin(), parties.pointer_end(),
                     [&](const auto* a, const auto* b) { return rank(*a) < rank(*b); });
  }

  /// Requests for a victim's information: those that the message makes, and whom they are about. One that was made before is not made
  /// again, nor told with anything else.
  void narrowInformationRequests(canonical::Case& whole) const {
    const bool asks = type_ == "victim_information.requested";
    keep(*whole.mutable_information_requests(), [&](const auto& one) { return asks && requests_.contains(one.id()); });
    if (!asks) return;
    std::set<std::string> subjects;
    for (const auto& request : whole.information_requests()) subjects.insert(request.subject_id());
    keep(*whole.mutable_parties(), [&](const canonical::Party& party) { return subjects.contains(party.id()); });
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
      // What the court took back is told of as such, and never as what it decided.
      const bool of_gone = type_ == "result.withdrawn";
      const auto narrowResults = [&](auto& results) {
        keep(results, [&](const canonical::Result& one) {
          return one.deleted() == of_gone && (of_gone || !isWitnessDirection(one));
        });
        if (results_named) keep(results, [&](const canonical::Result& one) { return about_.contains(one.id()); });
      };
      narrowResults(*defendant.mutable_results());
      for (auto& offence : *defendant.mutable_offences()) narrowResults(*offence.mutable_results());
      narrowDecisions(*defendant.mutable_decisions());
      if (namesAny(defendant.orders()))
        keep(*defendant.mutable_orders(), [&](const canonical::Order& one) { return about_.contains(one.id()); });
    }
  }

  /// What the prosecutor decides now is not told with what was decided before. Where the case shows none of what the message tells, all
  /// stays: rules look for a decision, and nobody goes untold for the want of one.
  void narrowDecisions(google::protobuf::RepeatedPtrField<canonical::ProsecutionDecision>& decisions) const {
    if (type_ != "case.discontinued" && type_ != "charging.decided") return;
    const auto isTold = [&](const auto& one) { return decisions_.contains(decisionKey(one)); };
    if (std::any_of(decisions.begin(), decisions.end(), isTold)) keep(decisions, isTold);
  }

  std::set<std::string> about_;
  std::string type_;
  bool is_witness_news_;  ///< found in a result: another hearing than the one it names is never meant
  std::set<std::string> referrals_, plans_, requests_;  ///< that the message names by their numbers
  std::set<std::string> decisions_;                     ///< of the prosecutor, that the message tells
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
  Focus(event, cause).narrow(*out.mutable_case_());
  keepChecks(event.about, cause, event.type, *out.mutable_case_());
  if (event.type == "record.change_proposed") keepProposals(event.about, cause, *out.mutable_case_());
  return out;
}

}  // namespace causeway::care
