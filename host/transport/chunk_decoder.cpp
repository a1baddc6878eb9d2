#include "host/transport/chunk_decoder.hpp"

namespace causeway::transport {
namespace {

constexpr int max_digits = 8;

int valueOf(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const int letter = c | 0x20;
  return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
}

}  // namespace

ChunkDecoder::State ChunkDecoder::take(std::string_view& bytes, std::string& body) {
  for (;;) {
    if (step_ == Step::Done) return State::Done;
    if (step_ == Step::Malformed) return State::Malformed;
    if (step_ == Step::TooLarge) return State::TooLarge;
    if (bytes.empty()) return State::More;
    if (step_ == Step::Data) {
      const auto content = bytes.substr(0, left_);
      body.append(content);
      left_ -= content.size();
      bytes.remove_prefix(content.size());
      if (left_ == 0) step_ = Step::DataReturn;
    } else {
      step_ = next(bytes.front(), body.size());
      bytes.remove_prefix(1);
    }
  }
}

ChunkDecoder::Step ChunkDecoder::next(char c, std::size_t taken) {
  switch (step_) {
    case Step::Size: return readSize(c);
    case Step::SizeEnd:
      if (c != '\n') return Step::Malformed;
      if (left_ > max_bytes_ - taken) return Step::TooLarge;
      return left_ == 0 ? Step::LastReturn : Step::Data;
    case Step::DataReturn: return c == '\r' ? Step::DataEnd : Step::Malformed;
    case Step::DataEnd: return c == '\n' ? Step::Size : Step::Malformed;
    case Step::LastReturn: return c == '\r' ? Step::LastEnd : Step::Malformed;
    case Step::LastEnd: return c == '\n' ? Step::Done : Step::Malformed;
    default: return step_;
  }
}

ChunkDecoder::Step ChunkDecoder::readSize(char c) {
  if (c == '\r' && digits_ > 0) {
    digits_ = 0;
    return Step::SizeEnd;
  }
  const int value = valueOf(c);
  if (value < 0 || digits_ == max_digits) return Step::Malformed;
  left_ = (digits_ == 0 ? 0 : left_ * 16) + static_cast<std::size_t>(value);
  ++digits_;
  return Step::Size;
}

}  // namespace causeway::transport
