#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace causeway::courts {

/// The folder of public court samples, which is not part of the source: CAUSEWAY_CORPUS, else `shared/corpus` beside the source tree.
/// Nothing when there is none: the tests over it are skipped and say so.
std::optional<std::filesystem::path> corpus();

/// Files below a folder that end so, in order of their names.
std::vector<std::filesystem::path> filesBelow(const std::filesystem::path& folder, const std::string& suffix);

}  // namespace causeway::courts

/// Leaves a test that needs the samples.
#define NEED_CORPUS(folder)                                                                                          \
  const auto found_corpus = ::causeway::courts::corpus();                                                            \
  if (!found_corpus) GTEST_SKIP() << "no court samples: set CAUSEWAY_CORPUS or put shared/corpus beside the source"; \
  const auto folder = *found_corpus / "courts"
