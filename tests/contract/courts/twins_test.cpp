#include "tests/contract/courts/corpus.hpp"
#include "tests/contract/courts/courts_reader.hpp"
#include "tests/contract/courts/twin.hpp"
#include "tests/support/want.hpp"

#include <gtest/gtest.h>

#include <iostream>

// The same hearing told by the police's interface and by Common Platform itself.
namespace causeway::courts {
namespace {

using nlohmann::json;
using support::fileText;

std::string example(const std::string& name) {
  return fileText(CAUSEWAY_SOURCE_DIR "/mappings/courts/examples/" + name);
}

json told(const std::string& document) {
  const auto decoded = decode(document);
  EXPECT_FALSE(decoded.refused) << decoded.refused->text();
  return decoded.reading.messages.empty() ? json() : commonPart(*decoded.reading.messages.front());
}

// Common Platform's output says nowhere that it is in UTC; the exchange names who wrote it.
json toldToThePolice(const std::string& document) { return told(wrapped(document).at("route")); }

TEST(CourtsTwins, ADifferenceIsSeen) {
  auto document = json::parse(example("cp-police-result.json"));
  document["defendant"]["offences"][0]["plea"]["pleaValue"] = "GUILTY";
  EXPECT_EQ(differences(toldToThePolice(example("trial-fixed.xml")), told(document.dump())),
            "\n  replace /defendants/0/offences/0/plea");
}

TEST(CourtsTwins, TheMessageThatBecomesThePolicesSaysTheSame) {
  EXPECT_EQ(differences(toldToThePolice(example("trial-fixed.xml")), told(example("cp-police-result.json"))), "");
}

TEST(CourtsTwins, TheHearingThatIsPushedToPartnersSaysTheSame) {
  auto pushed = told(example("cp-trial-fixed.json"));
  // The results without a code are told apart in the JSON; the police's example has the remand alone.
  auto& results = pushed["defendants"][0]["offences"][0]["results"];
  results.erase(std::remove_if(results.begin(), results.end(), [](const json& one) { return one["code"] == "1000"; }),
                results.end());
  EXPECT_EQ(differences(toldToThePolice(example("trial-fixed.xml")), pushed), "");
}

TEST(CourtsTwins, EachPublishedPairAgreesOnWhatTheConversionKeeps) {
  NEED_CORPUS(folder);
  const auto pairs_at = folder / "spi-resulted-case" / "cpp-json-and-xml";
  int compared = 0, missing = 0;
  for (const auto& pair : json::parse(fileText((pairs_at / "pairs.json").string()))) {
    const auto source = pairs_at / pair["json"].get<std::string>(), made = pairs_at / pair["xml"].get<std::string>();
    if (!std::filesystem::exists(source) || !std::filesystem::exists(made)) {
      ++missing;
      continue;
    }
    auto text = fileText(source.string());
    if (pair.contains("replace"))
      for (const auto& [from, to] : pair["replace"].items())
        for (size_t at; (at = text.find(from)) != std::string::npos;)
          text.replace(at, from.size(), to.get<std::string>());
    auto one = toldToThePolice(fileText(made.string())), other = told(text);
    one.erase("urn");  // a placeholder in the JSON
    other.erase("urn");
    EXPECT_EQ(differences(one, other), "") << pair["json"] << " and " << pair["xml"];
    ++compared;
  }
  std::cout << compared << " published pairs agree, " << missing << " are not among the samples\n";
  EXPECT_GT(compared, 0);
}

}  // namespace
}  // namespace causeway::courts
