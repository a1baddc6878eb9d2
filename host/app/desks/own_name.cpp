#include "host/app/desks/own_name.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace causeway::app {
namespace {

using Json = nlohmann::ordered_json;

// Their `by` is a time or a heading.
constexpr std::array<std::string_view, 3> kOfNobody{"clocks", "clocks_forecast", "clocks_report"};

// Whose name it gives; empty: nobody's.
std::string nameIn(const Json& asked) {
  if (!asked.is_object() || !asked.contains("by") || !asked["by"].is_string()) return {};
  const auto command = asked.value("command", Json());
  const bool of_nobody =
      command.is_string() && std::ranges::find(kOfNobody, command.get<std::string>()) != kOfNobody.end();
  return of_nobody ? std::string() : asked["by"].get<std::string>();
}

}  // namespace

std::string inOwnName(std::string_view request, std::string_view actor, const Operators& operators,
                      const std::function<std::string(std::string_view own)>& answer) {
  if (operators.none()) return answer(request);
  const auto said = nameIn(Json::parse(request, nullptr, false));
  if (said.empty()) return answer(request);
  if (const auto name = operators.nameOf(actor, said); !name) return Json{{"error", name.error().text()}}.dump();
  return answer(request);
}

}  // namespace causeway::app
