#include "courts.hpp"

#include <algorithm>
#include <string>
#include <string_view>

// What stands in words around a published list: its version, the name of its file, its notes.
namespace courts {
namespace {

bool isUnit(std::string_view text) {
  const auto capitalOrDigit = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); };
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  return text.size() == 7 && (text[0] == 'B' || text[0] == 'C') && digit(text[1]) && digit(text[2]) &&
         std::ranges::all_of(text, capitalOrDigit);
}

bool beginsLike(std::string_view text, std::string_view word) {
  return text.size() >= word.size() && std::ranges::equal(text.substr(0, word.size()), word, [](char a, char b) {
           return (a >= 'a' && a <= 'z' ? static_cast<char>(a - 'a' + 'A') : a) == b;
         });
}

}  // namespace

void Courts::listVersion(const sdk::Inputs& in, sdk::Outputs& out) {
  const auto text = in["value"];
  for (size_t at = 0; at < text.size(); ++at)
    if (beginsLike(text.substr(at), "DRAFT"))
      throw sdk::Rejected("a list must be final: this one is a draft, and nobody is told anything from it");
  if (!text.empty()) out.put("value", text);
}

void Courts::listFile(const sdk::Inputs& in, sdk::Outputs& out) {
  std::string_view rest = in["value"];
  while (!rest.empty()) {
    const size_t end = std::min(rest.find('_'), rest.size());
    if (isUnit(rest.substr(0, end))) return out.put("value", rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
}

void Courts::joined(const sdk::Inputs& in, sdk::Outputs& out) {
  std::string text;
  for (size_t i = 0; i < in.size(); ++i)
    if (!in.value(i).empty()) text += (text.empty() ? "" : "; ") + std::string(in.value(i));
  if (!text.empty()) out.put("value", text);
}

}  // namespace courts
