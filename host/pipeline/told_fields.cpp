#include "host/pipeline/told_fields.hpp"

#include "host/base/text.hpp"
#include "host/model/values.hpp"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <algorithm>

namespace causeway::pipeline {
namespace {

using model::ProtoField;
using model::ProtoMessage;

constexpr size_t kFingerprint = 12;  // bytes of 32: enough that no two values of a case are taken for one

std::vector<const ProtoField*> presentIn(const ProtoMessage& message) {
  std::vector<const ProtoField*> out;
  message.GetReflection()->ListFields(message, &out);
  return out;
}

const ProtoMessage& groupAt(const ProtoMessage& parent, const ProtoField& field, int index) {
  const auto& reflection = *parent.GetReflection();
  return field.is_repeated() ? reflection.GetRepeatedMessage(parent, &field, index)
                             : reflection.GetMessage(parent, &field);
}

class Walk {
 public:
  Walk(const std::vector<std::string>* ids, const Visit& visit) : ids_(ids), visit_(visit) {}

  void ofCase(const canonical::Case& whole) {
    for (const auto* field : presentIn(whole)) {
      const auto* type = field->is_repeated() ? field->message_type() : nullptr;
      const bool own_list = type != nullptr && type->FindFieldByName("id") != nullptr;
      if (!own_list) {
        ofField(whole, *field, {}, {});
        continue;
      }
      for (int i = 0; i < whole.GetReflection()->FieldSize(whole, field); ++i) {
        const auto& element = whole.GetReflection()->GetRepeatedMessage(whole, field, i);
        below(element, nextId(element), {});
      }
    }
  }

 private:
  std::string nextId(const ProtoMessage& element) {
    if (ids_ != nullptr && at_ < ids_->size()) return (*ids_)[at_++];
    const auto* field = element.GetDescriptor()->FindFieldByName("id");
    return field != nullptr ? model::textOf(element, *field) : std::string();
  }

  void below(const ProtoMessage& group, const std::string& element, const std::string& path) {
    for (const auto* field : presentIn(group)) ofField(group, *field, element, path);
  }

  void ofField(const ProtoMessage& parent, const ProtoField& field, const std::string& element,
               const std::string& above) {
    const std::string path = above.empty() ? field.name() : above + "." + field.name();
    const int size = field.is_repeated() ? parent.GetReflection()->FieldSize(parent, &field) : 1;
    for (int i = 0; i < size; ++i) {
      const int index = field.is_repeated() ? i : -1;
      if (model::shapeOf(field) == model::Shape::Group) below(groupAt(parent, field, i), element, path);
      else if (auto value = model::textOf(parent, field, index); !value.empty()) visit_({element, path}, field, value);
    }
  }

  const std::vector<std::string>* ids_;
  const Visit& visit_;
  size_t at_ = 0;
};

bool isPerson(std::string_view id) { return id.starts_with("p-") || id.starts_with("d-"); }

int digitOf(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

Result<std::string> bytesOf(std::string_view digits) {
  std::string out;
  for (size_t i = 0; i + 1 < digits.size(); i += 2) {
    const int high = digitOf(digits[i]), low = digitOf(digits[i + 1]);
    if (high < 0 || low < 0) return fail(ErrorKind::Broken, "a line of the disclosure register cannot be read");
    out += static_cast<char>(high * 16 + low);
  }
  if (out.size() != kFingerprint) return fail(ErrorKind::Broken, "a line of the disclosure register cannot be read");
  return out;
}

}  // namespace

void visitValues(const canonical::Case& whole, const std::vector<std::string>* ids, const Visit& visit) {
  Walk(ids, visit).ofCase(whole);
}

std::string fingerprintOf(const Vault& vault, std::string_view case_id, const FieldOfElement& field,
                          std::string_view value) {
  std::string said(case_id);
  said.append(1, '\n').append(field.first).append(1, '\n').append(field.second).append(1, '\n').append(value);
  return vault.digest(said).substr(0, kFingerprint);
}

ToldFields toldFields(const Vault& vault, std::string_view case_id, const canonical::Case& told,
                      const std::vector<std::string>& ids) {
  ToldFields out;
  visitValues(told, &ids, [&](const FieldOfElement& field, const ProtoField&, const std::string& value) {
    out[field].insert(fingerprintOf(vault, case_id, field, value));
  });
  return out;
}

std::string toText(const ToldFields& told) {
  std::string out;
  out.reserve(told.size() * 64);
  for (const auto& [field, prints] : told) {
    out.append(field.first).append(1, '\t').append(field.second);
    for (const auto& print : prints) out.append(1, ' ').append(hex(print));
    out += '\n';
  }
  return out;
}

Result<ToldFields> readToldFields(std::string_view text) {
  ToldFields out;
  for (const auto line : split(text, '\n')) {
    if (line.empty()) continue;
    const auto tab = line.find('\t');
    if (tab == std::string_view::npos)
      return fail(ErrorKind::Broken, "a line of the disclosure register cannot be read");
    const auto words = split(line.substr(tab + 1), ' ');
    auto& prints = out[{std::string(line.substr(0, tab)), std::string(words.front())}];
    for (size_t i = 1; i < words.size(); ++i) {
      CW_TRY(auto print, bytesOf(words[i]));
      prints.insert(std::move(print));
    }
  }
  return out;
}

std::vector<std::string> peopleIn(const canonical::Case& told, const std::vector<std::string>& ids) {
  std::set<std::string> out;
  for (const auto& id : ids)
    if (isPerson(id)) out.insert(id);
  visitValues(told, &ids, [&](const FieldOfElement&, const ProtoField& field, const std::string& value) {
    if (isPerson(value) && field.options().GetExtension(canonical::is).refers()) out.insert(value);
  });
  return {out.begin(), out.end()};
}

}  // namespace causeway::pipeline
