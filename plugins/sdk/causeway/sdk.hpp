#pragma once

#include "causeway/fields.hpp"
#include "causeway/verdict.hpp"
#include "causeway_plugin.h"

#include <array>
#include <exception>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

/// Write an adapter as a class; CAUSEWAY_EXPORT_ADAPTER(Class) in one .cpp file makes the plugin of it. The class has
///
///   static constexpr std::string_view kName = "courts";         required
///   static constexpr std::string_view kVersion = "1.0.0";       required
///   static constexpr std::string_view kMappings = "mappings";   folder beside the library
///   static constexpr Setting kSettings[] = {...};
///   static constexpr std::string_view kMessageTypes[] = {...};
///   static constexpr Converter<Courts> kConverters[] = {{"courts.local_time", &Courts::localTime}};
///
///   a constructor: Courts(const Settings&, Log), Courts(const Settings&), or Courts()
///   std::string identify(const Inputs&)             the message type, or empty
///   void wrap(const Inputs&, Outputs&)              fields of the envelope to add or replace
///   Verdict classifyReply(const Inputs&)            what a partner's answer means
///
/// All but name and version may be left out: what is not there is null in the table. causeway_plugin.h says what each is
/// given and must answer. Any method may throw: Rejected when the input is at fault, Retry when it cannot answer now,
/// anything else is a fault of the adapter. Nothing that is thrown leaves the library.
namespace causeway::sdk {

/// One declared setting; see cw_setting.
struct Setting {
  enum class Type { Text, Number, Flag, Choice };
  std::string_view name;
  std::string_view description;
  Type type = Type::Text;
  bool required = false;
  std::string_view fallback = {};  ///< used when not given
  std::string_view choices = {};   ///< of Type::Choice: "a|b|c"
  bool sensitive = false;
};

/// One converter: its name and the method that does the work.
template <class Adapter>
struct Converter {
  std::string_view name;
  void (Adapter::*run)(const Inputs&, Outputs&);
};

/// The input breaks a rule of this system. Say which field and what was expected, never what it held.
struct Rejected : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// The adapter cannot answer now.
struct Retry : std::runtime_error {
  using std::runtime_error::runtime_error;
};

namespace detail {

constexpr cw_str str(std::string_view text) { return {text.data(), text.size()}; }

inline void say(cw_sink error, std::string_view what) noexcept { error.put(error.ctx, {what.data(), what.size()}); }

// The one place where exceptions end.
template <class Work>
cw_status guarded(cw_sink error, Work&& work) noexcept {
  try {
    std::forward<Work>(work)();
    return CW_OK;
  } catch (const Rejected& e) {
    say(error, e.what());
    return CW_REJECTED;
  } catch (const Retry& e) {
    say(error, e.what());
    return CW_RETRY;
  } catch (const std::exception& e) {
    say(error, e.what());
    return CW_BROKEN;
  } catch (...) {
    say(error, "threw something that is not a std::exception");
    return CW_BROKEN;
  }
}

template <class A>
concept HasMappings = requires { A::kMappings; };
template <class A>
concept HasSettings = requires { A::kSettings; };
template <class A>
concept HasMessageTypes = requires { A::kMessageTypes; };
template <class A>
concept HasConverters = requires { A::kConverters; };
template <class A>
concept Identifies = requires(A& a, const Inputs& in) { std::string(a.identify(in)); };
template <class A>
concept Wraps = requires(A& a, const Inputs& in, Outputs& out) { a.wrap(in, out); };
template <class A>
concept ClassifiesReplies = requires(A& a, const Inputs& in) { Verdict(a.classifyReply(in)); };

constexpr std::string_view wordOf(Verdict::Outcome outcome) {
  switch (outcome) {
    case Verdict::Outcome::Delivered: return "delivered";
    case Verdict::Outcome::Retry: return "retry";
    case Verdict::Outcome::Rejected: return "rejected";
    case Verdict::Outcome::Broken: break;
  }
  return "broken";
}

/// The functions of the table, for one class.
template <class A>
struct Glue {
  static cw_status create(const cw_host* host, cw_fields settings, cw_sink error, void** self) noexcept {
    return guarded(error, [&] {
      if constexpr (std::is_constructible_v<A, const Settings&, Log>) *self = new A(Settings(settings), Log(host));
      else if constexpr (std::is_constructible_v<A, const Settings&>) *self = new A(Settings(settings));
      else *self = new A();
    });
  }

  static void destroy(void* self) noexcept { delete static_cast<A*>(self); }

  static cw_status identify(void* self, cw_fields fields, cw_field_sink out, cw_sink error) noexcept {
    return guarded(error, [&] {
      const std::string type(static_cast<A*>(self)->identify(Inputs(fields)));
      if (!type.empty()) Outputs(out).put("message_type", type);
    });
  }

  static cw_status wrap(void* self, cw_fields fields, cw_field_sink out, cw_sink error) noexcept {
    return guarded(error, [&] {
      Outputs outputs(out);
      static_cast<A*>(self)->wrap(Inputs(fields), outputs);
    });
  }

