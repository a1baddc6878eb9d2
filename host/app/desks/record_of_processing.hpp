#pragma once

#include "host/app/assemble.hpp"

#include <string>

namespace causeway::app {

/// The record of processing as JSON text (DPA 2018 s.61(2); UK GDPR Art 30(1)): who answers for the data, and for each purpose who is sent
/// what kinds of data about whom, on which basis and under which agreement; how long what is kept, and how it is secured. Made from the
/// same files that decide, so that it cannot say otherwise than what is done.
std::string recordOfProcessing(const Installation& installation);
/// The same for people, as Markdown.
std::string recordAsMarkdown(const std::string& json);

/// What the record lacks: a route without a purpose, or with none of its recipient's grants naming a basis; a recipient of no kind; no time
/// limit for what is kept; nobody who answers for the data.
void checkRecord(const config::Configuration& configuration, const pipeline::Rulebook& rulebook, Problems& problems);

}  // namespace causeway::app
