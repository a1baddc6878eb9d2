#pragma once

#include <chrono>
#include <string>
#include <vector>

namespace causeway::protection {

/// The written agreement under which data is shared: nothing goes before it starts, after its last day, or outside its scope.
struct Agreement {
  std::string reference;
  std::chrono::year_month_day starts{};
  std::chrono::year_month_day expires{};  ///< last day on which it holds
  std::vector<std::string> purposes;
  std::vector<std::string> types;  ///< message types
};

/// Who is to receive, as far as protection must know.
struct Recipient {
  std::string id;
  std::string side;            ///< prosecution, defence, court, neutral, suspect, offender_management, victim_support
  std::string audience;        ///< police, prosecutor, court, defence, partner, victim, public
  bool test = false;           ///< live data never goes to a test recipient, nor the reverse
  std::string regime;          ///< the law under which it will hold the data: law_enforcement, uk_gdpr
  std::string country = "GB";  ///< ISO 3166-1 alpha-2
  std::string transfer = {};   ///< the condition under which data may leave the country; empty in GB
  Agreement agreement = {};
  std::vector<std::string> services = {};  ///< kinds of service that it provides (list service-type)
  std::string organisation = {};           ///< its name, as a supporter's organisation may be recorded
};

}  // namespace causeway::protection
