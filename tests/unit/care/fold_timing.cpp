// Prints what it costs to fold one result of usual size into a case, new and known. Processor time; not a test, since it depends on the machine.
#include "host/care/case_fold.hpp"
#include "tests/support/builders.hpp"

#include <cstdio>
#include <ctime>

namespace {

using namespace causeway;
using namespace causeway::support;

/// One defendant, two offences, six results with the wording that courts write: about 7 KB as a document.
CanonicalMessage usualResult(const std::string& id) {
  auto out = message(id, "hearing.resulted", "courts.spi-result/1", "2026-04-01T12:00:00Z");
  auto& hearing = addHearing(out, "2026-04-01T10:00");
  hearing.set_court_name("Invented Magistrates' Court");
  hearing.set_courtroom("2");
  auto& defendant = addDefendant(out, kAda);
  *defendant.mutable_person()->mutable_gender() = code("male");
  auto& address = *defendant.add_addresses();
  for (const char* line : {"1 Nowhere Lane", "Invented", "Nowhereshire"}) address.add_lines(line);
  address.set_postcode("ZZ1 1ZZ");
  *defendant.mutable_bail()->mutable_status() = code("conditional");
  for (const char* wording : {"Not to contact a person directly or indirectly", "To live and sleep at an address"})
    *defendant.mutable_bail()->add_conditions()->mutable_text() = text(wording);
  for (int sequence : {1, 2}) {
    auto& offence = addOffence(defendant, sequence == 1 ? "TH68026" : "CJ88001", "2026-02-01", sequence);
    *offence.mutable_wording() = text(std::string(300, 'w'));
    *offence.mutable_plea() = code("not_guilty");
    *offence.mutable_mode_of_trial() = code("summary");
    offence.set_charged_on("2026-02-03");
    offence.set_title("Invented offence");
    for (const char* result : {"4004", "3012", "4592"}) {
      auto& one = addResult(offence, result, std::string(200, 't'), "2026-04-01");
      *one.add_qualifiers() = code("JK");
      *one.add_meanings() = code("adjourned");
      *one.mutable_category() = code("interim");
      if (std::string_view(result) == "4004") setNext(one, "2026-06-02T10:00");
    }
  }
  return out;
}

double microseconds(const CaseRecord& before, const CanonicalMessage& message) {
  constexpr int times = 5000;
  const auto start = std::clock();
  size_t facts = 0;
  for (int i = 0; i < times; ++i) facts += static_cast<size_t>(care::apply(before, message)->record.facts_size());
  const double spent = static_cast<double>(std::clock() - start) * 1e6 / CLOCKS_PER_SEC;
  return facts == 0 ? -1 : spent / times;
}

}  // namespace

int main() {
  const auto first = usualResult("m-1"), second = usualResult("m-2");
  const auto known = care::apply({}, first);
  if (!known) return 1;
  std::printf("%d facts from a message of %zu bytes\n", known->record.facts_size(), first.ByteSizeLong());
  std::printf("into a new case: %.1f us\n", microseconds({}, first));
  std::printf("said once more:  %.1f us\n", microseconds(known->record, second));
  return 0;
}
