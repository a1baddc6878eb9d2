#include "causeway/contract.hpp"

#include <algorithm>
#include <charconv>
#include <set>

namespace causeway::sdk {
namespace {

constexpr bool isLower(char c) { return c >= 'a' && c <= 'z'; }
constexpr bool isDigit(char c) { return c >= '0' && c <= '9'; }
constexpr bool isLetter(char c) { return isLower(c) || (c >= 'A' && c <= 'Z'); }

bool isWord(std::string_view text, std::string_view also, size_t longest) {
  return !text.empty() && text.size() <= longest && isLower(text.front()) && std::ranges::all_of(text, [&](char c) {
    return isLower(c) || isDigit(c) || also.find(c) != std::string_view::npos;
  });
}

bool isVersion(std::string_view text) {
  size_t numbers = 1;
  size_t digits = 0;
  for (const char c : text) {
    if (isDigit(c) && ++digits <= 9) continue;
    if (c != '.' || digits == 0) return false;
    ++numbers;
    digits = 0;
  }
  return digits > 0 && digits <= 9 && numbers >= 2 && numbers <= 4;
}

bool isFolderName(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return isLetter(c) || isDigit(c) || c == '_' || c == '-'; });
}

template <class T>
bool parsesAs(std::string_view text, T& out) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc() && end == text.data() + text.size();
}

bool isChoice(std::string_view value, std::string_view choices) {
  for (size_t at = 0; at <= choices.size();) {
    const size_t end = std::min(choices.find('|', at), choices.size());
    if (end > at && choices.substr(at, end - at) == value) return true;
    at = end + 1;
  }
  return false;
}

// What a value must be, when it is not; empty when it is.
std::string wanted(const cw_setting& setting, std::string_view value) {
  switch (setting.type) {
    case CW_SETTING_TEXT: return isWellFormedUtf8(value) ? "" : "must be UTF-8 text";
    case CW_SETTING_NUMBER: {
      long long number = 0;
      return parsesAs(value, number) ? "" : "must be a whole number";
    }
    case CW_SETTING_FLAG: return value == "true" || value == "false" ? "" : "must be true or false";
    default: {
      const std::string choices(viewOf(setting.choices));
      return isChoice(value, choices) ? "" : "must be one of " + choices;
    }
  }
}

class TableCheck {
 public:
  explicit TableCheck(const cw_adapter& table) : table_(table), name_(viewOf(table.name)) {}

  std::vector<std::string> run() {
    if (!isWord(name_, "_-", 40)) add("name must be lower case letters, digits, '_' and '-', at most 40 bytes");
    if (!isVersion(viewOf(table_.version))) add("version must be two to four numbers with dots, such as 1.0.0");
    if (!isFolderName(viewOf(table_.mappings))) add("mappings must be the name of one folder, without '/' or '.'");
    if (!table_.create) add("create is null");
    if (!table_.destroy) add("destroy is null");
    capabilities();
    settings();
    messageTypes();
    converters();
    return std::move(found_);
  }

 private:
  void add(std::string what) { found_.push_back(std::move(what)); }

  bool listable(const void* items, size_t count, std::string_view what) {
    if (count == 0) return false;
    if (!items) add(std::string(what) + " is null but its count is not 0");
    else if (count > CW_MAX_DECLARATIONS) add(std::string(what) + " has too many entries");
    else return true;
    return false;
  }

  void capability(bool has_hook, std::uint32_t bit, std::string_view hook) {
    const bool declared = (table_.capabilities & bit) != 0;
    if (has_hook && !declared) add(std::string(hook) + " is there but capabilities do not name it");
    if (!has_hook && declared) add("capabilities name " + std::string(hook) + " but it is null");
  }

  void capabilities() {
    capability(table_.identify != nullptr, CW_CAN_IDENTIFY, "identify");
    capability(table_.wrap != nullptr, CW_CAN_WRAP, "wrap");
    capability(table_.classify_reply != nullptr, CW_CAN_CLASSIFY_REPLY, "classify_reply");
    capability(table_.convert != nullptr, CW_CAN_CONVERT, "convert");
    if ((table_.convert != nullptr) != (table_.converter_count > 0)) {
      add("convert and converters belong together: one is there without the other");
    }
  }

