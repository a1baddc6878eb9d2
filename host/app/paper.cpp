#include "host/app/commands.hpp"
#include "host/config/configuration.hpp"
#include "host/transport/control_socket.hpp"

#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include <iostream>
#include <optional>

namespace causeway::app {
namespace {

int valueOf(char digit) { return digit >= 'a' ? digit - 'a' + 10 : digit - '0'; }

std::string fromHex(const std::string& digits) {
  std::string out;
  out.reserve(digits.size() / 2);
  for (std::size_t i = 0; i + 1 < digits.size(); i += 2)
    out += static_cast<char>(valueOf(digits[i]) * 16 + valueOf(digits[i + 1]));
  return out;
}

// For its owner's eyes, and never over a file that is there.
bool writeNew(const std::string& path, std::string_view bytes) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (file < 0) return false;
  while (!bytes.empty()) {
    const auto done = ::write(file, bytes.data(), bytes.size());
    if (done <= 0) break;
    bytes.remove_prefix(static_cast<std::size_t>(done));
  }
  return ::close(file) == 0 && bytes.empty();
}

}  // namespace

int savePaper(const std::string& config, const std::string& id, const std::string& path) {
  Problems problems;
  const auto configuration = config::loadConfiguration(config, problems);
  if (!configuration) {
    std::cerr << problems.text();
    return 1;
  }
  const nlohmann::json request{{"command", "paper"}, {"id", id}};
  const auto reply =
      transport::callControlSocket(configuration->settings.control_socket.path.string(),
                                   request.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
  const auto paper = reply ? nlohmann::json::parse(*reply, nullptr, false) : nlohmann::json();
  if (!paper.is_object() || !paper.contains("bytes")) {
    std::cerr << (reply ? paper.value("error", "the host gave no paper") : reply.error().text()) << "\n";
    return 1;
  }
  if (!writeNew(path, fromHex(paper.value("bytes", "")))) {
    std::cerr << "cannot write " << path << ": it must be a new file in a folder that may be written to\n";
    return 1;
  }
  std::cout << paper.value("media_type", "") << ", " << paper.value("size", 0) << " bytes, in " << path << "\n";
  return 0;
}

}  // namespace causeway::app
