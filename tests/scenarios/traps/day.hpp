#pragma once

#include "tests/support/host_rig.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// A working day of a host with everything that we ship - mappings, adapters, routes, policies, the demonstration's partners - in one
/// process: what it hears are the bytes of a document, what it tells are the bytes that leave.
namespace causeway::traps {

class Day {
 public:
  /// It is 16:30 in London on 2 June 2026.
  Day();
  /// The books must be in order at the end of every day: the ledger balances and the audit log verifies.
  ~Day();

  /// A document from this partner, and everything sent that it causes.
  pipeline::Acknowledgement hears(const std::string& partner, const std::string& document);
  /// The cases of this folder that records send: assault.xml, harassment.xml.
  void knows(const std::string& file);
  /// What has left for this partner since it was last asked for.
  std::vector<std::string> told(const std::string& partner);
  /// Whether anything that ever left for this partner has these words.
  bool everTold(const std::string& partner, std::string_view words) const;
  /// Reason codes of what waits for a person, in order of their rise.
  std::vector<std::string> held();
  /// The case that the only message of this document went into.
  canonical::Case caseAfter(const pipeline::Acknowledgement& document);
  /// State of the only message of a document: done, waiting, held, repeated ...
  std::string stateOf(const pipeline::Acknowledgement& document) { return rig_.stateOf(document); }
  /// Each message of a document with its state, in order.
  std::vector<std::string> statesOf(const pipeline::Acknowledgement& document);
  const pipeline::Rulebook& rulebook() const { return rig_.rulebook(); }

 private:
  std::string endpointOf(const std::string& partner) const;

  support::HostRig rig_;
  std::map<std::string, size_t> seen_;
};

/// An example of mappings/, by its path there: "courts/examples/trial-fixed.xml".
std::string example(const std::string& path);
/// A file of this folder.
std::string file(const std::string& name);
/// The text with each of these turned into the other wherever it stands; a failure of the test when one does not stand there.
std::string with(std::string text, const std::vector<std::pair<std::string, std::string>>& changes);
bool has(const std::string& text, std::string_view words);
/// How many of the texts have these words.
long count(const std::vector<std::string>& texts, std::string_view words);

}  // namespace causeway::traps
