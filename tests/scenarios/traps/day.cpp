#include "tests/scenarios/traps/day.hpp"

#include "host/app/assemble.hpp"
#include "tests/support/shipped_configuration.hpp"

#include <algorithm>

namespace causeway::traps {
namespace {

const std::string kSource = CAUSEWAY_SOURCE_DIR;

/// The demonstration's configuration with the adapters of this build. It answers for the force of our examples too.
std::shared_ptr<const pipeline::Rulebook> shipped() {
  const TemporaryFolder folder;
  const auto here = support::copyShippedConfiguration(folder.file(""), CAUSEWAY_ADAPTERS);
  support::change(here / "causeway.yaml", "forces: [\"52\"]", "forces: [\"52\", \"01\"]");
  Problems problems;
  auto installation = app::assemble(here.string(), problems);
  EXPECT_TRUE(installation) << problems.text();
  return installation ? installation->rulebook : nullptr;
}

support::Scene scene() {
  static const auto rulebook = shipped();
  support::Scene out;
  out.rulebook = rulebook;
  return out;
}

/// A receipt as each kind of partner gives it.
Result<pipeline::Answer> receipt(const pipeline::Outgoing& outgoing) {
  if (outgoing.body.starts_with("<"))
    return pipeline::Answer{200, "application/xml", "<Receipt result=\"stored\" reference=\"R1\"/>"};
  return pipeline::Answer{200, "application/json", R"({"result":"stored","reference":"R1"})"};
}

}  // namespace

Day::Day() : rig_(scene()) {
  rig_.sender.answer(receipt);
  rig_.clock.advance(std::chrono::minutes(390));
}

Day::~Day() {
  rig_.settle();
  EXPECT_TRUE(rig_.ledger().balances());
  EXPECT_EQ(rig_.auditFault(), "");
}

pipeline::Acknowledgement Day::hears(const std::string& partner, const std::string& document) {
  auto out = rig_.receive(partner, document);
  rig_.deliver();
  return out;
}

void Day::knows(const std::string& name) {
  const auto taken = hears("records", file(name));
  EXPECT_EQ(taken.outcome, "accepted") << taken.body;
  EXPECT_EQ(stateOf(taken), "done");
}

std::string Day::endpointOf(const std::string& partner) const {
  const auto* known = rig_.rulebook().partner(partner);
  EXPECT_TRUE(known && !known->endpoint.empty()) << partner;
  return known ? known->endpoint : std::string();
}

std::vector<std::string> Day::told(const std::string& partner) {
  const auto sent = rig_.sender.sent(endpointOf(partner));
  std::vector<std::string> out;
  for (size_t i = seen_[partner]; i < sent.size(); ++i) out.push_back(sent[i].body);
  seen_[partner] = sent.size();
  return out;
}

bool Day::everTold(const std::string& partner, std::string_view words) const {
  return std::ranges::any_of(rig_.sender.sent(endpointOf(partner)),
                             [&](const auto& one) { return has(one.body, words); });
}

std::vector<std::string> Day::held() {
  std::vector<std::string> out;
  for (const auto& hold : rig_.holds()) out.push_back(hold.reason_code);
  return out;
}

canonical::Case Day::caseAfter(const pipeline::Acknowledgement& document) {
  const auto messages = rig_.messagesOf(document.document_id);
  if (messages.size() == 1 && !messages.front().case_id.empty()) return rig_.caseOf(messages.front().case_id).case_();
  ADD_FAILURE() << "the document went into no case, or into several";
  return {};
}

std::vector<std::string> Day::statesOf(const pipeline::Acknowledgement& document) {
  std::vector<std::string> out;
  for (const auto& message : rig_.messagesOf(document.document_id)) out.emplace_back(nameOf(message.state));
  return out;
}

std::string example(const std::string& path) { return support::fileText(kSource + "/mappings/" + path); }

std::string file(const std::string& name) { return support::fileText(kSource + "/tests/scenarios/traps/" + name); }

std::string with(std::string text, const std::vector<std::pair<std::string, std::string>>& changes) {
  for (const auto& [from, to] : changes) text = support::replaced(std::move(text), from, to);
  return text;
}

bool has(const std::string& text, std::string_view words) { return text.find(words) != std::string::npos; }

long count(const std::vector<std::string>& texts, std::string_view words) {
  return std::ranges::count_if(texts, [&](const auto& text) { return has(text, words); });
}

}  // namespace causeway::traps
