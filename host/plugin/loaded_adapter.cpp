#include "host/plugin/loaded_adapter.hpp"

#include "host/base/text.hpp"
#include "host/plugin/verdict.hpp"
#include "plugins/sdk/causeway/contract.hpp"

#include <algorithm>

namespace causeway::plugin {

LoadedAdapter::LoadedAdapter(std::shared_ptr<AdapterLibrary> library, pipeline::Fields settings, AdapterLog log)
    : library_(std::move(library)) {
  blueprint_.table = library_->table();
  blueprint_.name = library_->description().name;
  blueprint_.settings = std::move(settings);
  blueprint_.log = std::move(log);
  for (const auto& setting : library_->description().settings) {
    if (setting.sensitive) blueprint_.sensitive.push_back(setting.name);
  }
}

Result<std::unique_ptr<pipeline::Adapter>> LoadedAdapter::start(std::shared_ptr<AdapterLibrary> library,
                                                                const pipeline::Fields& settings, AdapterLog log) {
  const std::string file = library->description().file;
  pipeline::Fields complete;
  std::vector<std::string> problems;
  for (auto& problem : library->checkSettings(settings, complete)) problems.push_back(std::move(problem.what));
  if (!problems.empty()) return fail(ErrorKind::Invalid, join(problems, "; "), file);
  std::unique_ptr<LoadedAdapter> adapter(new LoadedAdapter(std::move(library), std::move(complete), std::move(log)));
  auto first = adapter->borrow();
  if (!first) return fail(first.error().kind, "does not start: " + first.error().what, file);
  adapter->giveBack(*std::move(first));
  return adapter;
}

Result<std::unique_ptr<Worker>> LoadedAdapter::borrow() {
  {
    const std::lock_guard lock(mutex_);
    if (!idle_.empty()) {
      auto instance = std::move(idle_.back());
      idle_.pop_back();
      return instance;
    }
  }
  return library_->makeWorker(blueprint_);
}

void LoadedAdapter::giveBack(std::unique_ptr<Worker> instance) {
  if (!instance->fit()) return;
  const std::lock_guard lock(mutex_);
  idle_.push_back(std::move(instance));
}

Result<pipeline::Fields> LoadedAdapter::call(Hook hook, std::string_view converter, const pipeline::Fields& fields) {
  CW_TRY(auto instance, borrow());
  auto answer = instance->call(hook, converter, fields);
  giveBack(std::move(instance));
  return answer;
}

Failure LoadedAdapter::broken(std::string_view hook, const std::vector<std::string>& breaches) const {
  return fail(ErrorKind::Broken, join(breaches, "; "), "adapter " + name() + ": " + std::string(hook));
}

Result<pipeline::Fields> LoadedAdapter::convert(std::string_view converter, const pipeline::Fields& inputs) {
  if (std::ranges::find(library_->description().converters, converter) == library_->description().converters.end()) {
    return fail(ErrorKind::NotFound, "has no converter '" + std::string(converter) + "'", "adapter " + name());
  }
  return call(Hook::Convert, converter, inputs);
}

Result<std::string> LoadedAdapter::identify(const pipeline::Fields& fields) {
  if (!identifies()) return std::string();
  CW_TRY(const auto answer, call(Hook::Identify, {}, fields));
  const auto breaches = sdk::identityBreaches(blueprint_.table, answer);
  if (!breaches.empty()) return broken("identify", breaches);
  return std::string(sdk::valueOf(answer, "message_type"));
}

Result<pipeline::Fields> LoadedAdapter::wrap(const pipeline::Fields& fields) {
  if (!can(CW_CAN_WRAP)) return fields;
  CW_TRY(auto changes, call(Hook::Wrap, {}, fields));
  pipeline::Fields out = fields;
  for (auto& change : changes) {
    const auto same = std::ranges::find(out, change.first, &pipeline::Fields::value_type::first);
    if (same == out.end()) out.push_back(std::move(change));
    else same->second = std::move(change.second);
  }
  return out;
}

Result<pipeline::ReplyVerdict> LoadedAdapter::classifyReply(const pipeline::Fields& fields) {
  if (!can(CW_CAN_CLASSIFY_REPLY)) return verdictByStatus(fields);
  CW_TRY(const auto answer, call(Hook::ClassifyReply, {}, fields));
  const auto breaches = sdk::verdictBreaches(answer);
  if (!breaches.empty()) return broken("classify_reply", breaches);
  return verdictOf(answer);
}

}  // namespace causeway::plugin
