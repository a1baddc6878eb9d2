#include "host/config/partner.hpp"
#include "host/config/settings.hpp"
#include "host/config/yaml.hpp"

#include <cstdlib>

namespace {

using causeway::Node;

// Every place must lie in the text and every key of a map stand once: all readers of configuration build on that.
void check(const Node& node, int lines) {
  if (node.at.line < 1 || node.at.line > lines || node.at.column < 1) std::abort();
  for (const auto& item : node.items) check(item, lines);
  for (const auto& entry : node.entries) {
    if (node.find(entry.key) != &entry.value || entry.key_at.line < 1) std::abort();
    check(entry.value, lines);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  causeway::Problems problems;
  const auto node = causeway::config::parseYaml(text, "fuzz.yaml", problems);
  if (!node) {
    if (!problems.hasErrors()) std::abort();
    return 0;
  }
  int lines = 1;
  for (const char c : text) lines += c == '\n' ? 1 : 0;
  check(*node, lines);
  causeway::config::readSettings(*node, ".", problems);
  causeway::config::readPartner(*node, ".", problems);
  for (const auto& problem : problems.sorted()) {
    if (problem.what.empty()) std::abort();
  }
  return 0;
}
