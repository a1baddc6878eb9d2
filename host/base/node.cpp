#include "host/base/node.hpp"

#include <algorithm>
#include <tuple>

namespace causeway {

std::string Location::text() const {
  std::string out = file ? *file : std::string("(no file)");
  if (line > 0) out += ":" + std::to_string(line) + ":" + std::to_string(column);
  return out;
}

std::string Problem::text() const { return at.text() + (severity == Severity::Warning ? ": warning: " : ": ") + what; }

void Problems::error(const Location& at, std::string what) {
  items_.push_back({Problem::Severity::Error, at, std::move(what)});
}

void Problems::warning(const Location& at, std::string what) {
  items_.push_back({Problem::Severity::Warning, at, std::move(what)});
}

bool Problems::hasErrors() const {
  return std::ranges::any_of(items_, [](const Problem& p) { return p.severity == Problem::Severity::Error; });
}

std::vector<Problem> Problems::sorted() const {
  auto out = items_;
  const auto key = [](const Problem& p) {
    return std::tuple(p.at.file ? std::string_view(*p.at.file) : std::string_view(), p.at.line, p.at.column);
  };
  std::ranges::stable_sort(out, [&](const Problem& a, const Problem& b) { return key(a) < key(b); });
  return out;
}

std::string Problems::text() const {
  std::string out;
  for (const auto& problem : sorted()) out += problem.text() + "\n";
  return out;
}

const Node* Node::find(std::string_view key) const {
  const auto it = std::ranges::find(entries, key, &Entry::key);
  return it == entries.end() ? nullptr : &it->value;
}

}  // namespace causeway
