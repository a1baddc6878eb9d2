#pragma once

#include "tests/simulation/cases/view.hpp"

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace causeway::simulation::cases {

/// What the officer does about a task.
struct Answer {
  enum class How { Named, TaskDone, Unnamed };
  How how = How::Named;
  int person = 0;
  std::string clock;        ///< of the duty that the task does
  Instant cause{};          ///< receipt of what started it
  bool taken_back = false;  ///< the task tells what the court took back, not what stands
  Instant at{};             ///< when it was done
};
/// What the officer says the contact was about.
std::string purposeOf(const std::string& clock);

/// The duties owed to the people of one case, by the model: started by what each message changes of what is known, by the law of Right 8 and 9
/// of the Victims' Code.
class Duties {
 public:
  explicit Duties(const Plot& plot) : plot_(plot) {}

  /// The view before and after a message that was received then and enters the case now.
  void hear(const View& before, const View& after, Instant received, Instant now);
  void answer(const Answer& answer, Instant received);
  /// One line for each duty, in order of its text: clock, person, when it began, was due and ended, and where it stands at this moment.
  std::vector<std::string> linesAt(Instant moment) const;
  /// How often somebody's warning was held, because court and prosecutor did not agree.
  int held() const { return held_; }

 private:
  struct Duty {
    std::string clock;
    int person = 0;
    std::string about;
    Instant start{}, due{}, made{};
    std::string state = "running";
    std::optional<Instant> closed{};
  };
  void begin(const std::string& clock, int person, const std::string& about, Instant received);
  void tellTimes(const View& after, Instant received);
  void tellWanted(const View& before, const View& after, Instant received);
  void warnWhoWaited(const View& before, const View& after, Instant received);
  void tellResults(const View& before, const View& after, Instant received);
  bool rename(const View& before, const View& after);
  void endDoubles(Instant received);
  void callOff(const View& after, Instant received);
  void end(Duty& duty, const std::string& state, Instant at) const;

  const Plot& plot_;
  std::vector<Duty> all_;
  Instant now_{};
  struct Told {
    std::string when;
    int order = 0;  ///< the higher, the later it was told
  };
  std::map<std::string, Told> times_;  ///< that the people were told, by hearing
  int tellings_ = 0;
  using Waiting = std::set<std::pair<int, std::string>>;  ///< person and hearing
  Waiting waited_, waiting_;  ///< whose warning is held: before this message, under the names of then, and after it
  int held_ = 0;
};

std::string londonDay(Instant moment);  ///< "2026-06-02"

}  // namespace causeway::simulation::cases
