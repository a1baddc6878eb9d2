#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

// Most names and values of a message have less than twenty bytes, and there are some hundred of them. Compared and copied here in two
// strides that may overlap, they cost less than the call of a library function that is made for long ones.
namespace causeway {

template <class Number>
Number bytesAt(const char* at) {
  Number out{};
  std::memcpy(&out, at, sizeof out);
  return out;
}

inline bool isSameText(std::string_view a, std::string_view b) {
  const size_t size = a.size();
  if (size != b.size()) return false;
  const char *x = a.data(), *y = b.data();
  if (size > 16) return std::memcmp(x, y, size) == 0;
  const auto agree = [&]<class Number>(Number) {
    const size_t last = size - sizeof(Number);
    return bytesAt<Number>(x) == bytesAt<Number>(y) && bytesAt<Number>(x + last) == bytesAt<Number>(y + last);
  };
  if (size >= 8) return agree(std::uint64_t{});
  if (size >= 4) return agree(std::uint32_t{});
  return size == 0 || (x[0] == y[0] && x[size / 2] == y[size / 2] && x[size - 1] == y[size - 1]);
}

/// Copies `text` to where there is room for it.
inline void copyText(char* to, std::string_view text) {
  const size_t size = text.size();
  const char* from = text.data();
  const auto copy = [&]<class Number>(Number) {
    const size_t last = size - sizeof(Number);
    const Number head = bytesAt<Number>(from), tail = bytesAt<Number>(from + last);
    std::memcpy(to, &head, sizeof head);
    std::memcpy(to + last, &tail, sizeof tail);
  };
  if (size > 16) {
    std::memcpy(to, from, size);
  } else if (size >= 8) {
    copy(std::uint64_t{});
  } else if (size >= 4) {
    copy(std::uint32_t{});
  } else if (size > 0) {
    const char first = from[0], middle = from[size / 2], last = from[size - 1];
    to[0] = first;
    to[size / 2] = middle;
    to[size - 1] = last;
  }
}

/// As out.assign(text), where most texts find room in the string itself.
inline void assignText(std::string& out, std::string_view text) {
  constexpr size_t always_room = 15;
  if (text.size() > always_room) {
    out.assign(text);
    return;
  }
  out.resize_and_overwrite(text.size(), [text](char* to, size_t) {
    copyText(to, text);
    return text.size();
  });
}

/// Texts behind one another in one buffer that is kept from use to use.
class TextPool {
 public:
  /// Where the text begins. What was given before stays where it is counted from the start, but may move in memory.
  size_t add(std::string_view text) {
    if (text.size() > room_ - size_) grow(text.size());
    const size_t at = size_;
    copyText(bytes_.get() + at, text);
    size_ += text.size();
    return at;
  }
  std::string_view view(size_t at, size_t size) const { return {bytes_.get() + at, size}; }
  void clear() { size_ = 0; }

 private:
  void grow(size_t more) {
    const size_t room = (size_ + more) * 2 + 1024;
    auto bytes = std::make_unique_for_overwrite<char[]>(room);
    if (size_ > 0) std::memcpy(bytes.get(), bytes_.get(), size_);
    bytes_ = std::move(bytes);
    room_ = room;
  }

  std::unique_ptr<char[]> bytes_;
  size_t size_ = 0, room_ = 0;
};

}  // namespace causeway
