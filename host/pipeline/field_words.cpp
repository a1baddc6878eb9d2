#include "host/pipeline/field_words.hpp"

#include "host/base/text.hpp"
#include "host/model/case.pb.h"
#include "host/model/values.hpp"

#include <google/protobuf/descriptor.h>

namespace causeway::pipeline {
namespace {

/// "parties" of "parties[role=victim]"; brackets may hold points.
std::string withoutFilters(std::string_view path) {
  std::string out;
  int depth = 0;
  for (const char c : path) {
    if (c == '[') ++depth;
    else if (c == ']') --depth;
    else if (depth == 0) out += c;
  }
  return out;
}

std::string wordFor(canonical::Category category) {
  switch (category) {
    case canonical::IDENTITY: return "identity";
    case canonical::CONTACT: return "contact";
    case canonical::LOCATION: return "location";
    case canonical::HEALTH: return "health";
    case canonical::PROTECTED: return "protected characteristics";
    case canonical::OFFENCE: return "offences";
    case canonical::CRIMINAL_RECORD: return "criminal proceedings and their outcome";
    case canonical::NARRATIVE: return "free text";
    case canonical::RELATIONSHIP: return "relationships";
    case canonical::OFFICER: return "officers' professional data";
    case canonical::ADMINISTRATIVE: return "administrative";
    case canonical::RISK: return "risk";
    default: return {};
  }
}

}  // namespace

std::string labelAt(std::string_view path) {
  const model::ProtoType* type = canonical::Case::descriptor();
  std::string out;
  bool first = true;
  for (const auto name : split(path, '.')) {
    const auto* field = type ? type->FindFieldByName(std::string(name)) : nullptr;
    if (!field) return std::string(path);
    if (!first) out += (out.empty() ? "" : ": ") + model::labelOf(*field);
    first = false;
    type = field->message_type();
  }
  return out.empty() ? std::string(path) : out;
}

std::string categoryAt(std::string_view path) {
  const auto plain = withoutFilters(path);
  const model::ProtoType* type = canonical::CanonicalMessage::descriptor();
  std::string out;
  for (const auto name : split(plain, '.')) {
    const auto* field = type ? type->FindFieldByName(std::string(name)) : nullptr;
    if (!field) return {};
    if (auto word = wordFor(field->options().GetExtension(canonical::is).category()); !word.empty()) out = word;
    type = field->message_type();
  }
  return out;
}

}  // namespace causeway::pipeline
