#include "host/app/host.hpp"

#include "host/app/audit_watch.hpp"
#include "host/app/commands/reading.hpp"
#include "host/app/desks/desk.hpp"
#include "host/app/desks/key_desk.hpp"
#include "host/app/desks/own_name.hpp"
#include "host/app/desks/rule_control.hpp"
#include "host/app/desks/writer_state.hpp"
#include "host/app/hold_log.hpp"
#include "host/app/housekeeping.hpp"
#include "host/app/partner_access.hpp"
#include "host/base/log.hpp"
#include "host/base/text.hpp"
#include "host/pipeline/clock_rounds.hpp"
#include "host/pipeline/correction_watch.hpp"
#include "host/pipeline/follow_ups.hpp"
#include "host/pipeline/holds.hpp"
#include "host/pipeline/intake.hpp"
#include "host/pipeline/outbox.hpp"
#include "host/pipeline/pseudonyms.hpp"
#include "host/pipeline/retention.hpp"
#include "host/security/file_vault.hpp"
#include "host/security/merkle_audit_log.hpp"
#include "host/security/random.hpp"
#include "host/store/sqlite/free_space.hpp"
#include "host/store/sqlite/key_store.hpp"
#include "host/store/sqlite/sqlite_store.hpp"
#include "host/transport/https_server.hpp"

#include <atomic>
#include <filesystem>

namespace causeway::app {

struct Host::Impl {
  Installation installation;
  Log log{};
  Operators operators{installation.configuration.settings.operators};
  const Clock& clock{*installation.clock};
  Ids ids{clock, security::cryptographicRandom()};
  std::unique_ptr<store::SqliteStore> store;
  std::unique_ptr<security::FileVault> vault;
  std::unique_ptr<security::MerkleAuditLog> audit;
  std::unique_ptr<AuditWatch> audit_watch;
  std::unique_ptr<transport::CurlSender> sender;
  std::map<std::string, transport::BodyProof, std::less<>> proofs;
  std::unique_ptr<pipeline::Writer> writer;
  std::unique_ptr<pipeline::Admitter> admitter;
  std::unique_ptr<pipeline::Outbox> outbox;
  std::unique_ptr<pipeline::Intake> intake;
  std::unique_ptr<pipeline::Holds> holds;
  std::unique_ptr<pipeline::Retention> retention;
  std::unique_ptr<pipeline::CorrectionWatch> corrections;
  std::unique_ptr<Housekeeping> housekeeping;
  std::unique_ptr<store::RoomFor> room;
  std::atomic<bool> shedding = false;
  std::unique_ptr<pipeline::FollowUps> follow_ups;
  std::unique_ptr<Views> views;
  std::unique_ptr<pipeline::BreakGlass> glass;
  std::unique_ptr<pipeline::ClockRounds> rounds;
  std::unique_ptr<RightsDesk> rights;
  std::unique_ptr<ClockDesk> clock_desk;
  std::unique_ptr<KeyDesk> key_desk;
  std::unique_ptr<Desk> desk;
  std::unique_ptr<RuleControl> rule_control;
  std::unique_ptr<ExplainDesk> explain_desk;
  std::unique_ptr<transport::HttpsServer> server;
  std::unique_ptr<transport::ControlSocket> control;

