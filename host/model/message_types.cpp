#include "host/model/message_types.hpp"

#include <algorithm>
#include <utility>

namespace causeway::model {
namespace {

constexpr unsigned kComes = 1, kDerived = 2, kGoes = 4;

constexpr std::pair<std::string_view, unsigned> kTypes[] = {
    {"case.registered", kComes | kGoes},
    {"case.updated", kComes | kGoes},
    {"case.identifiers_changed", kComes},
    {"party.updated", kComes | kGoes},
    {"party.removal_requested", kComes | kGoes},
    {"party.moved_area", kComes},
    {"care_record.transferred", kDerived | kGoes},
    {"officer.changed", kComes | kGoes},
    {"charging.decided", kComes | kDerived},
    {"case.discontinued", kComes | kDerived},
    {"hearing.listed", kComes | kDerived | kGoes},
    {"hearing.cancelled", kComes | kGoes},
    {"list.published", kComes},
    {"hearing.resulted", kComes | kDerived | kGoes},
    {"hearing.resulted_late", kDerived},
    {"plea.recorded", kComes | kDerived},
    {"verdict.recorded", kComes | kDerived},
    {"trial.vacated", kComes | kDerived},
    {"trial.cracked", kComes | kDerived},
    {"trial.ineffective", kComes | kDerived},
    {"trial.outcome_recorded", kComes},
    {"court_event.logged", kComes},
    {"special_measures.decided", kComes | kDerived | kGoes},
    {"application.decided", kComes | kGoes},
    {"summons.issued", kComes | kDerived | kGoes},
    {"summons.withdrawn", kComes | kDerived | kGoes},
    {"readiness.certified", kComes | kGoes},
    {"witnesses.required", kComes},
    {"witness.warn_requested", kComes | kGoes},
    {"witness.dewarn_requested", kComes | kGoes},
    {"witness.absent", kComes},
    {"attendance.recorded", kComes},
    {"action.requested", kComes | kGoes},
    {"availability.requested", kComes | kGoes},
    {"vps.requested", kComes | kGoes},
    {"availability.recorded", kComes | kGoes},
    {"needs.assessed", kComes | kGoes},
    {"vps.recorded", kComes | kGoes},
    {"contact.made", kComes},
    {"document.notified", kComes},
    {"consent.changed", kComes | kGoes},
    {"safe_contact.changed", kComes | kGoes},
    {"contact.reported_unsafe", kComes},
    {"witness.engagement_changed", kComes | kGoes},
    {"referral.requested", kComes},
    {"safeguarding_plan.recorded", kComes | kGoes},
    {"safeguarding_plan.decided", kComes | kGoes},
    {"summons.served", kComes | kGoes},
    {"action.answered", kComes | kGoes},
    {"attendance.answered", kComes | kGoes},
    {"background_check.requested", kComes},
    {"background_check.asked", kGoes},
    {"background_check.answered", kComes},
    {"background_check.combined", kDerived},
    {"background_check.summarised", kGoes},
    {"victim_information.requested", kComes | kGoes},
    {"witness.in_custody", kComes},
    {"expenses.recorded", kComes | kGoes},
    {"complaint.received", kComes},
    {"custody.changed", kComes | kGoes},
    {"licence.changed", kComes | kGoes},
    {"limited_access.changed", kComes | kGoes},
    {"scheme.answered", kComes | kGoes},
    {"liaison_officer.assigned", kComes | kGoes},
    {"production.answered", kComes | kGoes},
    {"video_link.answered", kComes | kGoes},
    {"referral.progressed", kComes | kGoes},
    {"notice.confirmed", kComes},
    {"notification.settled", kComes},
    {"task.completed", kComes},
    {"trial.fixed", kDerived},
    {"hearing.moved", kDerived | kGoes},
    {"hearing.called_off", kDerived},
    {"bail.changed", kDerived},
    {"bail.protection_ended", kDerived},
    {"order.made", kDerived},
    {"result.withdrawn", kDerived},
    {"sentence.passed", kDerived},
    {"entitlement.raised", kDerived},
    {"entitlement.unclear", kDerived},
    {"entitlement.lapsed", kDerived},
    {"outcome.communicable", kDerived},
    {"warning.due", kDerived},
    {"warning.at_odds", kDerived},
    {"warning.taken_back", kDerived},
    {"stand_down.due", kDerived},
    {"discrepancy.found", kDerived},
    {"clock.due_soon", kDerived},
    {"clock.overdue", kDerived},
    {"clock.suspended", kDerived},
    {"hold.raised", kDerived},
    {"case.finalised", kDerived | kGoes},
    {"task.raised", kGoes},
    {"task.cancelled", kGoes},
    {"log_entry.added", kGoes},
    {"officer.notified", kGoes},
    {"duty.change_requested", kGoes},
    {"record.change_proposed", kDerived | kGoes},
    {"discrepancy.raised", kGoes},
    {"witness.warned", kGoes},
    {"witness.dewarned", kGoes},
    {"special_measures.requested", kGoes},
    {"summons.requested", kGoes},
    {"readiness.answered", kGoes},
    {"arrangement.requested", kGoes},
    {"scheme.referred", kGoes},
    {"production.requested", kDerived | kGoes},
    {"production.cancelled", kDerived | kGoes},
    {"video_link.requested", kGoes},
    {"video_link.cancelled", kGoes},
    {"referral.sent", kGoes},
    {"referral.updated", kGoes},
    {"referral.withdrawn", kGoes},
    {"correction.issued", kGoes},
    {"processing.restricted", kGoes},
    {"processing.resumed", kGoes},
    {"erasure.requested", kGoes},
    {"notification.requested", kGoes},
};

std::vector<MessageType> all() {
  std::vector<MessageType> out;
  for (const auto& [name, use] : kTypes)
    out.push_back({name, (use & kComes) != 0, (use & kDerived) != 0, (use & kGoes) != 0});
  return out;
}

}  // namespace

const std::vector<MessageType>& messageTypes() {
  static const std::vector<MessageType> types = all();
  return types;
}

const MessageType* findMessageType(std::string_view name) {
  const auto& types = messageTypes();
  const auto found = std::ranges::find(types, name, &MessageType::name);
  return found == types.end() ? nullptr : &*found;
}

std::vector<std::string> messageTypeNames(TypeUse use) {
  std::vector<std::string> out;
  for (const auto& type : messageTypes()) {
    const bool fits = use == TypeUse::Any || (use == TypeUse::Waits ? type.comes || type.derived : type.goes);
    if (fits) out.emplace_back(type.name);
  }
  return out;
}

}  // namespace causeway::model
