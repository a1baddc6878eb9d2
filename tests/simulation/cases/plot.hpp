#pragma once

#include "host/base/clock.hpp"

#include <map>
#include <random>
#include <string>
#include <vector>

/// Invented cases: who says what when. Nothing here knows the product; messages.hpp puts it into words of the product.
namespace causeway::simulation::cases {

enum class Hearing { Plea, Trial };
enum class Says { Registered, Listed, Vacated, Wanted, Pleaded, Resulted };

/// What somebody says of a case at one moment.
struct Statement {
  Says what = Says::Registered;
  Instant at{};                      ///< when its sender says it; no two of a case at one moment
  Hearing hearing = Hearing::Trial;  ///< Listed, Vacated, Wanted, Resulted
  std::string when{};  ///< London date and time of the hearing, as this sender knows it: "2026-09-14T10:00"
  int person = 0;      ///< Wanted: whom; 0 is the victim, then the witnesses
  bool yes = true;     ///< Wanted: in court, or not any more. Pleaded: guilty, or not guilty
  std::map<std::string, std::string> ordered{};  ///< Resulted: wording by result code, all of it each time
  std::string bail{};                            ///< Resulted: its conditions; empty: nothing is said of bail
};

/// In words, for a human reader.
std::string textOf(const Statement& statement);

struct Plot {
  int number = 0;  ///< of the case in its run
  int witnesses = 1;
  bool enhanced = false;  ///< the victim is entitled to enhanced rights
  bool numbered =
      false;  ///< the court gives its results numbers: one in other words is the same result, else it is another one
  std::vector<Statement> said;  ///< in the order of its moments
};

/// The cases of one seed.
std::vector<Plot> plotsOf(std::mt19937& random, int cases);

/// How a result of this case is known again: by its code, or by its code and words.
std::string resultKey(const Plot& plot, const std::string& code, const std::string& wording);

std::string dateOf(const std::string& when);  ///< "2026-09-14" of "2026-09-14T10:00"

}  // namespace causeway::simulation::cases
