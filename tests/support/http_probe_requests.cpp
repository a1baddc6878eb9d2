#include "tests/support/http_probe_requests.hpp"

namespace causeway::test {
namespace {

using namespace std::string_literals;

// What an attacker would like the server to see as a request of its own.
const std::string smuggled = "GET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n";

std::string post(const std::string& fields, const std::string& body = {}) {
  return "POST /in HTTP/1.1\r\nHost: h\r\n" + fields + "\r\n" + body;
}

const std::string chunked = "Transfer-Encoding: chunked\r\n";

std::vector<BadRequest> badBodies() {
  return {
      {"BodyCutOff", post("Content-Length: 500\r\n", "hello"), true},
      {"ChunkCutOff", post(chunked, "5\r\nhel"), true},
      {"NoLastChunk", post(chunked, "5\r\nhello\r\n"), true},
      {"HeaderCutOff", "POST /in HTTP/1.1\r\nHost: h\r\nContent-Le", true},
      {"ChunkSizeNotHexadecimal", post(chunked, "zz\r\nhello\r\n0\r\n\r\n" + smuggled)},
      {"ChunkSizeNegative", post(chunked, "-5\r\nhello\r\n0\r\n\r\n" + smuggled)},
      {"ChunkSizePrefixed", post(chunked, "0x5\r\nhello\r\n0\r\n\r\n" + smuggled)},
      {"ChunkSizeOverflows", post(chunked, "fffffffffffffffff\r\nhello\r\n0\r\n\r\n" + smuggled)},
      {"ChunkSizeWithoutDigits", post(chunked, "\r\nhello\r\n0\r\n\r\n" + smuggled)},
      {"ChunkSizeWithNinetyZeros", post(chunked, std::string(90, '0') + "5\r\nhello\r\n0\r\n\r\n" + smuggled)},
      {"ChunkSizeWithSpace", post(chunked, "5 \r\nhello\r\n0\r\n\r\n" + smuggled)},
      {"ChunkLongerThanItsSize", post(chunked, "3\r\nhello\r\n0\r\n\r\n" + smuggled)},
      {"ChunkLineEndsWithLineFeed", post(chunked, "5\nhello\r\n0\r\n\r\n" + smuggled)},
      {"ChunkWithExtension", post(chunked, "5;a=b\r\nhello\r\n0\r\n\r\n" + smuggled)},
      {"TrailerAfterChunks", post(chunked, "5\r\nhello\r\n0\r\nContent-Length: 3\r\n\r\n" + smuggled)},
  };
}

std::vector<BadRequest> badFraming() {
  return {
      {"LengthAndChunked", post("Content-Length: 5\r\n" + chunked, "0\r\n\r\n" + smuggled)},
      {"ChunkedAndLength", post(chunked + "Content-Length: 5\r\n", "0\r\n\r\n" + smuggled)},
      {"TwoLengthsThatDiffer", post("Content-Length: 5\r\nContent-Length: 40\r\n", "hello" + smuggled)},
      {"TwoLengthsThatAgree", post("Content-Length: 5\r\nContent-Length: 5\r\n", "hello")},
      {"ListOfLengths", post("Content-Length: 5, 5\r\n", "hello")},
      {"LengthNegative", post("Content-Length: -5\r\n", smuggled)},
      {"LengthWithPlus", post("Content-Length: +5\r\n", "hello" + smuggled)},
      {"LengthEmpty", post("Content-Length:\r\n", smuggled)},
      {"LengthHexadecimal", post("Content-Length: 0x5\r\n", "hello")},
      {"LengthBeyondNumbers", post("Content-Length: 99999999999999999999\r\n", "hello")},
      {"LengthAsEncodedWord", post("Content-Length: =?utf-8?Q?5?=\r\n", "hello" + smuggled)},
      {"SpaceBeforeColon", post("Content-Length : 40\r\n", smuggled)},
      {"GzipAndChunked", post("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n" + smuggled)},
      {"GzipAndChunkedWithLength", post("Transfer-Encoding: gzip, chunked\r\nContent-Length: 0\r\n", smuggled)},
      {"ChunkedMisspelt", post("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n" + smuggled)},
      {"ChunkedTwice", post(chunked + chunked, "0\r\n\r\n" + smuggled)},
      {"ChunkedInHttp10", "POST /in HTTP/1.0\r\nHost: h\r\n" + chunked + "\r\n0\r\n\r\n" + smuggled},
  };
}

std::vector<BadRequest> badHeaders() {
  return {
      {"LineWithoutColon", post("this line has none\r\n")},
      {"FoldedLine", post("X-Long: a\r\n b\r\n")},
      {"NameWithSpace", post("Content Length: 5\r\n", smuggled)},
      {"NameEmpty", post(": 5\r\n", smuggled)},
      {"ControlCharacterInValue", post("X-Bell: a\x07"
                                       "b\r\n")},
      {"BareLineFeed", "GET / HTTP/1.1\nHost: h\n\n"},
      {"BareLineFeedInField", "GET / HTTP/1.1\r\nHost: h\r\nX-A: b\nX-C: d\r\n\r\n"},
      {"BareCarriageReturn", "GET / HTTP/1.1\r\nHost: h\r\nX-A: b\rX-C: d\r\n\r\n"},
      {"NulInHeader", "GET / HTTP/1.1\r\nHost: h\r\nX-A: b\0c\r\n\r\n"s},
      {"NoHost", "GET / HTTP/1.1\r\nAccept: */*\r\n\r\n"},
      {"TwoHosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"},
      {"HostEmpty", "GET / HTTP/1.1\r\nHost:\r\n\r\n"},
      {"HeaderTooLarge", "GET / HTTP/1.1\r\nHost: h\r\nX-A: " + std::string(20'000, 'a') + "\r\n\r\n"},
      {"TooManyFields",
       [] {
         std::string bytes = "GET / HTTP/1.1\r\nHost: h\r\n";
         for (int i = 0; i < 5'000; ++i) bytes += "a:b\r\n";
         return bytes + "\r\n";
       }()},
  };
}

std::vector<BadRequest> badRequestLines() {
  return {
      {"NoVersion", "GET /\r\nHost: h\r\n\r\n"},
      {"VersionUnknown", "GET / HTTP/2.0\r\nHost: h\r\n\r\n"},
      {"TwoSpaces", "GET  / HTTP/1.1\r\nHost: h\r\n\r\n"},
      {"TargetIsUrl", "GET http://h/ HTTP/1.1\r\nHost: h\r\n\r\n"},
      {"TargetClimbs", "GET /a/../b HTTP/1.1\r\nHost: h\r\n\r\n"},
      {"TargetClimbsEscaped", "GET /a/%2E%2e/b HTTP/1.1\r\nHost: h\r\n\r\n"},
      {"EmptyLineFirst", "\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n"},
      {"NotHttp", "\x01\x02\x03\x00\x05"s},
      {"SmuggledAfterBadRequest", post("Content-Length: 5\r\n" + chunked, "hello" + smuggled + smuggled)},
  };
}

}  // namespace

const std::vector<BadRequest>& badRequests() {
  static const std::vector<BadRequest> all = [] {
    std::vector<BadRequest> out;
    for (auto&& group : {badBodies(), badFraming(), badHeaders(), badRequestLines()})
      out.insert(out.end(), group.begin(), group.end());
    return out;
  }();
  return all;
}

}  // namespace causeway::test
