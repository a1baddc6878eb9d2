#include "host/config/values.hpp"

#include <array>
#include <charconv>
#include <optional>

namespace causeway::config {
namespace {

using std::chrono::milliseconds;

struct Unit {
  std::string_view name;
  long long milliseconds;
};

constexpr std::array<Unit, 5> kUnits{{{"ms", 1}, {"s", 1000}, {"m", 60'000}, {"h", 3'600'000}, {"d", 86'400'000}}};
constexpr long long kMostDays = 3650;

std::optional<milliseconds> parseDuration(std::string_view text) {
  long long count = 0;
  const auto [rest, code] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (code != std::errc() || count < 0) return std::nullopt;
  const auto unit = text.substr(static_cast<size_t>(rest - text.data()));
  for (const auto& known : kUnits) {
    if (unit != known.name) continue;
    if (count > kMostDays * 86'400'000 / known.milliseconds) return std::nullopt;
    return milliseconds(count * known.milliseconds);
  }
  return std::nullopt;
}

NamedPath resolved(const std::string& text, const Location& at, const std::filesystem::path& base) {
  if (text.empty()) return {{}, at};
  return {(base / text).lexically_normal(), at};
}

}  // namespace

NamedPath readPath(NodeReader& reader, std::string_view key, const std::filesystem::path& base) {
  const auto text = reader.text(key);
  return resolved(text, reader.at(key), base);
}

NamedPath readRequiredPath(NodeReader& reader, std::string_view key, const std::filesystem::path& base) {
  const auto text = reader.required(key);
  return resolved(text, reader.at(key), base);
}

milliseconds readDuration(NodeReader& reader, std::string_view key, milliseconds fallback, Problems& problems) {
  const auto text = reader.optionalText(key);
  if (!text) return fallback;
  if (const auto duration = parseDuration(*text)) return *duration;
  problems.error(reader.at(key),
                 "'" + std::string(key) + "' must be a time with its unit, such as 250ms, 30s, 5m, 12h or 7d");
  return fallback;
}

long long readNumber(NodeReader& reader, std::string_view key, Range range, long long fallback, Problems& problems) {
  const auto number = reader.number(key);
  if (!number) return fallback;
  if (*number >= range.least && *number <= range.most) return *number;
  problems.error(reader.at(key), "'" + std::string(key) + "' must lie between " + std::to_string(range.least) +
                                     " and " + std::to_string(range.most));
  return fallback;
}

}  // namespace causeway::config
