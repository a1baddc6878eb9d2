#pragma once

#include "causeway/fields.hpp"
#include "causeway/words.hpp"

#include <algorithm>
#include <charconv>
#include <initializer_list>
#include <string>
#include <string_view>

namespace causeway::sdk {

/// A partner's answer to a delivery, as `classify_reply` is given it: the transport's `status` and `retry_after`, and the fields of the
/// body by path. Borrows the inputs.
class Reply {
 public:
  static constexpr int kLongestWait = 86400;  ///< seconds

  explicit Reply(const Inputs& in) : in_(in) {}

  /// Of the transport: "202".
  std::string_view status() const { return in_["status"]; }
  bool statusIs(std::initializer_list<std::string_view> numbers) const { return isOneOf(status(), numbers); }
  /// The recipient, or something before it, has no time just now (RFC 9110 and 6585).
  bool isBusy() const { return statusIs({"408", "425", "429", "502", "503", "504"}); }

  /// A field of the body by its last name in lower case, wherever it stands and however its case: "reply.Receipt.result",
  /// "Receipt/@result" and "Result" are all "result". The first of the names that says something counts; empty when none does.
  std::string_view field(std::initializer_list<std::string_view> names) const {
    for (const auto wanted : names)
      for (size_t i = 0; i < in_.size(); ++i) {
        const auto name = in_.name(i);
        if (in_.value(i).empty() || isOfTransport(i)) continue;
        if (lowered(name.substr(name.find_last_of("/.@") + 1)) == wanted) return in_.value(i);
      }
    return {};
  }

  /// A field at the top of the body; empty when there is none.
  std::string_view topField(std::string_view wanted) const {
    const auto value = in_["reply." + std::string(wanted)];
    return value.empty() ? in_[wanted] : value;
  }

  /// For how many seconds the recipient asks to be left alone, a day at most; `otherwise` when it gives no whole number (a date is
  /// none: its clock is not ours).
  int wait(int otherwise) const {
    int seconds = 0;
    const auto text = in_["retry_after"];
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (error == std::errc::result_out_of_range) return kLongestWait;
    const bool whole = error == std::errc() && end == text.data() + text.size() && seconds > 0;
    return whole ? std::min(seconds, kLongestWait) : otherwise;
  }

 private:
  // The first field of the name is the transport's; a body may have one of its own.
  bool isOfTransport(size_t i) const {
    const auto name = in_.name(i);
    if (name != "status" && name != "retry_after") return false;
    for (size_t before = 0; before < i; ++before)
      if (in_.name(before) == name) return false;
    return true;
  }

  const Inputs& in_;
};

}  // namespace causeway::sdk
