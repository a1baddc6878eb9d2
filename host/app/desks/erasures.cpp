#include "host/app/desks/erasures.hpp"

#include "host/base/text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <limits>

namespace causeway::app {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::chrono::days kStands{7};
const char* const kBusy = "the store cannot take the decision now; nothing was done, try again";

}  // namespace

Result<std::string> Erasures::answer(pipeline::Ruling ruling, const std::string& person, bool confirms) {
  CW_TRY(ruling.by, parts_.operators.nameOf(ruling.through, ruling.by));
  CW_CHECK_OK(parts_.holds.check(ruling, nullptr));
  CW_TRY(const auto known, parts_.store.findCase(ruling.about));
  if (!known) return fail(ErrorKind::NotFound, "no case has this number");
  CW_TRY(const bool two, needsTwo(ruling.about));
  if (!two) return carryOut(ruling, person);
  if (!confirms) return ask(ruling, person);
  CW_TRY(const auto asked, open(ruling.about, person));
  if (!asked)
    return fail(
        ErrorKind::NotFound,
        "nothing was erased: nobody asked for this within seven days. One person asks ('causeway erase' without "
        "'--confirm'), another confirms");
  if (lowerCase(asked->by) == lowerCase(ruling.by))
    return fail(ErrorKind::Refused,
                "nothing was erased: whoever asked for it does not confirm it, another person must");
  CW_CHECK_OK(confirm(ruling, *asked));
  return carryOut(ruling, person);
}

// What nobody can read any more is not live; nor is a case of which it is time to decide.
Result<bool> Erasures::needsTwo(const std::string& case_id) {
  CW_TRY(const auto erased, parts_.store.decisionsAbout("erasure", case_id));
  if (!erased.empty()) return false;
  CW_TRY(const auto due, parts_.retention.due(std::numeric_limits<int>::max()));
  return std::ranges::none_of(due, [&](const auto& one) { return one.case_id == case_id; });
}

Result<std::string> Erasures::ask(const pipeline::Ruling& ruling, const std::string& person) {
  const auto now = parts_.clock.now();
  const pipeline::DecisionRow row{parts_.ids.timeOrdered(),
                                  std::string(kErasureAsked),
                                  ruling.about,
                                  person,
                                  {},
                                  ruling.by,
                                  ruling.because,
                                  now,
                                  now + kStands};
  const bool stored = parts_.writer.perform([&](pipeline::Transaction& tx) -> Result<void> {
    CW_CHECK_OK(tx.insert(row));
    return parts_.audit.append(
        tx, {.op = std::string(kErasureAsked),
             .at = now,
             .actor = ruling.by,
             .case_id = ruling.about,
             .details = {{"person", person}, {"because", ruling.because}, {"through", ruling.through}}});
  });
  if (!stored) return fail(ErrorKind::Unavailable, kBusy);
  Json out{{"case", ruling.about}, {"outcome", "asked"}, {"by", ruling.by}, {"until", formatInstant(*row.next_at)}};
  if (!person.empty()) out["person"] = person;
  out["what_to_do"] = "nothing is erased yet: another person looks at it and gives the same command with --confirm";
  return out.dump(2);
}

Result<std::optional<pipeline::DecisionRow>> Erasures::open(const std::string& case_id, const std::string& person) {
  CW_TRY(const auto asked, parts_.store.decisionsAbout(kErasureAsked, case_id));
  CW_TRY(const auto erased, parts_.store.decisionsAbout("erasure_of_person", case_id));
  std::optional<pipeline::DecisionRow> out;
  for (const auto& row : asked) {
    const bool done = std::ranges::any_of(
        erased, [&](const auto& one) { return !person.empty() && one.person == person && one.at >= row.at; });
    if (row.person == person && !done && row.next_at && parts_.clock.now() < *row.next_at) out = row;
  }
  return out;
}

Result<void> Erasures::confirm(const pipeline::Ruling& ruling, const pipeline::DecisionRow& asked) {
  const bool stored = parts_.writer.perform([&](pipeline::Transaction& tx) {
    return parts_.audit.append(tx, {.op = "erasure_confirmed",
                                    .at = parts_.clock.now(),
                                    .actor = ruling.by,
                                    .case_id = ruling.about,
                                    .details = {{"person", asked.person},
                                                {"asked_by", asked.by},
                                                {"asked_at", formatInstant(asked.at)},
                                                {"because", ruling.because},
                                                {"through", ruling.through}}});
  });
  if (!stored) return fail(ErrorKind::Unavailable, kBusy);
  return {};
}

Result<std::string> Erasures::carryOut(const pipeline::Ruling& ruling, const std::string& person) {
  if (person.empty()) {
    CW_TRY(const int keys, parts_.holds.erase(ruling));
    return Json{{"case", ruling.about}, {"outcome", "erased"}, {"keys_destroyed", keys}}.dump(2);
  }
  CW_TRY(const auto erased, parts_.holds.erasePerson(ruling, person));
  return Json{{"case", ruling.about},
              {"person", person},
              {"outcome", "erased"},
              {"deliveries_declined", erased.declined},
              {"message_keys_destroyed", erased.scopes.size()}}
      .dump(2);
}

}  // namespace causeway::app
