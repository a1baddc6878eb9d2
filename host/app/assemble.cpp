#include "host/app/assemble.hpp"

#include "host/app/checks/code_checks.hpp"
#include "host/app/checks/cross_checks.hpp"
#include "host/app/files.hpp"
#include "host/app/partner_access.hpp"
#include "host/base/text.hpp"
#include "host/config/yaml.hpp"
#include "host/pipeline/clock_limits.hpp"
#include "host/plugin/loader.hpp"
#include "host/security/digest.hpp"
#include "host/security/signing.hpp"

#include <algorithm>
#include <iostream>
#include <set>

namespace causeway::app {
namespace {

std::vector<Node> nodesOf(const std::vector<config::LanguageFile>& files) {
  std::vector<Node> out;
  for (const auto& file : files) out.push_back(file.node);
  return out;
}

// The scheme, the host and the port as the URL writes them.
std::string originOf(const std::string& url) {
  const auto host = url.find("://");
  return host == std::string::npos ? "" : url.substr(0, url.find('/', host + 3));
}

void addRequests(const std::string& partner, const config::Endpoint& from, pipeline::Partner& out) {
  pipeline::RequestShape plain;
  plain.endpoint = endpointId(partner, from.name);
  plain.content_type = from.content_type;
  plain.headers = from.headers;
  out.hosts.push_back({plain.endpoint, from.name, originOf(from.url)});
  if (from.requests.empty()) out.requests.push_back(plain);
  for (const auto& request : from.requests) {
    auto shape = plain;
    shape.messages = request.messages;
    shape.method = request.method;
    shape.path = request.path;
    shape.look_up = request.look_up;
    shape.found = request.found;
    out.requests.push_back(std::move(shape));
  }
}

pipeline::Partner partnerOf(const config::Partner& from) {
  pipeline::Partner out;
  out.id = from.id;
  out.name = from.name;
  out.side = from.side;
  out.audience = from.audience;
  out.test = from.test;
  out.identities = from.identities;
  out.may_send = from.may_send;
  out.adapter = from.adapter;
  out.reads = from.reads;
  out.writes = from.writes;
  if (!from.endpoints.empty()) {
    out.endpoint = endpointId(from.id, from.endpoints.front().name);
    out.content_type = from.endpoints.front().content_type;
  }
  for (const auto& endpoint : from.endpoints) addRequests(from.id, endpoint, out);
  out.audit_heads = from.audit_heads;
  out.marking_header = from.marking_header;
  out.follow = {std::chrono::duration_cast<std::chrono::seconds>(from.follow.after),
                std::chrono::duration_cast<std::chrono::seconds>(from.follow.give_up), from.follow.accepted,
                from.follow.papers};
  out.regime = from.regime;
  out.services = from.services;
  out.organisation = from.name;
  out.country = from.country;
  out.transfer = from.transfer.condition;
  const auto& agreement = from.agreement;
  out.agreement = {agreement.reference, agreement.starts, agreement.expires, from.purposes, agreement.types};
  return out;
}

plugin::Trust trustOf(const config::PluginSettings& settings) {
  plugin::Trust trust;
  trust.development = settings.development;
  if (settings.trusted_key.path.empty()) return trust;
  const auto key = readBytes(settings.trusted_key.path.string()).value_or("");
  trust.verify = [key](std::string_view bytes, std::string_view signature) {
    return security::verifySignature(key, bytes, signature);
  };
  trust.sha256 = [](std::string_view bytes) { return hex(security::sha256(bytes)); };
  return trust;
}

// An adapter's converters join the built-in ones under its name.
void addConverters(const std::shared_ptr<pipeline::Adapter>& adapter, mapping::Converters& converters,
                   const Location& at, Problems& problems) {
  for (const auto& name : adapter->converters()) {
    auto call = [adapter, name](mapping::Inputs inputs, mapping::Outputs& outputs) -> Result<void> {
      pipeline::Fields fields;
      fields.reserve(inputs.size());
      for (const auto& item : inputs) fields.emplace_back(item.name, item.value);
      CW_TRY(const auto converted, adapter->convert(name, fields));
      for (const auto& [key, value] : converted) outputs.set(key, value);
      return {};
    };
    if (auto added = converters.add(name, std::move(call)); !added) problems.error(at, added.error().what);
  }
}

// In its usual places: beside the host's program, where it is installed, and where it is built.
std::filesystem::path adapterChild(const config::Settings& settings) {
  if (!settings.adapter_child.empty()) return settings.adapter_child.path;
  std::error_code code;
  const auto beside = std::filesystem::read_symlink("/proc/self/exe", code).parent_path();
  for (const char* place : {".", "../libexec/causeway", "../plugin"}) {
    const auto program = (beside / place / "causeway-adapter-child").lexically_normal();
    if (std::filesystem::is_regular_file(program, code)) return program;
  }
  return {};
}

std::string partnersOf(const config::Configuration& configuration, const std::string& adapter) {
  std::string out;
  for (const auto& partner : configuration.partners)
    if (partner.adapter == adapter) out += (out.empty() ? "" : ", ") + partner.id;
  return out;
}

// Found out before anything is loaded, so that a library that is not there is not reported as one that is not signed.
bool isInstalled(const config::Configuration& configuration, const config::PluginSettings& settings,
                 Problems& problems) {
  std::error_code code;
  if (!std::filesystem::is_regular_file(settings.library.path, code)) {
    const auto partners = partnersOf(configuration, settings.name);
    problems.error(settings.library.at, "adapter '" + settings.name + "' is not installed: there is no file " +
                                            settings.library.path.generic_string() +
                                            "; install it, or take out this plugin" +
                                            (partners.empty() ? "" : " and the partners that need it: " + partners));
    return false;
  }
  if (settings.trusted_key.empty() || std::filesystem::is_regular_file(settings.trusted_key.path, code)) return true;
  problems.error(settings.trusted_key.at,
                 "the key that adapter '" + settings.name + "' must be signed with is not there: " +
                     settings.trusted_key.path.generic_string() + "; put the public key of its vendor there");
  return false;
}

void loadAdapters(const config::Configuration& configuration, pipeline::Rulebook& rulebook,
                  mapping::Converters& converters, Problems& problems) {
  for (const auto& settings : configuration.settings.plugins) {
    if (!isInstalled(configuration, settings, problems)) continue;
    plugin::AdapterSource source;
    source.file = settings.library.path.string();
    source.minimum_version = settings.minimum_version;
    if (settings.isolated) {
      source.isolation = {adapterChild(configuration.settings).string(), settings.call_limit};
      if (!source.isolation.wanted()) {
        problems.error(settings.at, "adapter '" + settings.name +
                                        "' is to run in a process of its own, but causeway-adapter-child is not beside "
                                        "the program; say where it is under 'adapter_child'");
        continue;
      }
    }
    for (const auto& entry : settings.settings.entries) source.settings.emplace_back(entry.key, entry.value.scalar);
    auto loaded = plugin::loadAdapter(source, trustOf(settings));
    if (!loaded) {
      problems.error(settings.at, "adapter '" + settings.name + "': " + loaded.error().text());
      continue;
    }
    const std::shared_ptr<pipeline::Adapter> adapter = *std::move(loaded);
    addConverters(adapter, converters, settings.at, problems);
    rulebook.adapters.emplace(settings.name, adapter);
  }
}

// Whatever is wrong only because an adapter is not there is not worth a line: the adapter has one.
Names missingAdapters(const config::Configuration& configuration, const pipeline::Rulebook& rulebook) {
  Names out;
  for (const auto& settings : configuration.settings.plugins)
    if (!rulebook.adapters.contains(settings.name)) out.insert(settings.name);
  return out;
}

void addAllBut(const Names& missing, const Problems& from, Problems& to) {
  const auto all = from.sorted();
  const auto lacksConverter = [&](const Problem& problem) {
    return std::ranges::any_of(
        missing, [&](const auto& name) { return problem.what.starts_with("no converter '" + name + "."); });
  };
  for (const auto& problem : all) {
    // What stands in the same line is about the same rule.
    const bool follows = std::ranges::any_of(all, [&](const Problem& other) {
      return other.at.line == problem.at.line && other.at.file == problem.at.file && lacksConverter(other);
    });
    if (follows) continue;
    if (problem.severity == Problem::Severity::Error) to.error(problem.at, problem.what);
    else to.warning(problem.at, problem.what);
  }
}

}  // namespace

std::vector<routing::GroupMember> membersOf(const config::Configuration& configuration) {
  std::vector<routing::GroupMember> out;
  for (const auto& partner : configuration.partners) {
    const auto& serves = partner.serves;
    out.push_back({partner.id, serves.services, serves.areas, serves.languages, serves.needs});
  }
  return out;
}

WorkingDays calendarOf(const config::Configuration& configuration, Problems& problems) {
  std::vector<const Node*> files;
  for (const auto& file : configuration.calendars) files.push_back(&file.node);
  auto out = WorkingDays::load(files, problems);
  // Beyond its last year no due date can be given, and what depends on one is held: a year is enough to mend it.
  const int ends = out.lastYear();
  if (ends != 0 && static_cast<int>(toLondon(SystemClock().now()).date.year()) >= ends)
    problems.warning(files.front()->at, "the working-day calendar ends with " + std::to_string(ends) +
                                            ": add the bank holidays of the next year, or due dates in it are refused");
  return out;
}

std::string versionOf(const pipeline::Rulebook& rulebook) {
  std::string versions = rulebook.routes->version() + rulebook.policy->version() + rulebook.schemes->version() +
                         rulebook.reconciliation->version() + rulebook.clocks->version();
  for (const auto& file : rulebook.library->mappings()) versions += file.id + file.version;
  return hex(security::sha256(versions)).substr(0, 16);
}

Result<Installation> assemble(const std::string& folder, Problems& problems) {
  Installation out;
  CW_TRY(out.configuration, config::loadConfiguration(folder, problems));
  auto rulebook = std::make_shared<pipeline::Rulebook>();
  rulebook->controller = out.configuration.settings.controller;
  rulebook->forces = out.configuration.settings.forces;
  for (const auto& partner : out.configuration.partners) rulebook->partners.push_back(partnerOf(partner));
  mapping::Converters converters;
  converters.fingerprintBy([](std::string_view bytes) { return hex(security::sha256(bytes)); });
  loadAdapters(out.configuration, *rulebook, converters, problems);
  const auto missing = missingAdapters(out.configuration, *rulebook);
  Problems of_mappings;
  rulebook->library = mapping::Library::load(nodesOf(out.configuration.mappings), std::move(converters), of_mappings);
  addAllBut(missing, of_mappings, problems);
  const auto calendar = calendarOf(out.configuration, problems);
  rulebook->clocks = std::make_shared<const care::ClockBook>(
      care::ClockBook::load(nodesOf(out.configuration.clocks), calendar, problems));
  rulebook->routes = std::make_shared<const routing::Routes>(
      routing::Routes::load(nodesOf(out.configuration.routes), calendar, problems,
                            {std::make_shared<pipeline::ClockLimits>(rulebook->clocks), membersOf(out.configuration)}));
  rulebook->policy =
      std::make_unique<protection::Policy>(protection::Policy::load(nodesOf(out.configuration.protection), problems));
  rulebook->schemes =
      std::make_unique<care::Schemes>(care::Schemes::load(nodesOf(out.configuration.eligibility), calendar, problems));
  rulebook->enhanced_rights = std::make_unique<care::EnhancedRights>(
      care::EnhancedRights::load(nodesOf(out.configuration.eligibility), problems));
  rulebook->reconciliation = std::make_unique<care::Reconciliation>(
      care::Reconciliation::load(nodesOf(out.configuration.reconciliation), problems));
  checkAsOneWhole(out.configuration, *rulebook, missing, problems);
  for (const auto* files : {&out.configuration.routes, &out.configuration.clocks})
    checkCodes(nodesOf(*files), out.configuration, *rulebook, problems);
  if (problems.hasErrors()) return fail(ErrorKind::Invalid, "the configuration has mistakes", folder);
  rulebook->version = versionOf(*rulebook);
  rulebook->watch = std::make_shared<pipeline::PolicyWatch>(std::make_shared<SystemClock>(),
                                                            out.configuration.settings.limits.decision);
  out.rulebook = std::move(rulebook);
  return out;
}

std::optional<Installation> assembleOrTell(const std::string& folder) {
  Problems problems;
  auto installation = assemble(folder, problems);
  std::cerr << problems.text();
  if (installation) return *std::move(installation);
  if (!problems.hasErrors()) std::cerr << installation.error().text() << "\n";
  return std::nullopt;
}

}  // namespace causeway::app
