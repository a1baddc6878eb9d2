#include "host/care/protected_people.hpp"

#include "host/base/text.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <string_view>

namespace causeway::care {
namespace {

// Letters and digits in upper case with one space between words, and one at each end: whole words are then found as text.
std::string words(std::string_view text) {
  std::string out = " ";
  for (const char c : upperCase(text)) {
    const bool part_of_word = (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                              static_cast<unsigned char>(c) >= 0x80 || c == '\'' || c == '-';
    if (part_of_word) out += c;
    else if (out.back() != ' ') out += ' ';
  }
  return out.back() == ' ' ? out : out + " ";
}

bool holds(const std::string& text, std::string_view phrase) {
  const auto wanted = words(phrase);
  return wanted.size() > 2 && text.find(wanted) != std::string::npos;
}

bool isProtectable(const canonical::Party& party) {
  static const std::set<std::string> roles = {"victim", "witness", "bereaved_relative", "child", "child_of_victim"};
  return std::ranges::any_of(party.roles(), [&](const auto& role) { return roles.contains(role.role().code()); });
}

// A family name alone could be the defendant's own: a given name must stand with it somewhere in the wording.
bool isNamed(const std::string& text, const canonical::Party& party) {
  return std::ranges::any_of(party.person().names(), [&](const auto& name) {
    return holds(text, name.family()) &&
           std::ranges::any_of(name.given(), [&](const auto& given) { return holds(text, given); });
  });
}

// "14 Larkspur Rise" is found as "Larkspur Rise": wordings name streets, seldom numbers. Towns are shared by too many.
bool isAtHome(const std::string& text, const canonical::Party& party) {
  return std::ranges::any_of(party.addresses(), [&](const auto& address) {
    return std::ranges::any_of(address.lines(), [&](const std::string& line) {
      const auto letters =
          std::ranges::find_if(line, [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); });
      const std::string street(letters, line.end());
      return street.find(' ') != std::string::npos && street.size() >= 8 && holds(text, street);
    });
  });
}

template <class Element>
void nameIn(Element& element, const canonical::Case& whole) {
  const auto text = words(element.text().text());
  for (const auto& party : whole.parties()) {
    if (!isProtectable(party) || !(isNamed(text, party) || isAtHome(text, party))) continue;
    if (std::ranges::find(element.protects(), party.id()) == element.protects().end()) element.add_protects(party.id());
  }
  std::ranges::sort(*element.mutable_protects());
}

}  // namespace

void nameProtected(canonical::Case& whole) {
  for (auto& defendant : *whole.mutable_defendants()) {
    if (defendant.has_bail())
      for (auto& condition : *defendant.mutable_bail()->mutable_conditions()) nameIn(condition, whole);
    for (auto& order : *defendant.mutable_orders()) nameIn(order, whole);
  }
}

}  // namespace causeway::care
