#include "tests/support/host_rig.hpp"

#include "host/base/text.hpp"
#include "host/config/yaml.hpp"
#include "host/pipeline/clock_limits.hpp"
#include "host/pipeline/pseudonyms.hpp"
#include "host/security/audit_verifier.hpp"
#include "host/security/digest.hpp"
#include "host/store/sqlite/key_store.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace causeway::support {
namespace {

constexpr const char* kCalendar =
    "calendar: england-and-wales\nsource: invented for tests\nfirst_year: 2026\nlast_year: 2027\nholidays: "
    "[2026-12-25, 2027-12-27]\n";

// The scenes are part of the tests: a mistake in one is a mistake of the program that runs it.
[[noreturn]] void giveUp(const std::string& why) {
  std::fprintf(stderr, "host rig: %s\n", why.c_str());
  std::abort();
}

template <class T>
T must(Result<T> result) {
  if (!result) giveUp(result.error().text());
  if constexpr (!std::is_void_v<T>) return *std::move(result);
}

Node yaml(const std::string& text, const std::string& name, Problems& problems) {
  auto node = config::parseYaml(text, name, problems);
  return node ? *std::move(node) : Node();
}

void addConverters(const std::shared_ptr<pipeline::Adapter>& adapter, mapping::Converters& converters) {
  for (const auto& name : adapter->converters()) {
    const auto call = [adapter, name](mapping::Inputs inputs, mapping::Outputs& outputs) -> Result<void> {
      pipeline::Fields fields;
      for (const auto& item : inputs) fields.emplace_back(item.name, item.value);
      CW_TRY(const auto converted, adapter->convert(name, fields));
      for (const auto& [key, value] : converted) outputs.set(key, value);
      return {};
    };
    if (auto added = converters.add(name, call); !added) giveUp(added.error().what);
  }
}

std::shared_ptr<const pipeline::Rulebook> rulebookOf(const Scene& scene, const Clock& clock) {
  Problems problems;
  auto out = std::make_shared<pipeline::Rulebook>();
  out->controller = "test-force";
  out->forces = scene.forces;
  std::vector<Node> mappings;
  for (size_t i = 0; i < scene.mappings.size(); ++i)
    mappings.push_back(yaml(scene.mappings[i], "mapping " + std::to_string(i), problems));
  mapping::Converters converters;
  converters.fingerprintBy([](std::string_view bytes) { return hex(security::sha256(bytes)); });
  for (const auto& [name, adapter] : scene.adapters) addConverters(adapter, converters);
  out->library = mapping::Library::load(std::move(mappings), std::move(converters), problems);
  const auto days = yaml(kCalendar, "calendar", problems);
  const auto calendar = WorkingDays::load({&days}, problems);
  out->clocks = std::make_shared<const care::ClockBook>(
      care::ClockBook::load({yaml(scene.clocks, "clocks", problems)}, calendar, problems));
  out->routes = std::make_unique<routing::Routes>(
      routing::Routes::load({yaml(scene.routes, "routes", problems)}, calendar, problems,
                            std::make_shared<pipeline::ClockLimits>(out->clocks)));
  out->policy = std::make_unique<protection::Policy>(
      protection::Policy::load({yaml(scene.protection, "protection", problems)}, problems));
  if (scene.decider) out->decider = scene.decider(*out->policy);
  if (scene.decision_limit)
    out->watch = std::make_shared<pipeline::PolicyWatch>(std::shared_ptr<const Clock>(std::shared_ptr<void>(), &clock),
                                                         *scene.decision_limit);
  out->partners = scene.partners;
  out->adapters.insert(scene.adapters.begin(), scene.adapters.end());
  out->version = "test";
  if (problems.hasErrors()) giveUp(problems.text());
  return out;
}

}  // namespace

Result<pipeline::Answer> FakeSender::send(const pipeline::Outgoing& outgoing) {
  Answering answering;
  {
    const std::lock_guard lock(mutex_);
    sent_.push_back(outgoing);
    answering = answering_;
  }
  return answering(outgoing);
}

std::vector<pipeline::Outgoing> FakeSender::sent(const std::string& endpoint) const {
  const std::lock_guard lock(mutex_);
  std::vector<pipeline::Outgoing> out;
  for (const auto& one : sent_)
    if (endpoint.empty() || one.endpoint == endpoint) out.push_back(one);
  return out;
}

