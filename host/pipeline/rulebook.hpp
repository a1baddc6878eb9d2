#pragma once

#include "host/base/url_template.hpp"
#include "host/care/clock_book.hpp"
#include "host/care/enhanced_rights.hpp"
#include "host/care/reconciliation.hpp"
#include "host/care/schemes.hpp"
#include "host/mapping/library.hpp"
#include "host/pipeline/adapters.hpp"
#include "host/pipeline/policy_watch.hpp"
#include "host/protection/policy.hpp"
#include "host/routing/routes.hpp"

#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace causeway::pipeline {

/// The request that carries messages of some types to a partner; config/endpoint.hpp says what each part means.
struct RequestShape {
  std::vector<std::string> messages;  ///< empty: every type
  std::string endpoint;               ///< as the sender knows it
  std::string content_type;
  std::string method = "POST";
  UrlTemplate path;  ///< empty: the endpoint's own URL
  std::vector<std::pair<std::string, UrlTemplate>> headers;
  UrlTemplate look_up;  ///< empty: sent again at once when the outcome of an attempt is not known
  std::string found;    ///< path of the leaf in the answer to a look-up that is there when the partner has the delivery
};

/// Where follow-up requests of a partner may go.
struct PartnerHost {
  std::string endpoint;  ///< as the sender knows it
  std::string name;      ///< as the partner's file calls it
  std::string origin;    ///< "https://host:port"
};

/// How a partner's follow-up requests are made; config/partner.hpp says what each part means.
struct FollowTimes {
  std::chrono::seconds after{0};
  std::chrono::seconds give_up{86'400};
  bool accepted = false;  ///< a 202 with a Location is followed
  UrlTemplate papers{};   ///< where a paper is asked for of which a document only told; empty: nowhere
};

/// A system or organisation that we exchange messages with, as far as the stages must know: what protection decides by, and the rest.
struct Partner : protection::Recipient {
  std::string name;
  std::vector<std::string> identities;  ///< URIs in its certificates
  std::vector<std::string> may_send;    ///< message types
  std::string adapter;                  ///< name of the plugin that knows its habits; may be empty
  std::vector<std::string> reads;       ///< mappings for what it sends
  std::vector<std::string> writes;      ///< mappings for what it receives
  std::string endpoint;                 ///< where it receives; empty when it only sends
  std::string content_type;             ///< of what it receives
  std::vector<RequestShape> requests;   ///< in order; empty: POST to `endpoint`
  std::vector<PartnerHost> hosts;       ///< of its endpoints
  FollowTimes follow;
  bool audit_heads = false;  ///< each delivery carries the newest signed head of the audit log
  /// Each delivery carries its security marking in a header; without, only what is "official" goes.
  bool marking_header = false;
};

/// Everything that decides, loaded and checked as one whole. Immutable; a change is a new rulebook, which shares with the old one what
/// did not change.
struct Rulebook {
  std::string controller;           ///< id of the force that answers for the data
  std::vector<std::string> forces;  ///< codes of the forces whose cases it answers for
  std::shared_ptr<mapping::Library> library;
  std::shared_ptr<const care::ClockBook> clocks;  ///< nothing: no rule starts a clock
  std::shared_ptr<const routing::Routes> routes;
  std::shared_ptr<protection::Policy> policy;
  std::shared_ptr<const care::Reconciliation> reconciliation;   ///< nullptr: nothing is compared
  std::shared_ptr<const care::Schemes> schemes;                 ///< nullptr: nobody's eligibility is worked out
  std::shared_ptr<const care::EnhancedRights> enhanced_rights;  ///< nullptr: only what sources say of it holds
  std::shared_ptr<protection::Decider>
      decider;                         ///< in the place of the policy where one is set: how a failing one is tested
  std::shared_ptr<PolicyWatch> watch;  ///< over how long decisions take; absent: nobody watches
  std::vector<Partner> partners;
  std::map<std::string, std::shared_ptr<Adapter>, std::less<>> adapters;
  std::string version;  ///< digest over all of it, stored with every message

  const Partner* partner(std::string_view id) const;
  /// By a URI of its certificate.
  const Partner* partnerByIdentity(std::string_view uri) const;
  Adapter* adapterOf(const Partner& partner) const;
  /// The mapping by which a partner is sent this type of message; nullptr when there is none.
  const mapping::WritePlan* writerFor(const Partner& partner, std::string_view type) const;
};

}  // namespace causeway::pipeline
