#include "host/app/commands.hpp"
#include "host/app/files.hpp"
#include "host/app/reading.hpp"
#include "host/app/story.hpp"
#include "host/pipeline/judge.hpp"

#include <iostream>
#include <utility>

namespace causeway::app {
namespace {

// Folds the messages of a file into the record, as the host would have.
bool foldFile(OpenedRulebook& opened, const std::string& file, canonical::CaseRecord& record, int& number) {
  const auto bytes = readBytes(file);
  if (!bytes) {
    std::cerr << bytes.error().text() << "\n";
    return false;
  }
  const auto read = opened.read(*bytes);
  if (read.prepared.outcome != "accepted") {
    std::cerr << file << ": " << read.prepared.outcome << ": " << read.prepared.why << "\n";
    return false;
  }
  for (const auto& message : read.prepared.decoded.reading.messages) {
    message->set_message_id("m-" + std::to_string(++number));
    auto folded = pipeline::fold(*opened.installation.rulebook, record, *message);
    if (!folded) {
      std::cerr << file << ": " << folded.error().text() << "\n";
      return false;
    }
    record = std::move(folded->record);
  }
  return true;
}

}  // namespace

int explain(const ExplainOptions& options) {
  auto opened = openRulebook(options.config, options.sender);
  if (!opened) return 1;
  canonical::CaseRecord record;
  record.mutable_case_()->set_case_id("case");
  int number = 0;
  const auto sender = std::exchange(opened->sender, anybody(*opened->installation.rulebook));
  for (const auto& file : options.after)
    if (!foldFile(*opened, file, record, number)) return 1;
  opened->sender = sender;
  const auto bytes = readBytes(options.file);
  if (!bytes) {
    std::cerr << bytes.error().text() << "\n";
    return 1;
  }
  const auto read = opened->read(*bytes);
  Story story(*opened->installation.rulebook, options.json);
  story.arrived(options.file, read);
  bool placed = read.prepared.outcome == "accepted";
  for (const auto& message : read.prepared.decoded.reading.messages) {
    if (read.prepared.outcome != "accepted") break;
    message->set_message_id("m-" + std::to_string(++number));
    const auto judged = pipeline::judge(*opened->installation.rulebook, record, *message, SystemClock().now(), true);
    story.judged(*message, record, judged);
    placed = placed && judged.has_value();
    if (judged) record = judged->folded.record;
  }
  std::cout << story.text();
  return placed ? 0 : 1;
}

}  // namespace causeway::app
