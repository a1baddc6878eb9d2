#include "host/plugin/declaration.hpp"

#include "host/base/text.hpp"
#include "plugins/sdk/causeway/contract.hpp"

#include <charconv>
#include <cstdint>
#include <span>

namespace causeway::plugin {
namespace {

using sdk::viewOf;

cw_status elsewhere(void*, cw_fields, cw_field_sink, cw_sink) { return CW_BROKEN; }
cw_status convertElsewhere(void*, cw_str, cw_fields, cw_field_sink, cw_sink) { return CW_BROKEN; }
cw_status createElsewhere(const cw_host*, cw_fields, cw_sink, void**) { return CW_BROKEN; }
void destroyElsewhere(void*) {}

bool readNumber(std::string_view text, std::uint32_t& out) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc() && end == text.data() + text.size();
}

}  // namespace

pipeline::Fields declarationOf(const cw_adapter& table) {
  pipeline::Fields out;
  const auto text = [&](const char* name, cw_str value) { out.emplace_back(name, viewOf(value)); };
  const auto number = [&](const char* name, std::uint32_t value) { out.emplace_back(name, std::to_string(value)); };
  number("abi_major", table.abi_major);
  number("abi_minor", table.abi_minor);
  number("capabilities", table.capabilities);
  text("name", table.name);
  text("version", table.version);
  text("mappings", table.mappings);
  for (const auto& type : std::span(table.message_types, table.message_type_count)) text("message_type", type);
  for (const auto& converter : std::span(table.converters, table.converter_count)) text("converter", converter);
  for (const auto& setting : std::span(table.settings, table.setting_count)) {
    text("setting.name", setting.name);
    text("setting.description", setting.description);
    text("setting.default", setting.default_value);
    text("setting.choices", setting.choices);
    number("setting.type", setting.type);
    number("setting.required", setting.required);
    number("setting.sensitive", setting.sensitive);
  }
  return out;
}

cw_str Declaration::keep(const std::string& text) {
  const auto& kept = texts_.emplace_back(text);
  return {kept.data(), kept.size()};
}

bool Declaration::takeSetting(const std::string& name, const std::string& value) {
  if (name == "setting.name") {
    settings_.push_back({});
    settings_.back().name = keep(value);
    return true;
  }
  if (settings_.empty()) return false;
  auto& setting = settings_.back();
  if (name == "setting.type") return readNumber(value, setting.type);
  if (name == "setting.required") return readNumber(value, setting.required);
  if (name == "setting.sensitive") return readNumber(value, setting.sensitive);
  if (name == "setting.description") setting.description = keep(value);
  else if (name == "setting.default") setting.default_value = keep(value);
  else if (name == "setting.choices") setting.choices = keep(value);
  else return false;
  return true;
}

bool Declaration::take(const std::string& name, const std::string& value) {
  if (name == "abi_major") return readNumber(value, table_.abi_major);
  if (name == "abi_minor") return readNumber(value, table_.abi_minor);
  if (name == "capabilities") return readNumber(value, table_.capabilities);
  if (name == "name") table_.name = keep(value);
  else if (name == "version") table_.version = keep(value);
  else if (name == "mappings") table_.mappings = keep(value);
  else if (name == "message_type") message_types_.push_back(keep(value));
  else if (name == "converter") converters_.push_back(keep(value));
  else return takeSetting(name, value);
  return true;
}

void Declaration::finish() {
  const auto can = [&](std::uint32_t bit) { return (table_.capabilities & bit) != 0; };
  table_.size = sizeof(table_);
  table_.settings = settings_.empty() ? nullptr : settings_.data();
  table_.setting_count = settings_.size();
  table_.message_types = message_types_.empty() ? nullptr : message_types_.data();
  table_.message_type_count = message_types_.size();
  table_.converters = converters_.empty() ? nullptr : converters_.data();
  table_.converter_count = converters_.size();
  table_.create = createElsewhere;
  table_.destroy = destroyElsewhere;
  table_.identify = can(CW_CAN_IDENTIFY) ? elsewhere : nullptr;
  table_.wrap = can(CW_CAN_WRAP) ? elsewhere : nullptr;
  table_.classify_reply = can(CW_CAN_CLASSIFY_REPLY) ? elsewhere : nullptr;
  table_.convert = can(CW_CAN_CONVERT) ? convertElsewhere : nullptr;
}

Result<std::unique_ptr<const Declaration>> Declaration::read(const pipeline::Fields& fields) {
  std::unique_ptr<Declaration> out(new Declaration);
  for (const auto& [name, value] : fields) {
    if (!sdk::isWellFormedUtf8(value) || !out->take(name, value)) {
      return fail(ErrorKind::Invalid, "declares something that cannot be read");
    }
  }
  out->finish();
  if (out->table_.abi_major != CW_ABI_MAJOR)
    return fail(ErrorKind::Invalid, "declares another plugin ABI than it was loaded by");
  const auto breaches = sdk::breaches(out->table_);
  if (!breaches.empty()) return fail(ErrorKind::Invalid, "breaks the plugin contract: " + join(breaches, "; "));
  return out;
}

}  // namespace causeway::plugin
