#include "contact_text.hpp"

#include "causeway/london.hpp"
#include "causeway/words.hpp"

namespace referral {
namespace {

namespace sdk = causeway::sdk;

bool isWord(char c) {
  return sdk::isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == '_' || c == '-' ||
         c == '+' || c == '%';
}

}  // namespace

size_t characters(std::string_view text) {
  size_t out = 0;
  for (const char c : text) out += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U ? 1 : 0;
  return out;
}

bool holdsContact(std::string_view text) {
  size_t figures = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (sdk::isDigit(c)) {
      if (++figures >= 8) return true;
    } else if (c != ' ' && c != '(' && c != ')' && c != '-' && c != '.') {
      figures = 0;
    }
    if (c == '@' && i > 0 && i + 1 < text.size() && isWord(text[i - 1]) && isWord(text[i + 1])) return true;
  }
  return false;
}

std::string endOfWorkingDay(std::string_view date) {
  const auto day = sdk::dayFrom(date);
  if (!day) return {};
  const auto utc = sdk::utcFromLondon(sdk::LondonMinute(std::chrono::local_days(*day)) + std::chrono::hours(17));
  return utc ? sdk::instantText(*utc) : std::string();
}

std::string londonDay(std::string_view instant) {
  if (instant.size() < 20 || instant[10] != 'T' || !instant.ends_with('Z')) return {};
  const auto day = sdk::dayFrom(instant.substr(0, 10));
  const auto time = sdk::timeOfDayFrom(instant.substr(11, 5));
  if (!day || !time) return {};
  const auto clock = sdk::londonFromUtc(std::chrono::sys_days(*day) + *time);
  return clock ? sdk::dayText(*clock) : std::string();
}

}  // namespace referral
