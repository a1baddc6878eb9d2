#pragma once

#include "host/config/yaml.hpp"
#include "host/mapping/reader.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace causeway::mapping {

/// The mapping engine with the files of one test.
class Engine {
 public:
  explicit Engine(std::initializer_list<std::string_view> files, Converters converters = {}) {
    std::vector<Node> nodes;
    for (const auto file : files) {
      auto node = config::parseYaml(file, "test.yaml", problems_);
      if (node) nodes.push_back(*std::move(node));
    }
    library_ = Library::load(std::move(nodes), std::move(converters), problems_);
    reader_ = std::make_unique<Reader>(*library_, Limits{});
  }

  const Problems& problems() const { return problems_; }
  const Library& library() const { return *library_; }
  Decoded decode(std::string_view document, std::vector<std::string> allowed = {},
                 ReadOptions::Identify identify = {}) {
    EXPECT_FALSE(problems_.hasErrors()) << problems_.text();
    return reader_->read(
        document,
        {std::move(allowed), {std::chrono::year(2026), std::chrono::June, std::chrono::day(2)}, std::move(identify)});
  }
  /// The only message of a document that is read.
  canonical::CanonicalMessage read(std::string_view document) {
    auto decoded = decode(document);
    EXPECT_FALSE(decoded.refused) << decoded.refused->text();
    EXPECT_EQ(decoded.reading.messages.size(), 1U);
    return decoded.reading.messages.empty() ? canonical::CanonicalMessage() : *decoded.reading.messages.front();
  }

 private:
  Problems problems_;
  std::unique_ptr<Library> library_;
  std::unique_ptr<Reader> reader_;
};

/// A mapping `test.doc` of <Doc> with these lines; each line stands at the left margin.
inline std::string mappingOf(std::string_view lines) {
  return "mapping: test.doc\nreads: xml\nroot: Doc\nmessage: hearing.resulted\n" + std::string(lines);
}

inline std::vector<std::string> codesOf(const Decoded& decoded) {
  std::vector<std::string> out;
  for (const auto& finding : decoded.reading.findings) out.push_back(finding.code);
  return out;
}

}  // namespace causeway::mapping
