#include "host/mapping/merge_below.hpp"
#include "host/mapping/read_checks.hpp"
#include "host/mapping/read_run.hpp"

#include <google/protobuf/message.h>

// What is done when a document has ended: its elements find each other, its parts become messages, what is missing is noted.
namespace causeway::mapping {

using google::protobuf::Message;

Reading ReadRun::finish() {
  reading_.mapping = plan_->id + "@" + plan_->version;
  reading_.reply = plan_->reply;
  for (auto& where : unexplained_) ++reading_.unexplained[std::move(where)];
  links_.settle(deriver_, context_->day, reading_.findings);
  if (!base_->has_type()) base_->set_type(plan_->message);
  for (auto* part : split_parts_) {
    if (part == split_parts_.back()) takeBelow(*base_, *part);
    else mergeBelow(*base_, *part);
    reading_.messages.push_back(arena_->share(part));
  }
  if (split_parts_.empty()) reading_.messages.push_back(arena_->share(base_));
  for (size_t i = 0; i < reading_.messages.size(); ++i)
    deriveAndCheck(*reading_.messages[i], split_parts_.empty() ? -1 : static_cast<int>(i));
  arena_.reset();
  return std::move(reading_);
}

void ReadRun::deriveAndCheck(canonical::CanonicalMessage& made, int part) {
  const size_t before = reading_.findings.size();
  deriver_.run(plan_->scopes.front(), made, context_->day, reading_.findings);
  for (const auto& required : plan_->require)
    if (isMissing(required, made)) note("missing_part", required.path.text(), "without this the message means nothing");
  for (size_t i = before; i < reading_.findings.size(); ++i) reading_.findings[i].part = part;
}

}  // namespace causeway::mapping
