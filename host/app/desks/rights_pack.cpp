#include "host/app/desks/log_purposes.hpp"
#include "host/app/desks/rights_desk.hpp"
#include "host/care/case_join.hpp"
#include "host/pipeline/case_links.hpp"
#include "host/pipeline/field_words.hpp"
#include "host/pipeline/subject_access.hpp"
#include "host/pipeline/told_fields.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

// The answer to a person who asks what is held about them, and the questions that may be put to the audit log.
namespace causeway::app {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kPage = 1000;
constexpr size_t kMostLeaves = 2000;

Json heldOf(const pipeline::SubjectAccess& pack) {
  Json out = Json::array();
  for (const auto& item : pack.held) {
    Json sources = Json::array();
    for (const auto& source : item.sources)
      sources.push_back({{"system", source.system}, {"said_at", source.said_at}, {"shown_now", source.shown}});
    out.push_back(
        {{"field", item.field}, {"label", item.label}, {"value", item.value}, {"came_from", std::move(sources)}});
  }
  return out;
}

}  // namespace

Result<std::string> RightsDesk::subjectAccess(const std::string& case_id, const std::string& person,
                                              const Asked& asked) {
  CW_CHECK_OK(parts_.holds.check({case_id, asked.by, asked.because, asked.through}, nullptr));
  CW_TRY(const auto stored, parts_.store.findCase(case_id));
  if (!stored) return fail(ErrorKind::NotFound, "no case has this number");
  CW_TRY(const auto links, parts_.store.decisionsAbout(pipeline::kJoin, case_id));
  if (const auto* link = pipeline::joinNow(links))
    return fail(ErrorKind::Refused, "this case is joined into " + pipeline::leadIn(*link) +
                                        ", which holds what is known of its people: ask for the person there");
  CW_CHECK_OK(mayLook(case_id, asked.by, asked.through));
  CW_CHECK_OK(
      parts_.views.record({asked.by, asked.through, case_id, {}, "subject access of " + person, asked.because}));
  CW_TRY(const auto bytes, parts_.vault.open(case_id, "snapshot", stored->snapshot_sealed));
  canonical::CaseRecord record;
  if (!record.ParseFromString(bytes)) return fail(ErrorKind::Broken, "the case cannot be read back");
  const auto pack = pipeline::subjectAccess(record, person, parts_.rulebook.policy->names());
  if (pack.held.empty() && pack.withheld.empty())
    return fail(ErrorKind::NotFound, "nobody in the case has this number");
  Json out{{"case", record.case_().urn()},
           {"person", person},
           {"made_at", formatInstant(parts_.clock.now())},
           {"controller", parts_.rulebook.controller},
           {"held", heldOf(pack)},
           {"withheld", Json::array()},
           {"disclosures", Json::array()}};
  for (const auto& item : pack.withheld)
    out["withheld"].push_back({{"field", item.field}, {"label", item.label}, {"why", item.why}});
  CW_TRY(auto whose, joinedWith(case_id, person, record));
  whose.emplace(whose.begin(), case_id, person);
  for (const auto& [of, number] : whose) {
    CW_TRY(const auto lines, parts_.store.disclosuresOf(of));
    for (const auto& line : lines) {
      if (std::ranges::find(line.people, number) == line.people.end()) continue;
      Json told = Json::array();
      const auto text = parts_.vault.open(of, pipeline::registerContext(line), line.sealed);
      if (const auto fields =
              text ? pipeline::readToldFields(*text) : Result<pipeline::ToldFields>(pipeline::ToldFields());
          fields)
        for (const auto& [at, prints] : *fields)
          if (at.first == number) told.push_back(pipeline::labelAt("parties." + at.second));
      const auto* partner = parts_.rulebook.partner(line.recipient);
      out["disclosures"].push_back({{"at", formatInstant(line.at)},
                                    {"recipient", partner ? partner->name : line.recipient},
                                    {"purpose", line.purpose},
                                    {"basis", line.basis},
                                    {"told", std::move(told)},
                                    {"received", !line.receipt.empty() || line.state == 3}});
    }
  }
  return out.dump(2);
}

/// What left before cases were joined stands in the register under the number that the person had there.
Result<std::vector<std::pair<std::string, std::string>>> RightsDesk::joinedWith(const std::string& case_id,
                                                                                const std::string& person,
                                                                                const canonical::CaseRecord& record) {
  std::vector<std::pair<std::string, std::string>> out;
  CW_TRY(const auto members, pipeline::membersOf(parts_.store, case_id));
  for (const auto& member : members) {
    CW_TRY(const auto stored, parts_.store.findCase(member));
    if (!stored) continue;
    CW_TRY(const auto bytes, parts_.vault.open(member, "snapshot", stored->snapshot_sealed));
    canonical::CaseRecord other;
    if (!other.ParseFromString(bytes)) return fail(ErrorKind::Broken, "a joined case cannot be read back");
    for (const auto& [from, to] : care::sameElements(other, record))
      if (to == person) out.emplace_back(member, from);
  }
  return out;
}

Result<std::string> RightsDesk::consultLog(const std::string& purpose, const std::string& about, const Asked& asked) {
  const bool lawful = isLogPurpose(purpose);
  pipeline::AuditEvent event{.op = "log_query",
                             .at = parts_.clock.now(),
                             .actor = asked.by,
                             .case_id = about,
                             .purpose = purpose,
                             .rule = "A14"};
  event.details = {{"because", asked.because}, {"through", asked.through}, {"outcome", lawful ? "shown" : "denied"}};
  // Kept short and without anybody's words, whatever was typed.
  if (!lawful) event.purpose = "none of the four";
  CW_CHECK_OK(parts_.holds.check({about, asked.by, asked.because, asked.through}, nullptr));
  if (!parts_.writer.perform([&](pipeline::Transaction& tx) { return parts_.audit.append(tx, event); }))
    return fail(ErrorKind::Unavailable, "the question cannot be recorded now, so nothing is shown");
  if (!lawful)
    return fail(ErrorKind::Refused, std::string("the log may be used for one of these alone: ") + kLogPurposesInWords +
                                        "; that it was asked for is on record");
  Json out = Json::array();
  CW_TRY(const auto size, parts_.store.auditSize());
  for (std::int64_t from = 0; from < size; from += kPage) {
    CW_TRY(const auto rows, parts_.store.auditRows(from, kPage));
    for (const auto& row : rows) {
      if (!about.empty() && row.leaf.find(about) == std::string::npos) continue;
      out.push_back(Json::parse(row.leaf, nullptr, false));
      if (out.size() > kMostLeaves) out.erase(out.begin());
    }
  }
  return out.dump(2);
}

}  // namespace causeway::app
