#include "host/security/key_ring.hpp"

#include <algorithm>
#include <utility>

namespace causeway::security {
namespace {

using pipeline::RootKey;

constexpr std::int64_t kIndex = 0;  // the generation under which the key of fingerprints stands

std::string boundTo(std::int64_t generation) { return "causeway-root-key-v1:" + std::to_string(generation); }

// The highest generation that stands under this key-encryption key; nothing when none does.
std::optional<std::int64_t> newestOf(const std::vector<RootKey>& rows, const std::string& kek_id) {
  std::optional<std::int64_t> newest;
  for (const RootKey& row : rows)
    if (row.kek_id == kek_id) newest = std::max(newest.value_or(row.generation), row.generation);
  return newest;
}

}  // namespace

KeyRing::KeyRing(const Secret& index, WrappingKeys wrapping, std::string kek_id)
    : index_(index),
      wrapping_(std::move(wrapping)),
      digest_(deriveKey(index, "causeway digest v1")),
      blind_index_(deriveKey(index, "causeway blind index v1")),
      kek_id_(std::move(kek_id)) {}

Result<KeyRing> KeyRing::open(const KeyEncryptionKeys& keks, pipeline::ScopeKeyStore& store) {
  CW_TRY(const auto rows, store.rootKeys());
  if (rows.empty()) return begin(*keks.front(), store);
  KeyEncryptionKey* in_force = nullptr;
  for (const auto& kek : keks)
    if (newestOf(rows, kek->id()) && (!in_force || newestOf(rows, kek->id()) > newestOf(rows, in_force->id())))
      in_force = kek.get();
  if (!in_force)
    return fail(ErrorKind::Refused, "the key store belongs to another key-encryption key than the one configured");
  Secret index;
  WrappingKeys wrapping;
  for (const RootKey& row : rows) {
    if (row.kek_id != in_force->id()) continue;
    CW_TRY(const Secret key, in_force->unwrap(boundTo(row.generation), row.wrapped));
    if (row.generation == kIndex) index = key;
    else wrapping.insert_or_assign(row.generation, key);
  }
  if (wrapping.empty() || std::ranges::none_of(rows, [&](const RootKey& row) {
        return row.kek_id == in_force->id() && row.generation == kIndex;
      }))
    return fail(ErrorKind::Broken, "the key store lacks root keys; bring it back from its backup");
  return KeyRing(index, std::move(wrapping), in_force->id());
}

Result<KeyRing> KeyRing::begin(KeyEncryptionKey& kek, pipeline::ScopeKeyStore& store) {
  CW_TRY(const std::string bound, store.boundTo());
  if (!bound.empty() && (bound != kek.id() || !kek.master()))
    return fail(ErrorKind::Refused, "the key store belongs to another key file than the one configured");
  const Secret index = bound.empty() ? Secret::random() : *kek.master();
  const WrappingKeys wrapping{{1, bound.empty() ? Secret::random() : deriveKey(index, "causeway wrapping v1")}};
  CW_TRY(const auto rows, wrapped(index, wrapping, kek));
  CW_CHECK_OK(store.insertRoots(rows));
  return KeyRing(index, wrapping, kek.id());
}

Result<std::vector<RootKey>> KeyRing::wrapped(const Secret& index, const WrappingKeys& wrapping,
                                              KeyEncryptionKey& kek) {
  std::vector<RootKey> rows;
  CW_TRY(std::string first, kek.wrap(boundTo(kIndex), index));
  rows.push_back({kek.id(), kIndex, std::move(first)});
  for (const auto& [generation, key] : wrapping) {
    CW_TRY(std::string next, kek.wrap(boundTo(generation), key));
    rows.push_back({kek.id(), generation, std::move(next)});
  }
  return rows;
}

Result<std::vector<RootKey>> KeyRing::wrappedFor(KeyEncryptionKey& next, std::int64_t generation) const {
  WrappingKeys wrapping = wrapping_;
  wrapping.emplace(generation, Secret::random());
  return wrapped(index_, wrapping, next);
}

std::string KeyRing::blindIndex(std::string_view kind, std::string_view value) const {
  // The length in front keeps kind and value apart: "ur" + "n1" is not "urn" + "1".
  const std::string length = std::to_string(kind.size()) + ":";
  return blind_index_(length, kind, value);
}

}  // namespace causeway::security
