#include "host/care/case_split.hpp"
#include "host/model/identifiers.hpp"
#include "host/pipeline/admission.hpp"
#include "host/pipeline/case_links.hpp"

#include <algorithm>

// What comes after a split, under whichever number: it enters the case that holds the people of whom it speaks, and each of the cases has its
// share of what speaks of both.
namespace causeway::pipeline {
namespace {

using Places = std::vector<std::vector<std::string>>;  ///< case by case what each element of a message is in it

/// To which cases each element of a message belongs; to none that may be in all of them. Whom none knows belongs to the first, or where the
/// defendants of the message are whose offences name them.
std::vector<std::set<size_t>> ownersOf(const canonical::CanonicalMessage& message, const Places& places) {
  std::vector<std::set<size_t>> out(places.front().size());
  const auto defendants = static_cast<size_t>(message.case_().defendants_size());
  const auto ties = care::tiesIn(message);
  for (size_t i = 0; i < out.size(); ++i) {
    bool office = false;
    for (size_t of = 0; of < places.size(); ++of) {
      office |= places[of][i] == "office";
      if (!places[of][i].empty() && !office) out[i].insert(of);
    }
    if (office) out[i].clear();
    // A defendant is in one of them; somebody else may be in several, and each must hear of what is said of them.
    if (i < defendants && out[i].contains(0)) out[i] = {0};
    if (!out[i].empty() || office) continue;
    if (i >= defendants)
      for (const auto tied : ties[i - defendants]) out[i].insert(out[tied].begin(), out[tied].end());
    if (out[i].empty()) out[i] = {0};
  }
  return out;
}

}  // namespace

/// Ids of the cases that a message may be about; of those that were one before a split only one, from which `sidesOf` finds the right ones.
Result<std::vector<std::string>> Admitter::casesFor(Transaction& tx, const canonical::CanonicalMessage& message,
                                                    const std::vector<CaseKey>& keys) {
  CW_TRY(auto found, casesOf(tx, keys));
  CW_TRY(auto cases, caseOfPart(tx, message, std::move(found)));
  if (cases.size() < 2) return cases;
  // A case is found for ever by what it was once found by, such as the referral of somebody who has left it.
  std::vector<std::string> now;
  for (const auto& id : cases) {
    auto loaded = loadCase(tx, id);
    if (!loaded && loaded.error().kind == ErrorKind::Refused) return cases;
    if (!loaded) return std::unexpected(std::move(loaded).error());
    const bool has = std::ranges::any_of((*loaded)->keys, [&](const CaseKey& own) {
      return std::ranges::any_of(keys,
                                 [&](const CaseKey& key) { return key.kind == own.kind && key.index == own.index; });
    });
    if (has) now.push_back(id);
  }
  if (now.empty()) return cases;
  CW_TRY(const auto siblings, siblingsOf(tx, now.front()));
  const bool were_one = std::ranges::all_of(
      now, [&](const auto& id) { return id == now.front() || std::ranges::find(siblings, id) != siblings.end(); });
  // Others whose people they never were must still be told apart by a person.
  if (!were_one) return cases;
  return std::vector<std::string>{now.front()};
}

/// The case to which a task went with the duty that it does; empty: none of these.
Result<std::string> Admitter::ownerOfTask(Transaction& tx, const canonical::Case& said,
                                          const std::vector<std::string>& cases) {
  for (const auto& id : cases) {
    CW_TRY(const auto open, tx.openClocksOf(id));
    for (const auto& task : said.tasks())
      if (!task.id().empty() && std::ranges::find(open, task.id(), &care::ClockRow::task_id) != open.end()) return id;
  }
  return std::string();
}

Result<std::vector<Admitter::Side>> Admitter::sidesOf(Transaction& tx, const canonical::CanonicalMessage& message,
                                                      const std::string& case_id) {
  std::vector<Side> as_it_is{{case_id, message}};
  auto loaded = loadCase(tx, case_id);
  if (!loaded && loaded.error().kind == ErrorKind::Refused) return as_it_is;
  if (!loaded) return std::unexpected(std::move(loaded).error());
  const auto& said = message.case_();
  const bool names_any = !said.defendants().empty() || !said.parties().empty() || !said.tasks().empty();
  if (!names_any || !care::hasParts((*loaded)->record.case_()) || !care::partedUrn(message).empty()) return as_it_is;

  CW_TRY(const auto siblings, siblingsOf(tx, case_id));
  std::vector<std::pair<std::string, canonical::CaseRecord>> cases{{case_id, (*loaded)->record}};
  for (const auto& id : siblings) {
    auto other = loadCase(tx, id);
    if (!other && other.error().kind == ErrorKind::Refused) continue;  // erased: nobody is in it
    if (!other) return std::unexpected(std::move(other).error());
    cases.emplace_back(id, (*other)->record);
  }
  if (said.defendants().empty() && said.parties().empty()) {
    CW_TRY(const auto owner, ownerOfTask(tx, said, siblings));
    return owner.empty() ? as_it_is : std::vector<Side>{{owner, message}};
  }
  std::vector<std::vector<std::string>> places;
  for (const auto& [id, record] : cases) places.push_back(care::placesIn(message, record));
  const auto owners = ownersOf(message, places);
  std::set<size_t> concerned;
  for (const auto& of : owners) concerned.insert(of.begin(), of.end());
  std::vector<Side> out;
  for (const auto side : concerned) {
    auto share = message;
    for (size_t other = 0; other < cases.size(); ++other) {
      std::set<std::string> elsewhere;
      for (size_t i = 0; i < owners.size(); ++i) {
        if (owners[i].empty() || owners[i].contains(side)) continue;
        elsewhere.insert(places[other][i].empty() ? care::givenId(message, i) : places[other][i]);
      }
      if (!elsewhere.empty()) share = care::withoutThem(share, cases[other].second, elsewhere);
    }
    out.push_back({cases[side].first, std::move(share)});
  }
  return out.empty() ? as_it_is : out;
}

Result<void> Admitter::enterSides(Transaction& tx, Passage& passage, const std::string& case_id, Admitted& out) {
  // Nearly every case was always one; what cannot be read is told where it is entered.
  const auto known = loadCase(tx, case_id);
  if (!known || !care::hasParts((*known)->record.case_())) return enterCase(tx, passage, case_id, out);
  CW_TRY(auto sides, sidesOf(tx, passage.message, case_id));
  if (sides.size() == 1 && sides.front().message.SerializeAsString() == passage.message.SerializeAsString())
    return enterCase(tx, passage, sides.front().case_id, out);
  Passage own{.message = sides.front().message,
              .document = passage.document,
              .row = passage.row,
              .keys = passage.keys,
              .origin = passage.origin,
              .papers = passage.papers};
  CW_CHECK_OK(enterCase(tx, own, sides.front().case_id, out));
  passage.row = own.row;
  passage.still = own.still;
  if (passage.still) return {};
  for (size_t i = 1; i < sides.size(); ++i) {
    CW_TRY(const auto name, freeName(tx, own.row.message_id));
    sides[i].message.set_message_id(name);
    Passage share{.message = sides[i].message, .document = nullptr, .row = own.row, .papers = passage.papers};
    share.row.message_id = name;
    share.row.case_id.clear();
    share.row.reason.clear();
    CW_CHECK_OK(enterCase(tx, share, sides[i].case_id, out));
  }
  return {};
}

/// A number for the share of a message that sorts like the message itself.
Result<std::string> Admitter::freeName(Transaction& tx, const std::string& message_id) {
  for (int i = 1;; ++i) {
    auto name = message_id + "+" + std::to_string(i);
    CW_TRY(const auto taken, tx.findMessage(name));
    if (!taken) return name;
  }
}

}  // namespace causeway::pipeline
