#include "host/plugin/lockdown.hpp"

#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <string>
#include <system_error>
#include <vector>

namespace causeway::plugin {
namespace {

#if defined(__x86_64__)
constexpr std::uint32_t kMachine = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr std::uint32_t kMachine = AUDIT_ARCH_AARCH64;
#else
#error "Add the audit number of this processor"
#endif

constexpr long kRunning[] = {
    SYS_recvfrom,     SYS_sendto,      SYS_ppoll,         SYS_brk,        SYS_munmap,          SYS_mremap,
    SYS_madvise,      SYS_futex,       SYS_clock_gettime, SYS_getrandom,  SYS_rt_sigreturn,    SYS_rt_sigprocmask,
    SYS_rt_sigaction, SYS_sigaltstack, SYS_getpid,        SYS_gettid,     SYS_setitimer,       SYS_exit,
    SYS_exit_group,   SYS_close,       SYS_sched_yield,   SYS_membarrier, SYS_restart_syscall, SYS_set_robust_list,
    SYS_rseq,
#ifdef SYS_poll
    SYS_poll,
#endif
#ifdef __SANITIZE_ADDRESS__  // the sanitizer asks through a pipe whether memory is there
    SYS_pipe2,        SYS_write,       SYS_read,
#endif
};

constexpr long kLoading[] = {
    SYS_read,      SYS_pread64,    SYS_fstat,     SYS_newfstatat, SYS_lseek, SYS_faccessat,
    SYS_getcwd,    SYS_readlinkat, SYS_prctl,     SYS_seccomp,    SYS_uname, SYS_sched_getaffinity,
    SYS_prlimit64, SYS_getrlimit,  SYS_setrlimit,
#ifdef SYS_access
    SYS_access,    SYS_readlink,   SYS_stat,
#endif
};

constexpr std::uint32_t kAllow = SECCOMP_RET_ALLOW;
constexpr std::uint32_t kKill = SECCOMP_RET_KILL_PROCESS;

// Offset of the low half of an argument: all that is asked about fits into it.
constexpr std::uint32_t argument(int index) {
  return static_cast<std::uint32_t>(offsetof(seccomp_data, args)) + static_cast<std::uint32_t>(index) * 8;
}

class Filter {
 public:
  Filter() {
    load(offsetof(seccomp_data, arch));
    add(BPF_JMP | BPF_JEQ | BPF_K, kMachine, 1, 0);
    decide(kKill);
    load(offsetof(seccomp_data, nr));
  }
  void allow(long call) {
    add(BPF_JMP | BPF_JEQ | BPF_K, static_cast<std::uint32_t>(call), 0, 1);
    decide(kAllow);
  }
  // Allows a call whose argument has none of these bits, kills on the others.
  void allowWithout(long call, int index, std::uint32_t bits) {
    add(BPF_JMP | BPF_JEQ | BPF_K, static_cast<std::uint32_t>(call), 0, 4);
    load(argument(index));
    add(BPF_JMP | BPF_JSET | BPF_K, bits, 0, 1);
    decide(kKill);
    decide(kAllow);
  }
  // Allows a call with exactly this argument.
  void allowOnly(long call, int index, std::uint32_t value) {
    add(BPF_JMP | BPF_JEQ | BPF_K, static_cast<std::uint32_t>(call), 0, 4);
    load(argument(index));
    add(BPF_JMP | BPF_JEQ | BPF_K, value, 0, 1);
    decide(kAllow);
    decide(kKill);
  }
  bool install() {
    decide(kKill);
    const sock_fprog program{static_cast<unsigned short>(code_.size()), code_.data()};
    return ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
  }

 private:
  void load(size_t offset) { add(BPF_LD | BPF_W | BPF_ABS, static_cast<std::uint32_t>(offset), 0, 0); }
  void decide(std::uint32_t verdict) { add(BPF_RET | BPF_K, verdict, 0, 0); }
  void add(int code, std::uint32_t value, std::uint8_t yes, std::uint8_t no) {
    code_.push_back({static_cast<std::uint16_t>(code), yes, no, value});
  }

  std::vector<sock_filter> code_;
};

bool limit(__rlimit_resource resource, rlim_t value) {
  const rlimit both{value, value};
  return ::setrlimit(resource, &both) == 0;
}

bool limitResources() {
  bool good = limit(RLIMIT_CORE, 0) && limit(RLIMIT_FSIZE, 0);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)  // these reserve terabytes of addresses
  constexpr rlim_t kMemoryBytes = 1024UL * 1024 * 1024;
  good = good && limit(RLIMIT_AS, kMemoryBytes);
#endif
  return good && ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
}

}  // namespace

Result<void> lockDown(Lockdown stage) {
  const bool loading = stage == Lockdown::Loading;
  // Not dumpable: no other process of this user may look into it.
  bool good = loading ? limitResources() : ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0;
  Filter filter;
  for (const long call : kRunning) filter.allow(call);
  filter.allowOnly(SYS_tgkill, 0, static_cast<std::uint32_t>(::getpid()));  // abort()
  if (loading) {
    for (const long call : kLoading) filter.allow(call);
    filter.allowWithout(SYS_openat, 2, O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | O_APPEND);
    filter.allow(SYS_mmap);
    filter.allow(SYS_mprotect);
  } else {
    filter.allowWithout(SYS_mmap, 2, PROT_EXEC);
    filter.allowWithout(SYS_mprotect, 2, PROT_EXEC);
  }
  good = good && filter.install();
  if (!good) {
    return fail(ErrorKind::Broken, "cannot be confined on this machine: " + std::generic_category().message(errno));
  }
  return {};
}

}  // namespace causeway::plugin
