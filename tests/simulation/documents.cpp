#include "tests/simulation/documents.hpp"

#include "tests/support/host_rig.hpp"

#include <algorithm>

namespace causeway::simulation {
namespace {

class Writer {
 public:
  explicit Writer(std::mt19937& random) : random_(random) {}

  std::vector<Document> all() {
    for (int number = 0; number < 5; ++number) aCase("01ZD03039" + std::to_string(10 + number));
    for (int i = 0; i < 2; ++i)
      out_.push_back(
          {"courts", "bad" + std::to_string(i), "<CourtResult id=\"bad" + std::to_string(i) + "\"", true, false});
    const auto sent = out_.size();
    for (size_t i = 0; i < sent; ++i)
      if (chance(25)) out_.push_back(out_[i]);
    std::ranges::shuffle(out_, random_);
    return std::move(out_);
  }

 private:
  bool chance(unsigned percent) { return random_() % 100 < percent; }
  std::string next() { return std::to_string(++count_); }
  std::string day() { return std::to_string(10 + random_() % 18); }

  void aCase(const std::string& urn) {
    support::CaseText text{.id = "C" + next(), .urn = urn, .consent = chance(70) ? "given" : "refused"};
    out_.push_back({"records", text.id, support::caseFile(text), false, false});
    for (auto updates = random_() % 3; updates > 0; --updates) {
      text.id = "C" + next();
      text.kind = "case.updated";
      text.at = "2026-03-" + day() + "T09:00:00Z";
      text.consent = chance(50) ? "given" : "withdrawn";
      if (chance(30)) text.family = "Penrose";
      out_.push_back({"records", text.id, support::caseFile(text), false, false});
    }
    for (auto results = 2 + random_() % 4; results > 0; --results) aResult(urn);
  }

  void aResult(const std::string& urn) {
    support::ResultText text{.id = "R" + next(), .urn = urn};
    if (chance(50)) {
      text.asn = "1101ZD0100000448755L";
      text.family = "Quill";
    }
    text.date = chance(50) ? "2026-04-01" : "2026-04-" + day();
    text.at = text.date + "T12:00:00Z";
    if (chance(10)) text.bail = "undetermined_p";
    if (chance(10)) text.test = true;
    out_.push_back({"courts", text.id, support::resultFile(text), false, text.test});
    if (chance(30)) {  // the same again under a new number, or corrected
      text.id = "R" + next();
      text.at = text.date + "T15:00:00Z";
      if (chance(50)) text.plea = "guilty";
      out_.push_back({"courts", text.id, support::resultFile(text), false, text.test});
    }
  }

  std::mt19937& random_;
  std::vector<Document> out_;
  int count_ = 0;
};

}  // namespace

std::vector<Document> documentsOf(std::mt19937& random) { return Writer(random).all(); }

}  // namespace causeway::simulation
