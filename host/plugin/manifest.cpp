#include "host/plugin/manifest.hpp"

#include "host/base/text.hpp"
#include "host/plugin/sealed_file.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <set>

namespace causeway::plugin {
namespace {

using Json = nlohmann::json;

constexpr size_t kLargestManifest = 64 * 1024;
constexpr size_t kLargestSignature = 1024;

Failure invalid(std::string what) { return fail(ErrorKind::Invalid, "the manifest " + what); }

// The library keeps the last of two equal keys; a signed statement must not be readable in two ways.
Result<Json> parseObject(std::string_view text) {
  std::set<std::string> keys;
  bool repeated = false;
  const auto watch = [&](int depth, Json::parse_event_t event, Json& value) {
    if (event == Json::parse_event_t::key && depth == 1) repeated |= !keys.insert(value.get<std::string>()).second;
    return true;
  };
  Json json = Json::parse(text.begin(), text.end(), watch, /*allow_exceptions=*/false);
  if (json.is_discarded() || !json.is_object()) return invalid("is not a JSON object");
  if (repeated) return invalid("has a key twice");
  return json;
}

class Reader {
 public:
  explicit Reader(const Json& json) : json_(json) {}

  std::string text(const char* key) {
    const Json* value = find(key);
    if (value && value->is_string() && !value->get_ref<const std::string&>().empty()) return value->get<std::string>();
    return wrong(key, "a text"), std::string();
  }
  unsigned number(const char* key) {
    const Json* value = find(key);
    if (value && value->is_number_unsigned() && value->get<std::uint64_t>() <= 0xFFFF) return value->get<unsigned>();
    return wrong(key, "a whole number"), 0U;
  }
  std::vector<std::string> texts(const char* key) {
    std::vector<std::string> out;
    const Json* value = find(key);
    if (!value || !value->is_array()) return wrong(key, "a list of texts"), out;
    for (const auto& item : *value) {
      if (!item.is_string()) return wrong(key, "a list of texts"), out;
      out.push_back(item.get<std::string>());
    }
    return out;
  }
  Result<void> finish() const {
    if (!problem_.empty()) return invalid(problem_);
    if (json_.size() != asked_) return invalid("has a key that is not known");
    return {};
  }

 private:
  const Json* find(const char* key) {
    ++asked_;
    const auto found = json_.find(key);
    return found == json_.end() ? nullptr : &*found;
  }
  void wrong(const char* key, const char* wanted) {
    if (problem_.empty()) problem_ = "needs '" + std::string(key) + "', " + wanted;
  }

  const Json& json_;
  size_t asked_ = 0;
  std::string problem_;
};

bool isSha256(std::string_view text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

Failure unsignedLibrary(const std::string& file, std::string_view missing) {
  return fail(
      ErrorKind::Refused,
      "is not signed: there is no " + std::string(missing) + "; unsigned adapters load only in development mode", file);
}

// A missing file is an answer here, not an error.
Result<std::optional<std::string>> readIfThere(const std::string& file, size_t limit) {
  auto bytes = readSmallFile(file, limit);
  if (bytes) return *std::move(bytes);
  if (bytes.error().kind == ErrorKind::NotFound) return std::nullopt;
  return std::unexpected(std::move(bytes).error());
}

}  // namespace

Result<Manifest> parseManifest(std::string_view json) {
  CW_TRY(const Json object, parseObject(json));
  Reader reader(object);
  Manifest out;
  out.name = reader.text("name");
  out.version = reader.text("version");
  out.abi_major = reader.number("abi_major");
  out.abi_minor = reader.number("abi_minor");
  out.capabilities = reader.texts("capabilities");
  out.sha256 = reader.text("sha256");
  CW_CHECK_OK(reader.finish());
  if (!isSha256(out.sha256)) return invalid("needs 'sha256', 64 lower-case hexadecimal digits");
  return out;
}

Result<std::optional<Manifest>> checkedManifest(const std::string& file, std::string_view bytes, const Trust& trust) {
  const std::string manifest_file = file + ".manifest.json";
  const std::string signature_file = file + ".manifest.sig";
  CW_TRY(const auto signature, readIfThere(signature_file, kLargestSignature));
  CW_TRY(const auto manifest, readIfThere(manifest_file, kLargestManifest));
  if (!signature || !manifest) {
    if (trust.development && !signature) return std::nullopt;
    return unsignedLibrary(file, signature ? manifest_file : signature_file);
  }
  if (!trust.verify || !trust.sha256) {
    if (trust.development) return std::nullopt;
    return fail(ErrorKind::Refused, "cannot be checked: no plugin-signing key is configured", file);
  }
  if (auto verified = trust.verify(*manifest, *signature); !verified) {
    return fail(verified.error().kind, "its manifest does not carry a signature of the configured plugin-signing key",
                file);
  }
  auto parsed = parseManifest(*manifest);
  if (!parsed) return fail(parsed.error().kind, parsed.error().what, manifest_file);
  if (!equalInConstantTime(trust.sha256(bytes), parsed->sha256)) {
    return fail(ErrorKind::Refused, "is not the library that was signed: its bytes differ from those of the manifest",
                file);
  }
  return *std::move(parsed);
}

int compareVersions(std::string_view a, std::string_view b) {
  const auto left = split(a, '.');
  const auto right = split(b, '.');
  const auto part = [](const std::vector<std::string_view>& parts, size_t i) {
    std::uint64_t number = 0;
    if (i < parts.size()) std::from_chars(parts[i].data(), parts[i].data() + parts[i].size(), number);
    return number;
  };
  for (size_t i = 0; i < std::max(left.size(), right.size()); ++i) {
    const auto l = part(left, i);
    const auto r = part(right, i);
    if (l != r) return l < r ? -1 : 1;
  }
  return 0;
}

}  // namespace causeway::plugin
