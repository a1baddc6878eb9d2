#include "host/transport/http_framer.hpp"

#include "host/base/text.hpp"
#include "host/transport/header_check.hpp"

#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <utility>

namespace causeway::transport {
namespace {

namespace http = boost::beast::http;

// What is set aside on the word of a Content-Length alone; a longer body grows as it arrives.
constexpr std::size_t max_reserved = 1024 * 1024;

std::string text(boost::beast::string_view view) { return {view.data(), view.size()}; }

// Beast reads the header too, after our own check, and must find the same end: what only one of two readers accepts is
// refused. The body is ours alone.
bool parseHeader(std::string_view bytes, HttpRequest& request) {
  http::request_parser<http::empty_body> parser;
  parser.header_limit(static_cast<std::uint32_t>(bytes.size() + 1));
  parser.skip(true);
  boost::beast::error_code error;
  const std::size_t used = parser.put(boost::asio::const_buffer(bytes.data(), bytes.size()), error);
  if (error || used != bytes.size() || !parser.is_done()) return false;
  const auto& header = parser.get();
  request.method = text(header.method_string());
  request.target = text(header.target());
  request.keep_alive = parser.keep_alive();
  for (const auto& field : header)
    request.headers.emplace_back(lowerCase(text(field.name_string())), text(field.value()));
  request.content_type = request.header("content-type");
  return true;
}

}  // namespace

HttpFramer::State HttpFramer::put(std::string_view bytes) {
  if (state_ == State::Failed) return state_;
  pending_.append(bytes);
  return state_ == State::Complete ? state_ : advance();
}

HttpFramer::State HttpFramer::end() {
  if (state_ == State::Failed || state_ == State::Complete || idle()) return state_;
  return failWith(400, "the request was cut off");
}

HttpRequest HttpFramer::take() {
  HttpRequest request = std::exchange(request_, {});
  state_ = State::Header;
  expects_continue_ = false;
  scanned_ = 0;
  advance();
  return request;
}

HttpFramer::State HttpFramer::advance() {
  if (state_ == State::Header && findHeaderEnd()) state_ = readHeader();
  if (state_ == State::Body) readBody();
  return state_;
}

// Looks at every byte once. A NUL or a lone CR or LF is refused as soon as it is seen: a header that has one might never
// end.
bool HttpFramer::findHeaderEnd() {
  for (; scanned_ < pending_.size(); ++scanned_) {
    if (scanned_ == limits_.header_bytes) return failWith(400, "the header is too large"), false;
    const char c = pending_[scanned_];
    const bool after_cr = scanned_ > 0 && pending_[scanned_ - 1] == '\r';
    if (c == '\0') return failWith(400, "a NUL in the header"), false;
    if (after_cr != (c == '\n')) return failWith(400, "a line end that is not CR LF"), false;
    if (c == '\n' && scanned_ >= 3 && pending_[scanned_ - 2] == '\n') {
      header_end_ = scanned_ + 1;
      return true;
    }
  }
  return false;
}

HttpFramer::State HttpFramer::readHeader() {
  const std::string_view header(pending_.data(), header_end_);
  if (const auto wrong = checkRequestHeader(header, limits_.header_fields); !wrong.empty()) return failWith(400, wrong);
  if (!parseHeader(header, request_)) return failWith(400, "the header is malformed");
  pending_.erase(0, header_end_);
  return beginBody();
}

HttpFramer::State HttpFramer::beginBody() {
  const auto expected = request_.header("expect");
  if (!expected.empty() && lowerCase(expected) != "100-continue")
    return failWith(417, "an expectation other than 100-continue");
  chunked_ = !request_.header("transfer-encoding").empty();
  chunks_ = ChunkDecoder(limits_.body_bytes);
  length_ = 0;
  if (const auto length = request_.header("content-length"); !length.empty())
    std::from_chars(length.data(), length.data() + length.size(), length_);  // checked: digits, and few
  if (length_ > limits_.body_bytes) return failWith(413, "the body is too large");
  if (!chunked_ && length_ == 0) return State::Complete;
  request_.body.reserve(std::min(length_, max_reserved));
  expects_continue_ = !expected.empty();
  return State::Body;
}

void HttpFramer::readBody() {
  std::string_view rest = pending_;
  auto outcome = ChunkDecoder::State::More;
  if (chunked_) {
    outcome = chunks_.take(rest, request_.body);
  } else {
    const auto content = rest.substr(0, length_ - request_.body.size());
    request_.body.append(content);
    rest.remove_prefix(content.size());
    if (request_.body.size() == length_) outcome = ChunkDecoder::State::Done;
  }
  pending_.erase(0, pending_.size() - rest.size());
  if (outcome == ChunkDecoder::State::Malformed) failWith(400, "the chunks of the body are malformed");
  else if (outcome == ChunkDecoder::State::TooLarge) failWith(413, "the body is too large");
  else if (outcome == ChunkDecoder::State::Done) state_ = State::Complete;
}

HttpFramer::State HttpFramer::failWith(int status, std::string_view what) {
  fault_ = {status, what};
  pending_ = {};
  request_ = {};
  return state_ = State::Failed;
}

}  // namespace causeway::transport