  void settings() {
    if (!listable(table_.settings, table_.setting_count, "settings")) return;
    std::set<std::string_view> names;
    for (const auto& setting : std::span(table_.settings, table_.setting_count)) {
      const std::string name(viewOf(setting.name));
      if (!isWord(name, "_", 60)) add("the name of a setting must be lower case letters, digits and '_'");
      else if (!names.insert(viewOf(setting.name)).second) add("setting '" + name + "' is declared twice");
      else oneSetting(setting, name);
    }
  }

  void oneSetting(const cw_setting& setting, const std::string& name) {
    const auto fallback = viewOf(setting.default_value);
    if (viewOf(setting.description).empty()) add("setting '" + name + "' has no description");
    if (setting.type > CW_SETTING_CHOICE) return add("setting '" + name + "' is of a type that this ABI does not know");
    if ((setting.type == CW_SETTING_CHOICE) == (setting.choices.size == 0)) {
      return add("setting '" + name + "' must have choices exactly when its type is choice");
    }
    if (setting.required && !fallback.empty()) add("setting '" + name + "' is required and yet has a default");
    if (!fallback.empty() && !wanted(setting, fallback).empty()) {
      add("the default of setting '" + name + "' " + wanted(setting, fallback));
    }
  }

  void messageTypes() {
    if (!listable(table_.message_types, table_.message_type_count, "message_types")) return;
    std::set<std::string_view> seen;
    for (const auto& type : std::span(table_.message_types, table_.message_type_count)) {
      if (!isWord(viewOf(type), "_.-", 100)) add("a message type must be lower case letters, digits, '_', '.' and '-'");
      else if (!seen.insert(viewOf(type)).second)
        add("message type '" + std::string(viewOf(type)) + "' is declared twice");
    }
  }

  void converters() {
    if (!listable(table_.converters, table_.converter_count, "converters")) return;
    std::set<std::string_view> seen;
    const std::string prefix = std::string(name_) + ".";
    for (const auto& entry : std::span(table_.converters, table_.converter_count)) {
      const auto name = viewOf(entry);
      // Without the prefix two adapters could claim one name, and which one runs would depend on the order of loading.
      if (!name.starts_with(prefix) || !isWord(name.substr(prefix.size()), "_", 60)) {
        add("the name of a converter must be '" + prefix + "' and a word of lower case letters, digits and '_'");
      } else if (!seen.insert(name).second) {
        add("converter '" + std::string(name) + "' is declared twice");
      }
    }
  }

  const cw_adapter& table_;
  std::string_view name_;
  std::vector<std::string> found_;
};

bool isReason(std::string_view text) {
  return !text.empty() && text.size() <= 64 && std::ranges::all_of(text, [](char c) {
    return isLetter(c) || isDigit(c) || c == '_' || c == '-' || c == '.' || c == ':';
  });
}

}  // namespace

std::vector<std::string> breaches(const cw_adapter& table) { return TableCheck(table).run(); }

std::string_view valueOf(const NamedTexts& texts, std::string_view name) {
  const auto found = std::ranges::find(texts, name, [](const auto& entry) { return std::string_view(entry.first); });
  return found == texts.end() ? std::string_view() : std::string_view(found->second);
}

std::vector<SettingProblem> checkSettings(std::span<const cw_setting> declared, const NamedTexts& given,
                                          NamedTexts& complete) {
  using Kind = SettingProblem::Kind;
  std::vector<SettingProblem> problems;
  std::set<std::string_view> seen;
  for (const auto& [name, value] : given) {
    const auto known =
        std::ranges::find(declared, std::string_view(name), [](const auto& s) { return viewOf(s.name); });
    if (known == declared.end()) problems.push_back({Kind::Unknown, name, "is not a setting of this adapter"});
    else if (!seen.insert(name).second) problems.push_back({Kind::Repeated, name, "is given twice"});
    else if (value.empty()) continue;  // the same as not given
    else if (auto want = wanted(*known, value); !want.empty())
      problems.push_back({Kind::WrongType, name, std::move(want)});
  }
  complete.clear();
  for (const auto& setting : declared) {
    const std::string name(viewOf(setting.name));
    const auto value = valueOf(given, name);
    if (setting.required && value.empty()) {
      problems.push_back({Kind::Missing, name, "must be given: " + std::string(viewOf(setting.description))});
    }
    complete.emplace_back(name, value.empty() ? viewOf(setting.default_value) : value);
  }
  return problems;
}

