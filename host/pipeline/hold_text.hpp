#pragma once

#include "host/base/clock.hpp"
#include "host/pipeline/store.hpp"

#include <string>

namespace causeway::pipeline {

/// Why a delivery could not be completed, as far as the person who is asked must act differently.
enum class Setback {
  Unreachable,    ///< nobody answered until the time for retries had passed
  PutOff,         ///< the recipient asked for another try until then
  Rejected,       ///< the recipient will not have this message
  OddAnswer,      ///< the answer speaks of our set-up, or is none that we know
  AdapterFailed,  ///< an answer came, but the recipient's adapter could not say what it means
  CannotSend,     ///< the connection is not to be had without a person: endpoint or certificate
  CannotAddress,  ///< what the message is called at the recipient is not known, or no request of the partner's file carries it
  NoReference,       ///< taken in, but without the number by which the recipient must be asked from then on
  LookUpRefused,     ///< the recipient would not say whether an earlier try arrived
  PartMissing,       ///< what the recipient's format must have is not on record, or may not be told to it
  CannotWrite,       ///< the mapping cannot write this message
  TextHoldsContact,  ///< its words hold a telephone number or an e-mail address, which goes only as a way of contact
  TextTooLong,       ///< its words are longer than the recipient's format takes
  CannotRecord,      ///< the line of the disclosure register cannot be made
  PolicyFailed,      ///< the policy could not decide until the time for retries had passed
  CannotRead,        ///< what was to be sent, or its case, cannot be read back
};

/// Plain English for the person who finds the delivery held: what happened, since when, what to do. No personal value.
std::string textOf(Setback setback, const DeliveryRow& row, Instant now);

/// What a person does about a hold of this code, to stand behind its text; empty when the text says it.
std::string_view adviceFor(std::string_view code);

}  // namespace causeway::pipeline
