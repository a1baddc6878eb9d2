#include "host/pipeline/paper_answer.hpp"

#include "host/base/text.hpp"
#include "host/mapping/paper.hpp"

#include <algorithm>

namespace causeway::pipeline {
namespace {

std::string part(const std::string& name, const std::string& type, const std::string& content) {
  return "Content-Disposition: form-data; name=\"" + name + "\"\r\nContent-Type: " + type + "\r\n\r\n" + content +
         "\r\n";
}

/// Stands in neither of the two.
std::string boundaryFor(const std::string& document, const std::string& paper) {
  std::string out = "causeway";
  while (document.find(out) != std::string::npos || paper.find(out) != std::string::npos) out += "-x";
  return out;
}

}  // namespace

Result<Answer> withPaper(const mapping::Library& library, const std::vector<std::string>& reads,
                         const std::string& document, const Answer& paper) {
  auto type = lowerCase(trim(paper.content_type.substr(0, paper.content_type.find(';'))));
  // What the bytes are counts, whatever a server that knows no types calls them.
  if (!mapping::isMediaType(type)) type = mapping::mediaTypeOf(paper.body);
  for (const auto* file : library.inParts(reads)) {
    const auto& rule = *file->multipart;
    if (rule.papers.size() != 1 || std::ranges::find(rule.papers[0].types, type) == rule.papers[0].types.end())
      continue;
    const auto boundary = boundaryFor(document, paper.body);
    Answer out = paper;
    out.content_type = "multipart/form-data; boundary=" + boundary;
    const std::string type_of_document = document.starts_with("<") ? "application/xml" : "application/json";
    out.body.clear();
    out.body.append("--").append(boundary).append("\r\n").append(part(rule.document, type_of_document, document));
    out.body.append("--").append(boundary).append("\r\n").append(part(rule.papers[0].name, type, paper.body));
    out.body.append("--").append(boundary).append("--\r\n");
    return out;
  }
  return fail(ErrorKind::Invalid, "the answer is no paper that the partner's mappings take");
}

}  // namespace causeway::pipeline
