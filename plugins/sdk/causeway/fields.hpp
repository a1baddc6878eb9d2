#pragma once

#include "causeway_plugin.h"

#include <charconv>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace causeway::sdk {

/// The fields given to an adapter. Borrowed: everything it answers is valid until the method that received it returns.
class Inputs {
 public:
  explicit Inputs(cw_fields fields) : fields_(fields) {}

  /// The first value under a name; empty when there is none.
  std::string_view operator[](std::string_view name) const { return find(name).value_or(std::string_view()); }
  /// The first value under a name; nothing when there is none.
  std::optional<std::string_view> find(std::string_view name) const {
    for (size_t i = 0; i < size(); ++i) {
      if (this->name(i) == name) return value(i);
    }
    return std::nullopt;
  }
  size_t size() const { return fields_.count; }
  std::string_view name(size_t i) const { return view(fields_.items[i].name); }
  std::string_view value(size_t i) const { return view(fields_.items[i].value); }

 protected:
  static std::string_view view(cw_str text) {
    return text.size ? std::string_view(text.data, text.size) : std::string_view();
  }

 private:
  cw_fields fields_;
};

/// The settings of an installation. The host has checked them against the adapter's table: every declared setting is there,
/// of its type, with its default filled in. Valid in the constructor only; keep copies.
class Settings : public Inputs {
 public:
  using Inputs::Inputs;
  std::string text(std::string_view setting) const { return std::string((*this)[setting]); }
  bool flag(std::string_view setting) const { return (*this)[setting] == "true"; }
  /// Nothing when it is not set.
  std::optional<long long> number(std::string_view setting) const {
    const auto value = (*this)[setting];
    long long out = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), out);
    if (value.empty() || error != std::errc() || end != value.data() + value.size()) return std::nullopt;
    return out;
  }
};

/// Where an adapter puts its answer. Each `put` adds one field; the bytes are copied at once.
class Outputs {
 public:
  explicit Outputs(cw_field_sink sink) : sink_(sink) {}
  void put(std::string_view name, std::string_view value) {
    sink_.put(sink_.ctx, {name.data(), name.size()}, {value.data(), value.size()});
  }

 private:
  cw_field_sink sink_;
};

/// The host's log. Copy it out of the constructor to keep it; use it only while a method of the adapter runs. Write names
/// of fields and codes, never a value of a message.
class Log {
 public:
  explicit Log(const cw_host* host) : host_(host) {}
  void debug(std::string_view line) const { write(CW_LOG_DEBUG, line); }
  void info(std::string_view line) const { write(CW_LOG_INFO, line); }
  void warning(std::string_view line) const { write(CW_LOG_WARNING, line); }

 private:
  void write(int level, std::string_view line) const { host_->log(host_->ctx, level, {line.data(), line.size()}); }
  const cw_host* host_;
};

}  // namespace causeway::sdk
