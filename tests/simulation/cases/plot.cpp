#include "tests/simulation/cases/plot.hpp"

#include "tests/simulation/cases/chance.hpp"

#include <algorithm>
#include <chrono>

namespace causeway::simulation::cases {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

const std::chrono::sys_days kFirstDay = std::chrono::year(2026) / 6 / 1;  // a Monday
constexpr int kMostDaysLate = 14;  // whatever comes last still comes before the hearing that it is about

/// Makes one case, step by step in the order of events.
class Author {
 public:
  Author(std::mt19937& random, int number) : random_(random) {
    plot_.number = number;
    plot_.witnesses = 1 + draw(random_, 2);
    plot_.enhanced = chance(random_, 50);
    plot_.numbered = chance(random_, 50);
  }

  Plot write() {
    say({.what = Says::Registered, .at = at(0, 2)});
    const auto plea = day(20 + draw(random_, 8), 10);
    list(Hearing::Plea, plea, 1);
    if (chance(random_, 30)) list(Hearing::Plea, day(29 + draw(random_, 3), 10), 4);
    else plea_day_ = plea;
    resultPlea();
    trial();
    std::ranges::sort(plot_.said, {}, &Statement::at);
    for (size_t i = 1; i < plot_.said.size(); ++i)
      if (plot_.said[i].at <= plot_.said[i - 1].at) plot_.said[i].at = plot_.said[i - 1].at + minutes(1);
    return std::move(plot_);
  }

 private:
  void say(Statement statement) { plot_.said.push_back(std::move(statement)); }

  /// Some moment of a working hour of a day so many days after the first, or up to `within` days later.
  Instant at(int day, int within = 1) {
    return kFirstDay + days(day + draw(random_, within)) + hours(7 + draw(random_, 9)) + minutes(draw(random_, 60));
  }
  static int dayOf(const std::string& when) {
    return static_cast<int>((*parseInstant(dateOf(when) + "T00:00:00Z") - kFirstDay) / hours(24));
  }
  /// A weekday, so many days after the first or a little later.
  std::string day(int number, int hour) {
    auto on = kFirstDay + days(number);
    while (std::chrono::weekday(on).c_encoding() % 6 == 0) on += days(1);
    return formatInstant(on + hours(hour)).substr(0, 16);
  }

  void list(Hearing hearing, const std::string& when, int from) {
    say({.what = Says::Listed, .at = at(from, 2), .hearing = hearing, .when = when});
    if (hearing == Hearing::Plea) plea_day_ = when;
  }

  /// The same order in other words, another order, or one fewer.
  std::map<std::string, std::string> amended(std::map<std::string, std::string> ordered, const std::string& other) {
    const int how = draw(random_, 3);
    if (how == 0) ordered.begin()->second += ", in other words";
    else if (how == 1 && ordered.size() > 1) ordered.erase(std::prev(ordered.end()));
    else if (!ordered.emplace(other, "Invented order of " + other).second) ordered[other] += " again";
    return ordered;
  }

  void result(Hearing hearing, const std::string& when, std::map<std::string, std::string> ordered, bool bail) {
    const int on = dayOf(when);
    int after = 0;
    std::string conditions = bail ? "Not to contact" : "";
    for (int version = 0; version == 0 || (version < 3 && chance(random_, 35)); ++version) {
      Statement statement{.what = Says::Resulted, .at = at(on + after), .hearing = hearing, .when = when};
      if (version == 0) statement.at = kFirstDay + days(on) + hours(12 + draw(random_, 4)) + minutes(draw(random_, 60));
      else ordered = amended(std::move(ordered), hearing == Hearing::Plea ? "4027" : "1015");
      if (version > 0 && bail && chance(random_, 40)) conditions += version == 1 ? " or approach" : " or follow";
      statement.ordered = ordered;
      statement.bail = conditions;
      say(std::move(statement));
      after += 1 + draw(random_, 3);
    }
  }

  void resultPlea() {
    std::map<std::string, std::string> ordered{{"4004", "Invented adjournment"}};
    if (chance(random_, 50)) ordered.emplace("4012", "Invented remand");
    result(Hearing::Plea, plea_day_, std::move(ordered), chance(random_, 60));
  }

