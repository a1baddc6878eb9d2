#include "host/config/settings.hpp"

#include "host/config/yaml.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <string>

namespace causeway::config {
namespace {

constexpr std::string_view kMain =
    "controller: avon\ndata: var\ncontrol_socket: run/control.sock\n"
    "listen: { certificate: tls/a.pem, key: tls/a.key, client_authorities: tls/ca.pem }\n"
    "keys: { file: keys/kek, audit_signing: keys/audit.pem }\n"
    "forces: [\"52\"]\n";

Node nodeOf(const std::string& text) {
  Problems problems;
  auto node = parseYaml(text, "causeway.yaml", problems);
  EXPECT_TRUE(node.has_value()) << problems.text();
  return node ? *std::move(node) : Node();
}

Settings settingsOf(const std::string& more, std::string& problems) {
  Problems found;
  auto settings = readSettings(nodeOf(std::string(kMain) + more), "/etc/causeway", found);
  problems = found.text();
  return settings;
}

TEST(Settings, RefusesASecondPlaceForHeadsWithoutAFileOrTime) {
  std::string problems;
  settingsOf("audit: { witness: { every: 10ms, reqired: true } }\n", problems);
  EXPECT_NE(problems.find("'file'"), std::string::npos) << problems;
  EXPECT_NE(problems.find("'every' must be at least 1s"), std::string::npos) << problems;
  EXPECT_NE(problems.find("did you mean 'required'"), std::string::npos) << problems;
}

Settings settingsWithKeys(const std::string& keys, std::string& problems) {
  std::string text(kMain);
  const auto start = text.find("keys:"), end = text.find("forces:");
  Problems found;
  auto settings =
      readSettings(nodeOf(text.replace(start, end - start, "keys: " + keys + "\n")), "/etc/causeway", found);
  problems = found.text();
  return settings;
}

TEST(Settings, RefusesAKeyInTwoPlacesOrNone) {
  std::string problems;
  settingsWithKeys(
      "{ file: a, audit_signing: b, token: { module: m.so, label: t, pin_file: pin, key_encryption: kek } }", problems);
  EXPECT_NE(problems.find("'file' names a file, but the token has this key"), std::string::npos) << problems;
  settingsWithKeys("{ file: a, audit_signing: b, token: { module: m.so, label: t, pin_file: pin } }", problems);
  EXPECT_NE(problems.find("a token must hold a key"), std::string::npos) << problems;
  settingsWithKeys("{ token: { label: t, key_encryption: kek } }", problems);
  for (const char* missing : {"'module'", "'pin_file'", "'audit_signing'"})
    EXPECT_NE(problems.find(missing), std::string::npos) << problems;
}

TEST(Settings, ReadsKeysInAToken) {
  std::string problems;
  const auto keys =
      settingsWithKeys(
          "{ audit_signing: b, token: { module: /usr/lib/m.so, label: t, pin_file: pin, key_encryption: kek } }",
          problems)
          .keys;
  EXPECT_EQ(problems, "");
  EXPECT_TRUE(keys.file.empty());
  EXPECT_EQ(keys.audit_signing.path, "/etc/causeway/b");
  EXPECT_EQ(keys.token.module.path, "/usr/lib/m.so");
  EXPECT_EQ(keys.token.key_encryption, "kek");
}

TEST(Settings, ReadsTheSecondPlaceForHeads) {
  std::string problems;
  EXPECT_TRUE(settingsOf("", problems).audit.witness.file.empty());
  EXPECT_EQ(problems, "");
  const auto witness =
      settingsOf("audit: { witness: { file: ../kept/heads, every: 5m, required: true } }\n", problems).audit.witness;
  EXPECT_EQ(problems, "");
  EXPECT_EQ(witness.file.path, "/etc/kept/heads");
  EXPECT_EQ(witness.every, std::chrono::minutes(5));
  EXPECT_TRUE(witness.required);
}

TEST(Settings, ReadsHowManyViewsAnHourAreUsual) {
  std::string problems;
  EXPECT_EQ(settingsOf("", problems).audit.views_per_hour, 60);
  EXPECT_EQ(settingsOf("audit: { views_per_hour: 12 }\n", problems).audit.views_per_hour, 12);
  EXPECT_EQ(problems, "");
  settingsOf("audit: { views_per_hour: 0 }\n", problems);
  EXPECT_NE(problems.find("views_per_hour"), std::string::npos);
}

}  // namespace
}  // namespace causeway::config
