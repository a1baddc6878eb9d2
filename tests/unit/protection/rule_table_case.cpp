#include "tests/unit/protection/rule_table_parts.hpp"

namespace causeway::protection::table {

namespace {

void addConflicts(Cases& out) {
  const auto conflict = [&](const char* what, auto change, const char* wanted) {
    out.push_back({"PARTY", what, grant(),
                   [change](Question& q) {
                     q.recipient.services = {"idva"};
                     q.recipient.organisation = "Severn Haven";
                     caseOf(q).mutable_defendants(0)->set_id("d-1");
                     auto& supporter = *caseOf(q).add_parties();
                     supporter.set_id("p-9");
                     supporter.add_roles()->mutable_role()->set_code("supporter");
                     supporter.mutable_supporter()->mutable_service()->set_code("idva");
                     supporter.mutable_supporter()->add_supports("p-1");
                     change(q, supporter);
                   },
                   kUrn, wanted});
  };
  const char* const held = "held party_conflict PARTY";
  using Party = canonical::Party;
  conflict("a supporter of the victim", [](Question&, Party&) {}, "passes");
  conflict(
      "one who also supports the defendant", [](Question&, Party& p) { p.mutable_supporter()->add_supports("d-1"); },
      held);
  conflict(
      "one who also supports a witness of the defence",
      [](Question& q, Party& p) {
        p.mutable_supporter()->add_supports("p-8");
        auto& witness = *caseOf(q).add_parties();
        witness.set_id("p-8");
        witness.add_roles()->mutable_role()->set_code("witness");
        witness.mutable_roles(0)->mutable_side()->set_code("defence");
      },
      held);
  const auto bound = [](Party& party, const char* to, const char* kind) {
    party.add_relationships()->set_to_id(to);
    party.mutable_relationships(0)->mutable_kind()->set_code(kind);
  };
  conflict("the defendant's sister", [=](Question&, Party& p) { bound(p, "d-1", "sibling"); }, held);
  conflict(
      "one who is bound to the defendant, nobody says how", [=](Question&, Party& p) { bound(p, "d-1", ""); }, held);
  conflict("one who works with the defendant", [=](Question&, Party& p) { bound(p, "d-1", "professional"); }, "passes");
  conflict(
      "one who works and lives with the defendant",
      [=](Question&, Party& p) {
        bound(p, "d-1", "professional");
        p.mutable_relationships(0)->set_lives_with(true);
      },
      held);
  conflict("the victim's sister", [=](Question&, Party& p) { bound(p, "p-1", "sibling"); }, "passes");
  conflict(
      "one who is the defendant",
      [](Question& q, Party& p) {
        p.mutable_person()->set_person_key("same");
        caseOf(q).mutable_defendants(0)->mutable_person()->set_person_key("same");
      },
      held);
  conflict(
      "somebody of the same organisation, known by its name",
      [](Question&, Party& p) {
        p.mutable_supporter()->mutable_service()->set_code("counselling");
        p.mutable_supporter()->set_organisation("severn haven ");
        p.mutable_supporter()->add_supports("d-1");
      },
      held);
  conflict(
      "somebody of another service",
      [](Question&, Party& p) {
        p.mutable_supporter()->mutable_service()->set_code("isva");
        p.mutable_supporter()->add_supports("d-1");
      },
      "passes");
}

}  // namespace

void addCase(Cases& out) {
  const auto all = grant();
  out.push_back({"A07", "people with roles", all, nothing, "case.parties.id", "passes"});
  out.push_back(
      {"A07", "a person without a role", all, [](Question& q) { victim(q).clear_roles(); }, kUrn, "held no_role A07"});
  out.push_back({"A07", "a person whose role is not in the list", all,
                 [](Question& q) { victim(q).mutable_roles(0)->mutable_role()->set_unmapped(true); }, kUrn,
                 "held no_role A07"});
  const auto wording = "case.defendants.offences.wording";
  const auto basis = [&](const char* what, const char* said, const char* wanted) {
    out.push_back({"A08", what, all,
                   [said](Question& q) {
                     caseOf(q).mutable_defendants(0)->mutable_offences(0)->mutable_wording()->set_basis(said);
                   },
                   wording, wanted});
  };
  basis("a text that is somebody's wording", "wording", "passes");
  basis("a text that is an assessment", "assessment", "passes");
  basis("a text that is a fact", "fact", "passes");
  basis("a text that does not say what it is", "", "withheld A08");
  basis("a text that says something unknown", "rumour", "withheld A08");
  const auto disputed = [&](const char* what, auto change, const char* wanted) {
    out.push_back({"A11", what, all,
                   [change](Question& q) {
                     caseOf(q).mutable_restricted_reason()->set_code("accuracy_contested");
                     change(q);
                   },
                   kUrn, wanted});
  };
  disputed("contested accuracy", nothing, "held accuracy_contested A11");
  disputed("contested accuracy, to a court", [](Question& q) { q.recipient.audience = "court"; }, "passes");
  disputed("contested accuracy, to the force itself", [](Question& q) { q.recipient.audience = "police"; }, "passes");
  auto rescue = all;
  rescue.replace(rescue.find("  purpose: care\n"), 16, "  purpose: rescue\n");
  out.push_back({"A11", "contested accuracy, to save somebody", rescue,
                 [](Question& q) {
                   caseOf(q).mutable_restricted_reason()->set_code("accuracy_contested");
                   q.purpose = "rescue";
                 },
                 kUrn, "passes"});
  const auto restricted = [&](const char* what, const char* to, const char* audience, const char* wanted) {
    out.push_back({"RESTRICTED", what, all,
                   [to, audience](Question& q) {
                     caseOf(q).add_restricted_to(to);
                     q.recipient.audience = audience;
                   },
                   kUrn, wanted});
  };
  restricted("a case for somebody else", "chief", "partner", "held restricted RESTRICTED");
  restricted("a case for this recipient", "partner", "partner", "passes");
  restricted("a case for somebody else, to the police", "chief", "police", "passes");
  const auto asker = [&](const char* what, const char* asked_by, auto change, const char* wanted) {
    out.push_back({"ASKER", what, all,
                   [asked_by, change](Question& q) {
                     auto& check = *caseOf(q).add_background_checks();
                     check.set_asked_by(asked_by);
                     change(check);
                   },
                   kUrn, wanted});
  };
  using Check = canonical::BackgroundCheck;
  const auto answered = [](Check& check) { check.add_answers()->mutable_answer()->set_code("trace"); };
  const char* const others = "held not_the_asker ASKER";
  asker("an answer, to whoever asked", "partner", answered, "passes");
  asker("an answer, to somebody else", "records", answered, others);
  asker("an answer of which nobody knows who asked", "", answered, others);
  asker(
      "words of an answer, to somebody else", "records",
      [](Check& check) { check.add_answers()->mutable_detail()->set_text("seen"); }, others);
  asker(
      "what it comes to, to somebody else", "records", [](Check& check) { check.mutable_summary()->set_text("seen"); },
      others);
  asker(
      "who was asked, to another who is asked", "records",
      [](Check& check) { check.add_answers()->set_system("records-east"); }, "passes");
  addConflicts(out);
  const auto bail = [&](const char* what, const char* status, const char* wanted) {
    out.push_back(
        {"BAIL-P", what, all,
         [status](Question& q) { caseOf(q).mutable_defendants(0)->mutable_bail()->mutable_status()->set_code(status); },
         "case.defendants.bail.status", wanted});
  };
  bail("bail status C", "custody", "passes");
  bail("bail status P", "undetermined_p", "held bail_p BAIL-P");
  const auto marking = [&](const char* what, const char* said, const char* wanted) {
    out.push_back({"A25", what, all, [said](Question& q) { q.message.set_marking(said); }, "=marking", wanted});
  };
  marking("official", "official", "passes");
  marking("official sensitive", "official_sensitive", "passes");
  marking("secret", "secret", "held marking A25");
  marking("a marking that nobody knows", "blue", "held marking A25");
}

void addPeople(Cases& out) {
  const auto all = grant();
  const std::string number = "case.parties.contact_points.value", address = "case.parties.addresses.lines",
                    offender = "case.defendants.addresses.lines", family = "case.parties.person.names.family",
                    measure = "case.parties.special_measures.id";
  const auto to = [&](const char* rule, const char* what, const char* side, const char* audience,
                      const std::string& path, const char* wanted) {
    out.push_back({rule, what, all,
                   [side, audience](Question& q) {
                     q.recipient.side = side;
                     q.recipient.audience = audience;
                     for (auto& person : *caseOf(q).mutable_parties()) {
                       person.mutable_contact_points()->DeleteSubrange(1, 1);
                       person.mutable_addresses(0)->set_safe_for_post(true);
                     }
                     victim(q).add_special_measures()->set_id("sm-1");
                   },
                   path, wanted});
  };
  to("A20", "a name to a partner", "neutral", "partner", family, "passes");
  to("A20", "a name to the public", "neutral", "public", family, "withheld A20");
  to("A21", "special measures to a court before the end", "court", "court", measure, "passes");
  to("A21", "special measures to the public before the end", "neutral", "public", measure, "withheld A21");
  out.push_back({"A21", "special measures to the public after the end", all,
                 [](Question& q) {
                   q.recipient.audience = "public";
                   caseOf(q).set_finalised_on("2026-06-01");
                   victim(q).add_special_measures()->set_id("sm-1");
                 },
                 measure, "passes"});
  to("A22", "a safe number", "neutral", "partner", number, "passes");
  for (const char* side : {"defence", "suspect", "offender_management"}) {
    to("A23", "an address of a victim to the other side", side, "partner", address, "withheld A23");
    to("A23", "an address of the offender to their own side", side, "partner", offender, "passes");
  }
  for (const char* side : {"prosecution", "court", "neutral", "victim_support"})
    to("A23", "an address of a victim", side, "partner", address, "passes");
  to("A24", "where the offender is, to a victim", "neutral", "victim", offender, "withheld A24");
  to("A24", "where the offender is, to a partner", "neutral", "partner", offender, "passes");
  to("A22", "a letter to an address that is safe", "neutral", "victim", address, "passes");
  const auto contact = [&](const char* what, auto change, const char* audience, const char* wanted) {
    out.push_back({"A22", what, all,
                   [change, audience](Question& q) {
                     q.recipient.audience = audience;
                     caseOf(q).mutable_parties()->DeleteSubrange(1, 1);
                     victim(q).mutable_contact_points()->DeleteSubrange(1, 1);
                     change(*victim(q).mutable_contact_points(0));
                   },
                   number, wanted});
  };
  using Point = canonical::ContactPoint;
  contact("a number marked unsafe", [](Point& p) { p.mutable_safe()->set_state("unsafe"); }, "partner", "withheld A22");
  contact("a number of which nothing is said", [](Point& p) { p.clear_safe(); }, "partner", "withheld A22");
  contact("a number that is dead", [](Point& p) { p.set_dead(true); }, "partner", "withheld A22");
  contact(
      "a number on its last safe day", [](Point& p) { p.mutable_safe()->set_expires_on("2026-06-02"); }, "partner",
      "passes");
  contact(
      "a number the day after", [](Point& p) { p.mutable_safe()->set_expires_on("2026-06-01"); }, "partner",
      "withheld A22");
  contact(
      "a number marked unsafe, to the police", [](Point& p) { p.mutable_safe()->set_state("unsafe"); }, "police",
      "passes");
  out.push_back({"A22", "a letter to an address that is not marked safe", all,
                 [](Question& q) { q.recipient.audience = "victim"; }, address, "withheld A22"});
}

}  // namespace causeway::protection::table
