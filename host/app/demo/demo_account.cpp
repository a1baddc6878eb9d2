#include "host/app/demo/demo_account.hpp"

#include "host/base/clock.hpp"
#include "host/base/text.hpp"
#include "host/mapping/leaves.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace causeway::app {
namespace {

using Json = nlohmann::ordered_json;

std::string localTime(const std::string& instant) {
  const auto parsed = parseInstant(instant);
  if (!parsed) return instant;
  const auto local = toLondon(*parsed);
  return fmt::format("{} {:02}:{:02}", formatDate(local.date), local.hour, local.minute);
}

std::string_view ruleInWords(std::string_view rule) {
  if (rule == "A03") return "not listed for this purpose";
  if (rule == "A22") return "contact that is not marked safe";
  if (rule == "A23") return "would locate a protected person";
  if (rule == "A24") return "would locate the offender";
  if (rule == "A20") return "anonymity for life";
  return "withheld by rule";
}

// "path:rule path:rule ...": how many fields each rule withheld, with an example.
std::string withheldInWords(const std::string& withheld) {
  std::map<std::string, std::pair<int, std::string>> by_rule;
  for (const auto item : split(withheld, ' ')) {
    const size_t colon = item.rfind(':');
    if (colon == std::string_view::npos) continue;
    auto& [count, example] = by_rule[std::string(item.substr(colon + 1))];
    ++count;
    const auto path = item.substr(0, colon);
    // An address or a wording says more than a number of ours.
    if (example.empty() || path.find("address") != std::string_view::npos ||
        (path.find("text") != std::string_view::npos && example.find("address") == std::string::npos))
      example = std::string(path);
  }
  std::string out;
  for (const auto& [rule, found] : by_rule)
    out += fmt::format("{}{} {} ({}), such as {}", out.empty() ? "" : "; ", found.first, ruleInWords(rule), rule,
                       found.second);
  return out;
}

using Leaves = std::vector<std::pair<std::string, std::string>>;

std::string leaf(const Leaves& leaves, std::string_view ending) {
  for (const auto& [path, text] : leaves)
    if (path.ends_with(ending)) return text;
  return {};
}

// What the recipient's own screen would show: what kind of thing it is, about whom, and its words.
std::string titleOf(const Leaves& leaves) {
  auto title = leaf(leaves, "Task/@type");
  if (title.empty()) title = leaf(leaves, "Notification/@type");
  if (title.empty() && !leaf(leaves, "Discrepancy/@kind").empty())
    title = "Sources disagree (" + leaf(leaves, "Discrepancy/@kind") + ", " + leaf(leaves, "Discrepancy/@status") + ")";
  if (title.empty() && !(leaf(leaves, "Check/@id") + leaf(leaves, "checks/ref")).empty())
    title = leaf(leaves, "Answer/@result").empty() ? "Background check" : "Answers to background check";
  if (title.empty() && !leaf(leaves, "ProposedChange/@kind").empty())
    title = "Proposed change (" + leaf(leaves, "ProposedChange/@kind") + ")";
  if (title.empty() && !leaf(leaves, "Attendance/@wanted").empty())
    title = "Change of duty (wanted at court: " + leaf(leaves, "Attendance/@wanted") + ")";
  if (title.empty()) title = leaf(leaves, "type");
  if (title.empty()) title = leaf(leaves, "serviceType");
  if (title.empty()) title = leaf(leaves, "profile");
  auto who = leaf(leaves, "GivenName") + " " + leaf(leaves, "FamilyName");
  for (const std::string_view whose : {"people/name/", "person/name/", "witnesses/name/"})
    if (who == " ")
      who = leaf(leaves, std::string(whose) + "given") + " " + leaf(leaves, std::string(whose) + "family");
  if (who == " ") who = leaf(leaves, "givenNames") + " " + leaf(leaves, "familyName");
  if (who != " ") title += ", about " + who;
  const auto occurrence = leaf(leaves, "Occurrence/@number");
  return occurrence.empty() ? title : title + ", occurrence " + occurrence;
}

// Each answer by itself: whose, what, and its own words.
std::string answersOf(const Leaves& leaves) {
  std::string out;
  for (const auto& [path, text] : leaves) {
    if (path.ends_with("Answer/@system")) out += (out.empty() ? "" : "; ") + text;
    if (path.ends_with("Answer/@speaksFor")) out += " for " + text;
    if (path.ends_with("Answer/@result")) out += ": " + text;
    if (path.ends_with("Answer/@late") && text == "true") out += ", late";
    if (path.ends_with("Check/Answer")) out += ", " + text;
  }
  return out;
}

std::string wordsOf(const Leaves& leaves) {
  auto words = leaf(leaves, "Instructions");
  if (words.empty()) words = leaf(leaves, "Notification/Text");
  if (words.empty()) words = leaf(leaves, "Report/Text");
  if (const auto answers = answersOf(leaves); words.empty() && !answers.empty())
    words = leaf(leaves, "Check/Summary") + " [" + answers + "]";
  if (!words.empty()) return words;
  for (const std::string_view ending :
       {"hearings/date", "hearings/time", "hearings/purpose", "outcomes", "bail", "people/contacts/value",
        "reason/summary", "safeguarding/concern", "lawfulBasis/reasonWithoutConsent", "request/what/text"})
    if (const auto text = leaf(leaves, ending); !text.empty())
      words += (words.empty() ? "" : ", ") + std::string(split(ending, '/').back()) + " " + text;
  return words;
}

std::string deliveryText(const Json& delivery, const std::map<std::string, std::string>& received) {
  const auto body = received.find(delivery.value("delivery", ""));
  const auto leaves = body == received.end() ? Leaves() : mapping::leavesOf(body->second);
  const auto state = delivery.value("state", "");
  const auto title =
      leaves.empty() ? delivery.value("type", "") + " for " + delivery.value("purpose", "") : titleOf(leaves);
  std::string out = fmt::format("     -> {}: {}; due {}; {}", delivery.value("recipient", ""), title,
                                localTime(delivery.value("due_at", "")), state);
  out += state == "delivered" || delivery.value("reason", "").empty()
             ? "\n"
             : " because " + delivery.value("reason", "") + "\n";
  if (const auto words = wordsOf(leaves); !words.empty()) out += "        \"" + words + "\"\n";
  if (const auto withheld = withheldInWords(delivery.value("withheld", "")); !withheld.empty())
    out += "        withheld: " + withheld + "\n";
  return out;
}

std::string messagesText(std::string_view newest_json, const std::map<std::string, std::string>& received) {
  const auto rows = Json::parse(newest_json, nullptr, false);
  if (rows.is_object() && rows.contains("duplicate_of"))
    return "   a duplicate: the first answer is given again, and nothing else happens\n";
  if (!rows.is_array()) return "   (nothing is known of it)\n";
  std::string out;
  for (const auto& row : rows) {
    const std::string type = row.value("type", "");
    out += "   " + (type.empty() ? std::string("refused") : type) + ": " + row.value("state", "") +
           (row.value("reason", "").empty() ? "" : " (" + row.value("reason", "") + ")") + "\n";
    for (const auto& delivery : row["deliveries"]) out += deliveryText(delivery, received);
  }
  return out;
}

std::string clocksText(const std::string& rows, std::map<std::string, std::string>& known) {
  std::string out;
  const auto all = nlohmann::ordered_json::parse(rows, nullptr, false);
  if (!all.is_array()) return out;
  for (const auto& row : all) {
    auto now = row.value("state", "");
    if (row.contains("reason")) now += " (" + row.value("reason", "") + ")";
    if (!row.value("open", true) && now == "breached") now = "done late";
    auto& before = known[row.value("clock", "")];
    if (before != now)
      out += "   ~ clock " + row.value("of", "") + " about " + row.value("about", "") + ": " + now + "\n";
    before = now;
  }
  return out;
}

}  // namespace

