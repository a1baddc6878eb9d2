#pragma once

#include "host/base/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace causeway::security {

/// Hashes of the Merkle tree of RFC 9162, section 2.1, with SHA-256; all of 32 bytes.
std::string merkleLeaf(std::string_view leaf);                          ///< SHA-256(0x00 || leaf)
std::string merkleNode(std::string_view left, std::string_view right);  ///< SHA-256(0x01 || left || right)

/// The right edge of a growing tree: the roots of its complete subtrees, largest first. That is all it takes to append
/// and to know the root, so a tree of any size fits in two kilobytes.
class MerkleFrontier {
 public:
  MerkleFrontier() = default;
  /// As `bytes()` gave it; Broken when it does not fit the size.
  static Result<MerkleFrontier> fromBytes(std::int64_t size, std::string_view bytes);

  void append(std::string_view leaf_hash);
  std::int64_t size() const { return size_; }
  std::string root() const;
  /// The root of the tree whose right edge this is, with one smaller subtree to the right of it.
  std::string rootWith(std::string rest) const;
  std::string bytes() const;

 private:
  std::int64_t size_ = 0;
  std::vector<std::string> roots_;
};

/// The root that a leaf and its inclusion proof lead to (RFC 9162, 2.1.3.2); empty when the proof has the wrong length.
std::string rootFromInclusion(std::string_view leaf_hash, std::int64_t index, std::int64_t size,
                              const std::vector<std::string>& proof);

/// Two sizes of a tree with their roots.
struct MerkleSpan {
  std::int64_t first_size = 0, second_size = 0;
  std::string first_root, second_root;
};
/// True when the consistency proof shows that the second tree is the first one with more leaves (RFC 9162, 2.1.4.2).
bool isConsistent(const MerkleSpan& span, const std::vector<std::string>& proof);

}  // namespace causeway::security
