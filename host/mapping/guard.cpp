#include "host/mapping/guard.hpp"

#include "host/base/short_text.hpp"
#include "host/base/text.hpp"

#include <simdjson.h>

#include <array>
#include <cstdint>
#include <cstring>
#include <string>

namespace causeway::mapping {
namespace {

constexpr size_t kNowhere = std::string_view::npos;

Failure tooMuch(std::string what) { return fail(ErrorKind::TooLarge, std::move(what)); }
Failure broken(std::string what) { return fail(ErrorKind::Invalid, std::move(what)); }

Result<void> guardBytes(std::string_view document, const Limits& limits) {
  if (document.size() > limits.bytes)
    return tooMuch("the document is larger than " + std::to_string(limits.bytes) + " bytes");
  if (document.find('\0') != kNowhere) return broken("the document holds a NUL byte");
  if (!simdjson::validate_utf8(document.data(), document.size())) return broken("the document is not UTF-8");
  return {};
}

// The declaration may name another encoding than the bytes have; a parser would believe it.
Result<void> guardDeclaration(std::string_view declaration) {
  const size_t at = declaration.find("encoding");
  if (at == kNowhere) return {};
  const size_t quote = declaration.find_first_of("\"'", at);
  if (quote == kNowhere) return broken("the XML declaration is not well-formed");
  const size_t end = declaration.find(declaration[quote], quote + 1);
  const auto name = lowerCase(declaration.substr(quote + 1, end == kNowhere ? end : end - quote - 1));
  if (name != "utf-8" && name != "utf8" && name != "us-ascii")
    return broken("the document declares an encoding other than UTF-8");
  return {};
}

// The bytes of a start tag that matter: its end, a tag that begins too early, attributes.
constexpr auto kEndsOrQuotes = [] {
  std::array<bool, 256> out{};
  for (const unsigned char c : {'<', '>', '"', '\''}) out[c] = true;
  return out;
}();

// Walks the tags of a document without building anything.
class XmlScan {
 public:
  XmlScan(std::string_view document, const Limits& limits) : document_(document), limits_(limits) {}

  Result<void> run() {
    for (size_t at = document_.find('<'); at != kNowhere;) {
      if (usualTag(at)) {
        at = next_;
        continue;
      }
      CW_TRY(const size_t after, step(at));
      at = document_.find('<', after);
    }
    return {};
  }

 private:
  // Takes a tag without attributes, as nearly all are, in two strides; false leaves everything else to a closer look. `next_` is
  // then where the next tag begins.
  bool usualTag(size_t at) {
    const char* const inside = document_.data() + at + 1;
    const size_t left = document_.size() - at - 1;
    const auto* close = static_cast<const char*>(std::memchr(inside, '>', left));
    const auto* open = static_cast<const char*>(std::memchr(inside, '<', left));
    if (!close || (open && open < close)) return false;
    const auto end = static_cast<size_t>(close - document_.data());
    next_ = open ? static_cast<size_t>(open - document_.data()) : kNowhere;
    if (end - at > limits_.tag_bytes) return false;
    const char first = *inside;
    if (first == '/') {
      --depth_;
      return true;
    }
    if (first == '!' || first == '?' || double_quote_.before(end, at, document_) ||
        single_quote_.before(end, at, document_))
      return false;
    if (elements_ >= limits_.elements || depth_ >= limits_.depth) return false;
    ++elements_;
    depth_ += document_[end - 1] == '/' ? 0 : 1;
    return true;
  }

  // Where a kind of quote stands next: looked for once, however many tags come before it.
  struct NextQuote {
    char quote = '"';
    size_t at = 0;
    bool before(size_t end, size_t from, std::string_view document) {
      if (at <= from) at = document.find(quote, from);
      return at < end;
    }
  };

  bool startsAt(size_t at, std::string_view what) const { return document_.substr(at, what.size()) == what; }

  Result<size_t> step(size_t at) {
    if (startsAt(at, "<!--")) return skipTo(at + 4, "-->");
    if (startsAt(at, "<![CDATA[")) return skipTo(at + 9, "]]>");
    if (startsAt(at, "<!")) return broken("the document has a DTD (<!DOCTYPE or an entity): never accepted");
    if (startsAt(at, "<?")) {
      CW_TRY(const size_t end, skipTo(at + 2, "?>"));
      if (startsAt(at, "<?xml ")) CW_CHECK_OK(guardDeclaration(document_.substr(at, end - at)));
      return end;
    }
    if (startsAt(at, "</")) {
      --depth_;
      return skipTo(at + 2, ">");
    }
    return startTag(at + 1);
  }

  Result<size_t> skipTo(size_t from, std::string_view end) const {
    const size_t found = document_.find(end, from);
    if (found == kNowhere) return broken("the document is cut off");
    return found + end.size();
  }

