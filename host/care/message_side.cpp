#include "host/care/case_split.hpp"
#include "host/care/leaving.hpp"
#include "host/care/ledger.hpp"
#include "host/care/placing.hpp"
#include "host/care/references.hpp"

#include <map>
#include <vector>

// Of whom a message speaks, and what it is without some of them.
namespace causeway::care {
namespace {

/// What the ids of a message are in the case: its defendants and people, whatever they are called there.
struct Known {
  std::vector<int> defendants, parties;  ///< index in the case, kNobody or kSeveral
  std::map<std::string, std::string> ids;
};

Known knownIn(const canonical::CanonicalMessage& message, const canonical::CaseRecord& record) {
  Known out;
  auto copy = record;
  const Ledger ledger(copy, {});
  const auto& whole = record.case_();
  const auto remember = [&](const std::string& given, const std::string& own) {
    if (!given.empty()) out.ids[given] = own;
  };
  for (const auto& said : message.case_().defendants()) {
    out.defendants.push_back(findDefendant(whole, said, ledger));
    if (out.defendants.back() >= 0) remember(said.id(), whole.defendants(out.defendants.back()).id());
  }
  for (const auto& said : message.case_().parties()) {
    out.parties.push_back(findParty(whole, said));
    if (out.parties.back() >= 0) remember(said.id(), whole.parties(out.parties.back()).id());
  }
  return out;
}

}  // namespace

Mentioned mentionedIn(const canonical::CanonicalMessage& message, const canonical::CaseRecord& whole) {
  const auto known = knownIn(message, whole);
  Mentioned out;
  for (const int place : known.defendants)
    if (place >= 0) out.ids.insert(whole.case_().defendants(place).id());
    else out.any_unknown = true;
  for (const int place : known.parties)
    if (place >= 0) out.ids.insert(whole.case_().parties(place).id());
    else out.any_unknown = true;
  return out;
}

std::vector<std::string> placesIn(const canonical::CanonicalMessage& message, const canonical::CaseRecord& whole) {
  const auto known = knownIn(message, whole);
  std::vector<std::string> out;
  for (const int place : known.defendants) out.push_back(place < 0 ? "" : whole.case_().defendants(place).id());
  for (int i = 0; i < message.case_().parties_size(); ++i) {
    const int place = known.parties[static_cast<size_t>(i)];
    const bool office = isOffice(place < 0 ? message.case_().parties(i) : whole.case_().parties(place));
    out.push_back(office ? "office" : place < 0 ? "" : whole.case_().parties(place).id());
  }
  return out;
}

canonical::CanonicalMessage withoutThem(const canonical::CanonicalMessage& message, const canonical::CaseRecord& whole,
                                        const Ids& leaving) {
  auto out = message;
  auto& said = *out.mutable_case_();
  const auto known = knownIn(message, whole);
  Ids gone = leaving;
  const bool of_defendants = !said.defendants().empty();
  for (int i = said.defendants_size() - 1; i >= 0; --i) {
    const int place = known.defendants[static_cast<size_t>(i)];
    const auto& who = place < 0 ? said.defendants(i).id() : whole.case_().defendants(place).id();
    if (who.empty() || !leaving.contains(who)) continue;
    canonical::Case of_one;
    *of_one.add_defendants() = said.defendants(i);
    gone.merge(withTheirOwn(of_one, {said.defendants(i).id()}));
    said.mutable_defendants()->DeleteSubrange(i, 1);
  }
  for (int i = said.parties_size() - 1; i >= 0; --i) {
    const int place = known.parties[static_cast<size_t>(i)];
    const auto& who = place < 0 ? said.parties(i).id() : whole.case_().parties(place).id();
    if (who.empty() || !leaving.contains(who)) continue;
    said.mutable_parties()->DeleteSubrange(i, 1);
  }
  gone.erase(std::string());
  const auto same = [&](const std::string& id) {
    const auto found = known.ids.find(id);
    return found == known.ids.end() ? id : found->second;
  };
  for (int i = said.hearings_size() - 1; i >= 0; --i) {
    auto& hearing = *said.mutable_hearings(i);
    // A hearing that names nobody is one of all the defendants whom the message names.
    const bool of_some = !hearing.defendant_ids().empty() || (of_defendants && said.defendants().empty());
    auto& whose = *hearing.mutable_defendant_ids();
    for (int k = whose.size() - 1; k >= 0; --k)
      if (gone.contains(same(whose.Get(k)))) whose.DeleteSubrange(k, 1);
    if (!of_some || !whose.empty()) continue;
    if (!hearing.id().empty()) gone.insert(hearing.id());
    said.mutable_hearings()->DeleteSubrange(i, 1);
  }
  Sweep sweep(gone, valuesOfThem(whole.case_(), leaving), same);
  sweep.run(said, {});
  changeReferences(said, [&](const std::string& id) { return gone.contains(same(id)) ? std::string() : id; }, true);
  auto& about = *out.mutable_about();
  for (int i = about.size() - 1; i >= 0; --i)
    if (gone.contains(same(about.Get(i)))) about.DeleteSubrange(i, 1);
  return out;
}

}  // namespace causeway::care
