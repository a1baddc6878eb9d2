#include "host/app/commands/commands.hpp"
#include "host/app/commands/host_line.hpp"
#include "host/app/demo/first_run.hpp"
#include "host/app/files.hpp"
#include "host/app/host.hpp"
#include "host/mapping/parted_body.hpp"
#include "host/model/codec.hpp"
#include "host/security/no_core_dump.hpp"
#include "host/transport/https_client.hpp"

#include <Poco/Util/ServerApplication.h>
#include <nlohmann/json.hpp>

#include <iostream>

namespace causeway::app {
namespace {

// Poco brings the life of a server process: signals, waiting for the end, running as a daemon.
class Service final : public Poco::Util::ServerApplication {
 public:
  explicit Service(std::string config) : config_(std::move(config)) {}

  int main(const std::vector<std::string>&) override {
    auto installation = assembleOrTell(config_);
    if (!installation) return EXIT_CONFIG;
    auto host = Host::start(*std::move(installation), [](const Error& error) {
      std::cerr << "the disk failed, nothing more is accepted: " << error.text() << "\n";
      terminate();
    });
    if (!host) return failed(host.error());
    std::cout << "listening on port " << (*host)->port() << std::endl;
    waitForTerminationRequest();
    (*host)->stop();
    return EXIT_OK;
  }

 private:
  static int failed(const Error& error) {
    std::cerr << error.text() << "\n";
    return EXIT_CONFIG;
  }
  std::string config_;
};

}  // namespace

int run(const std::string& config) {
  if (auto closed = security::leaveNoCoreDump(); !closed) {
    std::cerr << closed.error().text() << "\n";
    return 1;
  }
  Service service(config);
  std::vector<std::string> arguments{"causeway"};
  service.setUnixOptions(true);
  return service.run(arguments) == 0 ? 0 : 1;
}

int keys(const std::string& config) {
  Problems problems;
  const auto configuration = config::loadConfiguration(config, problems);
  std::cerr << problems.text();
  if (!configuration) return 1;
  if (auto made = makeMissingKeys(configuration->settings); !made) {
    std::cerr << made.error().text() << "\n";
    return 1;
  }
  const auto& named = configuration->settings.keys;
  const auto place = [&](const config::NamedPath& file, const std::string& label) {
    return file.empty() ? "'" + label + "' in the token '" + named.token.label + "'" : file.path.string();
  };
  std::cout << "key-encryption key: " << place(named.file, named.token.key_encryption)
            << "\naudit signing key: " << place(named.audit_signing, named.token.audit_signing) << "\n";
  return 0;
}

int plugins(const std::string& config, bool json) {
  const auto installation = assembleOrTell(config);
  if (!installation) return 1;
  auto out = nlohmann::ordered_json::array();
  for (const auto& settings : installation->configuration.settings.plugins) {
    const auto& adapter = installation->rulebook->adapters.at(settings.name);
    out.push_back({{"name", settings.name},
                   {"adapter", adapter->name()},
                   {"version", adapter->version()},
                   {"minimum_version", settings.minimum_version},
                   {"isolated", settings.isolated},
                   {"signed_by", settings.trusted_key.path.string()},
                   {"converters", adapter->converters()}});
    if (settings.isolated) out.back()["call_limit_ms"] = settings.call_limit.count();
  }
  if (json) {
    std::cout << out.dump(2) << "\n";
    return 0;
  }
  for (const auto& item : out) {
    const auto minimum = item.value("minimum_version", "");
    std::cout << item.value("name", "") << " " << item.value("version", "")
              << (minimum.empty() ? "" : " (at least " + minimum + ")")
              << (item.value("isolated", false) ? ", in a process of its own" : ", in the host's process")
              << (item.value("signed_by", "").empty() ? ", unsigned" : "") << "\n";
    for (const auto& converter : item["converters"])
      std::cout << "  converter " << converter.get<std::string>() << "\n";
  }
  return 0;
}

int model(bool schema) {
  std::cout << (schema ? causeway::model::jsonSchema() : causeway::model::documentation()) << "\n";
  return 0;
}

int ask(const std::string& config, const std::string& request, bool) {
  const auto reply = askHost(config, request);
  if (!reply) return 1;
  std::cout << *reply << "\n";
  return reply->starts_with(R"({"error")") ? 1 : 0;
}

int send(const SendOptions& options) {
  transport::HttpsEndpoint endpoint;
  endpoint.url = options.url;
  endpoint.certificate_file = options.certificate;
  endpoint.key_file = options.key;
  endpoint.ca_file = options.authorities;
  const auto client = transport::HttpsClient::create(endpoint);
  if (!client) {
    std::cerr << client.error().text() << "\n";
    return 1;
  }
  bool all_accepted = true;
  for (const auto& file : options.files) {
    const auto bytes = readBytes(file);
    if (!bytes) {
      std::cerr << bytes.error().text() << "\n";
      return 1;
    }
    // A file may say its own content type, as a body with parts must.
    const auto kept = mapping::splitContentType(*bytes);
    const bool xml = bytes->find('<') < bytes->find('{');
    const std::string type(kept.content_type.empty() ? xml ? "text/xml; charset=utf-8" : "application/json"
                                                     : kept.content_type);
    const auto answer = (*client)->post(type, std::string(kept.body));
    if (!answer) {
      std::cerr << file << ": " << answer.error().text() << "\n";
      all_accepted = false;
      continue;
    }
    std::cout << file << ": " << answer->status << " " << answer->body << "\n";
    all_accepted = all_accepted && answer->status / 100 == 2;
  }
  return all_accepted ? 0 : 1;
}

}  // namespace causeway::app