  Result<void> openStores(const std::function<void(const Error&)>& on_fatal);
  void wire(const std::function<void(const Error&)>& on_fatal);
  Result<void> listen(Host& host);
  bool hasRoom();
  void tidy(int round);
  std::string_view state();
  std::string alarms();
  bool rulebookHangs() const { return installation.rulebook->watch && installation.rulebook->watch->hangs(); }
  transport::HttpReply handle(const transport::HttpRequest& request);
  void tell(const std::string& partner, const pipeline::Acknowledgement& acknowledgement);
};

Result<void> Host::Impl::openStores(const std::function<void(const Error&)>& on_fatal) {
  const auto& settings = installation.configuration.settings;
  std::error_code code;
  std::filesystem::create_directories(settings.data.path, code);
  if (code)
    return fail(ErrorKind::Broken, "cannot make the data folder: " + code.message(), settings.data.path.string());
  std::filesystem::permissions(settings.data.path, std::filesystem::perms::owner_all, code);
  const auto disk_failed = [on_fatal](std::string_view what) { on_fatal({ErrorKind::Broken, std::string(what), {}}); };
  CW_TRY(store, store::SqliteStore::open((settings.data.path / "causeway.db").string(), disk_failed));
  CW_TRY(auto scope_keys, store::SqliteKeyStore::open((settings.data.path / "keys.db").string(), disk_failed));
  CW_TRY(vault, openVault(settings.keys, std::move(scope_keys), clock));
  installation.rulebook->policy->pseudonymsBy(pipeline::pseudonymsBy(*vault));
  const auto& listed = settings.keys.erasures;
  CW_TRY(auto erasures,
         security::ErasureList::open((listed.empty() ? settings.data.path / "erasures.list" : listed.path).string()));
  CW_CHECK_OK(vault->keepList(std::move(erasures)));
  CW_TRY(audit, openAuditLog(settings.keys, *store, log));
  CW_TRY(audit_watch, AuditWatch::start(*store, settings.audit.witness, clock, log));
  CW_TRY(auto access, openAccess(installation.configuration, clock));
  proofs = std::move(access.proofs);
  CW_TRY(sender, transport::CurlSender::create(access.endpoints, std::move(access.authenticators)));
  return {};
}

void Host::Impl::wire(const std::function<void(const Error&)>& on_fatal) {
  const auto& settings = installation.configuration.settings;
  const auto& rulebook = installation.rulebook;
  const pipeline::RetryTimes retry{settings.retry.base, settings.retry.cap, settings.retry.budget};
  writer = std::make_unique<pipeline::Writer>(*store, *vault, *audit, clock, on_fatal);
  admitter = std::make_unique<pipeline::Admitter>(rulebook, *vault, *audit, clock, ids);
  outbox = std::make_unique<pipeline::Outbox>(rulebook, *store, *writer, *vault, *audit, *sender, clock, ids, retry,
                                              settings.workers.delivery);
  admitter->onDeliveries([this](std::vector<pipeline::DeliveryRow> rows) { outbox->add(std::move(rows)); });
  intake = std::make_unique<pipeline::Intake>(rulebook, limitsOf(settings.limits), clock, ids, *writer, *admitter);
  writer->watch([this](pipeline::Writer::State state, const Error& why) { tellState(log, state, why); });
  room = std::make_unique<store::RoomFor>(settings.data.path.string(), settings.limits.free_bytes);
  intake->shedUnless([this] { return hasRoom() && !(audit_watch && audit_watch->stopsInput()) && !rulebookHangs(); });
  if (rulebook->watch)
    rulebook->watch->onLate([this] {
      log.error("the policy answered later than limits.decision: nothing is sent until it answers in time again");
    });
  holds = std::make_unique<pipeline::Holds>(rulebook, limitsOf(settings.limits), *store, *vault, *writer, *admitter);
  key_desk = std::make_unique<KeyDesk>(
      KeyDesk::Parts{*vault, *audit, *writer, clock, settings.keys, [this] { return server->reloadCertificates(); }});
  views = std::make_unique<Views>(*writer, *audit, clock, settings.audit.views_per_hour, &log);
  desk =
      std::make_unique<Desk>(*rulebook, *store, *vault, *writer, *audit, *holds, clock, *views, audit->publicKeyPem());
  retention = std::make_unique<pipeline::Retention>(installation.configuration.retention.times, *store, *vault, *writer,
                                                    *audit, clock, ids);
  corrections = std::make_unique<pipeline::CorrectionWatch>(
      pipeline::CorrectionParts{*rulebook, *store, *writer, *audit, clock, ids}, settings.corrections.confirm_within);
  glass = std::make_unique<pipeline::BreakGlass>(
      pipeline::BreakGlassParts{*rulebook, *store, *vault, *writer, *audit, *holds, clock, ids},
      std::chrono::duration_cast<std::chrono::minutes>(settings.break_glass.longest));
  rights = std::make_unique<RightsDesk>(RightsParts{*rulebook, *store, *vault, *writer, *audit, *holds, *retention,
                                                    clock, ids, *views, *glass, operators});
  desk->alsoAsk(*rights);
  rounds = std::make_unique<pipeline::ClockRounds>(*store, *writer, *admitter, clock);
  clock_desk = std::make_unique<ClockDesk>(
      pipeline::ClockRulings::Parts{*rulebook, *store, *vault, *writer, *audit, *admitter, *holds, clock, ids});
  desk->alsoAsk(*clock_desk);
  desk->alsoLoad(*intake);
  desk->onState([this] { return std::string(state()); });
  const auto version = [this] { return rule_control->changes().inForce()->version; };
  desk->onRulebook(version);
  outbox->onVersion(version);
  outbox->onHead([this] { return newestHeadLine(*store); });
  rule_control = std::make_unique<RuleControl>(
      RuleControl::Parts{installation, operators, *store, *writer, *vault, *audit, clock, *admitter, log});
  explain_desk = std::make_unique<ExplainDesk>(ExplainDesk::Parts{
      operators, *holds, *views, limitsOf(settings.limits), [this] { return rule_control->changes().inForce(); }});
  follow_ups = std::make_unique<pipeline::FollowUps>(
      pipeline::FollowUpParts{rulebook, *store, *writer, *vault, *audit, *sender, *intake, clock, ids, retry});
  intake->onNext([this](pipeline::Transaction& tx, const pipeline::Document& document,
                        const pipeline::Question& question) { return follow_ups->ask(tx, document, question); });
  outbox->onQuestion([this](const pipeline::DeliveryRow& delivery, const pipeline::Question& question) {
    follow_ups->askAbout(delivery, question);
  });
}

Result<void> Host::Impl::listen(Host& host) {
  const auto& settings = installation.configuration.settings;
  CW_TRY(server, transport::HttpsServer::start(
                     listenerOf(settings), [this](const transport::HttpRequest& request) { return handle(request); }));
  const auto asked = [&host](std::string_view request, const transport::PeerCredentials& peer) {
    return host.answer(request, "uid:" + std::to_string(peer.uid));
  };
  CW_TRY(control, transport::ControlSocket::start(controlSocketOf(settings), asked));
  return rule_control->listen(*explain_desk, *rights);
}

void Host::Impl::tell(const std::string& partner, const pipeline::Acknowledgement& acknowledgement) {
  if (acknowledgement.unexplained > 0)
    log.warn("sender sends something new", {{"sender", partner},
                                            {"document", acknowledgement.document_id},
                                            {"kinds", std::to_string(acknowledgement.unexplained)}});
  if (acknowledgement.outcome != "accepted" && acknowledgement.outcome != "duplicate")
    log.warn("refused",
             {{"sender", partner}, {"document", acknowledgement.document_id}, {"outcome", acknowledgement.outcome}});
}

// The disk fills up: input is turned away while there is still room for what was taken in, its deliveries, receipts and audit.
bool Host::Impl::hasRoom() {
  const bool more = room->more();
  if (shedding.exchange(!more) == more)
    more ? log.info("there is room again: documents are accepted")
         : log.error("less is free on the disk than limits.free_bytes: senders are asked to send again later");
  return more;
}

// What nobody asks for and must be done all the same.
void Host::Impl::tidy(int round) {
  if (const auto silent = corrections->escalate(); silent && *silent > 0)
    log.warn("corrections were not confirmed in time: causeway held", {{"count", std::to_string(*silent)}});
  if (!Housekeeping::isHourly(round)) return;
  throwAway(*retention, log);
  askForReviews(*glass, log);
}

std::string_view Host::Impl::state() {
  switch (writer->state()) {
    case pipeline::Writer::State::Broken: return "disk_failed";
    case pipeline::Writer::State::Refusing: return "store_refuses";
    case pipeline::Writer::State::Working: break;
  }
  if (audit_watch && audit_watch->stopsInput()) return "no_witness";
  if (rulebookHangs()) return "policy_hangs";
  return hasRoom() ? "up" : "disk_full";
}

// What somebody should look at although the host is up, as a member of the answer to /health.
std::string Host::Impl::alarms() {
  std::vector<std::string> all;
  if (audit_watch && audit_watch->failing()) all.emplace_back(R"("audit_witness")");
  if (installation.rulebook->watch && installation.rulebook->watch->rests()) all.emplace_back(R"("policy_late")");
  if (views->alarmed()) all.emplace_back(R"("many_views")");
  if (heldAboutNoCase(*store)) all.emplace_back(R"("held_without_case")");
  return all.empty() ? "" : R"(,"alarms":[)" + join(all, ",") + "]";
}

transport::HttpReply Host::Impl::handle(const transport::HttpRequest& request) {
  if (request.method == "GET" && request.target == "/health") {
    const std::string now(state());
    return {now == "up" ? 200 : 503, "application/json", R"({"status":")" + now + "\"" + alarms() + "}", {}, false};
  }
  if (request.method != "POST" || request.target != "/messages")
    return {404, "application/json", R"({"outcome":"not_found"})", {}, false};
  pipeline::Incoming incoming;
  for (const auto& uri : request.peer.uris)
    if (installation.rulebook->partnerByIdentity(uri)) incoming.identity = uri;
  const auto* partner = installation.rulebook->partnerByIdentity(incoming.identity);
  // Before anything looks into the body, and without a word that would help whoever tries.
  if (const auto proof = partner ? proofs.find(partner->id) : proofs.end();
      proof != proofs.end() && !transport::proves(proof->second, request, clock.now())) {
    log.warn("a document without its proof was refused", {{"sender", partner->id}});
    return {401, {}, {}, {}, false};
  }
  incoming.body = request.body;
  incoming.source_id = std::string(request.header("causeway-message-id"));
  incoming.content_type = request.content_type;
  auto acknowledgement = intake->receive(std::move(incoming));
  tell(partner ? partner->id : "unknown", acknowledgement);
  transport::HttpReply reply{
      acknowledgement.status, acknowledgement.content_type, std::move(acknowledgement.body), {}, false};
  if (!acknowledgement.document_id.empty())
    reply.headers.emplace_back("Causeway-Document", acknowledgement.document_id);
  if (acknowledgement.status == 503) reply.headers.emplace_back("Retry-After", "60");
  return reply;
}

