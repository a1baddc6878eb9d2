#include "host/app/desks/load.hpp"

#include "host/app/commands/commands.hpp"
#include "host/app/commands/host_line.hpp"
#include "host/app/files.hpp"
#include "host/base/text.hpp"
#include "host/mapping/parted_body.hpp"

#include <nlohmann/json.hpp>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <vector>

namespace causeway::app {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

// By name, so that whoever exports them can say what comes first.
Result<std::vector<std::string>> documentsIn(const std::string& folder) {
  std::vector<std::string> out;
  std::error_code code;
  for (fs::recursive_directory_iterator it(folder, code), end; !code && it != end; it.increment(code)) {
    std::error_code of_file;
    if (it->is_regular_file(of_file)) out.push_back(it->path().string());
  }
  if (code) return fail(ErrorKind::NotFound, "the folder cannot be read: " + code.message(), folder);
  std::ranges::sort(out);
  return out;
}

void drawProgress(size_t done, size_t all) {
  if (::isatty(STDERR_FILENO) != 0)
    std::cerr << "\r" << done << " of " << all << " documents" << (done == all ? "\n" : "") << std::flush;
}

}  // namespace

Result<std::string> LoadDesk::load(std::string_view request, std::string_view actor) {
  const auto asked = Json::parse(request, nullptr, false);
  if (!asked.is_object()) return fail(ErrorKind::Invalid, "the request is not a JSON object");
  const auto partner = asked.value("partner", ""), because = asked.value("because", ""), by = asked.value("by", "");
  if (!rulebook_.partner(partner)) return fail(ErrorKind::NotFound, "there is no partner '" + partner + "'");
  CW_CHECK_OK(holds_.check({partner, by, because, std::string(actor)}, nullptr));
  const auto bytes = fromHex(asked.value("document", ""));
  if (!bytes) return fail(ErrorKind::Invalid, "the document is not given in hexadecimal digits");
  pipeline::Incoming incoming;
  incoming.partner = partner;
  incoming.body = *bytes;
  incoming.content_type = asked.value("content_type", "");
  incoming.loaded = true;
  incoming.also = [&](pipeline::Transaction& tx) {
    return audit_.append(tx, {.op = "load",
                              .at = clock_.now(),
                              .actor = by,
                              .recipient = partner,
                              .purpose = "administration",
                              .details = {{"because", because}, {"through", std::string(actor)}}});
  };
  const auto said = intake_.receive(std::move(incoming));
  return Json{{"document", said.document_id}, {"outcome", said.outcome}, {"text", said.body}}.dump(
      -1, ' ', false, Json::error_handler_t::replace);
}

int loadFolder(const LoadOptions& options) {
  const auto files = documentsIn(options.folder);
  if (!files || files->empty()) {
    std::cerr << (files ? "there is no document in this folder" : files.error().text()) << "\n";
    return 1;
  }
  const auto line = HostLine::of(options.config);
  if (!line) return 1;
  size_t done = 0, refused = 0;
  for (const auto& file : *files) {
    const auto bytes = readBytes(file);
    if (!bytes) {
      std::cerr << bytes.error().text() << "\n";
      return 1;
    }
    const auto kept = mapping::splitContentType(*bytes);
    const Json request{{"command", "load"},          {"partner", options.partner},
                       {"document", hex(kept.body)}, {"content_type", std::string(kept.content_type)},
                       {"by", options.by},           {"because", options.because}};
    const auto reply = line->ask(request.dump(-1, ' ', false, Json::error_handler_t::replace));
    if (!reply) return 1;
    const auto said = Json::parse(*reply, nullptr, false);
    if (!said.is_object() || said.contains("error")) {
      std::cerr << file << ": " << (said.is_object() ? said.value("error", "") : *reply) << "\n";
      return 1;
    }
    const auto outcome = said.value("outcome", "");
    drawProgress(++done, files->size());
    if (outcome == "accepted" || outcome == "duplicate") continue;
    ++refused;
    std::cerr << file << ": " << outcome << " " << said.value("text", "") << "\n";
  }
  std::cout << done - refused << " documents loaded, " << refused
            << " refused; nobody was told. 'causeway held' lists what waits for a person\n";
  return refused == 0 ? 0 : 1;
}

}  // namespace causeway::app
