#include "host/security/head_witness.hpp"

#include "host/security/head_line.hpp"
#include "host/security/open_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace causeway::security {
namespace {

int opened(const std::string& path) {
  return ::open(path.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0640);
}

Failure cannot(const char* what, const std::string& path) {
  return fail(
      ErrorKind::Unavailable,
      std::string("the second place for heads of the audit log cannot be ") + what + ": " + std::strerror(errno), path);
}

// The end is enough: a head of 300 bytes or so is the last line.
Result<std::string> lastLines(int fd, off_t size, const std::string& path) {
  constexpr off_t enough = 4096;
  std::string text(static_cast<size_t>(std::min(size, enough)), '\0');
  if (::pread(fd, text.data(), text.size(), size - static_cast<off_t>(text.size())) !=
      static_cast<ssize_t>(text.size()))
    return cannot("read", path);
  return text;
}

}  // namespace

Result<void> HeadWitness::check() {
  const OpenFile file(opened(place_.file));
  struct stat status{};
  if (file.fd() < 0 || ::fstat(file.fd(), &status) != 0) return cannot("opened", place_.file);
  CW_TRY(const auto text, lastLines(file.fd(), status.st_size, place_.file));
  const auto end = text.rfind('\n');
  // A line that was being written when a host stopped goes, so that the next one begins where a line begins.
  const size_t torn = end == std::string::npos ? text.size() : text.size() - end - 1;
  if (torn > 0 && ::ftruncate(file.fd(), status.st_size - static_cast<off_t>(torn)) != 0)
    return cannot("mended", place_.file);
  if (end == std::string::npos) return {};
  const auto start = end == 0 ? std::string::npos : text.rfind('\n', end - 1);
  const auto from = start == std::string::npos ? 0 : start + 1;
  const auto head = parseHeadLine(std::string_view(text).substr(from, end - from));
  if (!head)
    return fail(ErrorKind::Broken,
                "the last line of the second place for heads of the audit log is none: " + head.error().what +
                    "; find out who wrote it",
                place_.file);
  CW_TRY(const auto ours, records_.auditHeads(head->size - 1, 1));
  if (ours.empty() || ours.front().size != head->size || ours.front().root_hash != head->root_hash)
    return fail(ErrorKind::Broken,
                "the audit log does not have the head over " + std::to_string(head->size) +
                    " leaves that was kept here: it was cut back, or an older copy was put in its place. Find out why; "
                    "to go on with this log on purpose, move the file away and keep it",
                place_.file);
  kept_size_ = head->size;
  kept_at_ = head->signed_at;
  return {};
}

Result<void> HeadWitness::turn() {
  return kept_size_ > 0 && clock_.now() - kept_at_ < place_.every ? Result<void>() : keepNow();
}

Result<void> HeadWitness::keepNow() {
  CW_TRY(const auto head, records_.newestAuditHead());
  if (!head || head->size <= kept_size_) return {};
  CW_CHECK_OK(keep(*head));
  kept_size_ = head->size;
  kept_at_ = clock_.now();
  return {};
}

Result<void> HeadWitness::keep(const pipeline::AuditHead& head) {
  const OpenFile file(opened(place_.file));
  struct stat status{};
  if (file.fd() < 0 || ::fstat(file.fd(), &status) != 0) return cannot("opened", place_.file);
  const std::string line = headLine(head) + "\n";
  if (::write(file.fd(), line.data(), line.size()) == static_cast<ssize_t>(line.size()) && ::fsync(file.fd()) == 0)
    return {};
  const auto failed = cannot("written", place_.file);
  // What was written of it must not stand before the next one.
  return ::ftruncate(file.fd(), status.st_size) == 0 ? failed : cannot("mended", place_.file);
}

}  // namespace causeway::security
