#include "host/config/source_text.hpp"

#include "host/base/text.hpp"
#include "host/config/yaml.hpp"

#include <algorithm>

namespace causeway::config {
namespace {

constexpr size_t kBlock = 256;

bool isContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

// First byte that takes no part in a well-formed UTF-8 sequence; the size of the text when all do.
size_t firstBadUtf8(std::string_view text) {
  if (isUtf8(text)) return text.size();
  for (size_t start = 0; start < text.size();) {
    size_t end = start + 1;
    while (end < text.size() && isContinuation(text[end])) ++end;
    if (!isUtf8(text.substr(start, end - start))) return start;
    start = end;
  }
  return text.size();
}

// A carriage return is welcome before a line feed only: alone it would hide text from whoever reads the file on screen.
size_t firstControl(std::string_view text) {
  for (size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte == '\r' && i + 1 < text.size() && text[i + 1] == '\n') continue;
    if (byte == 0x7F || (byte < 0x20 && byte != '\n' && byte != '\t')) return i;
  }
  return text.size();
}

}  // namespace

SourceText::SourceText(std::string_view text, std::string file_name)
    : text_(text), file_(std::make_shared<const std::string>(std::move(file_name))), line_starts_{0} {
  size_t characters = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    if (i % kBlock == 0) characters_.push_back(characters);
    if (text[i] == '\n') line_starts_.push_back(i + 1);
    if (!isContinuation(text[i])) ++characters;
  }
  characters_.push_back(characters);
}

size_t SourceText::charactersBefore(size_t offset) const {
  const size_t block = offset / kBlock;
  if (block * kBlock >= text_.size()) return characters_.back();
  const auto rest = text_.substr(block * kBlock, offset % kBlock);
  return characters_[block] + rest.size() - static_cast<size_t>(std::ranges::count_if(rest, isContinuation));
}

Location SourceText::at(size_t offset) const {
  offset = std::min(offset, text_.size());
  const auto next_line = std::ranges::upper_bound(line_starts_, offset);
  const size_t column = charactersBefore(offset) - charactersBefore(*(next_line - 1)) + 1;
  return {file_, static_cast<int>(next_line - line_starts_.begin()), static_cast<int>(column)};
}

bool SourceText::check(Problems& problems) const {
  if (text_.size() > kMaxYamlBytes) {
    problems.error(file(), "the file is larger than 4 MB; split it");
  } else if (text_.starts_with("\xEF\xBB\xBF")) {
    problems.error(at(0), "the file starts with a byte order mark; save it as UTF-8 without one");
  } else if (const size_t bad = firstBadUtf8(text_); bad < text_.size()) {
    problems.error(at(bad), "the file is not UTF-8 from here on; save it as UTF-8");
  } else if (const size_t control = firstControl(text_); control < text_.size()) {
    problems.error(at(control), "a control character stands here; remove it");
  } else {
    return true;
  }
  return false;
}

}  // namespace causeway::config
