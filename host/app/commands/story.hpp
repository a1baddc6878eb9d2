#pragma once

#include "host/app/commands/reading.hpp"
#include "host/pipeline/judge.hpp"

#include <memory>
#include <string>

namespace causeway::app {

/// Tells what a message did: for a person as plain text, or as JSON. Shows personal data, like the command that prints it.
class Story {
 public:
  /// With a recipient, of the deliveries it tells of those to this partner alone.
  Story(const pipeline::Rulebook& rulebook, bool json, std::string recipient = {});
  ~Story();

  void arrived(const std::string& file, const ReadDocument& read);
  void judged(const canonical::CanonicalMessage& message, const canonical::CaseRecord& before,
              const Result<pipeline::Judgement>& judgement);
  std::string text() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace causeway::app
