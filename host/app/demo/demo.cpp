#include "host/app/demo/demo.hpp"

#include "host/app/demo/agency.hpp"
#include "host/app/demo/demo_account.hpp"
#include "host/app/demo/demo_steps.hpp"
#include "host/app/demo/first_run.hpp"
#include "host/app/files.hpp"
#include "host/app/host.hpp"
#include "host/transport/https_client.hpp"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <iostream>

namespace causeway::app {
namespace {

/// The whole scene: the host, one simulated system for each partner with an endpoint, and the clients that send.
class Stage {
 public:
  Result<void> open(const DemoOptions& options) {
    const auto& config = options.config;
    folder_ = std::filesystem::path(config) / options.story;
    json_ = options.json;
    Problems problems;
    steps_ = loadSteps(folder_.string(), problems);
    if (problems.hasErrors()) return fail(ErrorKind::Invalid, problems.text(), folder_.string());
    CW_TRY(auto settings, config::loadConfiguration(config, problems));
    CW_CHECK_OK(makeMissingKeys(settings.settings));
    std::filesystem::remove_all(settings.settings.data.path);  // every performance begins with an empty store
    auto installation = assemble(config, problems);
    std::cerr << problems.text();
    if (!installation) return std::unexpected(installation.error());
    CW_CHECK_OK(startAgencies(installation->configuration));
    tls_ = installation->configuration.settings.listen.certificate.path.parent_path().string();
    const auto partners = installation->configuration.partners;
    if (!steps_.empty() && steps_.front().at) clock_->set(*steps_.front().at);
    installation->clock = clock_;
    CW_TRY(host_, Host::start(*std::move(installation), [](const Error& error) { std::cerr << error.text() << "\n"; }));
    for (const auto& partner : partners) CW_CHECK_OK(addClient(partner.id));
    return {};
  }

  void play() {
    if (!json_)
      std::cout << "Causeway listens on https://127.0.0.1:" << host_->port() << "/messages. " << agencies_.size()
                << " simulated systems wait for what is theirs.\n";
    int number = 0;
    for (const auto& step : steps_) {
      const auto played = playStep(++number, step);
      // Flushed, so that the host's own log, on the other stream, stands where it belongs.
      std::cout << (json_ ? recordOf(played) + "\n" : "\n" + accountOf(played, clocks_)) << std::flush;
    }
    const auto ledger = nlohmann::json::parse(host_->answer(R"({"command":"ledger"})", "demo"));
    if (json_) {
      std::cout << nlohmann::json{{"ledger", ledger}}.dump() << "\n";
      return;
    }
    std::cout << "\nThe ledger at the end of the day: " << ledger.dump() << "\n";
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

  PlayedStep playStep(int number, const Step& step) {
    PlayedStep out;
    out.number = number;
    out.step = step;
    if (step.at) {
      clock_->set(*step.at);
      host_->turnClocks();
      host_->waitUntilIdle(kLongest);
      out.by_time = messagesBeyond(newest_, host_->answer(R"({"command":"newest"})", "demo"));
    }
    if (!step.file.empty()) send(step, out);
    host_->waitUntilIdle(kLongest);
    for (auto& [name, agency] : agencies_)
      for (auto& item : agency->takeReceived()) out.received.emplace(item.delivery_id, std::move(item.body));
    newest_ = host_->answer(R"({"command":"newest"})", "demo");
    if (!step.file.empty()) out.newest = newest_;
    out.clocks = host_->answer(R"({"command":"clocks","all":true})", "demo");
    out.held = host_->answer(R"({"command":"held"})", "demo");
    return out;
  }

  void send(const Step& step, PlayedStep& out) {
    const auto bytes = readBytes((folder_ / step.file).string());
    const auto client = clients_.find(step.sender);
    if (!bytes || client == clients_.end()) {
      out.failure = "cannot be played: " + (bytes ? "no partner '" + step.sender + "'" : bytes.error().text());
      return;
    }
    out.bytes = bytes->size();
    const auto answer =
        client->second->post(bytes->starts_with("{") ? "application/json" : "text/xml; charset=utf-8", *bytes);
    if (answer) out.status = answer->status;
    else out.failure = "not accepted: " + answer.error().text();
  }

  static constexpr std::chrono::seconds kLongest{10};

  std::filesystem::path folder_;
  std::string tls_;
  std::vector<Step> steps_;
  bool json_ = false;
  std::shared_ptr<StoryClock> clock_ = std::make_shared<StoryClock>();
  std::string newest_;                         ///< what the host last said of the newest document
  std::map<std::string, std::string> clocks_;  ///< how each stood after the last step
  std::unique_ptr<Host> host_;
  std::map<std::string, std::unique_ptr<Agency>> agencies_;
  std::map<std::string, std::unique_ptr<transport::HttpsClient>> clients_;
};

}  // namespace

int demo(const DemoOptions& options) {
  Stage stage;
  if (auto opened = stage.open(options); !opened) {
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
