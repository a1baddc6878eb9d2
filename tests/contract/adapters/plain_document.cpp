#include "tests/contract/adapters/plain_document.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <functional>

namespace causeway::contract {
namespace {

using nlohmann::json;

constexpr std::array<std::pair<std::string_view, char>, 5> kEntities = {
    {{"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}, {"&amp;", '&'}}};

std::string unescaped(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const auto entity = std::ranges::find_if(kEntities, [&](const auto& one) { return text.starts_with(one.first); });
    if (entity != kEntities.end()) {
      out += entity->second;
      text.remove_prefix(entity->first.size());
    } else if (text.starts_with("&#")) {
      const bool hex = text.size() > 2 && text[2] == 'x';
      out += static_cast<char>(std::stoi(std::string(text.substr(hex ? 3 : 2, 4)), nullptr, hex ? 16 : 10));
      text.remove_prefix(std::min(text.find(';'), text.size() - 1) + 1);
    } else {
      out += text.front();
      text.remove_prefix(1);
    }
  }
  return out;
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const auto entity = std::ranges::find_if(kEntities, [&](const auto& one) { return one.second == c; });
    out += entity == kEntities.end() ? std::string(1, c) : std::string(entity->first);
  }
  return out;
}

bool isBlank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == std::string_view::npos; }

void forEachString(json& value, const std::string& name, const std::function<void(const std::string&, json&)>& visit) {
  if (value.is_string()) visit(name, value);
  else if (value.is_array())
    for (auto& item : value) forEachString(item, name, visit);
  else if (value.is_object())
    for (auto& [key, item] : value.items()) forEachString(item, key, visit);
}

}  // namespace

std::optional<PlainDocument> PlainDocument::parse(std::string_view document) {
  PlainDocument out;
  out.document_ = std::string(document);
  const size_t first = document.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return std::nullopt;
  const bool read = document[first] == '<' ? out.parseXml() : out.parseJson();
  return read ? std::optional(std::move(out)) : std::nullopt;
}

bool PlainDocument::parseJson() {
  auto tree = json::parse(document_, nullptr, false);
  if (tree.is_discarded()) return false;
  forEachString(tree, "", [&](const std::string& name, json& value) { leaves_.push_back({name, value}); });
  return true;
}

bool PlainDocument::parseXml() {
  const std::string_view text = document_;
  std::vector<std::string> open;
  bool ended = false;
  for (size_t at = 0; at < text.size();) {
    if (text[at] != '<') {
      const size_t end = std::min(text.find('<', at), text.size());
      const auto piece = text.substr(at, end - at);
      if (!isBlank(piece)) {
        if (open.empty()) return false;
        leaves_.push_back({open.back(), unescaped(piece)});
        places_.push_back({at, end - at});
      }
      at = end;
      continue;
    }
    const bool aside = text.substr(at).starts_with("<?") || text.substr(at).starts_with("<!--");
    const std::string_view stop = text.substr(at).starts_with("<!--") ? "-->" : aside ? "?>" : ">";
    size_t end = at + 1;
    for (char quote = 0; end < text.size() && (quote != 0 || !text.substr(end).starts_with(stop)); ++end)
      if (!aside && (text[end] == '"' || text[end] == '\''))
        quote = quote == 0 ? text[end] : quote == text[end] ? '\0' : quote;
    if (end >= text.size()) return false;
    const auto tag = text.substr(at + 1, end - at - 1);
    if (!aside && tag.starts_with('/')) {
      if (open.empty() || open.back() != tag.substr(1, tag.find_first_of(" \t\r\n") - 1)) return false;
      open.pop_back();
      ended = open.empty();
    } else if (!aside) {
      if (ended) return false;
      const size_t name_end = std::min(tag.find_first_of(" \t\r\n/"), tag.size());
      open.emplace_back(tag.substr(0, name_end));
      for (size_t equals = tag.find('=', name_end); equals != std::string_view::npos;) {
        const size_t name = tag.find_last_of(" \t\r\n", equals) + 1;
        const size_t value = equals + 2, close = tag.find(tag[equals + 1], value);
        if (close == std::string_view::npos) return false;
        if (const auto attribute = tag.substr(name, equals - name); !attribute.starts_with("xmlns")) {
          leaves_.push_back({std::string(attribute), unescaped(tag.substr(value, close - value))});
          places_.push_back({at + 1 + value, close - value});
        }
        equals = tag.find('=', close);
      }
      if (tag.ends_with('/')) {
        open.pop_back();
        ended = open.empty();
      }
    }
    at = end + stop.size();
  }
  return ended;
}

bool PlainDocument::holds(std::string_view text) const {
  return std::ranges::any_of(leaves_, [&](const PlainLeaf& one) { return one.text.find(text) != std::string::npos; });
}

std::string PlainDocument::with(size_t leaf, std::string_view text) const {
  if (!places_.empty()) {
    std::string out = document_;
    return out.replace(places_[leaf].start, places_[leaf].size, escaped(text));
  }
  auto tree = json::parse(document_);
  size_t at = 0;
  forEachString(tree, "", [&](const std::string&, json& value) {
    if (at++ == leaf) value = std::string(text);
  });
  return tree.dump();
}

}  // namespace causeway::contract