HostRig::HostRig(Scene scene, unsigned seed, int workers) : scene_(std::move(scene)), random_(seed), workers_(workers) {
  ids_ = std::make_unique<Ids>(clock, [this](std::span<unsigned char> out) {
    static std::mutex mutex;
    const std::lock_guard lock(mutex);
    for (auto& byte : out) byte = static_cast<unsigned char>(random_());
  });
  must(security::createKeyFile(folder_.file("vault.key")));
  must(must(security::SigningKey::generate()).save(folder_.file("audit.pem")));
  start();
}

HostRig::~HostRig() { close(); }

void HostRig::start() {
  fatal_ = false;
  rulebook_ = scene_.rulebook ? scene_.rulebook : rulebookOf(scene_, clock);
  auto disk = std::make_unique<store::GuardedVfs>([this](std::string_view) { fatal_ = true; });
  disk_ = disk.get();
  disk_->setFaultHook(
      [this](auto, auto) { return dead_ ? store::GuardedVfs::Fault::InputOutput : store::GuardedVfs::Fault::None; });
  store_ = must(store::SqliteStore::open(folder_.file("store.db"), std::move(disk)));
  auto key_disk = std::make_unique<store::GuardedVfs>([this](std::string_view) { fatal_ = true; });
  key_disk_ = key_disk.get();
  vault_ = must(security::FileVault::open(
      {must(security::KeyFile::load(folder_.file("vault.key")))},
      must(store::SqliteKeyStore::open(folder_.file("keys.db"), std::move(key_disk))), clock));
  must(vault_->keepList(must(security::ErasureList::open(folder_.file("erasures.list")))));
  rulebook_->policy->pseudonymsBy(pipeline::pseudonymsBy(*vault_));
  auto signing = must(security::SigningKey::load(folder_.file("audit.pem")));
  public_key_ = signing.publicKeyPem();
  audit_ = must(security::MerkleAuditLog::open(*store_, std::move(signing)));
  writer_ =
      std::make_unique<pipeline::Writer>(*store_, *vault_, *audit_, clock, [this](const Error&) { fatal_ = true; });
  admitter_ = std::make_unique<pipeline::Admitter>(rulebook_, *vault_, *audit_, clock, *ids_);
  outbox_ = std::make_unique<pipeline::Outbox>(rulebook_, *store_, *writer_, *vault_, *audit_, sender, clock, *ids_,
                                               scene_.retry, workers_);
  admitter_->onDeliveries([this](std::vector<pipeline::DeliveryRow> rows) { outbox_->add(std::move(rows)); });
  intake_ = std::make_unique<pipeline::Intake>(rulebook_, mapping::Limits{}, clock, *ids_, *writer_, *admitter_);
  rulings_ = std::make_unique<pipeline::Holds>(rulebook_, mapping::Limits{}, *store_, *vault_, *writer_, *admitter_);
  follow_ups_ = std::make_unique<pipeline::FollowUps>(pipeline::FollowUpParts{
      rulebook_, *store_, *writer_, *vault_, *audit_, sender, *intake_, clock, *ids_, scene_.retry});
  intake_->onNext([this](pipeline::Transaction& tx, const pipeline::Document& document,
                         const pipeline::Question& question) { return follow_ups_->ask(tx, document, question); });
  using std::chrono::days;
  retention_ = std::make_unique<pipeline::Retention>(pipeline::RetentionTimes{days(30), days(30), days(90), days(365)},
                                                     *store_, *vault_, *writer_, *audit_, clock, *ids_);
  rounds_ = std::make_unique<pipeline::ClockRounds>(*store_, *writer_, *admitter_, clock);
  outbox_->onQuestion([this](const pipeline::DeliveryRow& delivery, const pipeline::Question& question) {
    follow_ups_->askAbout(delivery, question);
  });
  must(rulings_->finishErasures());
  must(outbox_->resume());
}

void HostRig::close() {
  rounds_.reset();
  if (follow_ups_) follow_ups_->stop();
  if (outbox_) outbox_->stop();
  if (writer_) writer_->stop();
  retention_.reset();
  rulings_.reset();
  follow_ups_.reset();
  intake_.reset();
  outbox_.reset();
  admitter_.reset();
  writer_.reset();
  audit_.reset();
  vault_.reset();
  store_.reset();
}

void HostRig::restart() {
  close();
  dead_ = false;
  start();
}

void HostRig::restart(Scene scene) {
  scene_ = std::move(scene);
  restart();
}

