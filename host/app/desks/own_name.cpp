#include "host/app/desks/own_name.hpp"

#include <nlohmann/json.hpp>

namespace causeway::app {
namespace {

using Json = nlohmann::ordered_json;

// Whose name it gives; empty: nobody's.
std::string nameIn(const Json& asked) {
  if (!asked.is_object() || !asked.contains("by") || !asked["by"].is_string()) return {};
  return asked["by"].get<std::string>();
}

}  // namespace

std::string inOwnName(std::string_view request, std::string_view actor, const Operators& operators,
                      const std::function<std::string(std::string_view own)>& answer) {
  if (operators.none()) return answer(request);
  const auto said = nameIn(Json::parse(request, nullptr, false));
  if (!operators.knows(said)) return answer(request);
  if (const auto name = operators.nameOf(actor, said); !name) return Json{{"error", name.error().text()}}.dump();
  return answer(request);
}

}  // namespace causeway::app
