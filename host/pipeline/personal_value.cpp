#include "host/pipeline/personal_value.hpp"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <algorithm>
#include <cctype>
#include <vector>

namespace causeway::pipeline {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr size_t kShortest = 3;       // shorter values are initials and codes that stand in honest sentences
constexpr int kMostDigitsInARow = 3;  // an offence count or a court room, not a telephone number

bool isWord(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || static_cast<unsigned char>(c) >= 0x80;
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

bool hasWord(std::string_view text, std::string_view word) {
  for (auto at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    const bool starts = at == 0 || !isWord(text[at - 1]);
    const bool ends = at + word.size() >= text.size() || !isWord(text[at + word.size()]);
    if (starts && ends) return true;
  }
  return false;
}

/// A field without a category of its own is what the field above it is.
bool isPersonal(const FieldDescriptor& field, bool above) {
  switch (field.options().GetExtension(canonical::is).category()) {
    case canonical::IDENTITY:
    case canonical::CONTACT:
    case canonical::LOCATION:
    case canonical::OFFICER: return true;
    case canonical::CATEGORY_UNSPECIFIED: return above;
    default: return false;
  }
}

/// The label of a personal field whose value stands in the text. `personal`: the field above it is.
std::optional<std::string> valueIn(std::string_view text, const Message& message, bool personal) {
  const auto* reflection = message.GetReflection();
  std::vector<const FieldDescriptor*> present;
  reflection->ListFields(message, &present);
  for (const auto* field : present) {
    const bool counts = isPersonal(*field, personal);
    const int size = field->is_repeated() ? reflection->FieldSize(message, field) : 1;
    for (int i = 0; i < size; ++i) {
      if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
        const auto& part = field->is_repeated() ? reflection->GetRepeatedMessage(message, field, i)
                                                : reflection->GetMessage(message, field);
        if (auto found = valueIn(text, part, counts)) return found;
      } else if (counts && field->cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
        const auto value = lower(field->is_repeated() ? reflection->GetRepeatedString(message, field, i)
                                                      : reflection->GetString(message, field));
        if (value.size() >= kShortest && hasWord(text, value))
          return field->options().GetExtension(canonical::is).label();
      }
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> personalValueIn(std::string_view text, const canonical::CanonicalMessage* about) {
  int digits = 0;
  for (const char c : text) {
    digits = std::isdigit(static_cast<unsigned char>(c)) != 0 ? digits + 1 : 0;
    if (digits > kMostDigitsInARow) return "a long number";
  }
  if (text.find('@') != std::string_view::npos) return "an e-mail address";
  if (!about) return std::nullopt;
  auto found = valueIn(lower(text), about->case_(), false);
  if (found && found->empty()) found = "a value of the message";
  return found;
}

}  // namespace causeway::pipeline
