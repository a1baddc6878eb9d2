#include "host/plugin/child_worker.hpp"

#include "plugins/sdk/causeway/collectors.hpp"

#include <algorithm>

namespace causeway::plugin {
namespace {

auto after(std::chrono::milliseconds limit) { return std::chrono::steady_clock::now() + limit; }

// The kinds that an adapter can cause; a child that claims another one is not to be believed.
ErrorKind kindOf(std::uint32_t number) {
  if (number == static_cast<std::uint32_t>(ErrorKind::Invalid)) return ErrorKind::Invalid;
  if (number == static_cast<std::uint32_t>(ErrorKind::Unavailable)) return ErrorKind::Unavailable;
  return ErrorKind::Broken;
}

}  // namespace

Result<std::unique_ptr<Worker>> ChildWorker::create(const Blueprint& blueprint, std::unique_ptr<ChildProcess> child,
                                                    std::chrono::milliseconds call_limit) {
  std::unique_ptr<ChildWorker> worker(new ChildWorker(blueprint, std::move(child), call_limit));
  CW_CHECK_OK(worker->ask({Message::Kind::Start, 0, {}, blueprint.settings}, "adapter " + blueprint.name + ": create"));
  return worker;
}

Result<pipeline::Fields> ChildWorker::call(Hook hook, std::string_view converter, const pipeline::Fields& fields) {
  return ask({Message::Kind::Call, static_cast<std::uint32_t>(hook), std::string(converter), fields},
             placeOf(blueprint_, hook, converter));
}

Result<pipeline::Fields> ChildWorker::ask(const Message& question, const std::string& where) {
  const auto until = after(call_limit_);
  unsigned lines = 0;
  auto problem = send(child_->socket(), question, until);
  if (!problem && problem.error().kind == ErrorKind::TooLarge)
    return fail(ErrorKind::TooLarge, problem.error().what, where);
  while (problem) {
    auto answer = receive(child_->socket(), until);
    if (!answer) problem = std::unexpected(answer.error());
    else if (answer->kind == Message::Kind::Log) log(*answer, question.fields, lines);
    else return checked(*std::move(answer), question.fields, where);
  }
  fit_ = false;
  return fail(ErrorKind::Broken, child_->end(problem.error().kind == ErrorKind::Unavailable), where);
}

Result<pipeline::Fields> ChildWorker::checked(Message answer, const pipeline::Fields& asked, const std::string& where) {
  if (answer.kind == Message::Kind::Failed) {
    const auto kind = kindOf(answer.number);
    if (kind == ErrorKind::Broken) fit_ = false;
    return fail(kind, blanked(sdk::printable(answer.text), asked, blueprint_), where);
  }
  sdk::FieldCollector out;
  const auto sink = out.sink();
  for (const auto& [name, value] : answer.fields) sink.put(sink.ctx, sdk::strOf(name), sdk::strOf(value));
  if (answer.kind == Message::Kind::Done && out.breach().empty()) return out.take();
  fit_ = false;
  return fail(ErrorKind::Broken, out.breach().empty() ? "answered out of turn" : out.breach(), where);
}

void ChildWorker::log(const Message& message, const pipeline::Fields& asked, unsigned& lines) const {
  if (!blueprint_.log || ++lines > CW_MAX_LOG_LINES) return;
  const int level = static_cast<int>(std::min<std::uint32_t>(message.number, CW_LOG_WARNING));
  blueprint_.log(blueprint_.name, level, blanked(sdk::printable(message.text), asked, blueprint_));
}

}  // namespace causeway::plugin
