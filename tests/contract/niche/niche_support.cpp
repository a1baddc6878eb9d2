#include "tests/contract/niche/niche_support.hpp"

#include "causeway/testkit.hpp"
#include "host/config/yaml.hpp"

#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace causeway::niche_tests {
namespace {

namespace fs = std::filesystem;

mapping::Converter throughAdapter(std::shared_ptr<testkit::Host> host, std::string name) {
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

}  // namespace

std::unique_ptr<mapping::Library> loadLibrary(const std::vector<std::string>& names, const std::string& patterns) {
  mapping::Converters converters;
  auto host =
      std::make_shared<testkit::Host>(sdk::kTable<niche::Niche>, sdk::NamedTexts{{"occurrence_pattern", patterns}});
  EXPECT_TRUE(host->started());
  for (const auto& known : niche::Niche::kConverters) {
    const std::string name(known.name);
    EXPECT_TRUE(converters.add(name, throughAdapter(host, name)));
  }
  Problems problems;
  std::vector<Node> files;
  const auto load = [&](const fs::path& path) {
    if (path.extension() != ".yaml") return;
    if (auto node = config::loadYaml(path, problems)) files.push_back(*std::move(node));
  };
  for (const auto& name : names) {
    const auto path = fs::path(CAUSEWAY_SOURCE_DIR) / "mappings" / name;
    if (fs::is_regular_file(path)) load(path);
    else
      for (const auto& entry : fs::recursive_directory_iterator(path)) load(entry.path());
  }
  auto library = mapping::Library::load(std::move(files), std::move(converters), problems);
  EXPECT_FALSE(problems.hasErrors()) << problems.text();
  return library;
}

std::string fileText(const std::string& path_from_source_root) {
  std::ifstream in(fs::path(CAUSEWAY_SOURCE_DIR) / path_from_source_root, std::ios::binary);
  EXPECT_TRUE(in) << path_from_source_root;
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

std::string jsonOf(const google::protobuf::Message& message) {
  google::protobuf::util::JsonPrintOptions options;
  options.add_whitespace = true;
  options.preserve_proto_field_names = true;
  std::string out;
  EXPECT_TRUE(google::protobuf::util::MessageToJsonString(message, &out, options).ok());
  return out;
}

std::string textOf(const std::map<std::string, int>& unexplained) {
  std::string out;
  for (const auto& [path, times] : unexplained) out += path + ": " + std::to_string(times) + "\n";
  return out;
}

std::string textOf(const std::vector<mapping::Finding>& findings) {
  std::string out;
  for (const auto& finding : findings) out += finding.code + " at " + finding.path + ": " + finding.text + "\n";
  return out;
}

bool hasFinding(const mapping::Reading& reading, std::string_view code) {
  return std::ranges::find(reading.findings, code, &mapping::Finding::code) != reading.findings.end();
}

mapping::Decoded decode(const mapping::Library& library, std::string_view document) {
  mapping::Reader reader(library, {});
  return reader.read(document, {{}, kDay});
}

}  // namespace causeway::niche_tests
