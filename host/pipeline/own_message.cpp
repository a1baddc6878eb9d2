#include "host/pipeline/own_message.hpp"

#include "host/base/text.hpp"

namespace causeway::pipeline {

canonical::CanonicalMessage ownMessage(std::string id, std::string type, std::string format, Instant now) {
  canonical::CanonicalMessage out;
  out.set_message_id(std::move(id));
  out.set_type(std::move(type));
  out.set_source_system(kOurselves);
  out.set_format(std::move(format));
  out.set_asserted_at(formatInstant(now));
  out.set_received_at(formatInstant(now));
  out.set_part("1");
  return out;
}

void nameCase(canonical::Case& to, const canonical::Case& whole) {
  if (whole.has_urn()) to.set_urn(whole.urn());
  if (whole.has_force()) *to.mutable_force() = whole.force();
  *to.mutable_identifiers() = whole.identifiers();
}

}  // namespace causeway::pipeline
