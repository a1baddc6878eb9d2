#pragma once

#include "host/config/endpoint.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace causeway::config {

/// The written agreement under which data is shared. Nothing is sent outside its dates.
struct Agreement {
  std::string reference;
  std::chrono::year_month_day starts{};
  std::chrono::year_month_day expires{};  ///< last day on which it holds
  std::vector<std::string> types;         ///< messages that it covers
  Location at;
};

/// Ground for sending to a partner outside the United Kingdom.
struct Transfer {
  std::string condition;
  std::string justification;
};

/// How we ask a partner for what it told us of: the document behind a notice, the status of what it accepted for later.
///
///   follow: { after: 30s, give_up: 1d, accepted: true }
///   follow: { papers: "/client-subscriptions/7c1f/documents/{document.id}" }
struct Follow {
  std::chrono::milliseconds after{0};             ///< not before so long after we were told
  std::chrono::milliseconds give_up{86'400'000};  ///< then it is held for a person
  bool accepted = false;                          ///< ask at the Location of an answer 202 until it says something else
  UrlTemplate
      papers;  ///< where a paper is had of which a document only told: absolute path at the first endpoint; empty: nowhere
};

/// What a partner does for whom. Rules tell groups of partners by it: whoever serves all that the group names.
///
///   serves: { services: [idva], areas: [north], languages: [en, cy], needs: [hearing] }
struct Serves {
  std::vector<std::string> services, areas, languages, needs;
};

/// One system or organisation that sends to us, receives from us, or both: one file in partners/.
struct Partner {
  std::string id;
  std::string name;
  std::string kind;  ///< records, court, prosecution, probation, prison, referral, safeguarding, notify, force, other
  std::string side;  ///< prosecution, defence, court, suspect, offender_management, victim_support, neutral
  std::string audience;  ///< who reads what we send: police, prosecutor, court, defence, partner, victim, public
  std::string regime;    ///< law under which it holds what we send, by its id in the legal part of the policies
  std::string country;   ///< ISO 3166-1 alpha-2, GB by default
  Transfer transfer;     ///< empty for a partner in GB
  std::vector<std::string>
      services;       ///< kinds of service that it provides, such as idva: whose the supporters of a case are
  bool test = false;  ///< a test system: test and live never mix
  std::vector<std::string> identities;  ///< URIs in the subject alternative name of its certificates
  std::vector<std::string> may_send;    ///< message types
  std::string adapter;                  ///< plugin name; empty when the host's own handling is enough
  std::vector<std::string> reads;       ///< mappings for what it sends us
  std::vector<std::string> writes;      ///< mappings for what we send it
  std::optional<Proof> proof;           ///< what each of its documents must carry besides its certificate
  Follow follow;
  bool audit_heads =
      false;  ///< each delivery carries the newest signed head of our audit log, in the header Causeway-Audit-Head
  bool marking_header = false;  ///< it reads the security marking of a delivery from the header Causeway-Marking
  Serves serves;
  std::vector<Endpoint> endpoints;
  Agreement agreement;
  std::vector<std::string> purposes;  ///< for which the agreement lets us send
  Location regime_at;
  Location at;
  Location id_at;
  Location identities_at;
  Location adapter_at;
  std::vector<Location> may_send_at, reads_at, writes_at;  ///< of each item
};

/// Reads one partner file; every problem goes into `problems`. `folder` is the folder that holds it.
Partner readPartner(const Node& node, const std::filesystem::path& folder, Problems& problems);

}  // namespace causeway::config
