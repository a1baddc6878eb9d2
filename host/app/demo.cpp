#include "host/app/demo.hpp"

#include "host/app/agency.hpp"
#include "host/app/demo_account.hpp"
#include "host/app/files.hpp"
#include "host/app/first_run.hpp"
#include "host/app/host.hpp"
#include "host/base/node_reader.hpp"
#include "host/config/yaml.hpp"
#include "host/transport/https_client.hpp"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <iostream>

namespace causeway::app {
namespace {

struct Step {
  std::string sender, file, say;
};

std::vector<Step> loadStory(const std::string& config, Problems& problems) {
  std::vector<Step> out;
  const auto story = config::loadYaml(std::filesystem::path(config) / "story" / "story.yaml", problems);
  if (!story) return out;
  NodeReader reader(*story, "a story", problems);
  if (const Node* steps = reader.list("steps")) {
    for (const auto& item : steps->items) {
      NodeReader step(item, "a step", problems);
      out.push_back({step.required("as"), step.required("file"), step.required("say")});
      step.finish();
    }
  }
  reader.finish();
  return out;
}

/// The whole scene: the host, one simulated system for each partner with an endpoint, and the clients that send.
class Stage {
 public:
  Result<void> open(const std::string& config) {
    config_ = config;
    Problems problems;
    CW_TRY(auto settings, config::loadConfiguration(config, problems));
    CW_CHECK_OK(makeMissingKeys(settings.settings));
    std::filesystem::remove_all(settings.settings.data.path);  // every performance begins with an empty store
    story_ = loadStory(config, problems);
    auto installation = assemble(config, problems);
    std::cerr << problems.text();
    if (!installation) return std::unexpected(installation.error());
    CW_CHECK_OK(startAgencies(installation->configuration));
    tls_ = installation->configuration.settings.listen.certificate.path.parent_path().string();
    const auto partners = installation->configuration.partners;
    CW_TRY(host_, Host::start(*std::move(installation), [](const Error& error) { std::cerr << error.text() << "\n"; }));
    for (const auto& partner : partners) CW_CHECK_OK(addClient(partner.id));
    return {};
  }

  void play() {
    std::cout << "Causeway listens on https://127.0.0.1:" << host_->port() << "/messages. " << agencies_.size()
              << " simulated systems wait for what is theirs.\n";
    int number = 0;
    for (const auto& step : story_) {
      playStep(++number, step);
      std::cout << std::flush;  // so that the host's own log, on the other stream, stands where it belongs
    }
    std::cout << "\nThe ledger at the end of the day: "
              << nlohmann::json::parse(host_->answer(R"({"command":"ledger"})", "demo")).dump() << "\n";
    std::cout << "What waits for a person:\n" << heldText(host_->answer(R"({"command":"held"})", "demo"));
  }

  void close() {
    host_->stop();
    for (auto& [name, agency] : agencies_) agency->stop();
  }

 private:
  Result<void> startAgencies(const config::Configuration& configuration) {
    for (const auto& partner : configuration.partners) {
      for (const auto& endpoint : partner.endpoints) {
        transport::HttpsServerConfig server;
        const size_t colon = endpoint.url.rfind(':');
        server.port = static_cast<std::uint16_t>(std::stoi(endpoint.url.substr(colon + 1)));
        const auto folder = configuration.settings.listen.certificate.path.parent_path();
        server.certificate_file = (folder / (partner.id + ".pem")).string();
        server.key_file = (folder / (partner.id + ".key")).string();
        server.client_ca_file = (folder / "ca.pem").string();
        CW_TRY(agencies_[partner.id], Agency::start(server));
      }
    }
    return {};
  }

  Result<void> addClient(const std::string& partner) {
    transport::HttpsEndpoint to;
    to.url = "https://127.0.0.1:" + std::to_string(host_->port()) + "/messages";
    to.certificate_file = tls_ + "/" + partner + ".pem";
    to.key_file = tls_ + "/" + partner + ".key";
    to.ca_file = tls_ + "/ca.pem";
    CW_TRY(clients_[partner], transport::HttpsClient::create(to));
    return {};
  }

  void playStep(int number, const Step& step) {
    std::cout << "\n" << number << ". " << step.say << "\n";
    const auto bytes = readBytes((std::filesystem::path(config_) / "story" / step.file).string());
    const auto client = clients_.find(step.sender);
    if (!bytes || client == clients_.end()) {
      std::cout << "   cannot be played: " << (bytes ? "no partner '" + step.sender + "'" : bytes.error().text())
                << "\n";
      return;
    }
    const auto answer =
        client->second->post(bytes->starts_with("{") ? "application/json" : "text/xml; charset=utf-8", *bytes);
    if (!answer) {
      std::cout << "   not accepted: " << answer.error().text() << "\n";
      return;
    }
    std::cout << "   " << step.sender << " sent " << bytes->size() << " bytes and was answered " << answer->status
              << "\n";
    host_->waitUntilIdle(std::chrono::seconds(10));
    std::map<std::string, std::string> received;
    for (auto& [name, agency] : agencies_)
      for (auto& item : agency->takeReceived()) received.emplace(item.delivery_id, std::move(item.body));
    std::cout << accountOf(host_->answer(R"({"command":"newest"})", "demo"), received)
              << clocksText(host_->answer(R"({"command":"clocks","all":true})", "demo"), clocks_);
  }

  std::string config_, tls_;
  std::vector<Step> story_;
  std::map<std::string, std::string> clocks_;  ///< how each stood after the last step
  std::unique_ptr<Host> host_;
  std::map<std::string, std::unique_ptr<Agency>> agencies_;
  std::map<std::string, std::unique_ptr<transport::HttpsClient>> clients_;
};

}  // namespace

int demo(const DemoOptions& options) {
  Stage stage;
  if (auto opened = stage.open(options.config); !opened) {
    std::cerr << opened.error().text() << "\n";
    return 1;
  }
  stage.play();
  if (options.keep_open) {
    std::cout << "\nThe host stays up. Press Enter to end.\n";
    std::cin.get();
  }
  stage.close();
  return 0;
}

}  // namespace causeway::app
