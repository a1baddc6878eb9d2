#include "tests/abi/installed.hpp"

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace causeway::abi {

TemporaryFolder::TemporaryFolder() {
  std::string name = (std::filesystem::temp_directory_path() / "causeway-abi-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("cannot make a temporary folder");
  path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string builtLibrary(std::string_view name) {
  return std::string(CAUSEWAY_ABI_LIBRARIES) + "/" + std::string(name) + ".so";
}

std::string readFile(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return std::move(out).str();
}

void writeFile(const std::filesystem::path& file, std::string_view bytes) {
  std::ofstream out(file, std::ios::binary | std::ios::trunc);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

Installed::Installed(std::string_view library) { std::filesystem::copy_file(builtLibrary(library), file()); }

void Installed::sign(const SigningKey& key, const ManifestText& says) const {
  const auto sha256 = says.sha256.empty() ? sha256Hex(readFile(file())) : says.sha256;
  const std::string text = "{\"name\":\"" + says.name + "\",\"version\":\"" + says.version +
                           "\",\"abi_major\":" + std::to_string(says.abi_major) +
                           ",\"abi_minor\":" + std::to_string(says.abi_minor) + ",\"capabilities\":[" +
                           says.capabilities + "],\"sha256\":\"" + sha256 + "\"}";
  writeFile(manifest(), text);
  writeFile(signature(), key.sign(text));
}

}  // namespace causeway::abi
