#include "tests/simulation/cases/run.hpp"

#include "tests/simulation/cases/chance.hpp"
#include "tests/simulation/cases/checks.hpp"
#include "tests/simulation/cases/duties.hpp"
#include "tests/simulation/cases/messages.hpp"
#include "tests/simulation/cases/office.hpp"
#include "tests/support/builders.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <queue>
#include <set>

namespace causeway::simulation::cases {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

/// One copy of a statement on its way, or an answer of an officer.
struct Arrival {
  Instant at{};
  int plot = 0;
  int statement = -1;    ///< -1: an answer
  std::string number{};  ///< of the document: a copy under the same number is the same document
  Answer answer{};
  std::string task{}, contact{};  ///< of an answer
};

std::vector<Arrival> inOrder(const std::vector<Plot>& plots) {
  std::vector<Arrival> out;
  for (size_t plot = 0; plot < plots.size(); ++plot)
    for (size_t i = 0; i < plots[plot].said.size(); ++i)
      out.push_back(
          {plots[plot].said[i].at, static_cast<int>(plot), static_cast<int>(i), fmt::format("{}-{}", plot, i)});
  return out;
}

minutes delay(std::mt19937& random) {
  const int kind = draw(random, 10);
  if (kind < 5) return minutes(draw(random, 30));
  if (kind < 8) return minutes(draw(random, 3 * 24 * 60));
  return minutes(draw(random, 14 * 24 * 60));
}

/// Late, twice, under a new number, and lost on the way and sent again.
std::vector<Arrival> shuffled(const std::vector<Plot>& plots, std::mt19937& random) {
  std::vector<Arrival> out;
  for (auto one : inOrder(plots)) {
    const auto said = one.at;
    one.at = said + delay(random);
    if (chance(random, 10)) one.at = std::max(one.at, said + hours(4));  // the first copy was lost
    out.push_back(one);
    if (chance(random, 15)) {
      auto twice = one;
      twice.at = said + delay(random);
      out.push_back(std::move(twice));
    }
    if (chance(random, 8)) {
      auto again = one;
      again.number += "-again";
      again.at = said + delay(random);
      out.push_back(std::move(again));
    }
  }
  return out;
}

constexpr int kCases = 50;

/// One of the ways for everything that was said to reach the office.
struct Way {
  std::string name;
  bool straight;  ///< once, in order
  unsigned seed;
  Wrong wrong;
};

class Run {
 public:
  Run(const std::shared_ptr<const pipeline::Rulebook>& rulebook, const std::vector<Plot>& plots, Way way,
      Outcome& outcome)
      : plots_(plots), way_(std::move(way)), outcome_(outcome), office_(rulebook, plots, way_.seed, way_.wrong) {
    for (const auto& plot : plots) people_.emplace_back(plot);
  }

  void live(std::vector<Arrival> arrivals) {
    for (auto& one : arrivals) put(std::move(one));
    Instant last{};
    while (!events_.empty()) {
      const auto key = events_.begin()->first;
      const auto arrival = std::move(events_.begin()->second);
      events_.erase(events_.begin());
      last = key.first;
      office_.passTo(last);
      tell();
      take(arrival);
      tell();
    }
    office_.passTo(last + days(10));
    tell();
    check();
  }

 private:
  struct People {
    explicit People(const Plot& plot) : duties(plot) {}
    std::set<int> arrived;
    std::set<std::string> answered;                             ///< contacts and tasks
    std::vector<std::pair<const Statement*, Instant>> waiting;  ///< for the case to be registered
    std::vector<const Statement*> known;
    View view;
    Duties duties;
    std::string came;  ///< what came when, for whoever looks for a fault
  };

  void put(Arrival arrival) {
    const auto at = arrival.at;
    events_.emplace(std::pair(at, ++sequence_), std::move(arrival));
  }

  void fault(const Plot& plot, int person, const std::string& what) {
    auto& came = people_[static_cast<size_t>(plot.number)].came;
    outcome_.broken.push_back(fmt::format("{}: case {}: {}\n{}{}", way_.name, plot.number, what, came,
                                          person == -2 ? "" : history_.text(urnOf(plot), person)));
    came.clear();
  }