std::string accountOf(const PlayedStep& played, std::map<std::string, std::string>& known) {
  const auto& step = played.step;
  const auto when = step.at ? localTime(formatInstant(*step.at)) + ": " : std::string();
  auto out = fmt::format("{}. {}{}\n", played.number, when, step.say);
  if (!played.by_time.empty()) out += messagesText(played.by_time, played.received);
  if (!played.failure.empty()) return out + "   " + played.failure + "\n";
  if (!step.file.empty())
    out += fmt::format("   {} sent {} bytes and was answered {}\n", step.sender, played.bytes, played.status) +
           messagesText(played.newest, played.received);
  return out + clocksText(played.clocks, known);
}

std::string recordOf(const PlayedStep& played) {
  const auto& step = played.step;
  Json out{{"step", played.number}, {"say", step.say}};
  if (!step.about.empty()) out["about"] = step.about;
  if (step.at) out["at"] = formatInstant(*step.at);
  if (!step.file.empty()) out.update({{"as", step.sender}, {"file", step.file}, {"answered", played.status}});
  if (!played.failure.empty()) out["failure"] = played.failure;
  out["messages"] = Json::array();
  for (const auto* said : {&played.by_time, &played.newest}) {
    auto rows = Json::parse(*said, nullptr, false);
    if (!rows.is_array()) continue;
    for (auto& row : rows) {
      for (auto& delivery : row["deliveries"])
        if (const auto body = played.received.find(delivery.value("delivery", "")); body != played.received.end())
          delivery["body"] = body->second;
      out["messages"].push_back(std::move(row));
    }
  }
  out["clocks"] = Json::parse(played.clocks, nullptr, false);
  out["held"] = Json::parse(played.held, nullptr, false);
  return out.dump();
}

std::string messagesBeyond(std::string_view before, std::string_view now) {
  const auto known = Json::parse(before, nullptr, false);
  const auto rows = Json::parse(now, nullptr, false);
  Json out = Json::array();
  if (!rows.is_array()) return out.dump();
  const auto isKnown = [&](const Json& row) {
    return known.is_array() && std::ranges::any_of(known, [&](const Json& one) {
             return one.value("message", "") == row.value("message", "");
           });
  };
  for (const auto& row : rows)
    if (!isKnown(row)) out.push_back(row);
  return out.dump();
}

std::string heldText(std::string_view held_json) {
  const auto rows = Json::parse(held_json, nullptr, false);
  std::string out;
  if (rows.is_array())
    for (const auto& row : rows)
      out += "  " + row.value("reason", "") + ": " + row.value("text", "") + " (rule " + row.value("rule", "") + ")\n";
  return out.empty() ? "  nothing\n" : out;
}

}  // namespace causeway::app
