#include "host/protection/rule_pages.hpp"

namespace causeway::protection {
namespace {

constexpr std::string_view kTable = "tests/unit/protection/rule_table.cpp";
constexpr std::string_view kDecision = "the decision (host/protection)";

constexpr RulePage kPages[] = {
    {"A01", "No transfer without purpose, agreement and gateway",
     "Nothing is sent unless the route names a declared purpose, an agreement with the recipient holds today and "
     "covers "
     "both the purpose and the type of message, and a gateway in law serves that purpose between the regime under "
     "which "
     "the force holds the data and the one under which the recipient will.",
     "DPA 2018 s.35(2), s.36(3) and (4)",
     "`purposes` and `gateways` in config/protection/legal.yaml; `regime`, `purposes` and `agreement` of the partner's "
     "file. Holds: no_partner, no_purpose, no_agreement, not_agreed, no_gateway.",
     kDecision, kTable},
    {"A02", "Out of law enforcement only by a named law",
     "Data that the force holds for law enforcement passes to somebody under the UK GDPR only where the gateway names "
     "the law that authorises it.",
     "DPA 2018 s.36(4)", "`statute` of the gateway. Hold: no_law; a gateway without it is refused at load.", kDecision,
     kTable},
    {"A03", "Only what is listed",
     "A recipient gets the fields that a grant lists for it, for this purpose and type of message, and no other. A "
     "field "
     "that is added to the model goes to nobody until a grant lists it. A field may go changed so that it says less: "
     "an "
     "age band, a postcode district, a mask, a pseudonym.",
     "DPA 2018 s.37, s.57(3)",
     "`grants` and `sets` in config/protection; `as` and `keep` of an entry. Holds: no_grant, nothing_left, no_key, "
     "unknown_recipient.",
     kDecision, kTable},
    {"A04", "Sensitive data needs consent or a condition",
     "A field marked sensitive passes only with live consent, or under a condition of Schedule 8 that is strictly "
     "necessary and whose appropriate policy document holds today. Otherwise it is left out and the message is held.",
     "DPA 2018 s.35(3) to (5) and (8), s.42, Sch 8 paras 1 to 4",
     "`conditions` and `policy_documents` in legal.yaml; `condition` of the grant. Hold: no_policy_document.",
     kDecision, kTable},
    {"A05", "Consent is live when it is used",
     "Where a grant rests on consent, everybody whom it names must have given it, for this kind of thing and this "
     "recipient, not withdrawn and not past its last day. It is asked again at the moment of sending. What its scope "
     "does "
     "not cover is left out; a consent without a scope covers nothing but the referral itself. That a way of contact "
     "is "
     "not safe is told without consent.",
     "DPA 2018 s.33(1A), s.40A (Data (Use and Access) Act 2025 s.69)",
     "`consent` of the grant, `covered_by` of its fields. Hold: consent_missing.", kDecision, kTable},
    {"A06", "Safeguarding goes without consent, with its reason on record",
     "A refusal never stops safeguarding; but the condition, the reason why nobody was asked and who decided must be "
     "on "
     "record for each plan or referral.",
     "DPA 2018 Sch 8 para 4, Sch 1 para 18", "`recorded` of the grant. Hold: basis_missing.", kDecision, kTable},
    {"A07", "Everybody has a part in the case",
     "Each person in a message has a known role in this case: victim, witness, suspect, other.", "DPA 2018 s.38(3)",
     "Nothing to configure: the records system says it. Hold: no_role.", kDecision, kTable},
    {"A08", "Facts and opinions are told apart",
     "Free text passes only when it says whether it is a fact, an assessment or somebody's wording.",
     "DPA 2018 s.38(2)", "`basis` of the field in the mapping that reads it. Otherwise the text is withheld.",
     kDecision, kTable},
    {"A09", "Old data is checked before it goes",
     "A message whose sender said it longer ago than the grant allows is held. What goes out is told with its source, "
     "its age and what a complete message would also have.",
     "DPA 2018 s.38(4), s.38(5)(a) and (b)", "`quality: { max_age, expects }` of the grant. Hold: stale.", kDecision,
     kTable},
    {"A10", "Wrong data is called back", "Whoever was sent a wrong value is told without delay, and so is its origin.",
     "DPA 2018 s.38(5)(c), s.48(7) and (9)",
     "`corrections.confirm_within` of the main file: then a person asks after one that is not confirmed.",
     "the disclosure register (host/pipeline)",
     "tests/unit/pipeline/corrections_test.cpp FollowsTheThreeWhoHadTheWrongDateOfBirthAndNobodyElse"},
    {"A11", "Contested accuracy restricts",
     "While somebody contests that the data is right, it goes to courts, to the force itself, and for purposes that "
     "serve evidence or a vital interest; to nobody else.",
     "DPA 2018 s.47(3), s.48(10)",
     "`despite_dispute` of the purpose; the records system says it by the reason of a restriction. Hold: "
     "accuracy_contested.",
     kDecision, kTable},
    {"A12", "Evidence is restricted, never erased", "What may be needed as evidence is kept and restricted instead.",
     "DPA 2018 s.46(4), s.47(2)", "Nothing to configure.", "erasure (host/pipeline, host/store)",
     "tests/unit/pipeline/person_erasure_test.cpp RestrictsWhatIsNeededAsEvidenceInstead"},
    {"A13", "Every operation is written down first",
     "No record, no operation: a disclosure is logged before bytes leave.", "DPA 2018 s.62(1) to (3)",
     "Nothing to configure.", "the audit log (host/security)", "tests/unit/pipeline/sending_test.cpp"},
    {"A14", "The log serves four purposes only",
     "Lawfulness, self-monitoring, integrity and security, and criminal proceedings.", "DPA 2018 s.62(4) and (5)",
     "Nothing to configure: lawfulness, self_monitoring, integrity_security, criminal_proceedings.",
     "whoever reads it for somebody (host/app)", "tests/unit/app/log_purposes_test.cpp AnyOtherIsDeniedAndOnRecord"},
    {"A15", "The log of an erasure holds no content", "Numbers and times only.", "ICO, law enforcement guide, logging",
     "Nothing to configure.", "the audit log (host/security)",
     "tests/unit/pipeline/logged_operations_test.cpp NameNobody"},
    {"A16", "The record of processing is the configuration", "It is made from purposes, gateways, partners and grants.",
     "DPA 2018 s.61(2) and (4)", "`legal` in config/protection; partners.", "the record of processing (host/app)",
     "tests/scenarios/data_rights_test.py the record of processing is whole"},
    {"A17", "Retention is reviewed", "Time limits exist, and each decision to keep is recorded.",
     "DPA 2018 s.39, s.47(1)(b)", "Periods by category.", "retention (host/pipeline)",
     "tests/unit/pipeline/retention_test.cpp RefusesToKeepWithoutWhoAndWhy"},
    {"A18", "72 hours for a breach", "An incident has a clock of 72 clock hours.", "DPA 2018 ss.67 and 68",
     "Nothing to configure.", "the incident record (host/app)",
     "tests/scenarios/data_rights_test.py a late notice must say why"},
    {"A19", "Nobody abroad without a ground",
     "A recipient outside the United Kingdom gets nothing unless the ground for the transfer is on record.",
     "DPA 2018 ss.73 to 76", "`country` and `transfer` of the partner's file. Hold: third_country.", kDecision, kTable},
    {"A20", "Anonymity for life",
     "The public gets nobody's identity, contact or places, and nothing sensitive. There is no date on which this "
     "ends.",
     "Sexual Offences (Amendment) Act 1992 s.1(3A); YJCEA 1999 ss.45 and 46",
     "`audience: public` of the partner's file.", kDecision, kTable},
    {"A21", "Special measures are not public before the end",
     "Nothing of a special measure goes to the public while the case is open.", "YJCEA 1999 s.47",
     "`audience: public` of the partner's file.", kDecision, kTable},
    {"A22", "Safe contact or none",
     "A way of contact passes to anybody but the police only if it is marked safe, works and is not past its last safe "
     "day; whoever writes to a victim gets an address only if a letter there is safe, and what is sent to a person "
     "directly waits for the hours that are safe for them. What is not known is unsafe.",
     "Victims' Code 2021, Right 3; MARAC practice",
     "The records system says it for each way of contact, with its hours. Hold: contact_hours_unknown.", kDecision,
     kTable},
    {"A23", "Nobody finds a victim through us",
     "What locates a victim, a witness, a child or an officer never goes to the side of the suspect, whatever a grant "
     "says. Free text may locate by its nature.",
     "DPA 2018 s.37; DfE information sharing 2024, rule 5",
     "`side` of the partner's file: defence, suspect, offender_management.", kDecision, kTable},
    {"A24", "A victim is not told where the offender is", "No place of a defendant goes to a victim.",
     "Victim contact scheme guidance", "`audience: victim` of the partner's file.", kDecision, kTable},
    {"A25", "The marking travels and never falls",
     "The security marking goes with every message as it came, to partners that read it from a header; to others only "
     "what "
     "is official goes. A case of named people is official-sensitive. Above official-sensitive nothing is carried.",
     "Government security classifications", "`marking_header` of the partner. Hold: marking, marking_lost.", kDecision,
     kTable},
    {"A26", "Enhanced rights are never lowered by a rule", "A rule may raise them; only a named person may lower them.",
     "Victims' Code 2021, Right 4; DPA 2018 ss.50A to 50D", "Nothing to configure.", "the case (host/care)",
     "tests/unit/care/fold_test.cpp NeverLowersEnhancedRightsNorUnsafeContact"},
    {"A29", "Requests for a victim's information pass a gate",
     "A request to somebody else for what they hold about a victim says about whom, who asks with authority, why it is "
     "believed to be held, the line of enquiry, why it is necessary and proportionate, what, why, and how it will be "
     "dealt with. Counselling information is presumed not to be needed: the request says why it is likely to be of "
     "substantial probative value and why the presumption does not hold. The victim, a parent or somebody for an adult "
     "without capacity was told on or before the request, or an exception is given.",
     "Police, Crime, Sentencing and Courts Act 2022 ss.44A to 44E (Victims and Prisoners Act 2024 s.28)",
     "Nothing to configure: it holds for every message victim_information.requested, whatever a grant says. Holds: "
     "request_incomplete, presumption_stands, no_notice.",
     kDecision, kTable},
    {"A30", "Only configured destinations",
     "Nothing is sent to an address that the configuration does not name; an adapter or a partner cannot name another.",
     "DPA 2018 ss.59(6)(a) and 60", "`endpoints` of the partner's file. Hold: no_endpoint, follow_up_other_host.",
     "the outbox and the follow-up requests (host/pipeline)",
     "tests/unit/pipeline/follow_ups_test.cpp HoldsAStatusAddressAtAnotherHost"},
    {"A31", "Risk is looked at before anybody is told",
     "What changes the risk raises a task for whoever answers for it, before the letters.",
     "College of Policing APP, domestic abuse",
     "config/routes: the risk task stands first and has the highest priority.", "the rules (config/routes)",
     "tests/unit/routing/shipped_routes_test.cpp ProtectiveBailRaisesTheRiskTaskBeforeTheVictimTasks"},
    {"A32", "Disagreements are shown, never overwritten",
     "Where two systems disagree both values stand, and the difference is put right at its source.",
     "DPA 2018 s.38(1)(b), s.48(7)", "Precedence by date in host/care.", "the case (host/care)",
     "tests/unit/care/fold_test.cpp"},
    {"ASKER", "Answers to a background check are for whoever asked",
     "What other record systems hold of somebody, and what it comes to, goes to the one that asked and to nobody else, "
     "whatever a rule says. Who asked is known by the certificate, never by a name in a document.",
     "DPA 2018 s.36, s.37, s.40", "Nothing to configure. Hold: not_the_asker.", kDecision, kTable},
    {"BAIL-P", "Bail status P is never announced",
     "It means two opposite things. Only a task for the police may carry it, to find out which.",
     "Court results standard", "`undetermined_bail` of a grant. Hold: bail_p.", kDecision, kTable},
    {"PARTY", "Nobody is told through somebody on the other side",
     "Where a supporter from the recipient also supports a defendant in this case or somebody of the defence, is bound "
     "to a defendant by more than work, lives with one or is one, nothing goes to that recipient.",
     "DPA 2018 s.37, s.40; Victims' Code 2021, Right 4",
     "`services` of the partner's file and its name say whose the supporters of a case are; the records system says "
     "whom they support and to whom they are bound. Hold: party_conflict.",
     kDecision, kTable},
    {"POLICY", "Without a policy nothing leaves",
     "When the policy cannot decide, for whatever reason, or not in time, everything waits in its place and goes on in "
     "order once it can.",
     "Fail closed", "`limits.decision` of the main file is the time. Reason: policy_failed.",
     "the judge and the outbox (host/pipeline)", "tests/unit/pipeline/policy_failure_test.cpp"},
    {"RESTRICTED", "Restricted cases are for named people",
     "A restricted case goes to the police and to those whom its list names, and people see it only so. In an "
     "emergency a person opens it for a time; somebody else reviews why. Where operators are named, who opens and who "
     "reviews comes from the account or the certificate, never from a name in the request.",
     "Force policy",
     "The records system says it; `break_glass.longest` and `operators` (role reader) of the main file. Hold: "
     "restricted.",
     kDecision, kTable},
    {"TEST", "Test and live never mix",
     "A test message never goes to a live recipient, nor a live one to a test recipient.", "House rule",
     "`test` of the partner's file. Hold: test_mix.", kDecision, kTable},
};

}  // namespace

std::span<const RulePage> rulePages() { return kPages; }

std::string rulePagesAsMarkdown() {
  std::string out =
      "# The rules that protect people\n\nWritten by `causeway rules pages`; a test holds this page to what the "
      "program "
      "says.\nA decision names the rule that held a message or withheld a field by its id. A27 and A28 are clocks and "
      "not decisions.\n";
  const auto line = [&](std::string_view name, std::string_view text) {
    if (!text.empty()) out += "- **" + std::string(name) + "**: " + std::string(text) + "\n";
  };
  for (const auto& page : kPages) {
    out += "\n## " + std::string(page.id) + " " + std::string(page.title) + "\n" + std::string(page.says) + "\n\n";
    line("Source", page.source);
    line("Configure", page.configure);
    line("Kept by", page.kept_by);
    line("Tested by", page.tested);
  }
  return out;
}

}  // namespace causeway::protection
