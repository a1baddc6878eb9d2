#pragma once

#include "host/base/node.hpp"
#include "host/protection/checks.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace causeway::protection {

using Day = std::chrono::year_month_day;

/// From the first to the last day, London; an end that is not said is open.
struct Validity {
  Day from{};
  std::optional<Day> to;
  bool on(Day day, Check check) const;
};

/// One body of law under which data is held.
struct Regime {
  std::string id, meaning, source;
};

/// What data is used for. `under` is the regime under which the force itself holds it for that.
struct Purpose {
  std::string id, meaning, under, source;
  bool despite_dispute = false;  ///< evidence, or somebody's vital interest: goes on while accuracy is contested
  Location at;
};

/// The law that lets data pass from one regime to the other, or on within one, for some purposes.
struct Gateway {
  std::string id, from, to;
  std::vector<std::string> purposes;
  std::string statute;
  Validity valid;
  Location at;
};

/// An appropriate policy document (DPA 2018 s.42, Sch 1 Pt 4): without one that is valid now nothing sensitive may be processed.
struct PolicyDocument {
  std::string id, title;
  Validity valid;
  Location at;
};

/// Why sensitive data may go without consent: a condition of DPA 2018 Schedule 8, strictly necessary, under a policy document.
struct Condition {
  std::string id;
  int schedule_8 = 0;  ///< 1 statutory purpose, 2 administration of justice, 3 vital interests, 4 safeguarding
  std::string strictly_necessary;
  std::string policy_document;
  Location at;
};

/// The law as data: `legal:` of the files in config/protection/, merged.
class Legal {
 public:
  /// Adds what one file says.
  void add(const Node& node, Problems& problems);
  /// Once all is added: whatever names something that is not there.
  void check(Problems& problems) const;

  const Regime* regime(std::string_view id) const;
  const Purpose* purpose(std::string_view id) const;
  const Condition* condition(std::string_view id) const;
  const PolicyDocument* policyDocument(std::string_view id) const;
  /// One that serves the purpose between these regimes on this day; one with a named law before one without.
  const Gateway* gateway(std::string_view from, const std::string& to, std::string_view purpose, Day on) const;
  /// Whether there is one at all, whatever the day.
  bool hasGateway(std::string_view from, std::string_view to, std::string_view purpose) const;

  const std::vector<Regime>& regimes() const { return regimes_; }
  const std::vector<Purpose>& purposes() const { return purposes_; }
  const std::vector<Gateway>& gateways() const { return gateways_; }
  const std::vector<PolicyDocument>& policyDocuments() const { return documents_; }
  const std::vector<Condition>& conditions() const { return conditions_; }

 private:
  std::vector<Regime> regimes_;
  std::vector<Purpose> purposes_;
  std::vector<Gateway> gateways_;
  std::vector<PolicyDocument> documents_;
  std::vector<Condition> conditions_;
};

/// The ids of what a list holds, to find what was meant.
template <class T>
std::vector<std::string> idsOf(const std::vector<T>& list) {
  std::vector<std::string> out;
  for (const auto& each : list) out.push_back(each.id);
  return out;
}

}  // namespace causeway::protection
