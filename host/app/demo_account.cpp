#include "host/app/demo_account.hpp"

#include "host/base/clock.hpp"
#include "host/base/text.hpp"
#include "host/mapping/leaves.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace causeway::app {
namespace {

using Json = nlohmann::ordered_json;

std::string localTime(const std::string& instant) {
  const auto parsed = parseInstant(instant);
  if (!parsed) return instant;
  const auto local = toLondon(*parsed);
  return fmt::format("{} {:02}:{:02}", formatDate(local.date), local.hour, local.minute);
}

std::string ruleSummary(const std::string& withheld) {
  // "path:rule path:rule": count by rule, name the first fields, so that it stays readable.
  std::string out;
  int count = 0;
  for (const auto item : split(withheld, ' ')) {
    if (item.empty()) continue;
    if (++count <= 6) out += (out.empty() ? "" : ", ") + std::string(item);
  }
  return count <= 6 ? out : out + fmt::format(" and {} more", count - 6);
}

}  // namespace

std::string accountOf(std::string_view newest_json) {
  const auto rows = Json::parse(newest_json, nullptr, false);
  if (!rows.is_array()) return "   (nothing is known of it)\n";
  std::string out;
  for (const auto& row : rows) {
    const std::string type = row.value("type", "");
    out += "   " + (type.empty() ? std::string("refused") : type) + ": " + row.value("state", "") +
           (row.value("reason", "").empty() ? "" : " (" + row.value("reason", "") + ")") + "\n";
    for (const auto& delivery : row["deliveries"]) {
      out += fmt::format("     -> {:<13} {:<18} {:<16} due {}  {}\n", delivery.value("recipient", ""), delivery.value("type", ""),
                         delivery.value("purpose", ""), localTime(delivery.value("due_at", "")), delivery.value("state", ""));
      if (!delivery.value("reason", "").empty() && delivery.value("state", "") != "delivered") out += "        because " + delivery.value("reason", "") + "\n";
      if (!delivery.value("withheld", "").empty()) out += "        withheld: " + ruleSummary(delivery.value("withheld", "")) + "\n";
    }
  }
  return out;
}

std::string receivedText(const std::string& partner, const std::string& body) {
  std::string out = "     " + partner + " received:\n";
  for (const auto& [path, text] : mapping::leavesOf(body)) out += "        " + path + " = " + text + "\n";
  return out;
}

std::string heldText(std::string_view held_json) {
  const auto rows = Json::parse(held_json, nullptr, false);
  std::string out;
  if (rows.is_array())
    for (const auto& row : rows) out += "  " + row.value("reason", "") + ": " + row.value("text", "") + " (rule " + row.value("rule", "") + ")\n";
  return out.empty() ? "  nothing\n" : out;
}

}  // namespace causeway::app
