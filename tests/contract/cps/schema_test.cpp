#include "tests/contract/cps/cps_support.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

namespace causeway::cps_tests {
namespace {

namespace fs = std::filesystem;

// A folder that goes with the test.
class Scratch {
 public:
  Scratch() : path_(fs::temp_directory_path() / ("causeway-cps-schema-" + std::to_string(::getpid()))) {
    fs::create_directories(path_);
  }
  ~Scratch() { fs::remove_all(path_); }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  fs::path file(const std::string& name, const std::string& text) const {
    std::ofstream(path_ / name, std::ios::binary) << text;
    return path_ / name;
  }
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

std::string schemaFile(const char* name) {
  return (fs::path(CAUSEWAY_SOURCE_DIR) / "mappings" / "cps" / "schema" / name).string();
}

std::string checker() {
  return "python3 '" + (fs::path(CAUSEWAY_SOURCE_DIR) / "tests" / "contract" / "cps" / "check_json.py").string() + "'";
}

TEST(CpsSchemas, RefuseWhatIsWrong) {
  if (!hasProgram("python3 -c 'import jsonschema'")) GTEST_SKIP() << "no python3-jsonschema";
  const Scratch scratch;
  const std::string schema = checker() + " '" + schemaFile("wcu-style.schema.json") + "' '";
  const auto refused = [&](const std::string& text) {
    return !failureOf(schema + scratch.file("wrong.json", text).string() + "'").empty();
  };
  const auto warn = fileText(example("warn.json"));
  EXPECT_TRUE(refused(with(warn, "WITNESS_REWARN", "WITNESS_PERHAPS")));
  EXPECT_TRUE(refused(with(warn, "LIVE_LINK", "NOT_REQUIRED")));
  EXPECT_TRUE(refused(with(warn, "\"urn\"", "\"caseNumber\"")));
  EXPECT_TRUE(refused(
      with(written("availability", "availability").bytes, "\"code\":\"S\"", "\"code\":\"S\",\"reason\":\"ill\"")));
}

// Our own schema was written for integration engineers and not from the mappings: what either gets wrong, the other shows.
TEST(CpsSchemas, EveryMessageInOurOwnFormatKeepsItsSchema) {
  if (!hasProgram("python3 -c 'import jsonschema'")) GTEST_SKIP() << "no python3-jsonschema";
  const Scratch scratch;
  std::string files;
  int count = 0;
  for (const auto& [name, ending] : readExamples())
    if (ending == ".json" && fileText(example(name + ending)).find("\"messageId\"") != std::string::npos)
      files += " '" + example(name + ending).string() + "'", ++count;
  for (const auto& [example, mapping, file, format] : writings())
    if (format == mapping::Format::Json && !mapping.ends_with("-material"))
      files += " '" + scratch.file(mapping + ".json", written(mapping, example).bytes).string() + "'", ++count;
  EXPECT_GE(count, 25);
  EXPECT_EQ(failureOf(checker() + " '" + schemaFile("wcu-style.schema.json") + "'" + files), "");
}

// The types are those of the real interface; only the roots are ours.
TEST(CpsSchemas, EveryTwifStyleDocumentKeepsThePublicTypes) {
  if (!hasProgram("command -v xmllint")) GTEST_SKIP() << "no xmllint";
  NEED_CORPUS(samples);
  const Scratch scratch;
  for (const auto& entry : fs::directory_iterator(samples / "twif" / "xsd"))
    fs::copy_file(entry.path(), scratch.path() / entry.path().filename());
  const auto schema = scratch.file("twif-style.xsd", fileText(schemaFile("twif-style.xsd")));
  std::vector<fs::path> documents = {
      scratch.file("update.xml", written("twif-witness-update", "witness-update").bytes),
      samples / "twif" / "samples" / "causeway-twif-style-sample.xml",
  };
  for (const auto& [name, ending] : readExamples())
    if (ending == ".xml" && !name.starts_with("cp10")) documents.push_back(example(name + ending));
  EXPECT_GE(documents.size(), 6U);
  for (const auto& document : documents)
    EXPECT_EQ(failureOf("xmllint --nonet --noout --schema '" + schema.string() + "' '" + document.string() + "'"), "");
  const auto wrong = scratch.file(
      "wrong.xml", with(written("twif-witness-update", "witness-update").bytes, "VictimWitness", "Bystander"));
  EXPECT_NE(failureOf("xmllint --nonet --noout --schema '" + schema.string() + "' '" + wrong.string() + "'"), "");
}

TEST(CpsSchemas, TheNoticeOfJoinedCasesKeepsItsPublicSchema) {
  if (!hasProgram("command -v xmllint")) GTEST_SKIP() << "no xmllint";
  NEED_CORPUS(samples);
  const Scratch scratch;
  const auto check = "xmllint --nonet --noout --schema '" + (samples / "twif" / "xsd" / "cp10.xsd").string() + "' '";
  for (const char* name : {"cp10.xml", "cp10-split.xml"})
    EXPECT_EQ(failureOf(check + example(name).string() + "'"), "");
  const auto wrong = scratch.file("wrong.xml", with(fileText(example("cp10.xml")), "EventId>4410077", "EventId>first"));
  EXPECT_NE(failureOf(check + wrong.string() + "'"), "");
}

// The forms of the examples are those that the court's interface takes.
TEST(CpsSchemas, EveryFormKeepsTheSchemaOfTheCourt) {
  if (!hasProgram("python3 -c 'import jsonschema'")) GTEST_SKIP() << "no python3-jsonschema";
  NEED_CORPUS(samples);
  const auto common = samples / "cps-common-platform";
  const auto schemas =
      common / "stagingprosecutors-command" / "stagingprosecutors-command-api" / "src" / "raml" / "json" / "schema";
  for (const auto& [name, schema] :
       std::vector<std::pair<std::string, std::string>>{{"pet", "cps-serve-pet"},
                                                        {"ptph", "cps-serve-ptph"},
                                                        {"cotr", "cps-serve-cotr"},
                                                        {"cotr-update", "cps-update-cotr"}})
    EXPECT_EQ(failureOf(checker() + " --lenient-references '" + common.string() + "' '" +
                        (schemas / ("stagingprosecutors." + schema + ".json")).string() + "' '" +
                        example(name + ".json").string() + "'"),
              "")
        << name;
}

TEST(CpsSchemas, TheCoveringDataOfAPaperKeepTheSchemaOfTheCourt) {
  if (!hasProgram("python3 -c 'import jsonschema'")) GTEST_SKIP() << "no python3-jsonschema";
  NEED_CORPUS(samples);
  const Scratch scratch;
  const auto common = samples / "cps-common-platform";
  const auto schema = common / "stagingprosecutors-command" / "stagingprosecutors-command-api" / "src" / "raml" /
                      "json" / "schema" / "stagingprosecutors.submit-material-v3.json";
  for (const auto& [name, example] :
       {std::pair{"vps-material", "vps"}, std::pair{"certificate-material", "summons-served"}})
    EXPECT_EQ(failureOf(checker() + " --lenient-references '" + common.string() + "' '" + schema.string() + "' '" +
                        scratch.file("material.json", written(name, example).bytes).string() + "'"),
              "")
        << name;
}

}  // namespace
}  // namespace causeway::cps_tests
