#include "host/base/regex.hpp"

#include <re2/re2.h>

namespace causeway {

struct Regex::Impl {
  explicit Impl(std::string_view pattern, const re2::RE2::Options& options)
      : re(re2::StringPiece(pattern.data(), pattern.size()), options) {}
  re2::RE2 re;
};

namespace {

re2::StringPiece piece(std::string_view text) { return {text.data(), text.size()}; }

}  // namespace

Result<Regex> Regex::compile(std::string_view pattern) {
  re2::RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(1 << 20);
  auto impl = std::make_shared<Impl>(pattern, options);
  if (!impl->re.ok()) return fail(ErrorKind::Invalid, "not a regular expression: " + impl->re.error());
  return Regex(std::move(impl));
}

bool Regex::search(std::string_view text) const {
  return impl_->re.Match(piece(text), 0, text.size(), re2::RE2::UNANCHORED, nullptr, 0);
}

std::vector<std::string_view> Regex::groups(std::string_view text) const {
  std::vector<re2::StringPiece> found(static_cast<size_t>(impl_->re.NumberOfCapturingGroups()) + 1);
  if (!impl_->re.Match(piece(text), 0, text.size(), re2::RE2::UNANCHORED, found.data(), static_cast<int>(found.size())))
    return {};
  std::vector<std::string_view> out;
  for (const auto& group : found)
    out.emplace_back(group.data() ? std::string_view(group.data(), group.size()) : std::string_view());
  return out;
}

std::string Regex::replaceAll(std::string_view text, std::string_view replacement) const {
  std::string out(text);
  re2::RE2::GlobalReplace(&out, impl_->re, piece(replacement));
  return out;
}

const std::string& Regex::pattern() const { return impl_->re.pattern(); }

}  // namespace causeway