  Result<size_t> startTag(size_t from) {
    if (++elements_ > limits_.elements) return tooMuch("more than " + std::to_string(limits_.elements) + " elements");
    int attributes = 0;
    for (size_t at = from; at < document_.size(); ++at) {
      while (at < document_.size() && !kEndsOrQuotes[static_cast<unsigned char>(document_[at])]) ++at;
      if (at - from > limits_.tag_bytes)
        return tooMuch("a start tag is larger than " + std::to_string(limits_.tag_bytes) + " bytes");
      if (at == document_.size()) break;
      const char c = document_[at];
      if (c == '>') {
        if (document_[at - 1] != '/' && ++depth_ > limits_.depth)
          return tooMuch("elements are nested deeper than " + std::to_string(limits_.depth));
        return at + 1;
      }
      if (c == '<') return broken("a start tag is not closed");
      if (++attributes > limits_.attributes)
        return tooMuch("an element has more than " + std::to_string(limits_.attributes) + " attributes");
      const size_t end = document_.find(c, at + 1);
      if (end == kNowhere) return broken("the document is cut off");
      at = end;
    }
    return broken("the document is cut off");
  }

  std::string_view document_;
  const Limits& limits_;
  int depth_ = 0;
  size_t elements_ = 0;
  size_t next_ = 0;
  NextQuote double_quote_{'"'}, single_quote_{'\''};
};

// What a byte outside strings does to the depth of a JSON document.
constexpr int kQuote = 2;
constexpr auto kNesting = [] {
  std::array<signed char, 256> out{};
  out['{'] = out['['] = 1;
  out['}'] = out[']'] = -1;
  out['"'] = kQuote;
  return out;
}();

// The closing quote of a string; the last byte of a document that is cut off.
const char* endOfString(const char* at, const char* end) {
  for (; at < end; ++at) {
    if (*at == '"') return at;
    if (*at == '\\' && at + 1 < end) ++at;
  }
  return end - 1;
}

// How many '{' and '[' there are, sixteen bytes at a time: they differ in one bit, which is set in both before they are compared.
size_t openingBrackets(std::string_view document) {
  using Bytes [[gnu::vector_size(16)]] = signed char;
  constexpr size_t most_strides = 120;  // so many that a sum of each place still fits a byte
  size_t count = 0, at = 0;
  while (at + sizeof(Bytes) <= document.size()) {
    Bytes found{};
    for (size_t i = 0; i < most_strides && at + sizeof(Bytes) <= document.size(); ++i, at += sizeof(Bytes))
      found -= (bytesAt<Bytes>(document.data() + at) | ' ') == '{';  // each place of a bracket is -1
    for (size_t i = 0; i < sizeof(Bytes); ++i) count += static_cast<size_t>(found[i]);
  }
  for (; at < document.size(); ++at) count += document[at] == '{' || document[at] == '[' ? 1 : 0;
  return count;
}

}  // namespace

Result<Format> sniff(std::string_view document) {
  document = withoutLeadingComments(document);
  if (document.empty()) return broken("the document is empty");
  if (document.front() == '<') return Format::Xml;
  if (document.front() == '{' || document.front() == '[') return Format::Json;
  return broken("the document is neither XML nor JSON");
}

std::string_view withoutLeadingComments(std::string_view document) {
  if (document.starts_with("\xEF\xBB\xBF")) document.remove_prefix(3);
  for (;;) {
    while (!document.empty() && trim(document.substr(0, 1)).empty()) document.remove_prefix(1);
    if (!document.starts_with("<!--")) return document;
    const size_t end = document.find("-->", 4);
    if (end == kNowhere) return document;
    document.remove_prefix(end + 3);
  }
}

Result<void> guardXml(std::string_view document, const Limits& limits) {
  CW_CHECK_OK(guardBytes(document, limits));
  return XmlScan(document, limits).run();
}

Result<void> guardJson(std::string_view document, const Limits& limits) {
  CW_CHECK_OK(guardBytes(document, limits));
  // With so few of them they cannot be nested too deep, and nobody need look which stand in strings.
  if (openingBrackets(document) <= static_cast<size_t>(limits.depth)) return {};
  int depth = 0;
  const char* const end = document.data() + document.size();
  for (const char* at = document.data(); at < end; ++at) {
    const int step = kNesting[static_cast<unsigned char>(*at)];
    if (step == 0) continue;
    if (step == kQuote) at = endOfString(at + 1, end);
    else if ((depth += step) > limits.depth)
      return tooMuch("objects are nested deeper than " + std::to_string(limits.depth));
  }
  return {};
}

}  // namespace causeway::mapping
