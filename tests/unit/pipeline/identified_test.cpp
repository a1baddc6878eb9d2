#include "tests/unit/pipeline/rig_support.hpp"

namespace causeway::pipeline {
namespace {

/// An adapter that tells types apart as the test says and remembers what it was shown.
class Teller final : public Adapter {
 public:
  explicit Teller(Result<std::string> says) : says_(std::move(says)) {}
  const std::string& name() const override { return name_; }
  const std::string& version() const override { return name_; }
  const std::string& mappingFolder() const override { return none_; }
  std::vector<std::string> converters() const override { return {}; }
  Result<Fields> convert(std::string_view, const Fields&) override { return fail(ErrorKind::NotFound, "none"); }
  bool identifies() const override { return true; }
  Result<std::string> identify(const Fields& fields) override {
    shown = fields;
    return says_;
  }
  Result<Fields> wrap(const Fields& fields) override { return fields; }
  Result<ReplyVerdict> classifyReply(const Fields&) override { return ReplyVerdict{}; }
  Fields shown;

 private:
  std::string name_ = "teller", none_;
  Result<std::string> says_;
};

// Of one root, with nothing but an attribute that no mapping tests between them.
std::string noteMapping(const std::string& id, const std::string& message) {
  return "mapping: test." + id + "\nversion: \"1\"\nreads: xml\nroot: Note\nmessage: " + message +
         "\nsource: invented for tests\nfields:\n  - { from: Urn, to: case.urn, as: urn }\n"
         "ignore:\n  - { from: \"@kind\", why: the adapter reads it }\n";
}

const char* const kNote = "<Note kind=\"V\"><Urn>52SB0123426</Urn></Note>";

class Identified : public Pipeline {
 protected:
  Acknowledgement sendTo(const std::shared_ptr<Teller>& teller) {
    auto scene = Scene::usual();
    scene.mappings.insert(scene.mappings.end(),
                          {noteMapping("a-note", "hearing.listed"), noteMapping("b-note", "trial.vacated")});
    scene.adapters.emplace("teller", teller);
    auto& courts = scene.partner("courts");
    courts.adapter = "teller";
    courts.may_send = {"hearing.listed", "trial.vacated"};
    rig.restart(scene);
    return rig.receive("courts", kNote);
  }
};

TEST_F(Identified, AsksTheSenderToComeAgainWhenTheAdapterBreaks) {
  const auto answer = sendTo(std::make_shared<Teller>(fail(ErrorKind::Broken, "crashed (signal 11)")));
  EXPECT_EQ(answer.status, 503);
  EXPECT_EQ(answer.outcome, "unavailable");
  EXPECT_EQ(answer.document_id, "") << "nothing was kept";
}

TEST_F(Identified, RefusesWhatTheAdapterRejects) {
  const auto answer = sendTo(std::make_shared<Teller>(fail(ErrorKind::Invalid, "no such kind")));
  EXPECT_EQ(answer.status, 400);
  EXPECT_EQ(answer.outcome, "malformed");
}

TEST_F(Identified, IsReadAsWhatTheAdapterSays) {
  const auto teller = std::make_shared<Teller>(std::string("trial.vacated"));
  const auto answer = sendTo(teller);
  EXPECT_EQ(answer.outcome, "accepted") << answer.body;
  EXPECT_EQ(rig.messagesOf(answer.document_id).at(0).type, "trial.vacated");
  const auto shown = [&](const std::string& name) {
    const auto found = std::ranges::find(teller->shown, name, &Fields::value_type::first);
    return found == teller->shown.end() ? std::string() : found->second;
  };
  EXPECT_EQ(shown("sender"), "courts");
  EXPECT_EQ(shown("root"), "Note");
  EXPECT_EQ(shown("document.kind"), "V");
}

}  // namespace
}  // namespace causeway::pipeline