  void take(const Arrival& arrival) {
    const auto& plot = plots_[static_cast<size_t>(arrival.plot)];
    ++outcome_.arrivals;
    if (arrival.statement < 0) return takeAnswer(plot, arrival);
    const auto& statement = plot.said[static_cast<size_t>(arrival.statement)];
    auto message = messageOf(plot, statement);
    message.set_source_message_id(arrival.number);
    if (const auto wrong = office_.receive(std::move(message), arrival.number); !wrong.empty())
      fault(plot, -2, "a document was not taken: " + wrong);
    auto& people = people_[static_cast<size_t>(arrival.plot)];
    people.came += fmt::format("  > {} {}\n", formatInstant(office_.now()), textOf(statement));
    if (statement.what == Says::Wanted)
      history_.heardFrom(urnOf(plot), "cps", "court's time of the trial", statement.when);
    if (!people.arrived.insert(arrival.statement).second) return;
    if (statement.what == Says::Registered) {
      learn(plot, people, statement, office_.now());
      for (const auto& [waited, received] : people.waiting) learn(plot, people, *waited, received);
    } else if (people.known.empty()) {
      people.waiting.emplace_back(&statement, office_.now());
    } else {
      learn(plot, people, statement, office_.now());
    }
  }

  void learn(const Plot& plot, People& people, const Statement& statement, Instant received) {
    people.known.push_back(&statement);
    auto after = viewOf(plot, people.known);
    people.duties.hear(people.view, after, received, office_.now());
    people.view = std::move(after);
  }

  void takeAnswer(const Plot& plot, const Arrival& arrival) {
    const auto& answer = arrival.answer;
    const bool task = answer.how == Answer::How::TaskDone;
    auto message =
        support::message("", task ? "task.completed" : "contact.made", "niche.xml", formatInstant(answer.at));
    message.set_source_system("records");
    auto& whole = *message.mutable_case_();
    whole.set_urn(urnOf(plot));
    if (task) {
      auto& done = *whole.add_tasks();
      done.set_id(arrival.task);
      done.set_state("done");
      done.set_done_at(formatInstant(answer.at));
    } else {
      const auto given = answer.person == 0 ? "Cora" : answer.person == 1 ? "Edwin" : "Nell";
      auto& party = support::addParty(message, support::person(given, familyOf(plot, answer.person)),
                                      answer.person == 0 ? "victim" : "witness");
      auto& contact = *party.add_contacts_made();
      contact.set_id(arrival.contact);
      contact.set_at(formatInstant(answer.at));
      *contact.mutable_purpose() = support::code(purposeOf(answer.clock));
      *contact.mutable_result() = support::code("spoke");
      if (answer.how == Answer::How::Named) contact.set_answers_clock(arrival.task);
    }
    message.set_source_message_id(arrival.number);
    if (const auto wrong = office_.receive(std::move(message), arrival.number); !wrong.empty())
      fault(plot, answer.person, "an answer was not taken: " + wrong);
    auto& people = people_[static_cast<size_t>(arrival.plot)];
    if (people.answered.insert(arrival.contact).second) people.duties.answer(answer, office_.now());
  }

  void tell() {
    for (auto& telling : office_.send()) {
      ++outcome_.tellings;
      const auto* plot = office_.plotOf(telling.urn);
      if (!plot) {
        outcome_.broken.push_back(way_.name + ": " + telling.what + " is about no case");
        continue;
      }
      const auto place = static_cast<size_t>(plot->number);
      const auto wrong = history_.add(telling);
      if (!wrong.empty()) fault(*plot, telling.person, fmt::format("person {}: {}", telling.person, wrong));
      for (const auto& what : stale(telling, people_[place].view, londonDay(office_.now())))
        fault(*plot, telling.person, fmt::format("person {}: {}", telling.person, what));
      if (!telling.clock.empty() && telling.person >= 0) answerLater(static_cast<int>(place), telling);
    }
  }

