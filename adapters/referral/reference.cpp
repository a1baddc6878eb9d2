#include "reference.hpp"

#include <array>
#include <cstdint>
#include <utility>

namespace referral {
namespace {

constexpr std::string_view kLetters = "ABCDEFGHJKLMNPQRSTUVWXYZ";

constexpr std::pair<std::string_view, std::string_view> kServices[] = {{"victim_support", "VS"},
                                                                       {"witness_service", "WS"},
                                                                       {"young_witness", "YW"},
                                                                       {"isva", "SV"},
                                                                       {"idva", "DA"},
                                                                       {"marac", "MC"},
                                                                       {"hate_crime", "HC"},
                                                                       {"childrens_services", "CS"},
                                                                       {"adult_safeguarding", "AS"},
                                                                       {"restorative_justice", "RJ"},
                                                                       {"home_security", "HS"},
                                                                       {"compensation_help", "CH"},
                                                                       {"probation_vcs", "PV"},
                                                                       {"probation_vns", "PN"}};

std::uint64_t digestOf(std::string_view text) {
  std::uint64_t out = 14695981039346656037ULL;
  for (const char c : text) out = (out ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  return out ^ (out >> 29);
}

}  // namespace

std::string shortReference(std::string_view id, std::string_view service) {
  if (id.empty()) return {};
  std::uint64_t rest = digestOf(id);
  const auto take = [&](std::uint64_t of) {
    const std::uint64_t out = rest % of;
    rest /= of;
    return static_cast<size_t>(out);
  };
  std::string out;
  for (int i = 0; i < 2; ++i) out += kLetters[take(kLetters.size())];
  for (int i = 0; i < 4; ++i) out += static_cast<char>('0' + take(10));
  for (const auto& [name, letters] : kServices)
    if (name == service) return out + std::string(letters);
  return out + "XX";
}

}  // namespace referral
