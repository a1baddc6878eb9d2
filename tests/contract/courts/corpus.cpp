#include "tests/contract/courts/corpus.hpp"

#include <algorithm>
#include <cstdlib>

namespace causeway::courts {

std::optional<std::filesystem::path> corpus() {
  const char* said = std::getenv("CAUSEWAY_CORPUS");
  const std::filesystem::path path =
      said ? std::filesystem::path(said) : std::filesystem::path(CAUSEWAY_SOURCE_DIR) / ".." / "shared" / "corpus";
  return std::filesystem::is_directory(path / "courts") ? std::optional(path) : std::nullopt;
}

std::vector<std::filesystem::path> filesBelow(const std::filesystem::path& folder, const std::string& suffix) {
  std::vector<std::filesystem::path> out;
  if (!std::filesystem::is_directory(folder)) return out;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
    if (entry.is_regular_file() && entry.path().string().ends_with(suffix)) out.push_back(entry.path());
  std::ranges::sort(out);
  return out;
}

}  // namespace causeway::courts
