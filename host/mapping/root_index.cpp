#include "host/mapping/root_index.hpp"

#include "host/mapping/name_key.hpp"

#include <algorithm>

namespace causeway::mapping {

const RootIndex::Entry* RootIndex::entryOf(const Entries& entries, std::string_view root) {
  const auto key = nameKey(root);
  for (auto at = std::ranges::lower_bound(entries, key, {}, &Entry::key); at != entries.end() && at->key == key; ++at)
    if (at->root == root) return &*at;
  return nullptr;
}

void RootIndex::add(Format format, std::string_view root, size_t file) {
  auto& entries = format == Format::Xml ? xml_ : json_;
  if (const auto* known = entryOf(entries, root)) {
    entries[static_cast<size_t>(known - entries.data())].files.push_back(file);
    return;
  }
  const auto key = nameKey(root);
  entries.insert(std::ranges::lower_bound(entries, key, {}, &Entry::key), {key, std::string(root), {file}});
}

std::vector<size_t> RootIndex::find(Format format, std::string_view root, NamedTexts keys) const {
  if (format == Format::Xml) {
    const auto* entry = root.empty() ? nullptr : entryOf(xml_, root);
    return entry ? entry->files : std::vector<size_t>();
  }
  std::vector<size_t> found;
  const auto add = [&](std::string_view key) {
    if (const auto* entry = entryOf(json_, key)) found.insert(found.end(), entry->files.begin(), entry->files.end());
  };
  add({});
  for (const auto& item : keys)
    if (!item.name.empty()) add(item.name);
  // A file stands there again when a key does: a document with the same key twice is refused once it is read.
  std::ranges::sort(found);
  found.erase(std::ranges::unique(found).begin(), found.end());
  return found;
}

}  // namespace causeway::mapping