pipeline::Acknowledgement HostRig::receive(const std::string& partner, const std::string& body,
                                           const std::string& content_type) {
  pipeline::Incoming incoming{"urn:causeway:partner:" + partner, body, {}};
  incoming.content_type = content_type;
  return intake_->receive(std::move(incoming));
}

void HostRig::admitTogether(const std::vector<canonical::CanonicalMessage>& messages, const std::string& from) {
  pipeline::Admitted all;
  const bool done = writer_->perform(
      [&](pipeline::Transaction& tx) -> Result<void> {
        for (const auto& message : messages) {
          pipeline::Document document;
          document.document_id = ids_->timeOrdered();
          document.sender = from;
          document.source_id = message.message_id();
          document.digest = vault_->digest(message.SerializeAsString());
          document.raw = "raw";
          document.reply = "reply";
          document.messages.push_back(std::make_unique<canonical::CanonicalMessage>(message));
          document.received_at = clock.now();
          CW_TRY(auto admitted, admitter_->admit(tx, document));
          std::ranges::move(admitted.deliveries, std::back_inserter(all.deliveries));
        }
        return {};
      },
      [&](bool committed) {
        if (committed) admitter_->afterCommit(all);
      });
  if (!done) giveUp("the group was lost");
}

void HostRig::settle() {
  writer_->perform([](pipeline::Transaction&) { return Result<void>(); });
}

void HostRig::deliver() {
  do settle();
  while (outbox_->turn());
}

void HostRig::passTime(std::chrono::minutes time) {
  for (auto passed = std::chrono::minutes(0); passed < time; ++passed) {
    clock.advance(std::chrono::minutes(1));
    deliver();
  }
}

pipeline::LedgerBalance HostRig::ledger() { return must(store_->balance()); }

std::vector<pipeline::MessageRow> HostRig::messagesOf(const std::string& document_id) {
  return must(store_->messagesOfDocument(document_id));
}

std::string HostRig::stateOf(const pipeline::Acknowledgement& document) {
  const auto rows = messagesOf(document.document_id);
  return rows.size() == 1 ? std::string(nameOf(rows.front().state)) : std::to_string(rows.size()) + " messages";
}

std::vector<pipeline::DeliveryRow> HostRig::deliveriesOf(const pipeline::Acknowledgement& document) {
  std::vector<pipeline::DeliveryRow> out;
  for (const auto& message : messagesOf(document.document_id))
    for (auto& row : must(store_->deliveriesOf(message.message_id))) out.push_back(std::move(row));
  return out;
}

std::vector<pipeline::MessageRow> HostRig::allMessages() {
  std::vector<pipeline::MessageRow> out;
  for (const auto& leaf : audited("admission")) {
    const std::string mark = "\"message\":\"";
    const auto at = leaf.find(mark) + mark.size();
    std::ranges::move(messagesOf(leaf.substr(at, leaf.find('"', at) - at)), std::back_inserter(out));
  }
  return out;
}

std::vector<pipeline::DeliveryRow> HostRig::deliveriesOfMessage(const std::string& message_id) {
  return must(store_->deliveriesOf(message_id));
}

std::vector<pipeline::HoldRow> HostRig::holds() { return must(store_->openHolds(1000)); }

std::vector<std::string> HostRig::audited(const std::string& op) {
  std::vector<std::string> out;
  for (auto& row : must(store_->auditRows(0, 1'000'000)))
    if (row.leaf.find("\"op\":\"" + op + "\"") != std::string::npos) out.push_back(std::move(row.leaf));
  return out;
}

std::string HostRig::auditFault() {
  const auto verdict = must(security::verifyAudit(*store_, public_key_));
  return verdict.fault ? verdict.fault->what : "";
}

canonical::CaseRecord HostRig::caseOf(const std::string& case_id) {
  const auto row = must(store_->findCase(case_id));
  canonical::CaseRecord out;
  if (!row || !out.ParseFromString(must(vault_->open(case_id, "snapshot", row->snapshot_sealed))))
    giveUp("no such case");
  return out;
}

canonical::CanonicalMessage HostRig::draftOf(const pipeline::DeliveryRow& delivery) {
  canonical::CanonicalMessage out;
  if (!out.ParseFromString(
          must(vault_->open(delivery.case_id, "draft:" + delivery.delivery_id, delivery.payload_sealed))))
    giveUp("no such draft");
  return out;
}

}  // namespace causeway::support
