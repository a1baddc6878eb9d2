#pragma once

#include "causeway/collectors.hpp"

#include <span>
#include <string>
#include <vector>

/// What causeway_plugin.h asks of an adapter, as checks. The host and the test kit run the same ones, so an adapter that
/// passes its own tests is not refused when it is installed.
namespace causeway::sdk {

/// Everything in a table of this ABI that breaks the contract, one sentence each; empty when nothing does. The caller has
/// compared abi_major and has made members that the table is too short for null.
std::vector<std::string> breaches(const cw_adapter& table);

/// One thing wrong with the settings that an installation gives. `what` never shows a value.
struct SettingProblem {
  enum class Kind { Unknown, Missing, WrongType, Repeated };
  Kind kind = Kind::Unknown;
  std::string setting;
  std::string what;
};

/// Checks `given` against the declared settings and writes every declared one, in the order of the table with defaults filled
/// in, to `complete`. Reports all problems, not only the first; `complete` is of use only when there are none.
std::vector<SettingProblem> checkSettings(std::span<const cw_setting> declared, const NamedTexts& given,
                                          NamedTexts& complete);

/// Everything in an answer of `classify_reply` that breaks the contract; empty when nothing does.
std::vector<std::string> verdictBreaches(const NamedTexts& answer);

/// Everything in an answer of `identify` that breaks the contract; empty when nothing does.
std::vector<std::string> identityBreaches(const cw_adapter& table, const NamedTexts& answer);

/// The names of capabilities as a manifest writes them, sorted: "classify_reply", "convert", "identify", "wrap".
std::vector<std::string> capabilityNames(std::uint32_t capabilities);

/// The first value under a name; empty when there is none.
std::string_view valueOf(const NamedTexts& texts, std::string_view name);

}  // namespace causeway::sdk
