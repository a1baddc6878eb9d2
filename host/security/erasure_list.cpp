#include "host/security/erasure_list.hpp"

#include "host/base/text.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <fstream>
#include <optional>
#include <sstream>
#include <utility>

namespace causeway::security {
namespace {

constexpr std::string_view kAll = "-";

/// A line is "2026-06-02T09:00:00Z scope fingerprint"; scopes are ids of ours and hold no white space.
std::optional<ErasureList::Entry> read(std::string_view line) {
  const auto words = split(line, ' ');
  if (words.size() != 3 || words[1].empty() || words[2].empty() || !parseInstant(words[0])) return std::nullopt;
  return ErasureList::Entry{std::string(words[1]), words[2] == kAll ? std::string() : std::string(words[2])};
}

Failure broken(const std::string& path) {
  return fail(ErrorKind::Broken, "the list of erasures cannot be read or written", path);
}

}  // namespace

Result<ErasureList> ErasureList::open(std::string path) {
  ErasureList out;
  out.path_ = std::move(path);
  const int made = ::open(out.path_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (made < 0) return broken(out.path_);
  ::close(made);
  std::ifstream in(out.path_, std::ios::binary);
  std::ostringstream all;
  all << in.rdbuf();
  if (!in) return broken(out.path_);
  const std::string text = all.str();
  const auto whole = text.rfind('\n') == std::string::npos ? 0 : text.rfind('\n') + 1;
  // A line that a stop cut off: its key was not destroyed, and is when the command is given again.
  if (whole < text.size() && ::truncate(out.path_.c_str(), static_cast<off_t>(whole)) != 0) return broken(out.path_);
  for (const auto line : split(std::string_view(text).substr(0, whole), '\n')) {
    if (line.empty()) continue;
    auto entry = read(line);
    if (!entry) return broken(out.path_);
    out.entries_.push_back(*std::move(entry));
  }
  return out;
}

Result<void> ErasureList::add(const Entry& entry, Instant at) {
  const std::string line = formatInstant(at) + " " + entry.scope + " " +
                           (entry.fingerprint.empty() ? std::string(kAll) : entry.fingerprint) + "\n";
  const int file = ::open(path_.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC | O_NOFOLLOW);
  if (file < 0) return broken(path_);
  const bool written = ::write(file, line.data(), line.size()) == static_cast<ssize_t>(line.size());
  const bool synced = written && ::fsync(file) == 0;
  if (::close(file) != 0 || !synced) return broken(path_);
  entries_.push_back(entry);
  return {};
}

}  // namespace causeway::security
