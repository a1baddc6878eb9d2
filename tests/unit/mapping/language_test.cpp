#include "host/config/yaml.hpp"
#include "host/mapping/reader.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <fstream>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

// The page for authors, mappings/README.md, is run: each example with its files, its document and what it becomes.
namespace causeway::mapping {
namespace {

constexpr std::chrono::year_month_day kDay{std::chrono::year(2026), std::chrono::June, std::chrono::day(2)};

struct Example {
  std::string title;
  std::vector<std::string> files;
  std::string canonical, document, result;
  bool has_canonical = false, has_result = false;
};

std::vector<std::string> linesOf(const std::string& text) {
  std::vector<std::string> out;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) out.push_back(line);
  return out;
}

std::string pageText() {
  std::ifstream in(std::string(CAUSEWAY_SOURCE_DIR) + "/mappings/README.md");
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

/// Lines of a body end in CR LF; those of the page do not.
std::string asSent(const std::string& text) {
  std::string out;
  for (const auto& line : linesOf(text)) out += line + "\r\n";
  return out;
}

void takeBlock(Example& example, const std::string& kind, std::string text) {
  if (kind == "multipart") text = asSent(text);
  if (kind == "yaml") example.files.push_back(std::move(text));
  else if (kind == "canonical") example.canonical = std::move(text), example.has_canonical = true;
  else if (kind == "result") example.result = std::move(text), example.has_result = true;
  else example.document = std::move(text);
}

std::vector<Example> examples() {
  std::vector<Example> out;
  std::string kind, block;
  for (const auto& line : linesOf(pageText())) {
    if (line.starts_with("### ")) out.push_back({line.substr(4), {}, {}, {}, {}, false, false});
    if (!line.starts_with("```")) {
      block += line + "\n";
    } else if (kind.empty()) {
      kind = line.substr(3);
      block.clear();
    } else {
      if (!out.empty()) takeBlock(out.back(), kind, block);
      kind.clear();
    }
  }
  return out;
}

std::pair<std::string, std::string> parted(const std::string& line) {
  const size_t equals = line.find(" = ");
  if (equals == std::string::npos) return {line, {}};
  return {line.substr(0, equals), line.substr(equals + 3)};
}

std::string valueAt(const canonical::CanonicalMessage& message, const std::string& path_text) {
  const auto path = model::FieldPath::parse(path_text, *canonical::CanonicalMessage::descriptor());
  if (!path) return "(" + path.error().what + ")";
  std::string out;
  for (const auto& text : path->read(message)) out += (out.empty() ? "" : " | ") + text;
  return out;
}

class Language : public testing::TestWithParam<Example> {
 protected:
  void SetUp() override {
    std::vector<Node> nodes;
    for (const auto& file : GetParam().files) {
      if (auto node = config::parseYaml(file, "README.md", problems_)) nodes.push_back(*std::move(node));
    }
    Converters converters;
    converters.fingerprintBy(
        [](std::string_view bytes) { return "fingerprint of " + std::to_string(bytes.size()) + " bytes"; });
    library_ = Library::load(std::move(nodes), std::move(converters), problems_);
    ASSERT_FALSE(problems_.hasErrors()) << problems_.text();
  }

  void reads() {
    const auto body = splitContentType(GetParam().document);
    const auto decoded = Reader(*library_, Limits{}).read(body.body, {{}, kDay, {}, body.content_type});
    ASSERT_FALSE(decoded.refused) << decoded.refused->text();
    size_t findings = 0, unexplained = 0;
    for (const auto& line : linesOf(GetParam().result)) {
      const auto [name, value] = parted(line);
      if (name.starts_with("finding ")) {
        ++findings;
        EXPECT_NE(std::ranges::find(decoded.reading.findings, name.substr(8), &Finding::code),
                  decoded.reading.findings.end())
            << name;
      } else if (name.starts_with("unexplained ")) {
        ++unexplained;
        EXPECT_TRUE(decoded.reading.unexplained.contains(name.substr(12))) << name;
      } else if (name.starts_with("envelope ")) {
        EXPECT_EQ(decoded.envelope.at(name.substr(9)), value);
      } else if (name.starts_with("reply ")) {
        EXPECT_EQ(decoded.reading.reply, name.substr(6));
      } else if (name == "messages") {
        EXPECT_EQ(std::to_string(decoded.reading.messages.size()), value);
      } else if (name == "test") {
        EXPECT_EQ(decoded.test ? "true" : "false", value);
      } else {
        EXPECT_EQ(valueAt(*decoded.reading.messages.front(), name), value) << name;
      }
    }
    for (const auto& finding : decoded.reading.findings)
      EXPECT_LE(decoded.reading.findings.size(), findings) << finding.code << " " << finding.path;
    for (const auto& [path, times] : decoded.reading.unexplained)
      EXPECT_EQ(decoded.reading.unexplained.size(), unexplained) << path;
  }

  void writes() {
    canonical::CanonicalMessage message;
    for (const auto& line : linesOf(GetParam().canonical)) {
      const auto [name, value] = parted(line);
      const auto path = model::FieldPath::parse(name, *canonical::CanonicalMessage::descriptor());
      ASSERT_TRUE(path) << path.error().what;
      ASSERT_TRUE(model::setText(*path->reach(message), path->leaf(), value)) << line;
    }
    const auto& mappings = library_->mappings();
    const auto* plan = library_->writePlan(mappings.front().id);
    ASSERT_TRUE(plan);
    auto written = mapping::write(*plan, message, {{"delivery.id", "D-1"}}, kDay);
    ASSERT_TRUE(written) << written.error().text();
    if (!written->bytes.ends_with('\n')) written->bytes += '\n';
    EXPECT_EQ(written->bytes, GetParam().document);
    std::string lost;
    for (const auto& name : written->lost) lost += "lost " + name + "\n";
    EXPECT_EQ(lost, GetParam().result);
  }

  Problems problems_;
  std::unique_ptr<Library> library_;
};

TEST_P(Language, DoesWhatThePageSays) {
  const auto& example = GetParam();
  ASSERT_FALSE(example.files.empty() || example.document.empty() || !example.has_result)
      << "an example needs files, a document and a result";
  if (example.has_canonical) {
    writes();
  } else {
    ASSERT_FALSE(example.result.empty());
    reads();
  }
}

std::string nameOfExample(const testing::TestParamInfo<Example>& info) {
  std::string out;
  bool begin = true;
  for (const char c : info.param.title) {
    if (std::isalnum(static_cast<unsigned char>(c)))
      out += begin ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : c;
    begin = !std::isalnum(static_cast<unsigned char>(c));
  }
  return out;
}

INSTANTIATE_TEST_SUITE_P(Page, Language, testing::ValuesIn(examples()), nameOfExample);

// Whoever adds a word to the language adds it to the page.
TEST(LanguagePage, KnowsEveryWordOfTheLanguage) {
  const std::string page = pageText();
  for (const char* word :
       {"reads",  "writes",    "root",       "namespace", "if",        "message",    "reply",   "identify", "fields",
        "derive", "ignore",    "complete",   "clear",     "require",   "from",       "with",    "value",    "each",
        "to",     "as",        "table",      "default",   "split_on",  "refers",     "basis",   "json",     "where",
        "when",   "split",     "one_per",    "keep",      "key",       "like",       "by",      "link",     "in",
        "given",  "set",       "why",        "path",      "envelope",  "test_when",  "content", "holds",    "list",
        "rows",   "fold_case", "valid_from", "valid_to",  "read_only", "write_only", "source",  "equals",   "matches",
        "exists", "part",      "use"})
    EXPECT_TRUE(page.find("`" + std::string(word)) != std::string::npos ||
                page.find(std::string(word) + ":") != std::string::npos)
        << word;
  for (const auto& name : Converters().names()) EXPECT_NE(page.find("`" + name + "`"), std::string::npos) << name;
}

}  // namespace
}  // namespace causeway::mapping
