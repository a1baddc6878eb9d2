#include "host/mapping/json_floor.hpp"

#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>
#include <simdjson.h>

#include <string>

namespace causeway::mapping {
namespace {

using simdjson::ondemand::json_type;

// Answers whether it could be walked; what stands there is looked at and left.
template <class Value>
bool walk(Value&& value) {
  json_type type{};
  if (value.type().get(type) != simdjson::SUCCESS) return false;
  switch (type) {
    case json_type::object: {
      simdjson::ondemand::object object;
      if (value.get_object().get(object) != simdjson::SUCCESS) return false;
      for (auto field : object) {
        std::string_view key;
        simdjson::ondemand::value inner;
        if (field.unescaped_key().get(key) != simdjson::SUCCESS) return false;
        if (field.value().get(inner) != simdjson::SUCCESS || !walk(inner)) return false;
      }
      return true;
    }
    case json_type::array: {
      simdjson::ondemand::array array;
      if (value.get_array().get(array) != simdjson::SUCCESS) return false;
      for (auto item : array) {
        simdjson::ondemand::value inner;
        if (item.get(inner) != simdjson::SUCCESS || !walk(inner)) return false;
      }
      return true;
    }
    case json_type::string: return value.get_string().error() == simdjson::SUCCESS;
    case json_type::number: return value.get_double().error() == simdjson::SUCCESS;
    case json_type::boolean: return value.get_bool().error() == simdjson::SUCCESS;
    case json_type::null: return value.is_null();
  }
  return false;
}

}  // namespace

struct JsonFloor::Impl {
  rapidjson::Reader reader;
  simdjson::ondemand::parser parser;
  std::string padded;
};

JsonFloor::JsonFloor() : impl_(std::make_unique<Impl>()) {}
JsonFloor::~JsonFloor() = default;

bool JsonFloor::stream(std::string_view document) {
  rapidjson::MemoryStream bytes(document.data(), document.size());
  rapidjson::BaseReaderHandler<> nothing;
  return !impl_->reader.Parse < rapidjson::kParseValidateEncodingFlag |
         rapidjson::kParseNumbersAsStringsFlag > (bytes, nothing).IsError();
}

bool JsonFloor::parse(std::string_view document) {
  impl_->padded.reserve(document.size() + simdjson::SIMDJSON_PADDING);
  impl_->padded.assign(document);
  simdjson::ondemand::document root;
  if (impl_->parser.iterate(impl_->padded.data(), impl_->padded.size(), impl_->padded.capacity()).get(root) !=
      simdjson::SUCCESS)
    return false;
  return walk(root);
}

}  // namespace causeway::mapping
