#include "host/security/audit_prover.hpp"

#include "host/security/merkle.hpp"

#include <algorithm>
#include <bit>
#include <utility>

namespace causeway::security {
namespace {

constexpr std::int64_t kBlock =
    256;  // a power of two: one hash remembered for so many leaves, as many read for a proof
constexpr int kPage = 1024;

// The left subtree is the largest complete one that is smaller than the whole (RFC 9162, 2.1.1).
std::int64_t leftOf(std::int64_t leaves) {
  return static_cast<std::int64_t>(std::bit_floor(static_cast<std::uint64_t>(leaves - 1)));
}

Failure lacksLeaves() { return fail(ErrorKind::Broken, "the audit log lacks leaves; verify it"); }

}  // namespace

Result<void> AuditProver::learn(std::int64_t size) {
  CW_TRY(const std::int64_t leaves, records_.auditSize());
  if (size < 1 || size > leaves) return fail(ErrorKind::NotFound, "the audit log does not have so many leaves");
  MerkleFrontier block;
  for (auto next = static_cast<std::int64_t>(blocks_.size()) * kBlock; next + kBlock - block.size() <= size;) {
    CW_TRY(const auto rows, records_.auditRows(next, kPage));
    if (rows.empty()) return lacksLeaves();
    for (const auto& row : rows) {
      if (row.index != next++) return lacksLeaves();
      block.append(row.leaf_hash);
      if (block.size() < kBlock) continue;
      blocks_.push_back(block.root());
      block = {};
    }
  }
  return {};
}

// `from` is where a subtree of the whole begins, so complete blocks lie within it from its first leaf on.
Result<std::string> AuditProver::rootOf(std::int64_t from, std::int64_t to) {
  MerkleFrontier tree;
  std::int64_t next = from;
  if (from % kBlock == 0 && to - from >= kBlock) {
    MerkleFrontier over;  // a tree of whole blocks has the same shape as the tree of its leaves
    for (; next + kBlock <= to; next += kBlock) over.append(blocks_[static_cast<size_t>(next / kBlock)]);
    if (next == to) return over.root();
    CW_TRY(std::string rest, rootOf(next, to));
    return over.rootWith(std::move(rest));
  }
  CW_TRY(const auto rows, records_.auditRows(from, static_cast<int>(to - from)));
  for (const auto& row : rows) {
    if (row.index != next++) return lacksLeaves();
    tree.append(row.leaf_hash);
  }
  if (next != to) return lacksLeaves();
  return tree.root();
}

Result<std::vector<std::string>> AuditProver::inclusion(std::int64_t index, std::int64_t size) {
  const std::scoped_lock guard(mutex_);
  if (index < 0 || index >= size) return fail(ErrorKind::NotFound, "the audit log has no such leaf");
  CW_CHECK_OK(learn(size));
  std::vector<std::string> proof;
  for (std::int64_t from = 0, to = size; to - from > 1;) {
    const std::int64_t middle = from + leftOf(to - from);
    const bool in_left = index < middle;
    CW_TRY(std::string sibling, in_left ? rootOf(middle, to) : rootOf(from, middle));
    proof.push_back(std::move(sibling));
    in_left ? to = middle : from = middle;
  }
  std::ranges::reverse(proof);
  return proof;
}

Result<std::vector<std::string>> AuditProver::consistency(std::int64_t first, std::int64_t second) {
  const std::scoped_lock guard(mutex_);
  if (first < 1 || first > second) return fail(ErrorKind::NotFound, "the audit log has no such sizes, in this order");
  CW_CHECK_OK(learn(second));
  std::vector<std::string> proof;
  std::int64_t from = 0, to = second;
  bool whole = true;  // the first tree is this subtree, and its root is known to whoever checks
  while (first != to) {
    const std::int64_t middle = from + leftOf(to - from);
    const bool in_left = first <= middle;
    CW_TRY(std::string sibling, in_left ? rootOf(middle, to) : rootOf(from, middle));
    proof.push_back(std::move(sibling));
    if (in_left) {
      to = middle;
    } else {
      from = middle;
      whole = false;
    }
  }
  if (!whole) {
    CW_TRY(std::string shared, rootOf(from, to));
    proof.push_back(std::move(shared));
  }
  std::ranges::reverse(proof);
  return proof;
}

Result<std::vector<std::string>> AuditProver::edge(std::int64_t size) {
  const std::scoped_lock guard(mutex_);
  std::vector<std::string> roots;
  if (size == 0) return roots;
  CW_CHECK_OK(learn(size));
  for (std::int64_t from = 0; from < size;) {
    const auto leaves = static_cast<std::int64_t>(std::bit_floor(static_cast<std::uint64_t>(size - from)));
    CW_TRY(std::string root, rootOf(from, from + leaves));
    roots.push_back(std::move(root));
    from += leaves;
  }
  return roots;
}

}  // namespace causeway::security
