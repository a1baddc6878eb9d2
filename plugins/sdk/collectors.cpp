#include "causeway/collectors.hpp"

#include <cstdint>
#include <cstring>

namespace causeway::sdk {
namespace {

// Bytes of the well-formed UTF-8 sequence at the start of `text` (Unicode 15, table 3-7); 0 when there is none.
size_t sequenceLength(std::string_view text) {
  const auto byte = [&](size_t i) { return static_cast<std::uint8_t>(text[i]); };
  const auto continues = [&](size_t last) {
    for (size_t i = 1; i <= last; ++i) {
      if (i >= text.size() || (byte(i) & 0xC0U) != 0x80U) return false;
    }
    return true;
  };
  if (byte(0) < 0x80) return 1;
  if (byte(0) >= 0xC2 && byte(0) <= 0xDF) return continues(1) ? 2 : 0;
  if (byte(0) >= 0xE0 && byte(0) <= 0xEF) {
    if (!continues(2)) return 0;
    const bool overlong = byte(0) == 0xE0 && byte(1) < 0xA0;
    const bool surrogate = byte(0) == 0xED && byte(1) > 0x9F;
    return overlong || surrogate ? 0 : 3;
  }
  if (byte(0) >= 0xF0 && byte(0) <= 0xF4) {
    if (!continues(3)) return 0;
    const bool overlong = byte(0) == 0xF0 && byte(1) < 0x90;
    const bool beyond = byte(0) == 0xF4 && byte(1) > 0x8F;
    return overlong || beyond ? 0 : 4;
  }
  return 0;
}

bool isFieldName(std::string_view name) {
  if (name.empty() || name.size() > CW_MAX_NAME_BYTES) return false;
  for (const char c : name) {
    const bool good =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-';
    if (!good) return false;
  }
  return true;
}

}  // namespace

bool isWellFormedUtf8(std::string_view text) {
  constexpr std::uint64_t beyond_ascii = 0x8080808080808080;
  while (!text.empty()) {
    std::uint64_t eight = 0;
    if (text.size() >= sizeof eight) std::memcpy(&eight, text.data(), sizeof eight);
    const bool plain = text.size() >= sizeof eight && (eight & beyond_ascii) == 0;
    const size_t length = plain ? sizeof eight : sequenceLength(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

std::string printable(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const size_t length = sequenceLength(text);
    const bool keep = length > 1 || (length == 1 && text[0] >= 0x20 && text[0] != 0x7F);
    const size_t step = length == 0 ? 1 : length;
    if (out.size() + step > CW_MAX_TEXT_BYTES) break;
    if (keep) out += text.substr(0, step);
    else out += ' ';
    text.remove_prefix(step);
  }
  return out;
}

cw_fields fieldsOf(const NamedTexts& texts, std::vector<cw_field>& storage) {
  storage.clear();
  storage.reserve(texts.size());
  for (const auto& [name, value] : texts) storage.push_back({strOf(name), strOf(value)});
  return {storage.empty() ? nullptr : storage.data(), storage.size()};
}

void FieldCollector::add(std::string_view name, std::string_view value) {
  if (!breach_.empty()) return;
  if (fields_.empty()) fields_.reserve(8);  // most converters hand back fewer
  bytes_ += name.size() + value.size();
  if (fields_.size() >= CW_MAX_OUTPUT_FIELDS) breach_ = "hands back too many fields";
  else if (bytes_ > CW_MAX_OUTPUT_BYTES) breach_ = "hands back too many bytes";
  else if (!isFieldName(name)) breach_ = "hands back a field whose name is not allowed";
  else if (!isWellFormedUtf8(value)) breach_ = "hands back '" + std::string(name) + "' that is not UTF-8";
  else fields_.emplace_back(name, value);
}

void FieldCollector::put(void* ctx, cw_str name, cw_str value) noexcept {
  auto& self = *static_cast<FieldCollector*>(ctx);
  try {
    self.add(viewOf(name), viewOf(value));
  } catch (...) {  // only for want of memory; short enough to need none
    self.breach_ = "out of memory";
  }
}

void TextCollector::put(void* ctx, cw_str text) noexcept {
  auto& self = *static_cast<TextCollector*>(ctx);
  try {
    self.text_ = printable(viewOf(text));
  } catch (...) {
    self.text_ = "out of memory";
  }
}

}  // namespace causeway::sdk