  static cw_status classifyReply(void* self, cw_fields fields, cw_field_sink out, cw_sink error) noexcept {
    return guarded(error, [&] {
      const Verdict verdict = static_cast<A*>(self)->classifyReply(Inputs(fields));
      Outputs outputs(out);
      outputs.put("outcome", wordOf(verdict.outcome));
      if (!verdict.reason.empty()) outputs.put("reason", verdict.reason);
      if (!verdict.reference.empty()) outputs.put("reference", verdict.reference);
      if (verdict.retry_after_seconds != 0)
        outputs.put("retry_after_seconds", std::to_string(verdict.retry_after_seconds));
      if (verdict.next.path.empty()) return;
      outputs.put("next.path", verdict.next.path);
      if (!verdict.next.endpoint.empty()) outputs.put("next.endpoint", verdict.next.endpoint);
      if (!verdict.next.correlation.empty()) outputs.put("next.correlation", verdict.next.correlation);
      if (verdict.next.after_seconds >= 0)
        outputs.put("next.after_seconds", std::to_string(verdict.next.after_seconds));
      if (verdict.next.give_up_seconds > 0)
        outputs.put("next.give_up_seconds", std::to_string(verdict.next.give_up_seconds));
    });
  }

  static cw_status convert(void* self, cw_str converter, cw_fields inputs, cw_field_sink out, cw_sink error) noexcept {
    return guarded(error, [&] {
      const std::string_view name(converter.data, converter.size);
      for (const auto& known : A::kConverters) {
        if (known.name != name) continue;
        Outputs outputs(out);
        return (static_cast<A*>(self)->*known.run)(Inputs(inputs), outputs);
      }
      throw std::logic_error("has no such converter");
    });
  }
};

template <class A>
constexpr auto settingsOf() {
  if constexpr (HasSettings<A>) {
    std::array<cw_setting, std::size(A::kSettings)> out{};
    for (size_t i = 0; i < out.size(); ++i) {
      const Setting& from = A::kSettings[i];
      out[i] = {str(from.name),
                str(from.description),
                str(from.fallback),
                str(from.choices),
                static_cast<uint32_t>(from.type),
                from.required ? 1U : 0U,
                from.sensitive ? 1U : 0U,
                0U};
    }
    return out;
  } else {
    return std::array<cw_setting, 0>{};
  }
}

template <class A>
constexpr auto messageTypesOf() {
  if constexpr (HasMessageTypes<A>) {
    std::array<cw_str, std::size(A::kMessageTypes)> out{};
    for (size_t i = 0; i < out.size(); ++i) out[i] = str(A::kMessageTypes[i]);
    return out;
  } else {
    return std::array<cw_str, 0>{};
  }
}

template <class A>
constexpr auto convertersOf() {
  if constexpr (HasConverters<A>) {
    std::array<cw_str, std::size(A::kConverters)> out{};
    for (size_t i = 0; i < out.size(); ++i) out[i] = str(A::kConverters[i].name);
    return out;
  } else {
    return std::array<cw_str, 0>{};
  }
}

template <class A>
inline constexpr auto kSettingTable = settingsOf<A>();
template <class A>
inline constexpr auto kMessageTypeTable = messageTypesOf<A>();
template <class A>
inline constexpr auto kConverterTable = convertersOf<A>();

template <class T, size_t N>
constexpr const T* startOf(const std::array<T, N>& items) {
  if constexpr (N == 0) return nullptr;
  else return items.data();
}

// A method with the right name and the wrong shape would otherwise become a hook that is silently missing.
template <class A>
constexpr void refuseNearMisses() {
  static_assert(Identifies<A> || !requires { &A::identify; }, "identify must be: std::string identify(const Inputs&)");
  static_assert(Wraps<A> || !requires { &A::wrap; }, "wrap must be: void wrap(const Inputs&, Outputs&)");
  static_assert(
      ClassifiesReplies<A> || !requires { &A::classifyReply; },
      "classifyReply must be: Verdict classifyReply(const Inputs&)");
}

template <class A>
constexpr cw_adapter tableOf() {
  refuseNearMisses<A>();
  cw_adapter table{};
  table.size = sizeof(cw_adapter);
  table.abi_major = CW_ABI_MAJOR;
  table.abi_minor = CW_ABI_MINOR;
  table.name = str(A::kName);
  table.version = str(A::kVersion);
  if constexpr (HasMappings<A>) table.mappings = str(A::kMappings);
  table.settings = startOf(kSettingTable<A>);
  table.setting_count = kSettingTable<A>.size();
  table.message_types = startOf(kMessageTypeTable<A>);
  table.message_type_count = kMessageTypeTable<A>.size();
  table.converters = startOf(kConverterTable<A>);
  table.converter_count = kConverterTable<A>.size();
  table.create = &Glue<A>::create;
  table.destroy = &Glue<A>::destroy;
  if constexpr (Identifies<A>) {
    table.identify = &Glue<A>::identify;
    table.capabilities |= CW_CAN_IDENTIFY;
  }
  if constexpr (Wraps<A>) {
    table.wrap = &Glue<A>::wrap;
    table.capabilities |= CW_CAN_WRAP;
  }
  if constexpr (ClassifiesReplies<A>) {
    table.classify_reply = &Glue<A>::classifyReply;
    table.capabilities |= CW_CAN_CLASSIFY_REPLY;
  }
  if constexpr (HasConverters<A>) {
    table.convert = &Glue<A>::convert;
    table.capabilities |= CW_CAN_CONVERT;
  }
  return table;
}

}  // namespace detail

/// The table of an adapter class: what CAUSEWAY_EXPORT_ADAPTER exports and what the test kit takes.
template <class Adapter>
inline constexpr cw_adapter kTable = detail::tableOf<Adapter>();

}  // namespace causeway::sdk

/// Exports the adapter. Once in a plugin, in a .cpp file, outside every namespace.
#define CAUSEWAY_EXPORT_ADAPTER(Class) constinit const cw_adapter causeway_adapter = ::causeway::sdk::kTable<Class>
