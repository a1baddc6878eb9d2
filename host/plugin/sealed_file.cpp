#include "host/plugin/sealed_file.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

namespace causeway::plugin {
namespace {

constexpr off_t kLargest = 256L * 1024 * 1024;

std::string reason(int error) { return std::generic_category().message(error); }

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }

 private:
  int fd_;
};

Failure cannotOpen(int error, const std::string& file) {
  if (error == ENOENT || error == ENOTDIR) return fail(ErrorKind::NotFound, "there is no such file", file);
  if (error == ELOOP) return fail(ErrorKind::Refused, "is a symbolic link; name the file itself", file);
  if (error == EACCES) return fail(ErrorKind::Refused, "may not be read by this user", file);
  return fail(ErrorKind::Broken, "cannot be opened: " + reason(error), file);
}

// Whoever may write the file or put another in its place chooses what the host runs next time, or what it refuses to run.
Result<void> guardedFromOthers(const struct stat& status, const std::string& file) {
  if (status.st_mode & S_IWOTH) return fail(ErrorKind::Refused, "everyone may write to it; take that right away", file);
  const auto folder = std::filesystem::absolute(file).parent_path();
  struct stat folder_status{};
  if (::stat(folder.c_str(), &folder_status) != 0) return cannotOpen(errno, folder);
  if (folder_status.st_mode & S_IWOTH) {
    return fail(ErrorKind::Refused, "everyone may write to its folder; take that right away", file);
  }
  return {};
}

}  // namespace

SealedFile::SealedFile(SealedFile&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)), kept_(other.kept_), bytes_(std::exchange(other.bytes_, {})) {}

SealedFile::~SealedFile() {
  if (!bytes_.empty()) ::munmap(const_cast<char*>(bytes_.data()), bytes_.size());
  if (fd_ >= 0 && !kept_) ::close(fd_);
}

std::string SealedFile::path() const { return "/proc/self/fd/" + std::to_string(fd_); }

Result<SealedFile> SealedFile::copyOf(const std::string& file, bool any_owner) {
  const Descriptor source(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  if (source.get() < 0) return cannotOpen(errno, file);
  struct stat status{};
  if (::fstat(source.get(), &status) != 0) return cannotOpen(errno, file);
  if (!S_ISREG(status.st_mode)) return fail(ErrorKind::Refused, "is not a regular file", file);
  if (!any_owner) CW_CHECK_OK(guardedFromOthers(status, file));
  if (status.st_size == 0) return fail(ErrorKind::Invalid, "is empty", file);
  if (status.st_size > kLargest) return fail(ErrorKind::TooLarge, "is larger than 256 MiB", file);

  SealedFile copy(::memfd_create("causeway-adapter", MFD_CLOEXEC | MFD_ALLOW_SEALING));
  if (copy.fd_ < 0) return fail(ErrorKind::Broken, "cannot be copied to memory: " + reason(errno), file);
  CW_CHECK_OK(copy.fill(source.get(), static_cast<size_t>(status.st_size), file));
  CW_CHECK_OK(copy.seal(file));
  return copy;
}

Result<void> SealedFile::fill(int source, size_t size, const std::string& file) {
  if (::ftruncate(fd_, static_cast<off_t>(size)) != 0) {
    return fail(ErrorKind::Broken, "cannot be copied to memory: " + reason(errno), file);
  }
  std::array<char, 64 * 1024> buffer;
  size_t done = 0;
  while (done < size) {
    const ssize_t got = ::read(source, buffer.data(), std::min(buffer.size(), size - done));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return fail(ErrorKind::Broken, "cannot be read: " + reason(errno), file);
    if (got == 0) return fail(ErrorKind::Broken, "became shorter while it was read", file);
    if (::pwrite(fd_, buffer.data(), static_cast<size_t>(got), static_cast<off_t>(done)) != got) {
      return fail(ErrorKind::Broken, "cannot be copied to memory: " + reason(errno), file);
    }
    done += static_cast<size_t>(got);
  }
  return {};
}

Result<void> SealedFile::seal(const std::string& file) {
  if (::fcntl(fd_, F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) != 0) {
    return fail(ErrorKind::Broken, "cannot be sealed in memory: " + reason(errno), file);
  }
  struct stat status{};
  if (::fstat(fd_, &status) != 0) return fail(ErrorKind::Broken, "cannot be read back: " + reason(errno), file);
  const auto size = static_cast<size_t>(status.st_size);
  void* mapped = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, fd_, 0);
  if (mapped == MAP_FAILED) return fail(ErrorKind::Broken, "cannot be read back: " + reason(errno), file);
  bytes_ = {static_cast<const char*>(mapped), size};
  return {};
}

Result<std::string> readSmallFile(const std::string& file, size_t limit) {
  const Descriptor source(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  if (source.get() < 0) return cannotOpen(errno, file);
  std::string out(limit + 1, '\0');
  size_t done = 0;
  while (done < out.size()) {
    const ssize_t got = ::read(source.get(), out.data() + done, out.size() - done);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return fail(ErrorKind::Broken, "cannot be read: " + reason(errno), file);
    if (got == 0) break;
    done += static_cast<size_t>(got);
  }
  if (done > limit) return fail(ErrorKind::TooLarge, "is larger than " + std::to_string(limit) + " bytes", file);
  out.resize(done);
  return out;
}

}  // namespace causeway::plugin