Result<std::unique_ptr<Host>> Host::start(Installation installation,
                                          const std::function<void(const Error&)>& on_fatal) {
  auto impl = std::make_unique<Impl>(std::move(installation));
  CW_CHECK_OK(impl->openStores(on_fatal));
  CW_TRY(impl->installation.rulebook, rulesInForce(impl->installation, *impl->store, impl->log));
  impl->wire(on_fatal);
  std::unique_ptr<Host> host(new Host(std::move(impl)));
  CW_CHECK_OK(host->impl_->holds->finishErasures());
  CW_CHECK_OK(host->impl_->views->goOn(*host->impl_->store));
  CW_CHECK_OK(host->impl_->rule_control->start());
  CW_CHECK_OK(host->impl_->outbox->resume());
  host->impl_->follow_ups->start();
  host->impl_->rounds->start();
  host->impl_->housekeeping =
      std::make_unique<Housekeeping>([impl = host->impl_.get()](int round) { impl->tidy(round); });
  CW_CHECK_OK(host->impl_->listen(*host));
  return host;
}

Host::Host(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Host::~Host() { stop(); }

std::uint16_t Host::port() const { return impl_->server->port(); }
int Host::turnClocks() { return impl_->rounds->turn(); }
bool Host::waitUntilIdle(std::chrono::milliseconds limit) { return impl_->outbox->waitUntilIdle(limit); }

std::string Host::answer(std::string_view request, std::string_view actor) {
  if (auto about_rules = impl_->rule_control->answer(request, actor)) return *std::move(about_rules);
  return inOwnName(request, actor, impl_->operators, [&](std::string_view own) {
    auto about_keys = impl_->key_desk->answer(own, actor);
    return about_keys ? *std::move(about_keys) : impl_->desk->answer(own, actor);
  });
}

void Host::stop() {
  if (impl_->control) impl_->control->stop();
  if (impl_->server) impl_->server->stop();
  if (impl_->rule_control) impl_->rule_control->stop();
  if (impl_->housekeeping) impl_->housekeeping->stop();
  if (impl_->rounds) impl_->rounds->stop();
  if (impl_->follow_ups) impl_->follow_ups->stop();
  if (impl_->outbox) impl_->outbox->stop();
  if (impl_->writer) impl_->writer->stop();
  if (impl_->audit_watch) impl_->audit_watch->stop();
}

}  // namespace causeway::app