  // What the officer does about a task depends on the fact and not on when it was heard of.
  void answerLater(int place, const Telling& telling) {
    auto mix = std::hash<std::string>()(telling.urn + telling.clock + std::to_string(telling.person));
    for (const auto& [fact, value] : telling.facts) mix = mix * 31 + std::hash<std::string>()(fact + value);
    std::mt19937 random(static_cast<unsigned>(mix) + way_.seed);
    const int how = draw(random, 8);  // most are done in time
    if (how == 0) return;
    Answer answer{
        .how = how == 2   ? Answer::How::TaskDone
               : how == 4 ? Answer::How::Unnamed
                          : Answer::How::Named,
        .person = telling.person,
        .clock = telling.clock,
        .cause = telling.cause,
        .taken_back = std::ranges::any_of(telling.facts, [](const auto& one) { return one.second == "withdrawn"; }),
        .at = how == 3 ? telling.due + hours(26) : telling.at + hours(how) + minutes(7)};
    const auto arrives = answer.at + minutes(5) + (chance(random, 20) ? hours(30) : hours(0));
    const auto number = fmt::format("answer-{}", ++answers_);
    const Arrival arrival{arrives, place, -1, number, answer, telling.task_id, "contact-" + number};
    put(arrival);
    if (way_.straight) return;
    for (const auto* again : {"", "-again"}) {  // the same document once more, and the same under a new number
      if (!chance(random, 10)) continue;
      auto twice = arrival;
      twice.number += again;
      twice.at += delay(random);
      put(std::move(twice));
    }
  }

  void check() {
    for (size_t i = 0; i < plots_.size(); ++i) {
      const auto& plot = plots_[i];
      const auto& people = people_[i];
      const auto record = office_.caseOf(plot);
      for (const auto& what : differences(plot, record.case_(), people.view)) fault(plot, -2, what);
      for (const auto& what : disagreements(plot, history_, people.view)) fault(plot, what[7] - '0', what);
      const auto model = people.duties.linesAt(office_.now());
      const auto product = dutyLines(plot, record.case_(), office_.clocksOf(plot));
      outcome_.duties += static_cast<int>(model.size());
      std::vector<std::string> missing, more;
      std::ranges::set_difference(model, product, std::back_inserter(missing));
      std::ranges::set_difference(product, model, std::back_inserter(more));
      for (const auto& line : missing)
        fault(plot, line[line.find("person ") + 7] - '0', "a duty is not there: " + line);
      for (const auto& line : more)
        fault(plot, line[line.find("person ") + 7] - '0', "a duty that nobody has: " + line);
    }
    int held = 0;
    for (const auto& people : people_) held -= people.duties.held();
    for (const auto& hold : office_.holds())
      if (hold.reason_code == "rule_hold") ++held;
      else
        outcome_.broken.push_back(
            fmt::format("{}: held: {} {} {}", way_.name, office_.typeOfHeld(hold), hold.reason_code, hold.text));
    if (held != 0)
      outcome_.broken.push_back(fmt::format(
          "{}: {} warnings more are held than by the model, since two name different trials", way_.name, held));
    if (office_.waiting() > 0) outcome_.broken.push_back(way_.name + ": messages wait for a case that is known");
  }

  const std::vector<Plot>& plots_;
  const Way way_;
  Outcome& outcome_;
  Office office_;
  std::vector<People> people_;
  History history_;
  std::map<std::pair<Instant, int>, Arrival> events_;
  int sequence_ = 0, answers_ = 0;
};

}  // namespace

Outcome simulate(const std::shared_ptr<const pipeline::Rulebook>& rulebook, unsigned seed, Wrong wrong) {
  std::mt19937 random(seed);
  const auto plots = plotsOf(random, kCases);
  Outcome out;
  Run(rulebook, plots, {"in order", true, seed, wrong}, out).live(inOrder(plots));
  Run(rulebook, plots, {"shuffled", false, seed, wrong}, out).live(shuffled(plots, random));
  return out;
}

}  // namespace causeway::simulation::cases
