#pragma once

#include <optional>
#include <string_view>

namespace referral {

/// What a text costs on the telephone networks, by the rules of GOV.UK Notify: 160 characters of the GSM alphabet in one part, 153 in
/// each of several; with a Welsh letter outside that alphabet 70 and 67. ^{}\[~]|€ count twice.
struct SmsSize {
  int parts = 0;
  bool wide = false;  ///< holds a Welsh letter that the GSM alphabet does not have
};

/// Nothing when the text is empty, is not UTF-8, is longer than 918 characters or holds a character that would be changed on the way
/// (a curly quotation mark, an emoji): approved texts arrive as they were approved or not at all.
std::optional<SmsSize> smsSize(std::string_view text);

}  // namespace referral
