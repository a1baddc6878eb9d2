#include "host/mapping/json_reader.hpp"

#include "host/mapping/guard.hpp"
#include "host/mapping/name_key.hpp"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <deque>
#include <string>
#include <vector>

namespace causeway::mapping {

struct JsonReader::Impl {
  simdjson::dom::parser parser;
};

namespace {

using simdjson::dom::element;
using simdjson::dom::element_type;

// The type was asked for before, so the value is there.
template <class T>
T as(element item) {
  T out{};
  if (item.get(out) != simdjson::SUCCESS) return T{};
  return out;
}

class Walk {
 public:
  Walk(DocumentHandler& handler, const Limits& limits) : handler_(handler), limits_(limits) {}

  Result<void> value(std::string_view name, element item) {
    if (handler_.stopped()) return {};
    const auto type = item.type();
    if (type == element_type::ARRAY) return array(name, as<simdjson::dom::array>(item));
    if (++elements_ > limits_.elements)
      return fail(ErrorKind::TooLarge, "more than " + std::to_string(limits_.elements) + " values");
    if (type != element_type::OBJECT) {
      scalar(name, item, type);
      return {};
    }
    handler_.open(name, {}, {});
    CW_CHECK_OK(object(as<simdjson::dom::object>(item)));
    handler_.close();
    return {};
  }

  // What a mapping is chosen by, before the walk: the keys of the outermost object and, as `key/inner`, those of an object in it.
  void peek(element root) {
    if (root.type() != element_type::OBJECT) return;
    std::vector<NamedText> keys;
    for (const auto field : as<simdjson::dom::object>(root)) {
      keys.push_back({field.key, textOf(field.value)});
      if (field.value.type() != element_type::OBJECT) continue;
      for (const auto inner : as<simdjson::dom::object>(field.value)) {
        const auto& path = inner_paths_.emplace_back(std::string(field.key) + "/" + std::string(inner.key));
        keys.push_back({path, textOf(inner.value)});
      }
    }
    handler_.peek(keys);
  }

 private:
  static std::string_view textOf(element item) {
    return item.type() == element_type::STRING ? as<std::string_view>(item) : std::string_view();
  }

  Result<void> array(std::string_view name, simdjson::dom::array items) {
    for (const element item : items) CW_CHECK_OK(value(name, item));
    return {};
  }

  Result<void> object(simdjson::dom::object fields) {
    // Two parties must never read two different values out of one document.
    if (repeatsKey(fields)) return fail(ErrorKind::Invalid, "an object has the same key twice");
    for (const auto field : fields) CW_CHECK_OK(value(field.key, field.value));
    return {};
  }

  // Compares numbers made of the keys first: the texts themselves only where two numbers agree, which is nearly never.
  bool repeatsKey(simdjson::dom::object fields) {
    keys_.clear();
    for (const auto field : fields) keys_.emplace_back(nameKey(field.key), field.key);
    std::sort(keys_.begin(), keys_.end(), [](const auto& a, const auto& b) {
      return a.first != b.first ? a.first < b.first : a.second < b.second;
    });
    return std::adjacent_find(keys_.begin(), keys_.end()) != keys_.end();
  }

  void scalar(std::string_view name, element item, element_type type) {
    switch (type) {
      case element_type::STRING: return handler_.leaf(name, as<std::string_view>(item));
      case element_type::BOOL: return handler_.leaf(name, as<bool>(item) ? "true" : "false");
      case element_type::INT64: return handler_.leaf(name, std::to_string(as<std::int64_t>(item)));
      case element_type::UINT64: return handler_.leaf(name, std::to_string(as<std::uint64_t>(item)));
      case element_type::DOUBLE: {
        std::array<char, 64> buffer{};
        const auto [end, code] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), as<double>(item));
        return handler_.leaf(name, {buffer.data(), code == std::errc() ? static_cast<size_t>(end - buffer.data()) : 0});
      }
      default: return handler_.leaf(name, {});  // null: the element without text
    }
  }

  DocumentHandler& handler_;
  const Limits& limits_;
  size_t elements_ = 0;
  std::vector<std::pair<std::uint64_t, std::string_view>> keys_;
  std::deque<std::string> inner_paths_;  // a name that was handed out stays where it is
};

}  // namespace

JsonReader::JsonReader() : impl_(std::make_unique<Impl>()) {}
JsonReader::~JsonReader() = default;

Result<void> JsonReader::read(std::string_view document, const Limits& limits, DocumentHandler& handler) {
  document = withoutLeadingComments(document);
  CW_CHECK_OK(guardJson(document, limits));
  element root;
  if (const auto code = impl_->parser.parse(document.data(), document.size()).get(root); code != simdjson::SUCCESS)
    return fail(ErrorKind::Invalid, std::string("not well-formed JSON (") + simdjson::error_message(code) + ")");
  Walk walk(handler, limits);
  walk.peek(root);
  return walk.value("", root);
}

}  // namespace causeway::mapping
