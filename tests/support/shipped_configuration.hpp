#pragma once

#include "tests/support/want.hpp"

#include <filesystem>
#include <fstream>
#include <string>

namespace causeway::support {

/// The text with one wording turned into another wherever it stands; a failure of the test when it stands nowhere.
inline std::string replaced(std::string text, std::string_view from, std::string_view to) {
  size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << "not there: " << from;
  for (; at != std::string::npos; at = text.find(from, at + to.size())) text.replace(at, from.size(), to);
  return text;
}

/// A copy of the demonstration's configuration in `folder`, with the adapters of this build and the rest of what is shipped. The folder to
/// load: the tests may change its files.
inline std::filesystem::path copyShippedConfiguration(const std::filesystem::path& folder,
                                                      const std::string& adapters) {
  namespace fs = std::filesystem;
  const std::string source = CAUSEWAY_SOURCE_DIR;
  const auto here = folder / "config";
  fs::copy(fs::path(source) / "config/demo", here, fs::copy_options::recursive);
  auto main = fileText((here / "causeway.yaml").string());
  main = replaced(std::move(main), "../../build/release/lib/causeway/adapters", adapters);
  main = replaced(std::move(main), "trusted_key: ../../var/demo/keys/plugin-signing.pem", "development: true");
  main = replaced(std::move(main), "../../mappings", source + "/mappings");
  for (const std::string name :
       {"routes", "protection", "clocks", "calendars", "eligibility", "reconciliation", "retention"})
    main = replaced(std::move(main), std::string(": ../").append(name),
                    std::string(": ").append(source).append("/config/").append(name));
  std::ofstream(here / "causeway.yaml", std::ios::binary) << main;
  return here;
}

/// Puts one wording in place of another in a file.
inline void change(const std::filesystem::path& file, std::string_view from, std::string_view to) {
  const auto text = replaced(fileText(file.string()), from, to);
  std::ofstream(file, std::ios::binary) << text;
}

}  // namespace causeway::support
