#include "host/base/node_reader.hpp"

#include "host/base/text.hpp"

#include <algorithm>
#include <charconv>

namespace causeway {
namespace {

size_t editDistance(std::string_view a, std::string_view b) {
  std::vector<size_t> row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    size_t diagonal = row[0];
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t above = row[j];
      row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)});
      diagonal = above;
    }
  }
  return row[b.size()];
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const auto& word : words) out += (out.empty() ? "" : ", ") + word;
  return out;
}

}  // namespace

std::string nearest(std::string_view word, const std::vector<std::string>& candidates) {
  std::string best;
  size_t best_distance = word.size() / 3 + 2;  // a third of the letters wrong is a slip; more is another word
  for (const auto& candidate : candidates) {
    const size_t distance = editDistance(lowerCase(word), lowerCase(candidate));
    if (distance < best_distance) {
      best = candidate;
      best_distance = distance;
    }
  }
  return best;
}

std::string didYouMean(std::string_view word, const std::vector<std::string>& candidates) {
  const auto near = nearest(word, candidates);
  return near.empty() ? std::string() : "; did you mean '" + near + "'?";
}

NodeReader::NodeReader(const Node& node, std::string_view what, Problems& problems)
    : node_(node), what_(what), problems_(problems) {
  if (!node.isMap()) problems.error(node.at, what_ + " must be a map of keys and values");
}

const Node* NodeReader::node(std::string_view key) {
  asked_.emplace_back(key);
  const Node* found = node_.find(key);
  return found && !found->isNull() ? found : nullptr;
}

void NodeReader::missing(std::string_view key) {
  if (node_.isMap()) problems_.error(node_.at, what_ + " needs '" + std::string(key) + "'");
}

const Node* NodeReader::scalar(std::string_view key) {
  const Node* found = node(key);
  if (found && !found->isScalar()) {
    problems_.error(found->at, "'" + std::string(key) + "' of " + what_ + " must be one value, not a list or a map");
    return nullptr;
  }
  return found;
}

std::string NodeReader::required(std::string_view key) {
  const auto found = optionalText(key);
  if (!found && !node_.find(key)) missing(key);
  if (found && found->empty()) problems_.error(at(key), "'" + std::string(key) + "' of " + what_ + " is empty");
  return found.value_or("");
}

std::string NodeReader::text(std::string_view key, std::string_view fallback) {
  return optionalText(key).value_or(std::string(fallback));
}

std::optional<std::string> NodeReader::optionalText(std::string_view key) {
  const Node* found = scalar(key);
  return found ? std::optional(found->scalar) : std::nullopt;
}

bool NodeReader::flag(std::string_view key, bool fallback) {
  const Node* found = scalar(key);
  if (!found) return fallback;
  if (!found->quoted && found->scalar == "true") return true;
  if (!found->quoted && found->scalar == "false") return false;
  problems_.error(found->at, "'" + std::string(key) + "' of " + what_ + " must be true or false");
  return fallback;
}

std::optional<long long> NodeReader::number(std::string_view key) {
  const Node* found = scalar(key);
  if (!found) return std::nullopt;
  long long value = 0;
  const char* end = found->scalar.data() + found->scalar.size();
  const auto [last, code] = std::from_chars(found->scalar.data(), end, value);
  if (code == std::errc() && last == end && !found->scalar.empty()) return value;
  problems_.error(found->at, "'" + std::string(key) + "' of " + what_ + " must be a whole number");
  return std::nullopt;
}

std::string NodeReader::choice(std::string_view key, std::initializer_list<std::string_view> allowed, bool required) {
  const auto found = optionalText(key);
  if (!found) {
    if (required && !node_.find(key)) missing(key);
    return {};
  }
  if (std::ranges::find(allowed, *found) != allowed.end()) return *found;
  const std::vector<std::string> words(allowed.begin(), allowed.end());
  problems_.error(at(key), "unknown '" + std::string(key) + "' in " + what_ + didYouMean(*found, words) +
                               " (allowed: " + joined(words) + ")");
  return {};
}

std::vector<std::string> NodeReader::texts(std::string_view key) {
  const Node* found = node(key);
  if (!found) return {};
  if (found->isScalar()) return {found->scalar};
  std::vector<std::string> out;
  if (!found->isList()) problems_.error(found->at, "'" + std::string(key) + "' of " + what_ + " must be a list");
  for (const auto& item : found->items) {
    if (item.isScalar()) out.push_back(item.scalar);
    else problems_.error(item.at, "each item of '" + std::string(key) + "' must be one value");
  }
  return out;
}

std::optional<std::chrono::year_month_day> NodeReader::date(std::string_view key) {
  const Node* found = scalar(key);
  if (!found) return std::nullopt;
  const auto parsed = parseDate(found->scalar);
  if (!parsed)
    problems_.error(found->at, "'" + std::string(key) + "' of " + what_ + " must be a date such as 2026-06-02");
  return parsed;
}

const Node* NodeReader::map(std::string_view key) {
  const Node* found = node(key);
  if (!found || found->isMap()) return found;
  problems_.error(found->at, "'" + std::string(key) + "' of " + what_ + " must be a map of keys and values");
  return nullptr;
}

const Node* NodeReader::list(std::string_view key) {
  const Node* found = node(key);
  if (!found || found->isList()) return found;
  problems_.error(found->at, "'" + std::string(key) + "' of " + what_ + " must be a list");
  return nullptr;
}

Location NodeReader::at(std::string_view key) const {
  const Node* found = node_.find(key);
  return found ? found->at : node_.at;
}

void NodeReader::finish() {
  for (const auto& entry : node_.entries) {
    if (std::ranges::find(asked_, entry.key) != asked_.end()) continue;
    auto known = asked_;
    std::ranges::sort(known);
    known.erase(std::ranges::unique(known).begin(), known.end());
    problems_.error(entry.key_at, "unknown key '" + entry.key + "' in " + what_ + didYouMean(entry.key, known) +
                                      " (allowed: " + joined(known) + ")");
  }
}

}  // namespace causeway
