#include "tests/simulation/wire.hpp"

namespace causeway::simulation {

Result<pipeline::Answer> Wire::carry(const pipeline::Outgoing& outgoing) {
  const auto fate = mended_ ? 99 : random_() % 100;
  if (fate < 15) return fail(ErrorKind::Unavailable, "lost on the way there");
  if (fate < 30) return pipeline::Answer{503, "text/plain", ""};
  arrivals_.push_back({outgoing.endpoint, outgoing.delivery_id, outgoing.body});
  if (fate < 45) return fail(ErrorKind::Unavailable, "lost on the way back");
  if (fate < 48) return pipeline::Answer{422, "text/plain", ""};
  return pipeline::Answer{200, "application/json", "{}"};
}

}  // namespace causeway::simulation
