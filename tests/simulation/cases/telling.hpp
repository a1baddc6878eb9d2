#pragma once

#include "host/base/clock.hpp"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace causeway::simulation::cases {

/// One thing that left: to whom, about whom, and which facts it states.
struct Telling {
  Instant at{};
  std::string urn;
  std::string recipient;  ///< partner
  int person = -1;        ///< whom it is to be told to; -1: no single person
  std::string what;       ///< kind of the task, or type of the message
  std::string task_id;    ///< by which an answer names it
  std::string clock;      ///< of the duty that it starts; empty: none
  Instant cause{};        ///< receipt of the message that caused it
  Instant due{};
  bool unsure = false;  ///< about a trial that the court has not told of: it may be another one than is known
  std::map<std::string, std::string> facts;  ///< "time of the trial" -> "2026-09-14T10:00"
};

/// What has been told, and what is wrong with it. Whoever is told nothing new is told twice.
class History {
 public:
  /// Empty, or what is wrong: every fact of it is what this person was told last.
  std::string add(const Telling& telling);
  /// A partner names a time of its own: one that is not what it was told last may be answered with that once more.
  void heardFrom(const std::string& urn, const std::string& partner, const std::string& fact, const std::string& when);
  /// What this person was told last of a fact; empty: nothing.
  std::string last(const std::string& urn, int person, const std::string& fact) const;
  /// The first of two facts was told after the second.
  bool isNewer(const std::string& urn, int person, const std::string& fact, const std::string& other) const;
  /// All that this person was told, each fact as it was told last.
  std::map<std::string, std::string> facts(const std::string& urn, int person) const;
  /// All of a person of a case, for a human reader.
  std::string text(const std::string& urn, int person) const;

 private:
  std::vector<Telling> all_;
  std::map<std::string, std::string> last_;
  std::map<std::string, size_t> order_;  ///< of each fact, when it was told last: the higher, the later
  std::set<std::string> unsure_;         ///< facts that were told last of a trial that may be another one
};

}  // namespace causeway::simulation::cases
