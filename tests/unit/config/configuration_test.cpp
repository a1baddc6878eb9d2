#include "host/config/configuration.hpp"

#include "host/config/yaml.hpp"
#include "tests/support/want.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace causeway::config {
namespace {

namespace fs = std::filesystem;

const fs::path kBad = fs::path(CAUSEWAY_SOURCE_DIR) / "tests/unit/config/bad";
const fs::path kProduction = fs::path(CAUSEWAY_SOURCE_DIR) / "config/production";

constexpr std::string_view kMain =
    "controller: avon\ndata: var\ncontrol_socket: run/control.sock\n"
    "listen: { certificate: tls/a.pem, key: tls/a.key, client_authorities: tls/ca.pem }\n"
    "keys: { file: keys/kek, audit_signing: keys/audit.pem }\n"
    "forces: [\"52\"]\n";
constexpr std::string_view kPartner = "name: A\nkind: records\nside: neutral\naudience: police\ntest: true\n";

/// A configuration folder of its own, gone afterwards.
class Folder {
 public:
  Folder() : path_(fs::temp_directory_path() / ("causeway-config-" + std::to_string(::getpid()))) {
    fs::create_directories(path_);
  }
  ~Folder() { fs::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  const fs::path& path() const { return path_; }
  void write(const std::string& name, std::string_view text) const {
    fs::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name) << text;
  }
  std::string problems() const {
    Problems problems;
    const auto loaded = loadConfiguration(path_, problems);
    EXPECT_EQ(loaded.has_value(), !problems.hasErrors());
    return problems.text();
  }

