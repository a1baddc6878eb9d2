#pragma once

#include "causeway_plugin.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace causeway::sdk {

/// Named texts, in order.
using NamedTexts = std::vector<std::pair<std::string, std::string>>;

constexpr cw_str strOf(std::string_view text) { return {text.data(), text.size()}; }
constexpr std::string_view viewOf(cw_str text) {
  return text.size == 0 ? std::string_view() : std::string_view(text.data, text.size);
}

/// Borrowed fields of `texts`, kept in `storage`; valid while neither changes.
cw_fields fieldsOf(const NamedTexts& texts, std::vector<cw_field>& storage);

/// Receives the fields that one call of an adapter hands back, and holds it to the limits of the contract.
class FieldCollector {
 public:
  FieldCollector() = default;
  FieldCollector(const FieldCollector&) = delete;
  FieldCollector& operator=(const FieldCollector&) = delete;

  /// Valid while the collector lives and does not move.
  cw_field_sink sink() { return {this, &FieldCollector::put}; }
  /// What is wrong with what was put, in plain English; empty when nothing is.
  const std::string& breach() const { return breach_; }
  /// The fields, in order. The collector is empty afterwards.
  NamedTexts take() { return std::move(fields_); }

 private:
  static void put(void* ctx, cw_str name, cw_str value) noexcept;
  void add(std::string_view name, std::string_view value);

  NamedTexts fields_;
  std::string breach_;
  size_t bytes_ = 0;
};

/// Receives the error text of one call, cut at the limit of the contract and made printable.
class TextCollector {
 public:
  TextCollector() = default;
  TextCollector(const TextCollector&) = delete;
  TextCollector& operator=(const TextCollector&) = delete;

  /// Valid while the collector lives and does not move.
  cw_sink sink() { return {this, &TextCollector::put}; }
  const std::string& text() const { return text_; }

 private:
  static void put(void* ctx, cw_str text) noexcept;
  std::string text_;
};

/// At most CW_MAX_TEXT_BYTES of a text, control characters and bytes that are not UTF-8 turned into spaces.
std::string printable(std::string_view text);

bool isWellFormedUtf8(std::string_view text);

}  // namespace causeway::sdk
