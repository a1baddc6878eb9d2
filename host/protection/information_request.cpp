#include "host/protection/information_request.hpp"

#include "host/base/text.hpp"
#include "host/protection/checks.hpp"

#include <algorithm>

namespace causeway::protection {
namespace {

using Request = canonical::InformationRequest;

bool known(const canonical::Code& code) { return !code.code().empty() && !code.unmapped(); }

// What the request of any kind must say and does not.
std::vector<std::string> missingOf(const Request& request) {
  std::vector<std::string> out;
  const auto need = [&](const char* name, bool said) {
    if (!said) out.emplace_back(name);
  };
  const auto& material = request.material();
  need("subject_id", !request.subject_id().empty());
  need("holder", known(request.holder()));
  need("authorised_person", !request.authorised_person().empty());
  need("material", !material.empty() && std::ranges::all_of(material, known));
  need("held_reason", !request.held_reason().text().empty());
  need("line_of_enquiry", !request.line_of_enquiry().text().empty());
  need("necessary_proportionate", !request.necessary_proportionate().text().empty());
  need("what", !request.what().text().empty());
  need("why", !request.why().text().empty());
  need("how", !request.how().text().empty());
  return out;
}

std::vector<std::string> missingOfCounselling(const Request& request) {
  std::vector<std::string> out;
  const auto counselling = [](const canonical::Code& code) { return code.code() == "counselling"; };
  if (std::ranges::none_of(request.material(), counselling)) return out;
  if (request.probative_value().text().empty()) out.emplace_back("probative_value");
  if (request.presumption_rebutted().text().empty()) out.emplace_back("presumption_rebutted");
  return out;
}

// On or before the request: what is announced for later is not yet given.
bool noticeIsMissing(const Request& request, Instant now) {
  if (known(request.notice_exception())) return false;
  const auto at = parseInstant(request.notice_at());
  return !at || !known(request.notice_to()) || earlier(Check::NoticeGiven, now, *at);
}

Hold hold(Check check, std::string code, std::string text) {
  return Hold{std::move(code), std::string(ruleOf(check)), std::move(text)};
}

}  // namespace

std::optional<Hold> holdForInformationRequest(const canonical::CanonicalMessage& message, Instant now) {
  if (message.type() != kInformationRequest) return std::nullopt;
  std::vector<std::string> missing, of_counselling;
  bool no_notice = false;
  for (const auto& request : message.case_().information_requests()) {
    std::ranges::copy(missingOf(request), std::back_inserter(missing));
    std::ranges::copy(missingOfCounselling(request), std::back_inserter(of_counselling));
    no_notice = noticeIsMissing(request, now) || no_notice;
  }
  const bool none = message.case_().information_requests().empty();
  if (refuses(Check::InformationRequested, none || !missing.empty()))
    return hold(Check::InformationRequested, "request_incomplete",
                "A request for a victim's information does not say what the law wants on record: " +
                    (none ? "there is no request" : join(missing, ", ") + " is missing") + ".");
  if (refuses(Check::PresumptionRebutted, !of_counselling.empty()))
    return hold(
        Check::PresumptionRebutted, "presumption_stands",
        "Counselling information is presumed not to be needed, and what would set that aside is not on record: " +
            join(of_counselling, ", ") + " is missing.");
  if (refuses(Check::NoticeGiven, no_notice))
    return hold(Check::NoticeGiven, "no_notice",
                "Nobody was told of the request for a victim's information by now, and no exception is given.");
  return std::nullopt;
}

}  // namespace causeway::protection
