#include "tests/contract/courts/comparison.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <string_view>

namespace causeway::courts {
namespace {

using nlohmann::json;

// A level of alcohol is health data that no part of witness care needs.
constexpr std::string_view kLeftOut = "/alcohol/";
constexpr std::string_view kTagging = "With Electronic Tagging";

// Lists of texts are compared as one leaf, so that one value too many is one difference.
bool isLeaf(const json& value) {
  return !value.is_structured() ||
         (value.is_array() && std::ranges::none_of(value, [](const json& item) { return item.is_structured(); }));
}

void flatten(const json& value, const std::string& path, std::map<std::string, json>& out) {
  if (isLeaf(value)) {
    if (!value.is_null() && !(value.is_array() && value.empty()) && !(value.is_string() && value.empty()))
      out.emplace(path, value);
    return;
  }
  if (value.is_array()) {
    for (size_t i = 0; i < value.size(); ++i) flatten(value[i], path + "/" + std::to_string(i), out);
    return;
  }
  for (const auto& [key, item] : value.items()) flatten(item, path + "/" + key, out);
}

// "/offences/3/results/0/code" is counted as "offences.results.code".
std::string fieldOf(const std::string& path) {
  std::string out, part;
  const auto take = [&] {
    if (!part.empty() && !std::ranges::all_of(part, [](char c) { return c >= '0' && c <= '9'; }))
      out += (out.empty() ? "" : ".") + part;
    part.clear();
  };
  for (const char c : path) {
    if (c == '/') take();
    else part += c;
  }
  take();
  return out;
}

bool equal(const json& a, const json& b) {
  if (a.is_number() && b.is_number()) return std::abs(a.get<double>() - b.get<double>()) < 0.001;
  if (a.is_array() && b.is_array() && a.size() == b.size()) return std::equal(a.begin(), a.end(), b.begin(), equal);
  return a == b;
}

std::multiset<std::string> without(const json* list, std::string_view text) {
  std::multiset<std::string> out;
  if (list)
    for (const auto& item : *list)
      if (item != text) out.insert(item.get<std::string>());
  return out;
}

bool documented(const std::string& path, const json* expected, const json* extracted,
                const std::set<std::string>& from_text) {
  if (path.ends_with("/qualifiers")) return without(expected, "BA") == without(extracted, "BA");
  if (path.ends_with("/bail_conditions_text")) return without(expected, kTagging) == without(extracted, kTagging);
  const size_t next = path.find("/next_hearing/");
  return next != std::string::npos && from_text.contains(path.substr(0, next));
}

// Results that send somebody to the Crown Court, of which one side knows no time of a next hearing: only the text can tell.
std::set<std::string> resultsReadFromText(const json& expected, const json& extracted) {
  std::set<std::string> out;
  for (const auto* side : {&expected, &extracted}) {
    std::map<std::string, json> leaves;
    flatten(*side, "", leaves);
    for (const auto& [path, value] : leaves) {
      const size_t at = path.find("/next_hearing/");
      if (at != std::string::npos && !leaves.contains(path.substr(0, at) + "/next_hearing/time"))
        out.insert(path.substr(0, at));
    }
  }
  return out;
}

const json* find(const std::map<std::string, json>& leaves, const std::string& path) {
  const auto found = leaves.find(path);
  return found == leaves.end() ? nullptr : &found->second;
}

}  // namespace

void Comparison::compare(const std::string& name, const json& expected, const json& extracted) {
  ++cases_;
  std::map<std::string, json> wanted, had;
  flatten(expected, "", wanted);
  flatten(extracted, "", had);
  const auto from_text = resultsReadFromText(expected, extracted);
  std::set<std::string> paths;
  for (const auto& [path, value] : wanted) paths.insert(path);
  for (const auto& [path, value] : had) paths.insert(path);
  for (const auto& path : paths) {
    if (path.find(kLeftOut) != std::string::npos) {
      ++left_out_;
      continue;
    }
    auto& score = fields_[fieldOf(path)];
    ++score.compared;
    const json* want = find(wanted, path);
    const json* got = find(had, path);
    if (want && got && equal(*want, *got)) ++score.equal;
    else if (documented(path, want, got, from_text)) ++score.documented;
    else mismatches_.push_back(name + " " + path + (want ? got ? "" : " (not extracted)" : " (not expected)"));
  }
}

int Comparison::compared() const {
  int out = 0;
  for (const auto& [field, score] : fields_) out += score.compared;
  return out;
}

std::string Comparison::table() const {
  std::string out;
  for (const auto& [field, score] : fields_) {
    std::string line = "  " + field;
    line.resize(std::max<size_t>(line.size(), 44), ' ');
    out += line + std::to_string(score.equal) + " of " + std::to_string(score.compared);
    if (score.documented > 0) out += ", " + std::to_string(score.documented) + " by a documented rule";
    out += "\n";
  }
  return out;
}

}  // namespace causeway::courts
