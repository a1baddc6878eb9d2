#include "host/model/codec.hpp"
#include "tests/contract/courts/corpus.hpp"
#include "tests/contract/courts/courts_reader.hpp"
#include "tests/support/want.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <cstdlib>
#include <fstream>

// What we write to the court, as its published schemas demand. That it is written as the files beside the examples say is tested with all
// other mappings.
namespace causeway::courts {
namespace {

using nlohmann::json;
using support::fileText;

const std::string kExamples = CAUSEWAY_SOURCE_DIR "/mappings/courts/examples/";
const std::string kPublic = "http://uk.gov.moj.cpp/staging/prosecutors/json/schemas/";
const std::string kForms = "http://cpp.moj.gov.uk/staging/prosecutors/command/api/";
const mapping::NamedValues kNamed{{"delivery.id", "0d9f4a52-0000-4000-8000-000000000001"},
                                  {"delivery.recipient", "courts"}};

struct Form {
  const char* mapping;
  const char* example;
  std::string schema;
};

std::vector<Form> forms() {
  return {{"courts.apply-special-measures", "apply-special-measures", kPublic + "submit-application.json"},
          {"courts.apply-witness-summons", "apply-witness-summons", kPublic + "submit-application.json"},
          {"courts.certify-readiness", "certify-readiness", kForms + "cps-serve-cotr.json"},
          {"courts.update-readiness", "certify-readiness", kForms + "cps-update-cotr.json"},
          {"courts.certificate-of-service", "certificate-of-service", kPublic + "submit-material-v3.json"}};
}

canonical::CanonicalMessage example(const std::string& name) {
  canonical::CanonicalMessage out;
  const auto read = model::fromJson(fileText(kExamples + name + ".json"), out);
  EXPECT_TRUE(read) << name;
  return out;
}

std::string written(const Form& form, const canonical::CanonicalMessage& message) {
  const auto* plan = library().writePlan(form.mapping);
  if (!plan) return {};
  const auto out =
      mapping::write(*plan, message, kNamed, {std::chrono::year(2026), std::chrono::June, std::chrono::day(2)});
  EXPECT_TRUE(out) << form.mapping << ": " << out.error().text();
  if (!out) return {};
  for (const auto& lost : out->lost) ADD_FAILURE() << form.mapping << " loses " << lost;
  return out->bytes;
}

// What the court's own rules say of a document: nothing when they have nothing against it.
std::string mistakesIn(const std::string& document, const std::string& schema, const std::filesystem::path& folder) {
  const auto file = std::filesystem::path(testing::TempDir()) / "form.json",
             said = std::filesystem::path(testing::TempDir()) / "said.txt";
  std::ofstream(file) << document;
  const std::string command = "python3 -W ignore '" CAUSEWAY_SOURCE_DIR "/tests/contract/courts/validate_form.py' '" +
                              folder.string() + "' '" + schema + "' < '" + file.string() + "' > '" + said.string() +
                              "' 2>&1";
  const int answer = std::system(command.c_str());
  const auto text = fileText(said.string());
  return answer == 0 ? text : "not valid:\n" + text;
}

TEST(CourtsForms, LeaveOutAnAnswerThatNobodyGave) {
  auto message = example("certify-readiness");
  message.mutable_case_()->mutable_readiness(0)->clear_summonses_served();
  const auto document = json::parse(written(forms()[2], message));
  EXPECT_FALSE(document.contains("haveAnyWitnessSummonsesRequiredBeenReceivedAndServed"));
  EXPECT_TRUE(document.contains("haveInterpretersForWitnessesBeenArranged"));
}

TEST(CourtsForms, NameNoWitnessWhereNoneBelongs) {
  const auto form = written(forms()[4], example("certificate-of-service"));
  EXPECT_EQ(form.find("otreal"), std::string::npos);
}

TEST(CourtsForms, HoldWhatTheCourtsSchemasDemand) {
  NEED_CORPUS(folder);
  for (const auto& form : forms())
    EXPECT_EQ(mistakesIn(written(form, example(form.example)), form.schema, folder / "cp-prosecutor-api"), "")
        << form.mapping;
  auto incomplete = json::parse(written(forms()[2], example("certify-readiness")));
  incomplete.erase("trialDate");
  EXPECT_NE(mistakesIn(incomplete.dump(), forms()[2].schema, folder / "cp-prosecutor-api").find("'trialDate'"),
            std::string::npos);
}

}  // namespace
}  // namespace causeway::courts
