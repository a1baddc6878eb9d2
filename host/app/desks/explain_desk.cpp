#include "host/app/desks/explain_desk.hpp"

#include "host/app/desks/explanation.hpp"
#include "host/base/text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace causeway::app {
namespace {

using Json = nlohmann::ordered_json;

constexpr size_t kMostBefore = 50;
constexpr std::array<std::string_view, 5> kMembers{"document", "because", "after", "sender", "recipient"};

Result<std::string> textOf(const Json& request, const char* key) {
  const auto found = request.find(key);
  if (found == request.end()) return std::string();
  if (!found->is_string()) return fail(ErrorKind::Invalid, std::string("'") + key + "' is a text");
  return found->get<std::string>();
}

Result<std::vector<NamedDocument>> before(const Json& request) {
  std::vector<NamedDocument> out;
  const auto found = request.find("after");
  if (found == request.end()) return out;
  if (!found->is_array() || found->size() > kMostBefore)
    return fail(ErrorKind::Invalid, "'after' is a list of at most " + std::to_string(kMostBefore) + " texts");
  for (const auto& item : *found) {
    const auto name = "after[" + std::to_string(out.size()) + "]";
    if (!item.is_string()) return fail(ErrorKind::Invalid, "'" + name + "' is a text");
    out.push_back({name, item.get<std::string>()});
  }
  return out;
}

// A member that is misspelt would otherwise be passed over, and more be shown than was asked for.
Result<Json> membersOf(std::string_view request) {
  auto out = Json::parse(request, nullptr, false);
  if (!out.is_object()) return fail(ErrorKind::Invalid, "the body is not a JSON object");
  for (const auto& [key, value] : out.items())
    if (std::ranges::find(kMembers, key) == kMembers.end())
      return fail(ErrorKind::Invalid, "a member that is not known (allowed: " +
                                          join(std::vector<std::string>(kMembers.begin(), kMembers.end()), ", ") + ")");
  return out;
}

}  // namespace

Result<std::string> ExplainDesk::answer(std::string_view request, const Caller& caller) {
  CW_TRY(const auto by, parts_.operators.find(caller));
  if (!by.person.reader)
    return fail(ErrorKind::Refused, "'" + by.person.name + "' has not the role 'reader' under 'operators'");
  if (busy_.exchange(true)) return fail(ErrorKind::Unavailable, "another document is being explained: ask again");
  auto out = explain(request, by);
  busy_ = false;
  return out;
}

Result<std::string> ExplainDesk::explain(std::string_view request, const Operator& by) {
  CW_TRY(const auto members, membersOf(request));
  ToExplain asked;
  CW_TRY(const auto because, textOf(members, "because"));
  CW_TRY(asked.document.bytes, textOf(members, "document"));
  CW_TRY(asked.sender, textOf(members, "sender"));
  CW_TRY(asked.recipient, textOf(members, "recipient"));
  CW_TRY(asked.after, before(members));
  if (asked.document.bytes.empty()) return fail(ErrorKind::Invalid, "'document' is missing");
  asked.document.name = "document";
  asked.json = true;
  const pipeline::Ruling look{"", by.person.name, because, by.through};
  CW_CHECK_OK(parts_.holds.check(look, nullptr));
  CW_TRY(const auto told, explainDocument(*parts_.in_force(), parts_.limits, asked));
  for (const auto& message : told.messages) CW_CHECK_OK(parts_.holds.check(look, &message));
  const auto what = "explanation" + (asked.recipient.empty() ? "" : " for " + asked.recipient);
  CW_CHECK_OK(parts_.views.record({by.person.name, by.through, {}, {}, what, because}));
  return told.text;
}

}  // namespace causeway::app