namespace {

// The follow-up request that an answer of classify_reply may describe.
void nextBreaches(const NamedTexts& answer, bool delivered, std::vector<std::string>& found) {
  bool any = false;
  for (const auto& [name, value] : answer) {
    if (!name.starts_with("next.")) continue;
    any = true;
    if (name == "next.endpoint" || name == "next.path" || name == "next.correlation") continue;
    int seconds = 0;
    if (name != "next.after_seconds" && name != "next.give_up_seconds")
      found.push_back("'" + name + "' is not a field of this answer");
    else if (!parsesAs(value, seconds) || seconds < 0 || seconds > 2592000)
      found.push_back(name + " must be a whole number from 0 to 2592000");
  }
  const auto path = valueOf(answer, "next.path"), correlation = valueOf(answer, "next.correlation");
  if (any && !delivered) found.emplace_back("next belongs to the outcome delivered");
  if (any && (path.empty() || path.size() > 2000 || (!path.starts_with('/') && !path.starts_with("https://"))))
    found.emplace_back("next.path must be an absolute path, or an https:// URL of this partner, at most 2000 bytes");
  if (correlation.size() > 256 || printable(correlation) != correlation)
    found.emplace_back("next.correlation must be printable and at most 256 bytes");
}

}  // namespace

std::vector<std::string> verdictBreaches(const NamedTexts& answer) {
  std::vector<std::string> found;
  const auto outcome = valueOf(answer, "outcome");
  const auto reason = valueOf(answer, "reason");
  const auto wait = valueOf(answer, "retry_after_seconds");
  const bool delivered = outcome == "delivered";
  if (!delivered && outcome != "retry" && outcome != "rejected" && outcome != "broken") {
    found.emplace_back("outcome must be delivered, retry, rejected or broken");
  }
  if ((!delivered || !reason.empty()) && !isReason(reason)) {
    found.emplace_back("reason must be a code: letters, digits, '_', '-', '.' and ':', at most 64 bytes");
  }
  const auto reference = valueOf(answer, "reference");
  if (reference.size() > 256 || printable(reference) != reference) {
    found.emplace_back("reference must be printable and at most 256 bytes");
  }
  nextBreaches(answer, delivered, found);
  int seconds = 0;
  if (!wait.empty() && (!parsesAs(wait, seconds) || seconds < 0 || seconds > 604800)) {
    found.emplace_back("retry_after_seconds must be a whole number from 0 to 604800");
  }
  for (const auto& [name, value] : answer) {
    if (name != "outcome" && name != "reason" && name != "reference" && name != "retry_after_seconds" &&
        !name.starts_with("next.")) {
      found.push_back("'" + name + "' is not a field of this answer");
    }
  }
  return found;
}

std::vector<std::string> identityBreaches(const cw_adapter& table, const NamedTexts& answer) {
  const auto type = valueOf(answer, "message_type");
  const auto types = std::span(table.message_types, table.message_type_count);
  if (!type.empty() && std::ranges::none_of(types, [&](const cw_str& known) { return viewOf(known) == type; })) {
    return {"message_type must be one of the adapter's message types"};
  }
  return {};
}

std::vector<std::string> capabilityNames(std::uint32_t capabilities) {
  std::vector<std::string> names;
  if (capabilities & CW_CAN_CLASSIFY_REPLY) names.emplace_back("classify_reply");
  if (capabilities & CW_CAN_CONVERT) names.emplace_back("convert");
  if (capabilities & CW_CAN_IDENTIFY) names.emplace_back("identify");
  if (capabilities & CW_CAN_WRAP) names.emplace_back("wrap");
  return names;
}

}  // namespace causeway::sdk
