#pragma once

#include "tests/support/builders.hpp"
#include "tests/unit/pipeline/clock_scene.hpp"

namespace causeway::pipeline {
inline constexpr support::Accused kCy{"Cy", "Holt", "1980-01-01", "1101ZD0100000448756M"};
inline const std::string kOld = "01ZD0303926", kNew = "01ZD0303927";

/// A case of two defendants, each with a victim of their own, and one whom both are said to have robbed.
class CaseSplitting : public Pipeline {
 protected:
  CaseSplitting() { rig.restart(clockScene()); }
  void SetUp() override {
    EXPECT_EQ(stateAfter(ofTwo("C1", "case.registered"), "records"), "done");
    whole_ = caseOf("C1");
  }

  static canonical::CanonicalMessage ofTwo(const std::string& id, const std::string& type) {
    auto out = support::message(id, type, "niche.test", "2026-03-02T09:00:00Z");
    out.set_source_system("records");
    out.mutable_case_()->set_urn(kOld);
    out.mutable_case_()->mutable_force()->set_code("52");
    *out.mutable_case_()->add_identifiers() = support::number("occurrence", "700");
    support::addOffence(support::addDefendant(out, support::kAda), "TH68026", "2026-02-01", 1)
        .add_victim_ids("new-301");
    support::addOffence(support::addDefendant(out, kCy), "TH68010", "2026-02-02", 2).add_victim_ids("new-302");
    support::addParty(out, support::person("Cora", "Lisle", "1999-01-05"), "victim");
    support::addParty(out, support::person("Dora", "Finch", "1988-04-04"), "victim");
    support::addParty(out, support::person("Eve", "Tangye", "1977-07-07"), "victim");
    for (const int i : {0, 1})
      out.mutable_case_()->mutable_defendants(i)->mutable_offences(0)->add_victim_ids("new-303");
    auto& officer = support::addParty(out, support::person("Sam", "Okoro"), "officer_in_case");
    officer.mutable_officer()->set_collar("4321");
    return out;
  }

  /// The part as the records register it by themselves, its offence in that place.
  static canonical::CanonicalMessage partByRecords(int sequence) {
    auto out = support::message("C5", "case.registered", "niche.test", "2026-04-02T09:00:00Z");
    out.set_source_system("records");
    out.mutable_case_()->set_urn(kNew);
    out.mutable_case_()->mutable_force()->set_code("52");
    support::addOffence(support::addDefendant(out, kCy), "TH68010", "2026-02-02", sequence);
    support::addParty(out, support::person("Dora", "Finch", "1988-04-04"), "victim");
    return out;
  }

  static canonical::CanonicalMessage splitting(const std::string& id, const support::Accused& who = kCy) {
    auto out = support::message(id, "case.identifiers_changed", "cps.test", "2026-04-03T09:00:00Z");
    out.set_source_system("prosecutor");
    out.mutable_case_()->set_urn(kOld);
    auto& related = *out.mutable_case_()->add_related();
    related.set_urn(kNew);
    related.mutable_relation()->set_code("split");
    *out.mutable_case_()->add_defendants()->mutable_asn() = support::number("asn", who.asn);
    return out;
  }

  static canonical::CanonicalMessage resultOf(const std::string& id, const support::Accused& who,
                                              const std::string& urn, const std::string& date = "2026-04-01") {
    auto out = support::message(id, "hearing.resulted", "courts.test", date + "T12:00:00Z");
    out.set_source_system("courts");
    out.mutable_case_()->set_urn(urn);
    support::addHearing(out, date);
    const bool ada = who.family == support::kAda.family;
    auto& offence = support::addOffence(support::addDefendant(out, who), ada ? "TH68026" : "TH68010",
                                        ada ? "2026-02-01" : "2026-02-02", ada ? 1 : 2);
    support::addResult(offence, "4004", "Invented words", date);
    return out;
  }

  std::string stateAfter(const canonical::CanonicalMessage& message, const std::string& sender = "prosecutor") {
    rig.admitTogether({message}, sender);
    rig.deliver();
    return std::string(nameOf(rig.store().message(message.message_id()).value()->state));
  }
  std::string split(const std::string& id = "S1") {
    EXPECT_EQ(stateAfter(splitting(id)), "done");
    const auto rows = rig.store().decisionsAbout("case_split", whole_).value();
    EXPECT_EQ(rows.size(), 1U);
    return rows.empty() ? "" : rows.front().code;
  }
  std::string caseOf(const std::string& message_id) { return rig.store().message(message_id).value()->case_id; }
  std::string whyHeld() { return rig.holds().empty() ? "" : rig.holds().back().reason_code; }
  size_t told() { return rig.sender.sent().size(); }
  std::vector<std::string> peopleOf(const std::string& case_id) {
    std::vector<std::string> out;
    const auto record = rig.caseOf(case_id);
    for (const auto& one : record.case_().defendants()) out.push_back(one.person().names(0).family());
    for (const auto& one : record.case_().parties()) out.push_back(one.person().names(0).family());
    return out;
  }
  using Names = std::vector<std::string>;

  std::string whole_;
};

}  // namespace causeway::pipeline