 private:
  fs::path path_;
};

Node nodeOf(const std::string& text) {
  Problems problems;
  auto node = parseYaml(text, "bad.yaml", problems);
  EXPECT_TRUE(node.has_value()) << problems.text();
  return node ? *std::move(node) : Node();
}

TEST(Settings, ReportsEveryMistakeAtItsPlace) {
  const auto text = support::fileText(kBad / "settings/causeway.yaml");
  Problems problems;
  readSettings(nodeOf(text), kBad, problems);
  EXPECT_TRUE(support::reportsWhatIsWanted(text, problems));
}

TEST(Settings, NeedToKnowWhoseCasesTheyAnswerFor) {
  for (const std::string forces : {"", "forces: []\n", "forces: [\"5\"]\n", "forces: [\"av\"]\n"}) {
    std::string text(kMain);
    text.resize(text.find("forces"));
    text += forces;
    Problems problems;
    readSettings(nodeOf(text), "/etc/causeway", problems);
    EXPECT_TRUE(problems.hasErrors()) << forces;
    EXPECT_NE(problems.text().find("'forces'"), std::string::npos) << problems.text();
  }
}

TEST(Settings, MustBeAMap) {
  Problems problems;
  readSettings(nodeOf("- a\n"), kBad, problems);
  EXPECT_TRUE(problems.hasErrors());
}

TEST(Settings, ResolvesPathsFromTheirFolder) {
  Problems problems;
  const auto settings =
      readSettings(nodeOf(std::string(kMain) + "folders: { mappings: [../a, /b] }\n"), "/etc/causeway", problems);
  EXPECT_EQ(problems.text(), "");
  EXPECT_EQ(settings.data.path, "/etc/causeway/var");
  EXPECT_EQ(settings.listen.key.path, "/etc/causeway/tls/a.key");
  EXPECT_EQ(settings.listen.key.at.text(), "bad.yaml:4:40");
  ASSERT_EQ(settings.folders.mappings.size(), 2U);
  EXPECT_EQ(settings.folders.mappings[0].path, "/etc/a");
  EXPECT_EQ(settings.folders.mappings[1].path, "/b");
  EXPECT_EQ(settings.folders.routes.path, "/etc/causeway/routes");
}

TEST(Settings, ReadsTimesWithEveryUnit) {
  Problems problems;
  const auto settings =
      readSettings(nodeOf(std::string(kMain) + "retry: { base: 250ms, cap: 5m, budget: 2d }\n"), ".", problems);
  EXPECT_EQ(settings.retry.base, std::chrono::milliseconds(250));
  EXPECT_EQ(settings.retry.cap, std::chrono::minutes(5));
  EXPECT_EQ(settings.retry.budget, std::chrono::hours(48));
}

TEST(Settings, RefusesTimesWithoutSense) {
  for (const auto* const bad : {"-1s", "1 s", "99999999999999999999d", "9000000000000d", "1w", "s", "1.5h"}) {
    Problems problems;
    readSettings(nodeOf(std::string(kMain) + "retry: { budget: " + bad + " }\n"), ".", problems);
    EXPECT_NE(problems.text().find("must be a time with its unit"), std::string::npos) << bad;
  }
}

TEST(Partner, ReportsEveryMistakeAtItsPlace) {
  for (const auto* const file : {"partner/partner.yaml", "partner/abroad.yaml", "partner/endpoint.yaml"}) {
    SCOPED_TRACE(file);
    const auto text = support::fileText(kBad / file);
    Problems problems;
    readPartner(nodeOf(text), kBad, problems);
    EXPECT_TRUE(support::reportsWhatIsWanted(text, problems));
  }
}

TEST(Partner, ReadsHowWeShowWhoWeAreAndWhatItMustShow) {
  Problems problems;
  const auto partner =
      readPartner(nodeOf("id: a\nname: A\nkind: prison\nside: neutral\naudience: partner\ntest: false\n"
                         "identities: [\"urn:example:a\"]\nmay_send: [hearing.resulted]\n"
                         "proof: { kind: hmac, header: X-Signature, prefix: \"sha256=\", encoding: hex, secrets: [s/1, "
                         "/s/2], timestamp: { header: X-At, tolerance: 90s } }\n"
                         "purposes: [witness_care]\n"
                         "regime: law_enforcement\nagreement: { reference: r, starts: 2026-01-01, expires: 2026-12-31, "
                         "types: production.requested }\n"
                         "endpoints:\n- name: moves\n  url: https://a.example\n"
                         "  authentication: { kind: token, url: \"https://a.example/token\", client_id: c, secret: "
                         "s/c }\n  headers: { Idempotency-Key: \"{delivery.id}\" }\n"
                         "  requests: [{ method: PUT, path: \"/m/{previous.reference}\", messages: "
                         "hearing.resulted }]\n"),
                  "/etc", problems);
  EXPECT_EQ(problems.text(), "");
  ASSERT_TRUE(partner.proof);
  EXPECT_TRUE(partner.proof->hexadecimal);
  EXPECT_EQ(partner.proof->secrets.at(0).path, "/etc/s/1");
  EXPECT_EQ(partner.proof->secrets.at(1).path, "/s/2");
  EXPECT_EQ(partner.proof->tolerance, std::chrono::seconds(90));
  EXPECT_EQ(partner.proof->joined_by, ".");
  const auto& endpoint = partner.endpoints.at(0);
  ASSERT_TRUE(endpoint.authentication);
  EXPECT_EQ(endpoint.authentication->secret.path, "/etc/s/c");
  EXPECT_EQ(endpoint.headers.at(0).second.names(), std::vector<std::string>{"delivery.id"});
  EXPECT_EQ(endpoint.requests.at(0).method, "PUT");
  EXPECT_TRUE(endpoint.requests.at(0).path.names("previous.reference"));
}

TEST(Partner, AllowsPlainHttpOnlyToATestPartnerOnThisMachine) {
  const auto problemsFor = [](const std::string& test, const std::string& url) {
    Problems problems;
    readPartner(nodeOf("id: a\nname: A\nkind: referral\nside: neutral\naudience: partner\ntest: " + test +
                       "\npurposes: [support]\n" +
                       "regime: uk_gdpr\nagreement: { reference: r, starts: 2026-01-01, expires: 2026-12-31, types: "
                       "referral.sent }\nendpoints: [{ name: a, url: \"" +
                       url + "\" }]\n"),
                ".", problems);
    return problems.text();
  };
  EXPECT_EQ(problemsFor("true", "http://127.0.0.1:9001/"), "");
  EXPECT_NE(problemsFor("false", "http://127.0.0.1:9001/"), "");
  EXPECT_NE(problemsFor("true", "http://192.0.2.1/"), "");
  EXPECT_NE(problemsFor("true", "http://127.0.0.1.example/"), "");
  EXPECT_NE(problemsFor("true", "http://localhost@partner.example/"), "");
}

TEST(Configuration, NamesTheMissingMainFile) {
  const Folder folder;
  EXPECT_NE(folder.problems().find("causeway.yaml: the file does not exist"), std::string::npos);
}

TEST(Configuration, ReportsProblemsOfAllFilesTogether) {
  const Folder folder;
  folder.write("causeway.yaml", std::string(kMain) + "folders: { routes: nowhere }\nx: 1\n");
  folder.write("partners/a.yaml", "id: a\nadapter: curts\n" + std::string(kPartner));
  folder.write("partners/b.yaml", "id: a\n" + std::string(kPartner));
  folder.write("partners/c.yml", "id: c\n");
  folder.write("protection/p.yaml", "a: 1\na: 2\n");
  const auto text = folder.problems();
  for (const auto* const wanted :
       {"unknown key 'x'", "nowhere cannot be read", "no plugin is named 'curts'", "partner 'a' stands twice",
        "c.yml: rename the file", "p.yaml:2:1: 'a' stands twice"}) {
    EXPECT_NE(text.find(wanted), std::string::npos) << wanted << "\n" << text;
  }
}

TEST(Configuration, RefusesAnIdentityOfTwoPartners) {
  const Folder folder;
  folder.write("causeway.yaml", kMain);
  folder.write("partners/a.yaml", "id: a\nidentities: [\"urn:example:x\"]\n" + std::string(kPartner));
  folder.write("partners/b.yaml", "id: b\nidentities: [\"urn:example:x\"]\n" + std::string(kPartner));
  EXPECT_NE(folder.problems().find("b.yaml:2:13: 'urn:example:x' already belongs to 'a'"), std::string::npos);
}

TEST(Configuration, KeepsTheFilesOfTheLanguagesInOrder) {
  const Folder folder;
  folder.write("causeway.yaml", kMain);
  folder.write("routes/b.yaml", "b: 1\n");
  folder.write("routes/a.yaml", "a: 1\n");
  folder.write("mappings/courts/spi.yaml", "mapping: x\n");
  folder.write("mappings/courts/example.xml", "<a/>");
  Problems problems;
  const auto loaded = loadConfiguration(folder.path(), problems);
  ASSERT_TRUE(loaded.has_value()) << problems.text();
  ASSERT_EQ(loaded->routes.size(), 2U);
  EXPECT_EQ(loaded->routes[0].path.filename(), "a.yaml");
  EXPECT_EQ(loaded->routes[0].node.find("a")->scalar, "1");
  EXPECT_EQ(loaded->mappings.size(), 1U);
  EXPECT_TRUE(loaded->protection.empty());
}

TEST(Configuration, ReportsNamedFilesThatDoNotExist) {
  const Folder folder;
  folder.write("causeway.yaml", kMain);
  folder.write("tls/a.pem", "x");
  Problems loading;
  const auto loaded = loadConfiguration(folder.path(), loading);
  ASSERT_TRUE(loaded.has_value()) << loading.text();
  Problems problems;
  checkNamedFiles(*loaded, problems);
  EXPECT_EQ(problems.text().find("tls/a.pem does not exist"), std::string::npos) << problems.text();
  EXPECT_NE(problems.text().find("causeway.yaml:4:40: "), std::string::npos) << problems.text();
  EXPECT_EQ(problems.sorted().size(), 4U);
}

TEST(Configuration, AcceptsTheProductionExample) {
  Problems problems;
  const auto loaded = loadConfiguration(kProduction, problems);
  ASSERT_TRUE(loaded.has_value()) << problems.text();
  EXPECT_EQ(loaded->settings.plugins.size(), 5U);
  const auto files = std::ranges::count_if(fs::directory_iterator(kProduction / "partners"),
                                           [](const auto& entry) { return entry.path().extension() == ".yaml"; });
  EXPECT_EQ(loaded->partners.size(), static_cast<size_t>(files));
  EXPECT_FALSE(loaded->routes.empty());
  EXPECT_FALSE(loaded->protection.empty());
  EXPECT_FALSE(loaded->calendars.empty());
  ASSERT_NE(loaded->findPartner("cps"), nullptr);
  EXPECT_FALSE(loaded->findPartner("cps")->test);
  EXPECT_EQ(loaded->findPartner("nobody"), nullptr);
}

}  // namespace
}  // namespace causeway::config
