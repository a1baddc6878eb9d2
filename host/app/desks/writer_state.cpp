#include "host/app/desks/writer_state.hpp"

namespace causeway::app {

void tellState(Log& log, pipeline::Writer::State state, const Error& why) {
  using State = pipeline::Writer::State;
  if (state == State::Refusing)
    log.error("the store cannot take anything now: senders are asked to send again later", {{"why", why.text()}});
  else if (state == State::Broken) log.error("the disk failed: nothing more is accepted", {{"why", why.text()}});
  else if (!why.what.empty()) log.error("one thing could not be stored, everything else was", {{"why", why.text()}});
  else log.info("the store takes everything again");
}

}  // namespace causeway::app
