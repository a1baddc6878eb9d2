#include "host/plugin/worker.hpp"

#include <algorithm>

namespace causeway::plugin {
namespace {

// Values shorter than this are codes and flags that occur in honest sentences.
constexpr size_t kShortestBlanked = 4;

void blank(std::string& text, std::string_view value) {
  constexpr std::string_view kBlank = "***";
  if (value.size() < kShortestBlanked) return;
  for (size_t at = text.find(value); at != std::string::npos; at = text.find(value, at + kBlank.size())) {
    text.replace(at, value.size(), kBlank);
  }
}

}  // namespace

std::string_view nameOf(Hook hook) {
  switch (hook) {
    case Hook::Identify: return "identify";
    case Hook::Wrap: return "wrap";
    case Hook::ClassifyReply: return "classify_reply";
    case Hook::Convert: break;
  }
  return "convert";
}

std::string blanked(std::string text, const pipeline::Fields& fields, const Blueprint& blueprint) {
  for (const auto& [name, value] : fields) blank(text, value);
  for (const auto& [name, value] : blueprint.settings) {
    if (std::ranges::find(blueprint.sensitive, name) != blueprint.sensitive.end()) blank(text, value);
  }
  return text;
}

std::string placeOf(const Blueprint& blueprint, Hook hook, std::string_view converter) {
  return "adapter " + blueprint.name + ": " + std::string(converter.empty() ? nameOf(hook) : converter);
}

}  // namespace causeway::plugin
