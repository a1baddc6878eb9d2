#include "tests/contract/cps/cps_support.hpp"

#include "causeway/testkit.hpp"
#include "host/config/yaml.hpp"

#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>

namespace causeway::cps_tests {
namespace {

namespace fs = std::filesystem;

mapping::Converter throughAdapter(std::shared_ptr<testkit::Host> host, const std::string& name) {
  return [host, name](mapping::Inputs in, mapping::Outputs& out) -> Result<void> {
    sdk::NamedTexts fields;
    for (const auto& item : in) fields.emplace_back(item.name, item.value);
    const auto answer = host->convert(name, fields);
    if (!answer.problems.empty()) ADD_FAILURE() << answer.text();
    if (answer.status != CW_OK) return fail(ErrorKind::Invalid, answer.error);
    for (const auto& [field, value] : answer.fields) out.set(field, value);
    return {};
  };
}

std::unique_ptr<mapping::Library> load() {
  mapping::Converters converters;
  auto host = std::make_shared<testkit::Host>(sdk::kTable<cps::Cps>);
  EXPECT_TRUE(host->started());
  for (const auto& known : cps::Cps::kConverters)
    EXPECT_TRUE(converters.add(std::string(known.name), throughAdapter(host, std::string(known.name))));
  Problems problems;
  std::vector<fs::path> paths;
  for (const char* folder : {"cps", "common"})
    for (const auto& entry : fs::recursive_directory_iterator(fs::path(CAUSEWAY_SOURCE_DIR) / "mappings" / folder))
      if (entry.path().extension() == ".yaml") paths.push_back(entry.path());
  std::ranges::sort(paths);
  std::vector<Node> files;
  for (const auto& path : paths)
    if (auto node = config::loadYaml(path, problems)) files.push_back(*std::move(node));
  auto out = mapping::Library::load(std::move(files), std::move(converters), problems);
  EXPECT_FALSE(problems.hasErrors()) << problems.text();
  return out;
}

bool isExpectation(const fs::path& path) { return path.filename().string().find(".expected.") != std::string::npos; }

// A canonical message has a number of ours.
bool goesOut(const fs::path& path) { return fileText(path).find("\"message_id\"") != std::string::npos; }

}  // namespace

const mapping::Library& library() {
  static const auto loaded = load();
  return *loaded;
}

std::string fileText(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  EXPECT_TRUE(in) << path;
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

fs::path example(const std::string& name) {
  return fs::path(CAUSEWAY_SOURCE_DIR) / "mappings" / "cps" / "examples" / name;
}

std::string expected(const fs::path& path, const std::string& actual) {
  if (std::getenv("CAUSEWAY_ACCEPT")) std::ofstream(path, std::ios::binary) << actual;
  return fileText(path);
}

std::vector<std::pair<std::string, std::string>> readExamples() {
  std::vector<std::pair<std::string, std::string>> out;
  for (const auto& entry : fs::directory_iterator(example("")))
    if (!isExpectation(entry.path()) && !goesOut(entry.path()))
      out.emplace_back(entry.path().stem().string(), entry.path().extension().string());
  std::ranges::sort(out);
  return out;
}

std::vector<Writing> writings() {
  std::vector<Writing> out;
  for (const auto& entry : fs::directory_iterator(example(""))) {
    if (isExpectation(entry.path()) || !goesOut(entry.path())) continue;
    const std::string name = entry.path().stem().string(), type = canonicalExample(name).type();
    std::map<mapping::Format, int> writers;
    for (const auto& file : library().mappings())
      if (file.writes && file.message == type) ++writers[*file.writes];
    for (const auto& file : library().mappings()) {
      if (!file.writes || file.message != type) continue;
      const std::string mapping = file.id.substr(4);
      const std::string own = writers[*file.writes] > 1 ? "." + mapping : "";
      const std::string ending = *file.writes == mapping::Format::Xml ? ".xml" : ".json";
      out.push_back(
          {name, mapping, example(std::string(name).append(".expected").append(own).append(ending)), *file.writes});
    }
  }
  std::ranges::sort(out, {}, &Writing::expectation);
  return out;
}

mapping::Decoded decode(std::string_view document) {
  mapping::Reader reader(library(), {});
  return reader.read(document, {{}, kDay});
}

canonical::CanonicalMessage canonicalExample(const std::string& name) {
  canonical::CanonicalMessage out;
  const auto read = google::protobuf::util::JsonStringToMessage(fileText(example(name + ".json")), &out);
  EXPECT_TRUE(read.ok()) << name << ": " << read.ToString();
  return out;
}

mapping::Written written(const std::string& mapping, const std::string& name) {
  const auto* plan = library().writePlan("cps." + mapping);
  EXPECT_TRUE(plan) << mapping;
  if (!plan) return {};
  const auto message = canonicalExample(name);
  EXPECT_EQ(plan->message, message.type()) << name;
  auto out = mapping::write(*plan, message,
                            {{"delivery.id", "0d9f4a52-0000-4000-8000-000000000001"},
                             {"delivery.recipient", "records"},
                             {"delivery.purpose", "witness_care"},
                             {"delivery.sent_at", "2026-03-04T09:20:00Z"},
                             {"delivery.due_at", "2026-03-05T17:00:00Z"},
                             {"message.id", "0197-0001"}},
                            kDay);
  EXPECT_TRUE(out) << name << ": " << (out ? "" : out.error().text());
  return out ? *std::move(out) : mapping::Written();
}

std::string jsonOf(const google::protobuf::Message& message) {
  google::protobuf::util::JsonPrintOptions options;
  options.add_whitespace = true;
  options.preserve_proto_field_names = true;
  std::string out;
  EXPECT_TRUE(google::protobuf::util::MessageToJsonString(message, &out, options).ok());
  return out;
}

std::string complaintsOf(const mapping::Decoded& decoded) {
  std::string out;
  if (decoded.refused) out += "refused: " + decoded.refused->text() + "\n";
  for (const auto& finding : decoded.reading.findings)
    out += finding.code + " at " + finding.path + ": " + finding.text + "\n";
  for (const auto& [path, times] : decoded.reading.unexplained) out += "unexplained " + path + "\n";
  return out;
}

bool hasFinding(const mapping::Decoded& decoded, std::string_view code) {
  return std::ranges::find(decoded.reading.findings, code, &mapping::Finding::code) != decoded.reading.findings.end();
}

std::string with(std::string text, const std::string& from, const std::string& to) {
  const size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

std::optional<fs::path> corpus() {
  const char* said = std::getenv("CAUSEWAY_CORPUS");
  const fs::path path = said ? fs::path(said) : fs::path(CAUSEWAY_SOURCE_DIR) / ".." / "shared" / "corpus";
  return fs::is_directory(path / "police-cps") ? std::optional(path) : std::nullopt;
}

bool hasProgram(const std::string& command) { return std::system((command + " > /dev/null 2>&1").c_str()) == 0; }

std::string failureOf(const std::string& command) {
  const auto said = fs::temp_directory_path() / ("causeway-cps-" + std::to_string(::getpid()) + ".txt");
  const int status = std::system((command + " > '" + said.string() + "' 2>&1").c_str());
  std::string out = status == 0 ? std::string() : fileText(said) + "(" + command + ")";
  fs::remove(said);
  return out;
}

}  // namespace causeway::cps_tests
