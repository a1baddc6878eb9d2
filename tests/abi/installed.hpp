#pragma once

#include "tests/abi/signing.hpp"

#include <filesystem>
#include <string>
#include <string_view>

namespace causeway::abi {

/// A folder of a test that goes away with it.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// Path of one of the libraries that are built for these tests: "good", "older_major", ...
std::string builtLibrary(std::string_view name);

std::string readFile(const std::filesystem::path& file);
void writeFile(const std::filesystem::path& file, std::string_view bytes);

/// What a manifest says; the defaults are those of the library "variant".
struct ManifestText {
  std::string name = "variant";
  std::string version = "1.2.0";
  int abi_major = 1;
  int abi_minor = 0;
  std::string capabilities = "\"convert\"";
  std::string sha256 = {};  ///< of the library when empty
};

/// A library copied to a folder of its own, as an installation has it.
class Installed {
 public:
  explicit Installed(std::string_view library);
  /// Writes and signs a manifest beside it.
  void sign(const SigningKey& key, const ManifestText& says = {}) const;
  std::string file() const { return (folder_.path() / "adapter.so").string(); }
  std::string manifest() const { return file() + ".manifest.json"; }
  std::string signature() const { return file() + ".manifest.sig"; }
  const std::filesystem::path& folder() const { return folder_.path(); }

 private:
  TemporaryFolder folder_;
};

}  // namespace causeway::abi
