#include "host/app/assemble.hpp"
#include "host/app/commands/commands.hpp"
#include "host/app/commands/reading.hpp"
#include "host/app/files.hpp"
#include "host/model/codec.hpp"

#include <nlohmann/json.hpp>

#include <iostream>

namespace causeway::app {
namespace {

using Json = nlohmann::ordered_json;

Json findingsOf(const std::vector<mapping::Finding>& findings, int part) {
  Json out = Json::array();
  for (const auto& finding : findings)
    if (finding.part < 0 || finding.part == part)
      out.push_back({{"code", finding.code}, {"path", finding.path}, {"text", finding.text}});
  return out;
}

Json unexplainedOf(const mapping::Reading& reading) {
  Json out = Json::array();
  for (const auto& [path, count] : reading.unexplained) out.push_back(path);
  return out;
}

// One line a message; a refused document has one line without a message.
void print(const std::string& file, const ReadDocument& read) {
  const Json reply{{"status", read.reply.status},
                   {"outcome", read.reply.outcome},
                   {"content_type", read.reply.content_type},
                   {"body", read.reply.body}};
  const auto& reading = read.prepared.decoded.reading;
  if (read.prepared.outcome != "accepted") {
    std::cout
        << Json{{"file", file}, {"outcome", read.prepared.outcome}, {"why", read.prepared.why}, {"reply", reply}}.dump()
        << "\n";
    return;
  }
  int part = 0;
  for (const auto& message : reading.messages) {
    std::cout << Json{{"file", file},
                      {"outcome", "accepted"},
                      {"part", part},
                      {"mapping", reading.mapping},
                      {"message", Json::parse(model::toJson(*message), nullptr, false)},
                      {"warnings", findingsOf(reading.findings, part)},
                      {"unexplained", unexplainedOf(reading)},
                      {"reply", reply}}
                     .dump(-1, ' ', false, Json::error_handler_t::replace)
              << "\n";
    ++part;
  }
}

}  // namespace

int decode(const DecodeOptions& options) {
  auto opened = openRulebook(options.config, options.sender);
  if (!opened) return 1;
  bool all_read = true;
  for (const auto& file : options.files) {
    const auto bytes = readBytes(file);
    if (!bytes) {
      std::cerr << bytes.error().text() << "\n";
      all_read = false;
      continue;
    }
    const auto read = opened->read(*bytes);
    print(file, read);
    all_read = all_read && read.prepared.outcome == "accepted";
  }
  return all_read ? 0 : 1;
}

int encode(const EncodeOptions& options) {
  auto opened = openRulebook(options.config, "");
  if (!opened) return 1;
  const auto bytes = readBytes(options.file);
  const auto* plan = opened->installation.rulebook->library->writePlan(options.mapping);
  if (!bytes || !plan) {
    std::cerr << (bytes ? "no mapping '" + options.mapping + "' that writes" : bytes.error().text()) << "\n";
    return 1;
  }
  canonical::CanonicalMessage message;
  if (auto done = model::fromJson(*bytes, message); !done) {
    std::cerr << done.error().text() << "\n";
    return 1;
  }
  const auto written = mapping::write(*plan, message, {}, toLondon(SystemClock().now()).date);
  if (!written) {
    std::cerr << written.error().text() << "\n";
    return 1;
  }
  std::cout << written->bytes << "\n";
  for (const auto& lost : written->lost) std::cerr << "not carried by " << options.mapping << ": " << lost << "\n";
  return 0;
}

}  // namespace causeway::app
