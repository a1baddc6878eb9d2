#include "host/mapping/merge_below.hpp"
#include "host/mapping/read_checks.hpp"
#include "host/mapping/read_run.hpp"

#include <google/protobuf/message.h>

// What is done when a message or the document has ended: elements find each other, its parts become messages, what is missing is noted.
namespace causeway::mapping {

using google::protobuf::Message;

Reading ReadRun::finish() {
  reading_.mapping = plan_->id + "@" + plan_->version;
  reading_.reply = plan_->reply;
  for (auto& where : unexplained_) ++reading_.unexplained[std::move(where)];
  links_.settle(deriver_, context_->day, reading_.findings);
  if (!base_->has_type()) base_->set_type(plan_->message);
  joinParts();
  if (split_parts_.empty()) reading_.messages.push_back(arena_->share(base_));
  for (size_t i = 0; i < reading_.messages.size(); ++i)
    deriveAndCheck(*reading_.messages[i], split_parts_.empty() ? -1 : static_cast<int>(i));
  arena_.reset();
  return std::move(reading_);
}

// Each part with what the elements around it say, nearest first, and with what the document says.
void ReadRun::joinParts() {
  if (split_parts_.empty()) return;
  std::unordered_map<int, int> index;
  for (const auto& part : split_parts_) {
    for (int around = part.number; around >= 0; around = outer_instance_[static_cast<size_t>(around)])
      if (const auto cover = covers_.find(around); cover != covers_.end())
        mergeBelow(*cover->second, *part.message, plan_->numbered);
    if (&part == &split_parts_.back()) takeBelow(*base_, *part.message, plan_->numbered);
    else mergeBelow(*base_, *part.message, plan_->numbered);
    index.emplace(part.number, static_cast<int>(reading_.messages.size()));
    reading_.messages.push_back(arena_->share(part.message));
  }
  for (auto& finding : reading_.findings)
    if (const auto found = index.find(finding.part); found != index.end()) finding.part = found->second;
}

std::vector<int> ReadRun::partsInside(const Instance& instance) const {
  std::vector<int> out;
  for (size_t i = instance.parts_before; i < split_parts_.size(); ++i)
    if (isInside(split_parts_[i].number, instance.number)) out.push_back(split_parts_[i].number);
  return out;
}

// A message of its own, or what is said of those that were made inside it. What a person should look at belongs to these messages
// and to no other of the document.
void ReadRun::closePart(const Instance& instance, const ScopePlan& plan) {
  auto* made = static_cast<canonical::CanonicalMessage*>(instance.element);
  auto inside = partsInside(instance);
  if (plan.split && inside.empty()) {
    split_parts_.push_back({made, instance.number});
    inside.push_back(instance.number);
  } else {
    covers_.emplace(instance.number, made);
  }
  const size_t end = reading_.findings.size();
  for (size_t i = instance.findings_before; i < end; ++i) {
    if (reading_.findings[i].part >= 0 || !isInside(finding_owner_[i], instance.number)) continue;
    reading_.findings[i].part = inside.empty() ? Finding::kNoPart : inside.front();
    for (size_t part = 1; part < inside.size(); ++part) {
      auto same = reading_.findings[i];
      same.part = inside[part];
      reading_.findings.push_back(std::move(same));
      finding_owner_.push_back(finding_owner_[i]);
    }
  }
}

void ReadRun::deriveAndCheck(canonical::CanonicalMessage& made, int part) {
  const size_t before = reading_.findings.size();
  deriver_.run(plan_->scopes.front(), made, context_->day, reading_.findings);
  for (const auto& required : plan_->require)
    if (isMissing(required, made)) note("missing_part", required.path.text(), "without this the message means nothing");
  for (size_t i = before; i < reading_.findings.size(); ++i) reading_.findings[i].part = part;
}

}  // namespace causeway::mapping
