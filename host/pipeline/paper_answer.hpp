#pragma once

#include "host/base/result.hpp"
#include "host/mapping/library.hpp"
#include "host/pipeline/sender.hpp"

#include <string>
#include <vector>

namespace causeway::pipeline {

/// A document and the paper that it told of, which came as the answer to a question, as one body with parts: what the partner's mapping
/// reads when both come together. Invalid when the bytes are of no type that a mapping of `reads` takes as its only paper.
Result<Answer> withPaper(const mapping::Library& library, const std::vector<std::string>& reads,
                         const std::string& document, const Answer& paper);

}  // namespace causeway::pipeline
