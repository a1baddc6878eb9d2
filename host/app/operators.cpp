#include "host/app/operators.hpp"

#include <algorithm>
#include <charconv>

namespace causeway::app {
namespace {

constexpr std::string_view kUid = "uid:", kCertificate = "certificate:";

}  // namespace

Caller callerOf(std::string_view actor) {
  if (actor.starts_with(kCertificate)) return {{}, {std::string(actor.substr(kCertificate.size()))}};
  if (!actor.starts_with(kUid)) return {};
  std::uint32_t uid = 0;
  const auto digits = actor.substr(kUid.size());
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), uid);
  if (read.ec != std::errc() || read.ptr != digits.data() + digits.size()) return {};
  return {uid, {}};
}

bool Operators::knows(std::string_view name) const {
  return std::ranges::find(people_, name, &config::OperatorSettings::name) != people_.end();
}

Result<Operator> Operators::find(const Caller& caller) const {
  for (const auto& person : people_) {
    if (caller.uid && person.uid == caller.uid)
      return Operator{person, std::string(kUid) + std::to_string(*caller.uid)};
    if (!person.certificate.empty() && std::ranges::find(caller.uris, person.certificate) != caller.uris.end())
      return Operator{person, std::string(kCertificate) + person.certificate};
  }
  return fail(ErrorKind::Refused,
              "you are none of the operators: who may do this stands under 'operators' of the main file, with the "
              "account (uid) or the certificate");
}

Result<std::string> Operators::nameOf(std::string_view actor, std::string_view said) const {
  if (none()) return std::string(said);
  CW_TRY(const auto found, find(callerOf(actor)));
  if (!said.empty() && said != found.person.name)
    return fail(ErrorKind::Refused,
                "you are '" + found.person.name + "' of the operators, and cannot act under another name");
  return found.person.name;
}

}  // namespace causeway::app
