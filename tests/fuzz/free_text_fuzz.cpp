#include "host/base/text.hpp"
#include "host/protection/text_search.hpp"

#include <cstdlib>
#include <string>

namespace {

using namespace causeway;
using namespace causeway::protection;

// The first line is the family name of a second person; the rest is the text.
KnownPeople people(std::string_view family) {
  KnownPeople out;
  KnownPerson victim;
  victim.id = "p-1";
  victim.names.push_back({"Mrs", {"Siobhán", "Mary"}, "O'Sullivan-May", "Grace"});
  victim.addresses.push_back({{"Flat 2", "14 Heol y Bryn"}, "Penarth", "", "CF64 2AB"});
  victim.phones.emplace_back("+44 (0)7700 900123");
  victim.emails.emplace_back("s.may@mail.example");
  victim.numbers.emplace_back("AB123456C");
  victim.places.emplace_back("Glan Primary School");
  victim.born_on = "1987-03-14";
  out.hidden.push_back(victim);
  KnownPerson other;
  other.id = "p-2";
  other.names.push_back({"", {std::string(family)}, std::string(family), ""});
  out.hidden.push_back(other);
  KnownPerson defendant;
  defendant.id = "d-1";
  defendant.names.push_back({"Mr", {"Kyle"}, "May", ""});
  out.open.push_back(defendant);
  return out;
}

bool isBoundary(std::string_view text, std::size_t at) {
  return at == text.size() || (static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U;
}

void check(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, size_t size) {
  static const NameLore lore;
  const std::string_view all(reinterpret_cast<const char*>(data), size);
  const auto line = std::min(all.find('\n'), all.size());
  const TextSearch search(people(all.substr(0, line)), lore);
  const auto text = all.substr(std::min(line + 1, all.size()));
  const bool utf8 = isUtf8(text);
  std::size_t done = 0;
  for (const auto& finding : search.find(text)) {
    check(finding.begin >= done && finding.begin < finding.end && finding.end <= text.size());
    if (utf8) check(isBoundary(text, finding.begin) && isBoundary(text, finding.end));
    done = finding.end;
  }
  const auto cleaned = redactAll(search, text);
  if (utf8) check(isUtf8(cleaned.text));
  if (!cleaned.clean) return 0;
  check(search.find(cleaned.text).empty());
  check(redactAll(search, cleaned.text).text == cleaned.text);
  return 0;
}
