#include "host/base/text.hpp"
#include "host/pipeline/case_links.hpp"
#include "host/pipeline/holds.hpp"
#include "host/pipeline/restrictions.hpp"

#include <algorithm>
#include <map>

// Erasure and restriction: what a person decides about a case as a whole, or about one of its people.
namespace causeway::pipeline {
namespace {

const char* const kBusy = "the store cannot take the decision now; nothing was done, try again";

}  // namespace

/// What is needed as evidence is restricted and not erased (DPA 2018 s.47(2)); that it was asked for is on record.
Result<void> Holds::refuseIfEvidence(const Ruling& ruling, const std::string& person) {
  CW_TRY(const auto rows, store_.decisionsAbout(kRestriction, ruling.about));
  const auto now = restrictionsNow(rows);
  if (!isRestricted(now, "evidence", person)) return {};
  CW_CHECK_OK(write(ruling, {person, "erasure", {}}));
  return fail(ErrorKind::Refused,
              "nothing was erased: it is needed as evidence, so it is restricted instead, which is on record. Lift the "
              "restriction 'evidence' when the proceedings are over and ask again.");
}

/// The joined case holds what was said of both: erasing one of them alone would leave its people in the other.
Result<void> Holds::refuseIfJoined(const Ruling& ruling, bool whole) {
  CW_TRY(const auto links, store_.decisionsAbout(kJoin, ruling.about));
  if (const auto* link = joinNow(links))
    return fail(ErrorKind::Refused, "nothing was erased: this case is joined into " + leadIn(*link) +
                                        ". Erase that one, which erases both, or take this one out of it first "
                                        "('causeway part')");
  if (whole) return {};
  CW_TRY(const auto members, membersOf(store_, ruling.about));
  if (!members.empty())
    return fail(ErrorKind::Refused, "nothing was erased: " + members.front() +
                                        " is joined into this case, and may hold the same person. Take it out first "
                                        "('causeway part'), and erase the person in both");
  return {};
}

Result<int> Holds::erase(const Ruling& ruling) {
  CW_CHECK_OK(check(ruling, nullptr));
  CW_TRY(const auto row, store_.findCase(ruling.about));
  if (!row) return fail(ErrorKind::NotFound, "no case has this number");
  CW_CHECK_OK(refuseIfJoined(ruling, true));
  CW_CHECK_OK(refuseIfEvidence(ruling, {}));
  std::vector<std::string> scopes;
  Admitted telling;
  Result<void> destroyed;
  const bool stored = writer_.perform(Writer::Operation{
      [&](Transaction& tx) -> Result<void> {
        CW_TRY(scopes, admitter_.erase(tx, ruling, store_, telling));
        return {};
      },
      // On the writer's thread, so that nothing is sealed under these keys meanwhile, and only once the decision is on record.
      [&](bool committed) {
        if (!committed) return;
        admitter_.forgetCases();
        for (const auto& scope : scopes)
          if (auto gone = vault_.destroy(scope); !gone && destroyed) destroyed = std::move(gone);
        admitter_.afterCommit(telling);
      },
      {},
      [&] { admitter_.forgetCases(); }});
  if (!stored)
    return fail(ErrorKind::Unavailable, "the store cannot take the decision now; nothing was erased, try again");
  if (!destroyed)
    return fail(destroyed.error().kind,
                "not every key could be destroyed; give the command again: " + destroyed.error().what);
  return static_cast<int>(scopes.size());
}

Result<ErasedPerson> Holds::erasePerson(const Ruling& ruling, const std::string& person) {
  CW_CHECK_OK(check(ruling, nullptr));
  CW_TRY(const auto row, store_.findCase(ruling.about));
  if (!row) return fail(ErrorKind::NotFound, "no case has this number");
  CW_CHECK_OK(refuseIfJoined(ruling, false));
  CW_CHECK_OK(refuseIfEvidence(ruling, person));
  Result<ErasedPerson> out = fail(ErrorKind::Unavailable, kBusy);
  Admitted telling;
  Result<void> renewed;
  const bool stored =
      writer_.perform(Writer::Operation{[&](Transaction& tx) -> Result<void> {
                                          auto erased = admitter_.erasePerson(tx, ruling, person, telling);
                                          // Before anything is written it is found out whether there is such a person.
                                          const bool refused = !erased && erased.error().kind == ErrorKind::NotFound;
                                          if (!erased && !refused) return std::unexpected(erased.error());
                                          out = std::move(erased);
                                          return {};
                                        },
                                        [&](bool committed) {
                                          if (!committed || !out) return;
                                          admitter_.forgetCases();
                                          renewed = vault_.renew(ruling.about);
                                          for (const auto& scope : out->scopes)
                                            if (auto gone = vault_.destroy(scope); !gone && renewed)
                                              renewed = std::move(gone);
                                          admitter_.afterCommit(telling);
                                        },
                                        {},
                                        [&] { admitter_.forgetCases(); }});
  if (!stored) return fail(ErrorKind::Unavailable, kBusy);
  if (!out) return out;
  if (!renewed)
    return fail(renewed.error().kind,
                "the person is out of the case, but a key of before could not be destroyed; it is "
                "tried again at the next start: " +
                    renewed.error().what);
  CW_CHECK_OK(finished(ruling.about));
  return out;
}

Result<void> Holds::finished(const std::string& case_id) {
  const bool stored = writer_.perform([&](Transaction& tx) { return admitter_.personErased(tx, case_id); });
  if (!stored) return fail(ErrorKind::Unavailable, kBusy);
  return {};
}

Result<void> Holds::finishErasures() {
  CW_TRY(const auto begun, store_.decisionsAbout("erasure_of_person", ""));
  CW_TRY(const auto ended, store_.decisionsAbout("person_erased", ""));
  std::map<std::string, int> open;
  for (const auto& row : begun) ++open[row.about];
  for (const auto& row : ended) --open[row.about];
  for (const auto& [case_id, count] : open) {
    if (count <= 0) continue;
    CW_CHECK_OK(vault_.renew(case_id));
    for (int i = 0; i < count; ++i) CW_CHECK_OK(finished(case_id));
  }
  return {};
}

Result<Parted> Holds::part(const Ruling& ruling) {
  CW_CHECK_OK(check(ruling, nullptr));
  CW_TRY(const auto row, store_.findCase(ruling.about));
  if (!row) return fail(ErrorKind::NotFound, "no case has this number");
  Result<Parted> out = fail(ErrorKind::Unavailable, kBusy);
  const bool stored = writer_.perform(Writer::Operation{[&](Transaction& tx) -> Result<void> {
                                                          auto parted = admitter_.part(tx, ruling);
                                                          const bool refused =
                                                              !parted && (parted.error().kind == ErrorKind::NotFound ||
                                                                          parted.error().kind == ErrorKind::Refused);
                                                          if (!parted && !refused)
                                                            return std::unexpected(parted.error());
                                                          out = std::move(parted);
                                                          return {};
                                                        },
                                                        {},
                                                        {},
                                                        [&] { admitter_.forgetCases(); }});
  if (!stored) return fail(ErrorKind::Unavailable, kBusy);
  return out;
}

Result<void> Holds::restrict(const Ruling& ruling, const Restriction& restriction) {
  CW_CHECK_OK(check(ruling, nullptr));
  const auto& code = restriction.code;
  const bool ends = code.starts_with(kLifted);
  const auto plain = ends ? code.substr(kLifted.size()) : code;
  if (plain != "evidence" && plain != "accuracy" && plain != "erasure")
    return fail(ErrorKind::Invalid, "a restriction is one of evidence, accuracy, erasure");
  CW_TRY(const auto row, store_.findCase(ruling.about));
  if (!row) return fail(ErrorKind::NotFound, "no case has this number");
  CW_TRY(const auto links, store_.decisionsAbout(kJoin, ruling.about));
  if (const auto* link = joinNow(links))
    return fail(ErrorKind::Refused,
                "nothing was done: this case is joined into " + leadIn(*link) + "; restrict that one");
  if (!ends) return write(ruling, {restriction.person, code, {}});
  CW_TRY(const auto rows, store_.decisionsAbout(kRestriction, ruling.about));
  const auto now = restrictionsNow(rows);
  const auto held = std::ranges::find_if(
      now, [&](const DecisionRow& one) { return one.code == plain && one.person == restriction.person; });
  if (held == now.end()) return fail(ErrorKind::NotFound, "there is no such restriction; nothing was done");
  CW_CHECK_OK(checkNotice(restriction.notice_on, held->at));
  return write(ruling, restriction);
}

/// Whoever is concerned is told before a restriction ends (DPA 2018 s.48(10); UK GDPR Art 18(3)).
Result<void> Holds::checkNotice(const std::string& notice_on, Instant restricted_at) const {
  const auto day = parseDate(notice_on);
  if (!day)
    return fail(ErrorKind::Refused,
                "nothing was lifted: whoever is concerned must be told before. Tell them, and give the day in London "
                "on which they were told ('--notice-on 2026-06-01')");
  if (*day > toLondon(admitter_.now()).date)
    return fail(ErrorKind::Invalid, "nothing was lifted: the day of the notice has not come yet");
  if (*day < toLondon(restricted_at).date)
    return fail(ErrorKind::Invalid, "nothing was lifted: the restriction began after the day of the notice");
  return {};
}

Result<void> Holds::write(const Ruling& ruling, const Restriction& restriction) {
  Admitted telling;
  const bool stored = writer_.perform(
      Writer::Operation{[&](Transaction& tx) { return admitter_.restrict(tx, ruling, restriction, telling); },
                        [&](bool committed) {
                          if (committed) admitter_.afterCommit(telling);
                        },
                        {},
                        [&] { admitter_.forgetCases(); }});
  if (!stored) return fail(ErrorKind::Unavailable, kBusy);
  return {};
}

}  // namespace causeway::pipeline
