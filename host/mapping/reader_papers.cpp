#include "host/mapping/reader.hpp"

#include <algorithm>

// Bodies with parts, and the papers that a document brings. A body is used whole or not at all.
namespace causeway::mapping {
namespace {

Decoded refused(Error why) {
  Decoded out;
  out.refused = std::move(why);
  return out;
}

/// The answer to a body whose document cannot be found: the sender's own, where its mappings have one answer between them.
std::string replyOf(const std::vector<const MappingFile*>& files) {
  const auto same = [&](const MappingFile* file) { return file->reply == files.front()->reply; };
  return !files.empty() && std::ranges::all_of(files, same) ? files.front()->reply : std::string();
}

// What came with the bytes says more of them than what a document tells.
void describe(canonical::CanonicalMessage& message, const Paper& paper) {
  for (auto& document : *message.mutable_case_()->mutable_documents()) {
    if (document.sha256() != paper.sha256) continue;
    document.set_media_type(paper.media_type);
    document.set_size(static_cast<std::int64_t>(paper.bytes.size()));
  }
}

// Keeps the papers that a message names. Each is kept once for every message, because each case has a key of its own.
Result<void> settlePapers(std::vector<Paper>& papers, const std::vector<MessagePtr>& messages, size_t most_bytes) {
  size_t bytes = 0;
  std::vector<Paper> kept;
  for (auto& paper : papers) {
    bool named = false;
    for (const auto& message : messages) {
      if (!brings(*message, paper)) continue;
      describe(*message, paper);
      bytes += paper.bytes.size();
      named = true;
    }
    const bool again = std::ranges::find(kept, paper.sha256, &Paper::sha256) != kept.end();
    if (!named && !paper.part.empty())
      return fail(ErrorKind::Invalid, "no message takes a part that came", "multipart");
    if (named && !again) kept.push_back(std::move(paper));
  }
  papers = std::move(kept);
  if (bytes > most_bytes)
    return fail(ErrorKind::TooLarge, "its papers, each once for every message that has it, are larger than " +
                                         std::to_string(most_bytes) + " bytes");
  return {};
}

}  // namespace

Decoded Reader::read(std::string_view body, const ReadOptions& options) {
  if (hasParts(options.content_type)) return readParts(body, options);
  auto decoded = readDocument(body, options, nullptr);
  if (decoded.refused || decoded.reading.papers.empty()) return decoded;
  decoded.papers = std::move(decoded.reading.papers);
  if (auto settled = settlePapers(decoded.papers, decoded.reading.messages, limits_.body_bytes); !settled)
    decoded.refused = std::move(settled).error();
  return decoded;
}

Decoded Reader::readParts(std::string_view body, const ReadOptions& options) {
  const auto files = library_.inParts(options.allowed);
  std::vector<std::string> documents;
  for (const auto* file : files) documents.push_back(file->multipart->document);
  auto parts = openParts(options.content_type, body, documents, limits_);
  if (!parts || !library_.fingerprint()) {
    auto out = refused(parts ? Error{ErrorKind::Unavailable, "papers that cannot be fingerprinted here", "multipart"}
                             : std::move(parts).error());
    out.reading.reply = replyOf(files);
    return out;
  }
  for (auto& paper : parts->papers) paper.sha256 = library_.fingerprint()(paper.bytes);
  auto decoded = readDocument(parts->document, options, &parts->papers);
  for (const auto& paper : parts->papers) decoded.content += '\0' + paper.part + '\0' + paper.sha256;
  if (decoded.refused) return decoded;
  const auto& expected = run_.plan().multipart;
  auto fits = checkParts(*parts, !decoded.notice && expected ? &*expected : nullptr);
  decoded.papers = std::move(parts->papers);
  std::ranges::move(decoded.reading.papers, std::back_inserter(decoded.papers));
  if (fits) fits = settlePapers(decoded.papers, decoded.reading.messages, limits_.body_bytes);
  if (fits) return decoded;
  decoded.refused = std::move(fits).error();
  decoded.reading.messages.clear();
  decoded.papers.clear();
  return decoded;
}

}  // namespace causeway::mapping
