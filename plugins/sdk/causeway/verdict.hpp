#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace causeway::sdk {

/// What a partner's answer to a delivery means; see classify_reply.
struct Verdict {
  enum class Outcome { Delivered, Retry, Rejected, Broken };
  Outcome outcome = Outcome::Broken;
  std::string reason = {};      ///< a code: letters, digits, '_', '-', '.', ':'; required unless delivered
  std::string reference = {};   ///< the partner's own number
  int retry_after_seconds = 0;  ///< 0 = the host decides
  /// Of a delivered one: what the host is to ask the partner later, such as the status of what it accepted. The answer comes back as
  /// a document of this partner. Each field as causeway_plugin.h says under next.*; nothing when `path` is empty.
  struct Next {
    std::string path = {};
    std::string endpoint = {};
    std::string correlation = {};
    int after_seconds = -1;   ///< -1 = as the partner's file says
    int give_up_seconds = 0;  ///< 0 = as the partner's file says
  };
  Next next = {};

  static Verdict delivered(std::string_view reference = {}) {
    return {Outcome::Delivered, {}, std::string(reference), 0, {}};
  }
  static Verdict retry(std::string_view reason, int after_seconds = 0) {
    return {Outcome::Retry, std::string(reason), {}, after_seconds, {}};
  }
  static Verdict rejected(std::string_view reason) { return {Outcome::Rejected, std::string(reason), {}, 0, {}}; }
  static Verdict broken(std::string_view reason) { return {Outcome::Broken, std::string(reason), {}, 0, {}}; }
};

/// A partner's code as the reason of a verdict, or `otherwise`. Only what a code looks like is taken (letters, digits, '_', '-', '.', at
/// most 64): a refusal in free text may hold a name.
inline std::string reasonOf(std::string_view code, std::string_view otherwise) {
  const bool plain = !code.empty() && code.size() <= 64 && std::ranges::all_of(code, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
           c == '.';
  });
  return std::string(plain ? code : otherwise);
}

}  // namespace causeway::sdk
