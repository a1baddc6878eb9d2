#include "host/security/random.hpp"

#include <openssl/crypto.h>
#include <openssl/rand.h>
#include <pthread.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdlib>

namespace causeway::security {
namespace {

// Rises in a forked child, whose copies of the pools would repeat the bytes of its parent.
std::atomic<unsigned> process_generation = 0;

const int kForkHandler =
    pthread_atfork(nullptr, nullptr, [] { process_generation.fetch_add(1, std::memory_order_relaxed); });

void generate(std::span<unsigned char> out) {
  if (RAND_bytes(out.data(), static_cast<int>(out.size())) != 1) std::abort();
}

class Pool {
 public:
  ~Pool() { OPENSSL_cleanse(bytes_.data(), bytes_.size()); }

  void take(std::span<unsigned char> out) {
    const unsigned now = process_generation.load(std::memory_order_relaxed);
    if (used_ + out.size() > bytes_.size() || generation_ != now) {
      generate(bytes_);
      used_ = 0;
      generation_ = now;
    }
    std::copy_n(bytes_.begin() + static_cast<std::ptrdiff_t>(used_), out.size(), out.begin());
    OPENSSL_cleanse(bytes_.data() + used_, out.size());
    used_ += out.size();
  }

 private:
  std::array<unsigned char, 4096> bytes_{};
  size_t used_ = bytes_.size();
  unsigned generation_ = 0;
};

thread_local Pool pool;

}  // namespace

void randomBytes(std::span<unsigned char> out) {
  if (kForkHandler != 0 || out.size() > 1024) return generate(out);
  pool.take(out);
}

RandomSource cryptographicRandom() {
  return [](std::span<unsigned char> out) { randomBytes(out); };
}

}  // namespace causeway::security
