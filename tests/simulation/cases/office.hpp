#pragma once

#include "host/pipeline/admission.hpp"
#include "tests/simulation/cases/desk_store.hpp"
#include "tests/simulation/cases/plot.hpp"
#include "tests/simulation/cases/telling.hpp"
#include "tests/support/fake_clock.hpp"

#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <vector>

namespace causeway::simulation::cases {

/// What a host may do wrong, to see that somebody would notice.
enum class Wrong : unsigned char {
  Nothing,
  ForgetsDuplicates,  ///< takes a document that came before, or says what was said last, for a new one
  TakesArrivalOrder,  ///< believes what came last, whenever it was said
  ForgetsWaiting,     ///< what came before its case stays outside
  LosesMessages,      ///< one of a hundred, acknowledged
  ReadsAnotherHour,   ///< takes the time of a hearing for another
};

/// A host between the wires: real admission, case, rules, policies and clocks over a store in memory.
class Office {
 public:
  Office(std::shared_ptr<const pipeline::Rulebook> rulebook, const std::vector<Plot>& plots, unsigned seed,
         Wrong wrong = Wrong::Nothing);

  /// A document of one message that comes now. Empty, or what went wrong: one that came before is answered as before and not taken anew.
  std::string receive(canonical::CanonicalMessage message, const std::string& number);
  /// Moves the time on and tells of duties that fall due on the way.
  void passTo(Instant moment);
  /// Everything queued leaves and is received, in order.
  std::vector<Telling> send();
  Instant now() const { return clock_.now(); }

  /// The plot of a case number; null when there is none.
  const Plot* plotOf(const std::string& urn) const;
  /// The case of a plot as it stands; empty when it is not known.
  canonical::CaseRecord caseOf(const Plot& plot);
  std::vector<care::ClockRow> clocksOf(const Plot& plot);
  const std::vector<pipeline::HoldRow>& holds() const { return store_.holds(); }
  std::string typeOfHeld(const pipeline::HoldRow& hold) const;
  size_t waiting() const { return store_.waiting(); }

 private:
  std::string caseIdOf(const Plot& plot);
  Telling tellingOf(const pipeline::DeliveryRow& row, const canonical::CanonicalMessage& draft);

  std::shared_ptr<const pipeline::Rulebook> rulebook_;
  std::map<std::string, const Plot*> plots_;  ///< by case number
  std::mt19937 random_;
  const Wrong wrong_;
  int received_ = 0;
  std::set<std::pair<std::string, std::string>> numbers_;  ///< of documents, with their senders
  FakeClock clock_{"2026-06-01T00:00:00Z"};
  Ids ids_;
  OpenVault vault_;
  NoAudit audit_;
  DeskStore store_;
  pipeline::Admitter admitter_;
};

}  // namespace causeway::simulation::cases
