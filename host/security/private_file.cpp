#include "host/security/private_file.hpp"

#include "host/security/open_file.hpp"

#include <fcntl.h>
#include <openssl/crypto.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace causeway::security {
namespace {

Failure notOpened(const std::string& path) {
  if (errno == ENOENT) return fail(ErrorKind::NotFound, "the key file is not there", path);
  if (errno == ELOOP) return fail(ErrorKind::Refused, "the key file is a link; name the file itself", path);
  if (errno == EEXIST) return fail(ErrorKind::Conflict, "the key file is there already; it is never overwritten", path);
  return fail(ErrorKind::Broken, std::string("the key file cannot be opened: ") + std::strerror(errno), path);
}

}  // namespace

Result<std::string> readPrivateFile(const std::string& path) {
  constexpr size_t limit = 64U * 1024U;
  const OpenFile file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  if (file.fd() < 0) return notOpened(path);
  struct stat status{};
  if (::fstat(file.fd(), &status) != 0 || !S_ISREG(status.st_mode))
    return fail(ErrorKind::Refused, "the key file is not a plain file", path);
  if ((status.st_mode & 077U) != 0)
    return fail(ErrorKind::Refused, "the key file may be read by others than its owner; use chmod 600", path);
  if (status.st_uid != ::geteuid() && status.st_uid != 0)
    return fail(ErrorKind::Refused, "the key file belongs to another user", path);
  std::string content;
  std::array<char, 4096> buffer{};
  for (ssize_t got = 0; (got = ::read(file.fd(), buffer.data(), buffer.size())) != 0;) {
    if (got < 0) return fail(ErrorKind::Broken, "the key file cannot be read", path);
    content.append(buffer.data(), static_cast<size_t>(got));
    if (content.size() > limit) return fail(ErrorKind::TooLarge, "the key file is too large to be one", path);
  }
  OPENSSL_cleanse(buffer.data(), buffer.size());
  return content;
}

Result<void> createPrivateFile(const std::string& path, std::string_view content) {
  const OpenFile file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (file.fd() < 0) return notOpened(path);
  const ssize_t written = ::write(file.fd(), content.data(), content.size());
  if (written == static_cast<ssize_t>(content.size()) && ::fsync(file.fd()) == 0) return {};
  ::unlink(path.c_str());
  return fail(ErrorKind::Broken, "the key file cannot be written", path);
}

}  // namespace causeway::security
