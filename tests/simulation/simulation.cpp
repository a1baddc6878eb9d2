#include "tests/simulation/simulation.hpp"

#include "host/pipeline/lanes.hpp"
#include "tests/simulation/documents.hpp"
#include "tests/simulation/wire.hpp"
#include "tests/support/host_rig.hpp"

#include <deque>
#include <map>
#include <set>
#include <tuple>

namespace causeway::simulation {
namespace {

using pipeline::DeliveryState;
using pipeline::MessageState;

class Life {
 public:
  explicit Life(unsigned seed) : random_(seed), wire_(random_), rig_(support::Scene::usual(), seed) {
    rig_.sender.answer([this](const pipeline::Outgoing& outgoing) { return carry(outgoing); });
  }

  Outcome live() {
    const auto documents = documentsOf(random_);
    std::deque<Document> to_send(documents.begin(), documents.end());
    while (!to_send.empty()) {
      const auto document = to_send.front();
      to_send.pop_front();
      const auto answer = rig_.receive(document.partner, document.body);
      // What was not acknowledged is sent again, at some later time.
      if (answer.status == 503)
        to_send.insert(to_send.begin() + static_cast<long>(random_() % (to_send.size() + 1)), document);
      else judge(document, answer);
      if (random_() % 3 == 0) rig_.deliver();
      if (random_() % 2 == 0) rig_.clock.advance(std::chrono::seconds(random_() % 120));
      if (random_() % 25 == 0) rig_.crash();
      if (rig_.crashed()) startAgain();
    }
    comeToRest();
    checkMessages();
    checkDeliveries();
    outcome_.arrivals = static_cast<int>(wire_.arrivals().size());
    return std::move(outcome_);
  }

 private:
  Result<pipeline::Answer> carry(const pipeline::Outgoing& outgoing) {
    rig_.settle();  // what was sent before is recorded first, so that a seed always tells the same story
    const auto answer = wire_.carry(outgoing);
    if (!resting_ && random_() % 40 == 0) rig_.crash();
    return answer;
  }

  void startAgain() {
    ++outcome_.crashes;
    rig_.restart();
  }

  void expect(bool holds, const std::string& what) {
    if (!holds) outcome_.broken.push_back(what);
  }

  void judge(const Document& document, const pipeline::Acknowledgement& answer) {
    ++outcome_.documents;
    if (document.bad) {
      ++refused_;
      return expect(answer.outcome == "malformed", "a bad document was answered " + answer.outcome);
    }
    const bool first = accepted_.insert(document.partner + document.id).second;
    // A crash after the commit leaves the sender without an answer: then the first answer it sees says duplicate.
    expect(answer.outcome == "duplicate" || (first && answer.outcome == "accepted"),
           document.id + " was answered " + answer.outcome);
    tests_ += first && document.test ? 1 : 0;
  }

  void comeToRest() {
    resting_ = true;
    wire_.mend();
    for (int i = 0; i < 30; ++i) {
      rig_.clock.advance(std::chrono::minutes(10));
      rig_.deliver();
    }
  }

  void checkMessages() {
    const auto ledger = rig_.ledger();
    expect(ledger.balances(), "the ledger does not balance");
    expect(ledger.received == static_cast<std::int64_t>(accepted_.size()) + refused_,
           "other documents were kept than acknowledged");
    expect(ledger.quarantined == refused_, "something was quarantined that should not be");
    expect(ledger.waiting <= tests_, "a message waits although its case is known");
    const auto fault = rig_.auditFault();
    expect(fault.empty(), "the audit log: " + fault);
  }

  void checkDeliveries() {
    std::map<std::string, pipeline::DeliveryRow> deliveries;
    std::set<std::string> held;
    for (const auto& hold : rig_.holds()) held.insert(hold.delivery_id.empty() ? hold.message_id : hold.delivery_id);
    for (const auto& message : rig_.allMessages()) {
      expect(!message.test || message.case_id.empty(), "a test message entered a live case");
      bool open = false;
      for (auto& row : rig_.deliveriesOfMessage(message.message_id)) {
        open = open || row.state == DeliveryState::Held;
        expect(row.state != DeliveryState::Queued && row.state != DeliveryState::Sending,
               "a delivery was never settled");
        expect(row.state != DeliveryState::Held || held.contains(row.delivery_id),
               "a delivery is held and nobody is asked");
        deliveries.emplace(row.delivery_id, std::move(row));
      }
      expect(message.state != MessageState::InFlight, "a message is in flight although nothing of it is");
      expect((message.state == MessageState::Held) == (open || held.contains(message.message_id)),
             "a message is not held as its deliveries are");
    }
    std::map<std::tuple<std::string, std::string, std::string>, std::int64_t> newest;
    std::set<std::string> arrived;
    const auto disclosed = rig_.audited("disclosure");
    for (const auto& arrival : wire_.arrivals()) {
      const auto found = deliveries.find(arrival.delivery_id);
      expect(found != deliveries.end(), "something arrived that the books do not know");
      if (found == deliveries.end()) continue;
      auto& last = newest[{found->second.case_id, arrival.recipient, pipeline::threadOf(found->second)}];
      expect(found->second.sequence >= last, "an older delivery arrived after a newer one about the same");
      last = std::max(last, found->second.sequence);
      if (!arrived.insert(arrival.delivery_id).second) continue;
      expect(std::ranges::any_of(disclosed,
                                 [&](const auto& leaf) { return leaf.find(arrival.delivery_id) != std::string::npos; }),
             "something arrived without a disclosure on record");
    }
    for (const auto& [id, row] : deliveries)
      expect(row.state != DeliveryState::Delivered || arrived.contains(id), "a receipt without an arrival");
  }

  std::mt19937 random_;
  Wire wire_;
  support::HostRig rig_;
  Outcome outcome_;
  std::set<std::string> accepted_;
  std::int64_t refused_ = 0, tests_ = 0;
  bool resting_ = false;
};

}  // namespace

Outcome simulate(unsigned seed) { return Life(seed).live(); }

}  // namespace causeway::simulation
