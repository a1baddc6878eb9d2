#include "host/app/commands/reading.hpp"

#include "host/model/message_types.hpp"

#include <iostream>

namespace causeway::app {

pipeline::Partner anybody(const pipeline::Rulebook& rulebook) {
  pipeline::Partner out;
  out.id = "anybody";
  for (const auto& type : model::messageTypes())
    if (type.comes) out.may_send.emplace_back(type.name);
  for (const auto& file : rulebook.library->mappings()) out.may_send.push_back(file.message);
  return out;
}

mapping::Limits limitsOf(const config::LimitSettings& settings) {
  mapping::Limits limits;
  limits.bytes = settings.document_bytes;
  limits.depth = settings.depth;
  limits.attributes = settings.attributes;
  limits.parts = settings.parts;
  limits.part_bytes = settings.part_bytes;
  limits.body_bytes = settings.message_bytes;
  return limits;
}

std::optional<OpenedRulebook> openRulebook(const std::string& config, const std::string& sender) {
  auto installation = assembleOrTell(config);
  if (!installation) return std::nullopt;
  OpenedRulebook out{*std::move(installation), {}, nullptr};
  const auto& rulebook = *out.installation.rulebook;
  if (!sender.empty() && !rulebook.partner(sender)) {
    std::cerr << "no partner '" << sender << "' in " << config << "\n";
    return std::nullopt;
  }
  out.sender = sender.empty() ? anybody(rulebook) : *rulebook.partner(sender);
  const auto limits = limitsOf(out.installation.configuration.settings.limits);
  out.reader = std::make_unique<mapping::Reader>(*rulebook.library, limits);
  return out;
}

ReadDocument readAs(const pipeline::Rulebook& rulebook, const pipeline::Partner& sender, mapping::Reader& reader,
                    const std::string& bytes) {
  const auto now = SystemClock().now();
  const auto kept = mapping::splitContentType(bytes);
  pipeline::Incoming incoming;
  incoming.body = kept.body;
  incoming.content_type = kept.content_type;
  ReadDocument out{pipeline::prepare(rulebook, sender, reader, incoming, now), {}};
  out.reply = pipeline::acknowledge(rulebook, out.prepared.decoded, out.prepared.outcome, out.prepared.why, now);
  return out;
}

}  // namespace causeway::app
