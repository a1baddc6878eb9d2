#include "host/protection/free_text_use.hpp"

#include "host/base/node_reader.hpp"

#include <array>
#include <string_view>
#include <utility>

namespace causeway::protection {
namespace {

constexpr std::array<std::pair<std::string_view, FreeText>, 4> kUses = {{{"hold", FreeText::Hold},
                                                                         {"redact", FreeText::Redact},
                                                                         {"redact_possible", FreeText::RedactPossible},
                                                                         {"pass", FreeText::Pass}}};

std::optional<FreeText> useOf(std::string_view word) {
  for (const auto& [name, use] : kUses)
    if (name == word) return use;
  return std::nullopt;
}

}  // namespace

std::optional<FreeText> loadFreeText(const Node& node, Problems& problems) {
  if (node.isMap()) {
    NodeReader reader(node, "free_text", problems);
    const auto use = useOf(reader.choice("do", {"hold", "redact", "redact_possible", "pass"}, true));
    const auto because = reader.required("because");
    reader.finish();
    return because.empty() ? std::nullopt : use;
  }
  const auto use = node.isScalar() ? useOf(node.scalar) : std::nullopt;
  if (!use) problems.error(node.at, "free_text is hold, redact, redact_possible, or { do: pass, because: \"...\" }");
  else if (*use == FreeText::Pass) {
    problems.error(node.at, "texts that pass unsearched need a reason: { do: pass, because: \"...\" }");
    return std::nullopt;
  }
  return use;
}

}  // namespace causeway::protection
