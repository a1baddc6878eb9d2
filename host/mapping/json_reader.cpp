#include "host/mapping/json_reader.hpp"

#include "host/mapping/guard.hpp"
#include "host/mapping/name_key.hpp"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <vector>

namespace causeway::mapping {

namespace {

// What a walk over a document needs beside it, kept from document to document.
struct Room {
  std::vector<NamedText> peeked;
  TextPool paths;                                                // of the inner keys among them
  std::vector<size_t> path_ends;                                 // beside the peeked
  std::vector<std::pair<std::uint64_t, std::string_view>> keys;  // of an object of many
};

}  // namespace

struct JsonReader::Impl {
  simdjson::dom::parser parser;
  Room room;
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
  Walk(DocumentHandler& handler, const Limits& limits, Room& room) : handler_(handler), limits_(limits), room_(room) {}

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
    room_.peeked.clear();
    room_.paths.clear();
    room_.path_ends.clear();
    size_t end = 0;
    const auto add = [&](const NamedText& key) {
      room_.peeked.push_back(key);
      room_.path_ends.push_back(end);
    };
    for (const auto field : as<simdjson::dom::object>(root)) {
      add({field.key, textOf(field.value)});
      if (field.value.type() != element_type::OBJECT || !handler_.looksInto(field.key)) continue;
      for (const auto inner : as<simdjson::dom::object>(field.value)) {
        for (const auto piece : {field.key, std::string_view("/"), inner.key})
          end = room_.paths.add(piece) + piece.size();
        add({{}, textOf(inner.value)});
      }
    }
    // The names of the inner ones lie behind one another; where, is settled now.
    for (size_t i = 1; i < room_.peeked.size(); ++i)
      if (const size_t from = room_.path_ends[i - 1]; from != room_.path_ends[i])
        room_.peeked[i].name = room_.paths.view(from, room_.path_ends[i] - from);
    handler_.peek(room_.peeked);
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

  // Each key marks one of 512 places. Only when two mark the same one are keys compared, and those of a usual object hardly ever do.
  bool repeatsKey(simdjson::dom::object fields) {
    std::array<std::uint64_t, 8> marked{};
    bool same_place = false;
    for (const auto field : fields) {
      const size_t place = placeOf(nameKey(field.key), 9);
      const std::uint64_t mark = std::uint64_t{1} << (place % 64);
      same_place = same_place || (marked[place / 64] & mark) != 0;
      marked[place / 64] |= mark;
    }
    return same_place && sortsOutRepeated(fields);
  }

  // Compares numbers made of the keys first: the texts themselves only where two numbers agree, which is nearly never.
  bool sortsOutRepeated(simdjson::dom::object fields) {
    auto& keys = room_.keys;
    keys.clear();
    for (const auto field : fields) keys.emplace_back(nameKey(field.key), field.key);
    std::sort(keys.begin(), keys.end(), [](const auto& a, const auto& b) {
      return a.first != b.first ? a.first < b.first : a.second < b.second;
    });
    return std::adjacent_find(keys.begin(), keys.end()) != keys.end();
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
  Room& room_;
  size_t elements_ = 0;
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
  Walk walk(handler, limits, impl_->room);
  walk.peek(root);
  return walk.value("", root);
}

}  // namespace causeway::mapping
