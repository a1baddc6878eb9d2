#include "host/transport/http_framer.hpp"

#include <algorithm>
#include <cstdlib>
#include <string>
#include <vector>

namespace {

using causeway::transport::HttpFramer;
using causeway::transport::HttpLimits;
using State = HttpFramer::State;

// Everything a connection of these bytes amounts to: the requests that were handed on, and how it ended.
struct Outcome {
  std::vector<std::string> requests;
  State state = State::Header;
  int status = 0;

  bool operator==(const Outcome&) const = default;
};

void require(bool condition) {
  if (!condition) std::abort();
}

void takeAll(HttpFramer& framer, const HttpLimits& limits, Outcome& outcome) {
  while (framer.state() == State::Complete) {
    const auto request = framer.take();
    require(request.body.size() <= limits.body_bytes && request.headers.size() <= limits.header_fields);
    require(!request.method.empty() && request.target.starts_with('/'));
    require(std::ranges::count(request.headers, "host", &causeway::transport::HttpHeaders::value_type::first) == 1);
    for (const auto& [name, value] : request.headers) {
      require(!name.empty() && name.find_first_of(std::string_view("\0\r\n :", 5)) == std::string::npos);
      require(value.find_first_of(std::string_view("\0\r\n", 3)) == std::string::npos);
    }
    outcome.requests.push_back(request.method + " " + request.target + "\n" + request.body);
  }
}

Outcome drive(std::string_view bytes, std::size_t piece) {
  // Small limits, so that they are reached.
  const HttpLimits limits{.header_bytes = 512, .header_fields = 8, .body_bytes = 64};
  HttpFramer framer(limits);
  Outcome outcome;
  for (std::size_t at = 0; at < bytes.size(); at += piece) {
    framer.put(bytes.substr(at, piece));
    takeAll(framer, limits, outcome);
  }
  framer.end();
  takeAll(framer, limits, outcome);
  outcome.state = framer.state();
  outcome.status = outcome.state == State::Failed ? framer.fault().status : 0;
  return outcome;
}

}  // namespace

// However the network cuts the bytes, they must mean the same: otherwise somebody who controls the cuts could choose.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto whole = drive(bytes, std::max<std::size_t>(1, size));
  require(whole == drive(bytes, 1));
  require(whole == drive(bytes, 7));
  return 0;
}
