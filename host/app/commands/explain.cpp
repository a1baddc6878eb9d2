#include "host/app/commands/commands.hpp"
#include "host/app/commands/reading.hpp"
#include "host/app/desks/explanation.hpp"
#include "host/app/files.hpp"

#include <iostream>

namespace causeway::app {
namespace {

Result<ToExplain> asked(const ExplainOptions& options) {
  ToExplain out;
  CW_TRY(auto bytes, readBytes(options.file));
  out.document = {options.file, std::move(bytes)};
  for (const auto& file : options.after) {
    CW_TRY(auto before, readBytes(file));
    out.after.push_back({file, std::move(before)});
  }
  out.sender = options.sender;
  out.recipient = options.recipient;
  out.json = options.json;
  return out;
}

}  // namespace

int explain(const ExplainOptions& options) {
  const auto installation = assembleOrTell(options.config);
  if (!installation) return 1;
  const auto limits = limitsOf(installation->configuration.settings.limits);
  const auto what = asked(options);
  const auto told = what ? explainDocument(*installation->rulebook, limits, *what)
                         : Result<Explanation>(std::unexpected(what.error()));
  if (!told) {
    std::cerr << told.error().text() << "\n";
    return 1;
  }
  std::cout << told->text;
  return told->placed ? 0 : 1;
}

}  // namespace causeway::app
