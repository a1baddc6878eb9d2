#include "tests/support/builders.hpp"
#include "tests/unit/pipeline/rig_support.hpp"

#include <google/protobuf/util/message_differencer.h>

#include <numeric>
#include <random>
#include <set>

namespace causeway::pipeline {
namespace {

using canonical::CanonicalMessage;

CanonicalMessage newCase() {
  auto out = support::message("m-case", "case.registered", "niche.test", "2026-03-01T09:00:00Z");
  *out.mutable_case_()->mutable_force() = support::code("52");
  for (const auto& who : {support::kAda, support::kBen})
    support::addOffence(support::addDefendant(out, who), "TH68026", "2026-02-01", 1);
  auto& victim = support::addParty(out, support::person("Cora", "Lisle", "1999-01-05"), "victim");
  auto& consent = *victim.add_consents();
  *consent.mutable_type() = support::code("victim_support");
  consent.set_state("given");
  return out;
}

CanonicalMessage resultOf(const support::Accused& who, const std::string& id) {
  auto out = support::message(id, "hearing.resulted", "courts.test", "2026-04-01T12:00:00Z");
  support::addHearing(out, "2026-04-01T10:00");
  auto& offence = support::addOffence(support::addDefendant(out, who), "TH68026", "2026-02-01", 1);
  support::addResult(offence, "4004", "Adjourned", "2026-04-01");
  return out;
}

struct EndState {
  canonical::CaseRecord record;
  std::set<std::string> told;  ///< recipient, type and whom it is about, in words that no order changes
};

EndState endState(HostRig& rig, const std::string& suffix, const std::vector<size_t>& order) {
  std::vector<CanonicalMessage> messages{newCase(), resultOf(support::kAda, "m-ada"), resultOf(support::kBen, "m-ben")};
  std::vector<CanonicalMessage> shuffled;
  for (const auto i : order) {
    auto message = messages[i];
    message.set_message_id(message.message_id() + suffix);
    message.mutable_case_()->set_urn("01ZD0" + suffix + "26");
    shuffled.push_back(std::move(message));
  }
  rig.admitTogether(shuffled, "records");
  EndState out;
  const auto cases = rig.store().casesByKey({"urn", rig.vault().blindIndex("urn", "01ZD0" + suffix + "26")});
  if (!cases || cases->size() != 1) return out;
  out.record = rig.caseOf(cases->front());
  out.record.mutable_case_()->clear_case_id();
  out.record.mutable_case_()->clear_urn();
  const auto rows = rig.store().messagesOfCase(cases->front());
  for (const auto& row : *rows) {
    const auto deliveries = rig.store().deliveriesOf(row.message_id);
    for (const auto& delivery : *deliveries) {
      const auto draft = rig.draftOf(delivery);
      std::string told = delivery.recipient + " " + delivery.type + " " + std::string(nameOf(delivery.state));
      for (const auto& defendant : draft.case_().defendants()) told += " " + defendant.asn().value();
      for (const auto& party : draft.case_().parties()) told += " " + party.person().names(0).family();
      out.told.insert(told);
    }
  }
  return out;
}

// Numbers of messages differ from run to run here; everything else of the record must not.
canonical::CaseRecord comparable(const canonical::CaseRecord& record, const std::string& suffix) {
  auto out = support::canonicalForm(record);
  for (auto& fact : *out.mutable_facts()) {
    if (fact.message_id().ends_with(suffix))
      fact.mutable_message_id()->resize(fact.message_id().size() - suffix.size());
    if (fact.field() == "urn") fact.set_value("the case's");
  }
  for (auto& id : *out.mutable_message_ids())
    if (id.ends_with(suffix)) id.resize(id.size() - suffix.size());
  return out;
}

TEST(GroupOrder, NeverShowsInTwoResultsAndTheirCaseOfOneCommit) {
  const unsigned seed = std::random_device()();
  RecordProperty("seed", std::to_string(seed));
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  HostRig rig(Scene::usual(), seed);
  std::vector<size_t> order{0, 1, 2};
  std::optional<EndState> first;
  for (int i = 10'000; i < 11'000; ++i) {
    const auto suffix = std::to_string(i);
    auto end = endState(rig, suffix, order);
    ASSERT_FALSE(end.told.empty()) << "order " << testing::PrintToString(order);
    end.record = comparable(end.record, suffix);
    if (!first) first = end;
    EXPECT_EQ(end.told, first->told) << "order " << testing::PrintToString(order);
    std::string report;
    google::protobuf::util::MessageDifferencer differencer;
    differencer.ReportDifferencesToString(&report);
    ASSERT_TRUE(differencer.Compare(first->record, end.record)) << "order " << testing::PrintToString(order) << "\n"
                                                                << report;
    std::ranges::shuffle(order, random);
  }
  EXPECT_TRUE(rig.ledger().balances());
}

}  // namespace
}  // namespace causeway::pipeline
