#include "host/base/log.hpp"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace causeway {
namespace {

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  }
  return out;
}

std::string line(std::string_view event, std::initializer_list<Log::Field> fields) {
  std::string out = R"("event":")" + escaped(event) + "\"";
  for (const auto& [name, value] : fields) out += ",\"" + std::string(name) + "\":\"" + escaped(value) + "\"";
  return out;
}

}  // namespace

struct Log::Impl {
  std::shared_ptr<spdlog::logger> logger;
};

Log::Log() : impl_(std::make_unique<Impl>()) {
  impl_->logger = std::make_shared<spdlog::logger>("causeway", std::make_shared<spdlog::sinks::stderr_sink_mt>());
  impl_->logger->set_pattern(R"({"at":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l",%v})", spdlog::pattern_time_type::utc);
}

Log::~Log() = default;

void Log::info(std::string_view event, std::initializer_list<Field> fields) {
  impl_->logger->info("{}", line(event, fields));
}
void Log::warn(std::string_view event, std::initializer_list<Field> fields) {
  impl_->logger->warn("{}", line(event, fields));
}
void Log::error(std::string_view event, std::initializer_list<Field> fields) {
  impl_->logger->error("{}", line(event, fields));
}

}  // namespace causeway
