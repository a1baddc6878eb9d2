#pragma once

#include "host/mapping/envelope.hpp"
#include "host/pipeline/adapters.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace causeway::contract {

/// An answer of the system to something that we sent, and what its adapter must make of it.
struct ReplyExample {
  std::string name;  ///< for the report
  int status = 200;
  std::string content_type, body;
  std::string outcome;            ///< delivered, retry, rejected, broken
  std::string reason, reference;  ///< not looked at when empty
  int retry_after_seconds = -1;   ///< not looked at when negative
};

/// `mappings/<system>/exchange.json`: what the suite cannot see in documents. All of it may be left out.
///
///   { "adapter": "courts",                          which adapter judges; else the one called as the folder
///     "settings": { "occurrence_pattern": "..." },  of the adapter of this name
///     "envelopes_of": "courts",                     whose envelopes its documents travel in; else its own
///     "envelope": { "source": "C00CommonPlatform" },  values in these envelopes, by their name
///     "replies": [ { "name": "stored", "status": 200, "content_type": "application/xml", "body": "<Receipt result='stored'/>",
///                    "outcome": "delivered", "reason": "", "reference": "R1", "retry_after_seconds": 0 } ] }
struct Exchange {
  std::string adapter;
  pipeline::Fields settings;
  std::string envelopes_of;
  std::map<std::string, std::string> envelope;
  std::vector<ReplyExample> replies;
};

/// An empty one when there is no file; a failure of the test when it cannot be read or has a key that means nothing.
Exchange loadExchange(const std::filesystem::path& file);

/// The document in a wrapping, made of nothing but the declaration of the envelope. Fields without a value given say "E-<name>".
std::string wrapped(const std::string& document, const mapping::Envelope& envelope,
                    const std::map<std::string, std::string>& values);

/// A document as it stands when its signs were escaped once more than need be.
std::string asText(std::string_view document);

}  // namespace causeway::contract
