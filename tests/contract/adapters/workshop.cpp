#include "tests/contract/adapters/workshop.hpp"

#include "host/app/commands/reading.hpp"
#include "host/base/text.hpp"
#include "host/config/yaml.hpp"
#include "host/model/codec.hpp"
#include "host/plugin/loader.hpp"
#include "tests/support/adapter_converters.hpp"
#include "tests/support/want.hpp"

#include <algorithm>
#include <cstdlib>
#include <set>

namespace causeway::contract {
namespace {

namespace fs = std::filesystem;

std::vector<Node> mappingFiles(Problems& problems) {
  std::vector<fs::path> paths;
  for (const auto& folder : mappingFolders())
    for (const auto& entry : fs::recursive_directory_iterator(folder))
      if (entry.path().extension() == ".yaml") paths.push_back(entry.path());
  std::ranges::sort(paths);
  std::vector<Node> out;
  for (const auto& path : paths)
    if (auto node = config::loadYaml(path, problems)) out.push_back(*std::move(node));
  return out;
}

std::shared_ptr<pipeline::Adapter> load(const std::string& file, const pipeline::Fields& settings) {
  plugin::Trust trust;
  trust.development = true;
  plugin::AdapterSource source;
  source.file = file;
  for (const auto& [name, value] : settings) source.settings.emplace_back(name, value);
  auto loaded = plugin::loadAdapter(source, trust);
  if (loaded) return *std::move(loaded);
  ADD_FAILURE() << loaded.error().text();
  return nullptr;
}

}  // namespace

Instant now() { return *parseInstant("2026-06-02T09:20:00Z"); }

std::vector<fs::path> mappingFolders() { return {fs::path(CAUSEWAY_SOURCE_DIR) / "mappings"}; }

Workshop::Workshop() {
  for (const auto& entry : fs::directory_iterator(mappingFolders().front()))
    if (entry.is_directory())
      exchanges_.emplace(entry.path().filename().string(), loadExchange(entry.path() / "exchange.json"));
  mapping::Converters converters;
  loadAdapters(converters);
  Problems problems;
  rulebook_.library = mapping::Library::load(mappingFiles(problems), std::move(converters), problems);
  EXPECT_FALSE(problems.hasErrors()) << problems.text();
}

void Workshop::loadAdapters(mapping::Converters& converters) {
  for (const auto entry : split(CAUSEWAY_ADAPTERS, '|')) {
    const size_t equals = entry.find('=');
    const std::string name(entry.substr(0, equals));
    const auto known = exchanges_.find(name);
    auto adapter = load(std::string(entry.substr(equals + 1)),
                        known == exchanges_.end() ? pipeline::Fields() : known->second.settings);
    if (!adapter) continue;
    support::addConverters(adapter, converters);
    rulebook_.adapters.emplace(name, std::move(adapter));
  }
}

const Workshop& Workshop::instance() {
  static const Workshop workshop;
  return workshop;
}

const Exchange& Workshop::exchangeOf(const std::string& system) const {
  static const Exchange none;
  const auto known = exchanges_.find(system);
  return known == exchanges_.end() ? none : known->second;
}

pipeline::Adapter* Workshop::adapterOf(const std::string& system) const {
  const auto& named = exchangeOf(system).adapter;
  const auto known = rulebook_.adapters.find(named.empty() ? system : named);
  return known == rulebook_.adapters.end() ? nullptr : known->second.get();
}

std::vector<std::string> Workshop::systems() const {
  std::set<std::string> out;
  for (const auto& mapping : library().mappings()) out.insert(app::systemOf(mapping, mappingFolders()));
  return {out.begin(), out.end()};
}

std::vector<const mapping::Envelope*> Workshop::envelopesOf(const std::string& system) const {
  const auto& from = exchangeOf(system).envelopes_of;
  const auto folder = mappingFolders().front() / (from.empty() ? system : from) / "";
  std::vector<const mapping::Envelope*> out;
  for (const auto& envelope : library().envelopes())
    if (envelope.at.file && envelope.at.file->starts_with(folder.string())) out.push_back(&envelope);
  return out;
}

mapping::Decoded Workshop::read(std::string_view document, const std::vector<std::string>& allowed) const {
  mapping::Reader reader(library(), mapping::Limits{});
  return reader.read(document, {allowed, kDay});
}

pipeline::Acknowledgement Workshop::receive(const std::string& document, std::string_view outcome) const {
  mapping::Reader reader(library(), mapping::Limits{});
  pipeline::Incoming incoming;
  incoming.body = document;
  const auto prepared = pipeline::prepare(rulebook_, app::anybody(rulebook_), reader, incoming, now());
  return pipeline::acknowledge(rulebook_, prepared.decoded, outcome.empty() ? prepared.outcome : outcome, prepared.why,
                               now());
}

const std::vector<app::Example>& examples() {
  static const auto found = app::findExamples(mappingFolders());
  return found;
}

std::vector<app::Example> incomingExamples() {
  auto out = examples();
  std::erase_if(out, [](const app::Example& one) { return one.outgoing; });
  return out;
}

std::string testName(const app::Example& example) {
  std::string out = example.system + "_" + example.name;
  for (char& c : out)
    if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
  return out;
}

std::string bytesOf(const fs::path& file) { return support::fileText(file.string()); }

bool accepts() { return std::getenv("CAUSEWAY_ACCEPT") != nullptr; }

std::string wordsOf(const mapping::Decoded& decoded) {
  std::string out = decoded.refused ? decoded.refused->text() + "\n" : "";
  for (const auto& finding : decoded.reading.findings)
    out += finding.code + " " + finding.path + ": " + finding.text + "\n";
  for (const auto& [path, count] : decoded.reading.unexplained) out += "unexplained " + path + "\n";
  return out;
}

std::string canonicalOf(const mapping::Decoded& decoded) {
  std::string out;
  for (const auto& message : decoded.reading.messages) out += model::toJson(*message) + "\n";
  return out;
}

}  // namespace causeway::contract
