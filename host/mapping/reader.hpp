#pragma once

#include "host/mapping/json_reader.hpp"
#include "host/mapping/library.hpp"
#include "host/mapping/parted_body.hpp"
#include "host/mapping/read_run.hpp"
#include "host/mapping/xml_reader.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace causeway::mapping {

/// A document with its wrappings off and its content mapped. When it had to be refused, what was learnt of the envelope before
/// that is still there: the refusal goes back in the sender's own protocol.
struct Decoded {
  std::vector<const Envelope*> layers;                       ///< outermost first
  std::map<std::string, std::string, std::less<>> envelope;  ///< $envelope values; inner ones win
  bool notice = false;  ///< it only says where the document is: $envelope.next, if to be asked
  bool test = false;    ///< an envelope marks it as a test
  std::string
      content;  ///< the innermost document, with the fingerprints of the parts beside it: what duplicates are told by
  std::vector<Paper>
      papers;  ///< that messages name by their fingerprint; nothing else of a body with parts is left over
  Reading reading;
  std::optional<Error> refused;
};

struct ReadOptions {
  /// Which message type a document is, by `root`, `root_namespace`, `envelope.<name>` and `document.<name>` (attributes of the root, or
  /// values at the top of a JSON document); empty when that cannot be said. Its errors refuse the document.
  using Identify = std::function<Result<std::string>(NamedTexts fields)>;

  std::vector<std::string> allowed;   ///< ids of mappings this sender may use; empty: all
  std::chrono::year_month_day day{};  ///< code tables are read for this day
  Identify identify{};                ///< asked when mappings of several types fit
  std::string_view content_type{};    ///< of the body; one that is multipart is taken apart first
};

/// Bytes in, canonical messages and findings out: stages 1, 3 and 4 of the life of a message, a pure function of the bytes, the
/// library and the options. Keeps its parsers' buffers; one per thread.
class Reader {
 public:
  Reader(const Library& library, const Limits& limits);
  Decoded read(std::string_view body, const ReadOptions& options);

 private:
  class Dispatch;
  Decoded readParts(std::string_view body, const ReadOptions& options);
  Decoded readDocument(std::string_view document, const ReadOptions& options, const std::vector<Paper>* parts);
  Result<void> parse(std::string_view document, Dispatch& dispatch);
  Result<void> unescape(std::string& document);

  const Library& library_;
  Limits limits_;
  XmlReader xml_;
  JsonReader json_;
  ReadRun run_;
};

}  // namespace causeway::mapping
