#include "host/security/merkle.hpp"

#include "host/security/digest.hpp"

#include <bit>

namespace causeway::security {

std::string merkleLeaf(std::string_view leaf) { return sha256(std::string_view("\0", 1), leaf); }

std::string merkleNode(std::string_view left, std::string_view right) { return sha256("\1", left, right); }

Result<MerkleFrontier> MerkleFrontier::fromBytes(std::int64_t size, std::string_view bytes) {
  constexpr size_t hash = 32;
  const auto subtrees = static_cast<size_t>(std::popcount(static_cast<std::uint64_t>(size)));
  if (size < 0 || bytes.size() != subtrees * hash)
    return fail(ErrorKind::Broken, "the saved edge of the audit tree does not fit its size");
  MerkleFrontier frontier;
  frontier.size_ = size;
  for (size_t i = 0; i < subtrees; ++i) frontier.roots_.emplace_back(bytes.substr(i * hash, hash));
  return frontier;
}

void MerkleFrontier::append(std::string_view leaf_hash) {
  std::string hash(leaf_hash);
  // Each 1 at the end of the size is a complete subtree as large as the new one: the two become one.
  for (std::int64_t left = size_; (left & 1) != 0; left >>= 1) {
    hash = merkleNode(roots_.back(), hash);
    roots_.pop_back();
  }
  roots_.push_back(std::move(hash));
  ++size_;
}

std::string MerkleFrontier::root() const {
  if (roots_.empty()) return sha256({});
  std::string hash = roots_.back();
  for (size_t i = roots_.size() - 1; i-- > 0;) hash = merkleNode(roots_[i], hash);
  return hash;
}

std::string MerkleFrontier::rootWith(std::string rest) const {
  for (size_t i = roots_.size(); i-- > 0;) rest = merkleNode(roots_[i], rest);
  return rest;
}

std::string MerkleFrontier::bytes() const {
  std::string out;
  for (const std::string& root : roots_) out += root;
  return out;
}

std::string rootFromInclusion(std::string_view leaf_hash, std::int64_t index, std::int64_t size,
                              const std::vector<std::string>& proof) {
  if (index < 0 || index >= size) return {};
  std::int64_t position = index, last = size - 1;
  std::string hash(leaf_hash);
  for (const std::string& sibling : proof) {
    if (last == 0) return {};
    if ((position & 1) != 0 || position == last) {
      hash = merkleNode(sibling, hash);
      while ((position & 1) == 0 && position != 0) {
        position >>= 1;
        last >>= 1;
      }
    } else {
      hash = merkleNode(hash, sibling);
    }
    position >>= 1;
    last >>= 1;
  }
  return last == 0 ? hash : std::string();
}

bool isConsistent(const MerkleSpan& span, const std::vector<std::string>& proof) {
  if (span.first_size <= 0 || span.first_size > span.second_size) return false;
  if (span.first_size == span.second_size) return proof.empty() && span.first_root == span.second_root;
  std::vector<std::string> path = proof;
  // A complete first tree is a subtree of the second one: its root leads the way and is not sent.
  if (std::has_single_bit(static_cast<std::uint64_t>(span.first_size))) path.insert(path.begin(), span.first_root);
  if (path.empty()) return false;
  std::int64_t position = span.first_size - 1, last = span.second_size - 1;
  for (; (position & 1) != 0; position >>= 1) last >>= 1;
  std::string first = path.front(), second = path.front();
  for (size_t i = 1; i < path.size(); ++i) {
    if (last == 0) return false;
    if ((position & 1) != 0 || position == last) {
      first = merkleNode(path[i], first);
      second = merkleNode(path[i], second);
      for (; (position & 1) == 0 && position != 0; position >>= 1) last >>= 1;
    } else {
      second = merkleNode(second, path[i]);
    }
    position >>= 1;
    last >>= 1;
  }
  return last == 0 && first == span.first_root && second == span.second_root;
}

}  // namespace causeway::security
