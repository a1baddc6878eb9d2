#include "host/transport/http_framer.hpp"

#include "host/base/text.hpp"
#include "host/transport/header_check.hpp"

#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include <algorithm>
#include <functional>
#include <iterator>

namespace causeway::transport {
namespace {

namespace http = boost::beast::http;
using ErrorCode = boost::beast::error_code;

// The size line of a chunk, or what follows the last one. Chunk extensions and trailers are refused, so it is short.
constexpr std::size_t max_chunk_line = 64;

std::string text(boost::beast::string_view view) { return {view.data(), view.size()}; }

}  // namespace

struct HttpFramer::Message {
  http::request_parser<http::string_body> parser;
  HttpRequest request;
  std::size_t fields = 0;
  bool chunk_extension = false;
  std::function<void(std::uint64_t, boost::beast::string_view, ErrorCode&)> on_chunk;

  explicit Message(const HttpLimits& limits) {
    parser.eager(true);
    parser.header_limit(static_cast<std::uint32_t>(limits.header_bytes));
    parser.body_limit(limits.body_bytes);
    on_chunk = [this](std::uint64_t, boost::beast::string_view extension, ErrorCode& error) {
      if (extension.empty()) return;
      chunk_extension = true;
      error = http::error::bad_chunk_extension;
    };
    parser.on_chunk_header(on_chunk);
  }

  // Taken when the header is whole: what a trailer adds later is not part of it.
  void copyHeader() {
    const auto& header = parser.get();
    request.method = text(header.method_string());
    request.target = text(header.target());
    request.keep_alive = parser.keep_alive();
    for (const auto& field : header)
      request.headers.emplace_back(lowerCase(text(field.name_string())), text(field.value()));
    request.content_type = request.header("content-type");
    fields = request.headers.size();
  }

  bool hasTrailer() const {
    return static_cast<std::size_t>(std::distance(parser.get().begin(), parser.get().end())) != fields;
  }
};

HttpFramer::HttpFramer(const HttpLimits& limits) : limits_(limits) {}
HttpFramer::~HttpFramer() = default;

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
  HttpRequest request = std::move(message_->request);
  request.body = std::move(message_->parser.get().body());
  message_.reset();
  state_ = State::Header;
  expects_continue_ = false;
  scanned_ = 0;
  advance();
  return request;
}

HttpFramer::State HttpFramer::advance() {
  if (state_ == State::Header && !(findHeaderEnd() && readHeader())) return state_;
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

bool HttpFramer::readHeader() {
  const std::string_view header(pending_.data(), header_end_);
  if (const auto wrong = checkRequestHeader(header, limits_.header_fields); !wrong.empty())
    return failWith(400, wrong), false;
  message_ = std::make_unique<Message>(limits_);
  auto& parser = message_->parser;
  ErrorCode error;
  parser.eager(false);  // so that it stops at the end of the header
  const std::size_t used = parser.put(boost::asio::const_buffer(header.data(), header.size()), error);
  parser.eager(true);
  if (error == http::error::body_limit) return failWith(413, "the body is too large"), false;
  if (error || used != header.size() || !parser.is_header_done()) return failWith(400, "the header is malformed"), false;
  message_->copyHeader();
  pending_.erase(0, header_end_);
  state_ = parser.is_done() ? State::Complete : State::Body;
  if (const auto expected = message_->request.header("expect"); !expected.empty()) {
    if (lowerCase(expected) != "100-continue") return failWith(417, "an expectation other than 100-continue"), false;
    expects_continue_ = state_ == State::Body;
  }
  return true;
}

void HttpFramer::readBody() {
  if (pending_.empty()) return;
  auto& parser = message_->parser;
  ErrorCode error;
  const std::size_t used = parser.put(boost::asio::const_buffer(pending_.data(), pending_.size()), error);
  pending_.erase(0, used);
  if (error == http::error::body_limit) {
    failWith(413, "the body is too large");
  } else if (message_->chunk_extension) {
    failWith(400, "a chunk with an extension");
  } else if (error && error != http::error::need_more) {
    failWith(400, "the body is malformed");
  } else if (parser.is_done()) {
    if (message_->hasTrailer()) failWith(400, "fields after the last chunk");
    else state_ = State::Complete;
  } else if (pending_.size() > max_chunk_line) {
    failWith(400, "a chunk line is too long");
  }
}

HttpFramer::State HttpFramer::failWith(int status, std::string_view what) {
  fault_ = {status, what};
  pending_.clear();
  pending_.shrink_to_fit();
  message_.reset();
  return state_ = State::Failed;
}

}  // namespace causeway::transport
