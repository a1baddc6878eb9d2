#include "host/transport/body_proof.hpp"

#include "host/base/text.hpp"
#include "host/transport/keyed_digest.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace causeway::transport {
namespace {

std::optional<std::string_view> only(const HttpRequest& request, std::string_view name) {
  std::optional<std::string_view> out;
  for (const auto& field : request.headers) {
    if (field.first != name) continue;
    if (out) return std::nullopt;
    out = field.second;
  }
  return out;
}

std::optional<Instant> timeOf(std::string_view text) {
  std::int64_t seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  const bool number = error == std::errc() && end == text.data() + text.size();
  if (number && seconds >= 0 && seconds < 100'000'000'000) return Instant(std::chrono::seconds(seconds));
  if (number) return std::nullopt;
  const auto parsed = parseInstant(text);
  return parsed ? std::optional(*parsed) : std::nullopt;
}

}  // namespace

bool proves(const BodyProof& proof, const HttpRequest& request, Instant now) {
  const auto given = only(request, proof.header);
  if (!given || !given->starts_with(proof.prefix)) return false;
  std::string shown(given->substr(proof.prefix.size()));
  if (proof.hexadecimal) shown = lowerCase(shown);
  std::string signed_text;
  if (!proof.timestamp_header.empty()) {
    const auto stamp = only(request, proof.timestamp_header);
    const auto time = stamp ? timeOf(*stamp) : std::nullopt;
    if (!time || *time > now + proof.tolerance || *time < now - proof.tolerance) return false;
    signed_text = std::string(*stamp) + proof.joined_by + request.body;
  }
  const std::string& text = proof.timestamp_header.empty() ? request.body : signed_text;
  bool proved = false;
  for (const auto& secret : proof.secrets) {
    std::string wanted = secret;
    if (!proof.token) {
      const auto digest = hmacSha256(secret, text);
      if (!digest) return false;
      wanted = proof.hexadecimal ? hex(*digest) : base64(*digest);
    }
    // Every secret is tried, so that the time tells nobody which one it was.
    proved = equalInConstantTime(wanted, shown) || proved;
  }
  return proved;
}

}  // namespace causeway::transport
