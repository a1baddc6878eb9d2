#include "host/mapping/root_index.hpp"

#include "host/mapping/name_key.hpp"

#include <algorithm>

namespace causeway::mapping {

const RootIndex::Entry* RootIndex::entryOf(const Table& table, std::string_view root) {
  if (table.entries.empty()) return nullptr;
  const auto key = nameKey(root);
  for (size_t at = placeOf(key, table.bits); table.places[at] >= 0; at = (at + 1) % table.places.size()) {
    const auto& entry = table.entries[static_cast<size_t>(table.places[at])];
    if (entry.key == key && entry.root == root) return &entry;
  }
  return nullptr;
}

void RootIndex::settle(Table& table) {
  constexpr size_t places_each = 8;
  for (table.bits = 4; size_t{1} << table.bits < table.entries.size() * places_each;) ++table.bits;
  table.places.assign(size_t{1} << table.bits, -1);
  for (size_t i = 0; i < table.entries.size(); ++i) {
    size_t at = placeOf(table.entries[i].key, table.bits);
    while (table.places[at] >= 0) at = (at + 1) % table.places.size();
    table.places[at] = static_cast<int>(i);
  }
}

void RootIndex::add(Format format, std::string_view root, size_t file) {
  auto& table = format == Format::Xml ? xml_ : json_;
  if (const auto* known = entryOf(table, root)) {
    table.entries[static_cast<size_t>(known - table.entries.data())].files.push_back(file);
    return;
  }
  table.entries.push_back({nameKey(root), std::string(root), {file}});
  settle(table);
}

std::span<const size_t> RootIndex::find(Format format, std::string_view root, NamedTexts keys,
                                        std::vector<size_t>& room) const {
  if (format == Format::Xml) {
    const auto* entry = root.empty() ? nullptr : entryOf(xml_, root);
    return entry ? entry->files : std::span<const size_t>();
  }
  const Entry* only = entryOf(json_, {});
  bool several = false;
  room.clear();
  const auto add = [&](const Entry& entry) { room.insert(room.end(), entry.files.begin(), entry.files.end()); };
  for (const auto& item : keys) {
    const Entry* entry = item.name.empty() ? nullptr : entryOf(json_, item.name);
    if (!entry || entry == only) continue;
    if (only && !several) add(*only);
    several = only != nullptr;
    if (several) add(*entry);
    else only = entry;
  }
  if (!several) return only ? only->files : std::span<const size_t>();
  // A file stands there again when a key does: a document with the same key twice is refused once it is read.
  std::ranges::sort(room);
  room.erase(std::ranges::unique(room).begin(), room.end());
  return room;
}

}  // namespace causeway::mapping
