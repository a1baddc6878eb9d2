#include "tests/contract/adapters/workshop.hpp"

#include <gtest/gtest.h>

#include <set>

namespace causeway::contract {
namespace {

using Values = std::map<std::string, std::string, std::less<>>;

/// One document of a system that has wrappings.
class Wrapped : public testing::TestWithParam<app::Example> {
 protected:
  /// In each wrapping alone, and in each within each other, by the names of the wrappings from outside in.
  std::map<std::string, std::string> wrappings() const {
    std::map<std::string, std::string> out;
    auto envelopes = workshop_.envelopesOf(GetParam().system);
    // A document travels in wrappings of its own kind.
    const auto format =
        document_.starts_with('{') || document_.starts_with('[') ? mapping::Format::Json : mapping::Format::Xml;
    std::erase_if(envelopes, [&](const mapping::Envelope* one) { return one->format != format; });
    const auto& values = workshop_.exchangeOf(GetParam().system).envelope;
    for (const auto* inner : envelopes) {
      const auto once = wrapped(document_, *inner, values);
      out.emplace(inner->id, once);
      // Only XML is escaped once more on some ways; in JSON a text within a text does not occur.
      if (inner->holds_text && inner->format == mapping::Format::Xml)
        out.emplace(inner->id + " twice", wrapped(asText(document_), *inner, values));
      for (const auto* outer : envelopes)
        if (outer != inner) out.emplace(outer->id + "/" + inner->id, wrapped(once, *outer, values));
    }
    return out;
  }

  /// What the envelope told the mapping: the values that it uses.
  Values told(const mapping::Decoded& decoded) const {
    const auto& id = decoded.reading.mapping;
    const auto* plan = workshop_.library().readPlan(id.substr(0, id.find('@')));
    Values out;
    if (!plan) return out;
    for (const auto& scope : plan->scopes)
      for (const auto& value : scope.values)
        for (const auto& input : value.inputs)
          if (input.kind == mapping::InputPlan::Kind::Envelope)
            if (const auto given = decoded.envelope.find(input.text); given != decoded.envelope.end())
              out.insert(*given);
    return out;
  }

  const Workshop& workshop_ = Workshop::instance();
  const std::string document_ = bytesOf(GetParam().file);
};

TEST_P(Wrapped, IsTheSameInEveryWrapping) {
  const auto bare = workshop_.read(document_);
  // The same document told the same by its envelope is the same message.
  std::map<Values, std::string> known{{told(bare), canonicalOf(bare)}};
  for (const auto& [name, bytes] : wrappings()) {
    const auto decoded = workshop_.read(bytes);
    ASSERT_FALSE(decoded.refused) << name << ": " << decoded.refused->text();
    EXPECT_EQ(decoded.reading.mapping, bare.reading.mapping) << name;
    EXPECT_EQ(decoded.reading.messages.size(), bare.reading.messages.size()) << name;
    EXPECT_EQ(decoded.reading.unexplained, bare.reading.unexplained) << name;
    EXPECT_FALSE(decoded.test) << name << " is no test";
    EXPECT_EQ(canonicalOf(decoded), known.emplace(told(decoded), canonicalOf(decoded)).first->second) << name;
  }
}

TEST_P(Wrapped, IsRefusedWhenTheWrappingIsCutOff) {
  for (const auto& [name, bytes] : wrappings()) {
    for (const size_t size : {bytes.size() - 1, bytes.size() - 7, bytes.size() / 2, bytes.size() / 9}) {
      const auto decoded = workshop_.read(std::string_view(bytes).substr(0, size));
      EXPECT_TRUE(decoded.refused) << name << " of " << size << " bytes";
      EXPECT_TRUE(decoded.reading.messages.empty()) << name << " of " << size << " bytes";
    }
  }
}

// What was learnt of the envelope before a refusal goes back in the sender's own protocol.
TEST_P(Wrapped, IsAnsweredInTheWrappingItCameIn) {
  for (const auto& [name, bytes] : wrappings()) {
    const auto accepted = workshop_.receive(bytes), duplicate = workshop_.receive(bytes, "duplicate");
    EXPECT_EQ(accepted.outcome, "accepted") << name;
    EXPECT_EQ(accepted.content_type, duplicate.content_type) << name;
    EXPECT_FALSE(duplicate.body.empty()) << name;
  }
}

std::vector<app::Example> wrappedExamples() {
  auto out = incomingExamples();
  std::erase_if(out, [](const app::Example& one) { return Workshop::instance().envelopesOf(one.system).empty(); });
  return out;
}

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(Wrapped);
INSTANTIATE_TEST_SUITE_P(Examples, Wrapped, testing::ValuesIn(wrappedExamples()),
                         [](const auto& one) { return testName(one.param); });

TEST(Wrappings, AreEachUsedByAnExample) {
  const auto& workshop = Workshop::instance();
  std::set<std::string> used;
  for (const auto& example : incomingExamples())
    for (const auto* envelope : workshop.envelopesOf(example.system)) used.insert(envelope->id);
  for (const auto& envelope : workshop.library().envelopes()) EXPECT_TRUE(used.contains(envelope.id)) << envelope.id;
}

}  // namespace
}  // namespace causeway::contract
