#pragma once

#include "adapters/niche/niche.hpp"
#include "host/mapping/reader.hpp"

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

/// What the suites of the records systems share: the shipped mappings with the adapter's converters, and canonical JSON.
namespace causeway::niche_tests {

/// The mappings in the given files and folders below mappings/, compiled. Fails the test with every problem.
std::unique_ptr<mapping::Library> loadLibrary(const std::vector<std::string>& names, const std::string& patterns);

std::string fileText(const std::string& path_from_source_root);
std::string jsonOf(const google::protobuf::Message& message);
/// Lines of "path: times", for the message of a failed expectation.
std::string textOf(const std::map<std::string, int>& unexplained);
std::string textOf(const std::vector<mapping::Finding>& findings);
bool hasFinding(const mapping::Reading& reading, std::string_view code);

inline constexpr std::chrono::year_month_day kDay{std::chrono::year(2026), std::chrono::month(3), std::chrono::day(4)};

/// Reads one document with limits and day of the tests.
mapping::Decoded decode(const mapping::Library& library, std::string_view document);

}  // namespace causeway::niche_tests
