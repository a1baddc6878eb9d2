#pragma once

#include "host/app/assemble.hpp"
#include "host/pipeline/intake.hpp"

#include <memory>
#include <optional>
#include <string>

namespace causeway::app {

struct ReadDocument {
  pipeline::Prepared prepared;
  pipeline::Acknowledgement reply;
};

/// Reads a document as one of this partner, as the live path does. `bytes` are a document, or a multipart body with a line
/// "Content-Type: ..." and an empty line in front (CR LF).
ReadDocument readAs(const pipeline::Rulebook& rulebook, const pipeline::Partner& sender, mapping::Reader& reader,
                    const std::string& bytes);

/// A configuration opened for reading documents without a running host: the same code as the live path, nothing stored.
struct OpenedRulebook {
  Installation installation;
  pipeline::Partner sender;
  std::unique_ptr<mapping::Reader> reader;

  ReadDocument read(const std::string& bytes) { return readAs(*installation.rulebook, sender, *reader, bytes); }
};

/// What the installation takes of a document and of a body with parts.
mapping::Limits limitsOf(const config::LimitSettings& settings);

/// A sender that may use every mapping and send every type: for looking at documents, never for a running host.
pipeline::Partner anybody(const pipeline::Rulebook& rulebook);

/// Prints every problem to standard error. With no sender named, any mapping may read and any type may be sent.
std::optional<OpenedRulebook> openRulebook(const std::string& config, const std::string& sender);

}  // namespace causeway::app
