#pragma once

#include <malloc.h>

#include <fstream>
#include <string>

namespace causeway::courts {

/// The memory of this process (resident, Linux) at one moment, and its peak since. The peak is set back when the mark is made, so that
/// what earlier tests needed does not count.
class MemoryMark {
 public:
  MemoryMark() {
    malloc_trim(0);  // what earlier tests gave back would be used again without being seen
    std::ofstream("/proc/self/clear_refs") << "5";
    base_ = kib("VmRSS:");
    known_ = base_ > 0 && kib("VmHWM:") < base_ + 4096;
  }

  bool known() const { return known_; }
  /// How much more than at the mark was in use at once.
  long peakKib() const { return kib("VmHWM:") - base_; }

 private:
  static long kib(const std::string& wanted) {
    std::ifstream status("/proc/self/status");
    std::string name;
    for (std::string rest; status >> name; std::getline(status, rest))
      if (name == wanted) {
        long value = 0;
        status >> value;
        return value;
      }
    return 0;
  }

  long base_ = 0;
  bool known_ = false;
};

}  // namespace causeway::courts

/// Sanitizers keep what is freed and shadow all of it: a figure under them says nothing.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SKIP_UNDER_SANITIZERS() GTEST_SKIP() << "memory is not measured under a sanitizer"
#else
#define SKIP_UNDER_SANITIZERS() static_cast<void>(0)
#endif
