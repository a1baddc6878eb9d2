#include "host/mapping/leaves.hpp"

#include "host/base/text.hpp"
#include "host/mapping/guard.hpp"
#include "host/mapping/json_reader.hpp"
#include "host/mapping/xml_reader.hpp"

namespace causeway::mapping {
namespace {

constexpr size_t kMost = 64;

class Collector final : public DocumentHandler {
 public:
  void open(std::string_view name, std::string_view, NamedTexts attributes) override {
    sizes_.push_back(path_.size());
    if (!path_.empty()) path_ += '/';
    path_ += name;
    text_.clear();
    for (const auto& item : attributes) add(path_ + "/@" + std::string(item.name), item.value);
  }
  void text(std::string_view piece) override { text_ += piece; }
  void close() override {
    if (!trim(text_).empty()) add(path_, trim(text_));
    text_.clear();
    path_.resize(sizes_.back());
    sizes_.pop_back();
  }
  std::vector<std::pair<std::string, std::string>> leaves;

 private:
  void add(const std::string& path, std::string_view value) {
    if (leaves.size() < kMost) leaves.emplace_back(path, value);
  }
  std::string path_, text_;
  std::vector<size_t> sizes_;
};

Result<void> collect(std::string_view document, Collector& collector) {
  Limits limits;
  limits.bytes = 64U << 10U;
  CW_TRY(const auto format, sniff(document));
  return format == Format::Xml ? XmlReader().read(document, limits, collector)
                               : JsonReader().read(document, limits, collector);
}

}  // namespace

Result<std::vector<std::pair<std::string, std::string>>> readLeaves(std::string_view document) {
  Collector collector;
  CW_CHECK_OK(collect(document, collector));
  if (collector.leaves.size() >= kMost) return fail(ErrorKind::TooLarge, "more leaves than are looked at");
  return std::move(collector.leaves);
}

std::vector<std::pair<std::string, std::string>> leavesOf(std::string_view document) {
  Collector collector;
  if (!collect(document, collector)) return {};
  return std::move(collector.leaves);
}

}  // namespace causeway::mapping