  void trial() {
    const int start = dayOf(plea_day_);
    int then = start + 1;
    auto when = day(start + 70 + draw(random_, 30), 10);
    const auto first = when;
    say({.what = Says::Listed, .at = at(then, 2), .when = when});
    then += 2;
    when = disagree(then, when);
    then += 6;
    want(then, when);
    for (int moves = draw(random_, 3); moves > 0; --moves) {
      then += 2 + draw(random_, 5);
      when = chance(random_, 20) ? first : day(start + 70 + draw(random_, 40), 10);
      say({.what = Says::Listed, .at = at(then, 2), .when = when});
      then += 2;
    }
    changeMinds(then + 1, when);
    then += 14;
    bool off = false;
    if (chance(random_, 20)) {
      say({.what = Says::Vacated, .at = at(then, 2), .when = when});
      off = !chance(random_, 40);
      then += 3;
      if (!off) say({.what = Says::Listed, .at = at(then, 2), .when = when = day(start + 75 + draw(random_, 40), 11)});
    }
    if (!off && !plead(then + 4) && chance(random_, 60))
      result(Hearing::Trial, when, {{"1002", "Invented custody"}, {"3047", "Invented order"}}, false);
  }

  /// The prosecutor names a day that no court knows, until the court moves to it or the prosecutor names the court's. Answers the day that
  /// holds then.
  std::string disagree(int then, const std::string& when) {
    if (!chance(random_, 20)) return when;
    const auto other = day(dayOf(plea_day_) + 122 + draw(random_, 9), 10);  // which the court never comes to by chance
    for (int person = 0; person <= plot_.witnesses; ++person)
      say({.what = Says::Wanted, .at = at(then, 2), .when = other, .person = person});
    if (chance(random_, 50)) {
      say({.what = Says::Listed, .at = at(then + 3, 2), .when = other});
      return other;
    }
    for (int person = 0; person <= plot_.witnesses; ++person)
      say({.what = Says::Wanted, .at = at(then + 3, 2), .when = when, .person = person});
    return when;
  }

  void want(int then, const std::string& when) {
    for (int person = 0; person <= plot_.witnesses; ++person)
      if (person > 0 || chance(random_, 50))
        say({.what = Says::Wanted, .at = at(then, 3), .when = when, .person = person});
  }

  void changeMinds(int then, const std::string& when) {
    for (int person = 1; person <= plot_.witnesses; ++person) {
      if (!chance(random_, 35)) continue;
      say({.what = Says::Wanted, .at = at(then, 3), .when = when, .person = person, .yes = false});
      if (chance(random_, 50)) say({.what = Says::Wanted, .at = at(then + 4, 3), .when = when, .person = person});
    }
  }

  /// Whether everything stays admitted, so that no trial is held.
  bool plead(int then) {
    if (!chance(random_, 20)) return false;
    say({.what = Says::Pleaded, .at = at(then, 2)});
    if (!chance(random_, 30)) return true;
    say({.what = Says::Pleaded, .at = at(then + 3, 2), .yes = false});
    return false;
  }

  std::mt19937& random_;
  Plot plot_;
  std::string plea_day_;
};

}  // namespace

std::string textOf(const Statement& statement) {
  const std::string hearing = statement.hearing == Hearing::Plea ? "the plea hearing" : "the trial";
  std::string what;
  switch (statement.what) {
    case Says::Registered: what = "the case"; break;
    case Says::Listed: what = hearing + " is at " + statement.when; break;
    case Says::Vacated: what = hearing + " of " + statement.when + " is vacated"; break;
    case Says::Wanted:
      what = "person " + std::to_string(statement.person) + (statement.yes ? " is" : " is not") + " wanted at " +
             statement.when;
      break;
    case Says::Pleaded: what = statement.yes ? "all is admitted" : "nothing is admitted"; break;
    case Says::Resulted: what = "results of " + hearing + ":"; break;
  }
  for (const auto& [code, wording] : statement.ordered) what += " " + code + " " + wording + ";";
  if (!statement.bail.empty()) what += " bail " + statement.bail;
  return what + " (said " + formatInstant(statement.at) + ")";
}

std::string resultKey(const Plot& plot, const std::string& code, const std::string& wording) {
  return plot.numbered ? code : code + " " + wording;
}

std::string dateOf(const std::string& when) { return when.substr(0, 10); }

std::vector<Plot> plotsOf(std::mt19937& random, int cases) {
  std::vector<Plot> out;
  for (int number = 0; number < cases; ++number) out.push_back(Author(random, number).write());
  return out;
}

}  // namespace causeway::simulation::cases
