#include "host/config/retention.hpp"

#include "host/base/node_reader.hpp"

#include <algorithm>

namespace causeway::config {
namespace {

constexpr long long kMostDays = 36'525;  // a hundred years

std::chrono::days daysOf(NodeReader& reader, std::string_view key, Problems& problems) {
  const auto number = reader.number(key);
  if (!number) return std::chrono::days(0);
  if (*number < 1 || *number > kMostDays) {
    problems.error(reader.at(key),
                   "'" + std::string(key) + "' is a number of days from 1 to " + std::to_string(kMostDays));
    return std::chrono::days(0);
  }
  return std::chrono::days(*number);
}

RetentionRule readRule(const Node& node, Problems& problems) {
  NodeReader reader(node, "a rule of retention", problems);
  RetentionRule out;
  out.at = node.at;
  out.category = reader.choice("category", {"documents", "payloads", "quarantined", "case"}, true);
  out.what = reader.required("what");
  out.keep = daysOf(reader, "keep_days", problems);
  out.review_every = daysOf(reader, "review_every_days", problems);
  out.source = reader.required("source");
  if (const auto from = reader.date("valid_from")) out.valid_from = *from;
  else if (!node.find("valid_from"))
    problems.error(node.at, "a rule of retention needs 'valid_from', the day from which it holds");
  reader.finish();
  if (out.category.empty()) return out;
  const bool reviewed = out.category == "case";
  if (reviewed && (out.keep.count() > 0 || out.review_every.count() == 0))
    problems.error(node.at,
                   "a case is looked at and never thrown away by the clock: give it 'review_every_days' alone");
  if (!reviewed && (out.keep.count() == 0 || out.review_every.count() > 0))
    problems.error(node.at, "'" + out.category + "' is kept for a number of days: give it 'keep_days' alone");
  return out;
}

}  // namespace

RetentionRules readRetention(const std::vector<Node>& files, Problems& problems) {
  RetentionRules out;
  for (const auto& file : files) {
    NodeReader reader(file, "a retention file", problems);
    if (const Node* list = reader.list("retention"))
      for (const auto& node : list->items) out.rules.push_back(readRule(node, problems));
    reader.finish();
  }
  for (auto one = out.rules.begin(); one != out.rules.end(); ++one) {
    const auto first =
        std::find_if(out.rules.begin(), one, [&](const auto& other) { return other.category == one->category; });
    if (first != one && !one->category.empty())
      problems.error(one->at, "the category '" + one->category + "' stands twice; first in " + first->at.text());
    if (one->category == "documents") out.times.documents = one->keep;
    if (one->category == "payloads") out.times.payloads = one->keep;
    if (one->category == "quarantined") out.times.quarantined = one->keep;
    if (one->category == "case") out.times.review = one->review_every;
  }
  return out;
}

}  // namespace causeway::config
