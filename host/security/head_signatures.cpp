#include "host/security/head_signatures.hpp"

#include <algorithm>
#include <atomic>
#include <thread>
#include <utility>

namespace causeway::security {
namespace {

constexpr size_t kBatch = 4096;  // a thread costs as much as one signature
constexpr size_t kFewForThreads = 64;

}  // namespace

void HeadSignatures::add(Head head, std::shared_ptr<const PublicKey> key) {
  tasks_.push_back({std::move(head), std::move(key)});
  if (tasks_.size() >= kBatch) settle();
}

const std::optional<HeadSignatures::Head>& HeadSignatures::settle() {
  const auto tasks = std::exchange(tasks_, {});
  if (bad_ || tasks.empty()) return bad_;
  std::atomic<size_t> next = 0, first_bad = tasks.size();
  const auto check = [&] {
    for (size_t i = next++; i < first_bad; i = next++) {
      if (tasks[i].key->verifies(tasks[i].head.text, tasks[i].head.signature)) continue;
      for (size_t known = first_bad; i < known && !first_bad.compare_exchange_weak(known, i);) {}
    }
  };
  {
    std::vector<std::jthread> helpers;
    if (tasks.size() >= kFewForThreads)
      for (unsigned i = 1; i < std::min(std::thread::hardware_concurrency(), 16U); ++i) helpers.emplace_back(check);
    check();
  }
  if (first_bad < tasks.size()) bad_ = tasks[first_bad].head;
  return bad_;
}

}  // namespace causeway::security
