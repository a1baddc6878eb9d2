// causeway-adapter-child: runs one instance of one adapter away from the host. Started by ChildWorker with the socket to the
// host as descriptor 3 and the sealed library as descriptor 4, nothing else. Gives up all rights before it loads the library.

#include "host/plugin/declaration.hpp"
#include "host/plugin/instance.hpp"
#include "host/plugin/load.hpp"
#include "host/plugin/lockdown.hpp"
#include "host/plugin/wire.hpp"

#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>

#include <cstdio>

namespace causeway::plugin {
namespace {

constexpr int kSocket = 3;
constexpr const char* kLibrary = "/proc/self/fd/4";

// Longer than the host waits. If the host is gone, nobody else would end a call that never ends.
constexpr time_t kLongestCallSeconds = 600;

void alarmAfter(time_t seconds) {
  const itimerval timer{{0, 0}, {seconds, 0}};
  ::setitimer(ITIMER_REAL, &timer, nullptr);
}

constexpr auto kNever = std::chrono::steady_clock::time_point::max();
constexpr auto kPatience = std::chrono::hours(1);

auto soon() { return std::chrono::steady_clock::now() + kPatience; }

bool tell(const Message& message) { return send(kSocket, message, soon()).has_value(); }

bool tellFailure(const Error& error) {
  return tell({Message::Kind::Failed, static_cast<std::uint32_t>(error.kind), error.what, {}});
}

class Child {
 public:
  // True when the adapter is loaded and the host knows what it declares.
  bool load() {
    if (const auto locked = lockDown(Lockdown::Loading); !locked) return tellFailure(locked.error()), false;
    bool loaded = false;
    const auto table = loadTable(kLibrary, loaded);
    if (!table) return tellFailure(table.error()), false;
    if (const auto locked = lockDown(Lockdown::Running); !locked) return tellFailure(locked.error()), false;
    blueprint_.table = *table;
    blueprint_.log = [](std::string_view, int level, std::string_view line) {
      tell({Message::Kind::Log, static_cast<std::uint32_t>(level), std::string(line), {}});
    };
    return tell({Message::Kind::Ready, 0, {}, declarationOf(*table)});
  }

  // Serves the host until it hangs up.
  void serve() {
    for (;;) {
      auto message = receive(kSocket, kNever);
      if (!message) {
        if (message.error().kind == ErrorKind::Unavailable) continue;
        return;
      }
      alarmAfter(kLongestCallSeconds);
      const bool told = answer(std::move(*message));
      alarmAfter(0);
      if (!told) return;
    }
  }

 private:
  bool answer(Message message) {
    if (message.kind == Message::Kind::Start && !instance_) {
      blueprint_.settings = std::move(message.fields);
      auto instance = Instance::create(blueprint_);
      if (!instance) return tellFailure(instance.error());
      instance_ = *std::move(instance);
      return tell({Message::Kind::Done, 0, {}, {}});
    }
    if (message.kind != Message::Kind::Call || !instance_ ||
        message.number > static_cast<std::uint32_t>(Hook::Convert)) {
      return false;
    }
    auto answer = instance_->call(static_cast<Hook>(message.number), message.text, message.fields);
    if (!answer) return tellFailure(answer.error());
    return tell({Message::Kind::Done, 0, {}, *std::move(answer)});
  }

  Blueprint blueprint_;
  std::unique_ptr<Instance> instance_;
};

}  // namespace
}  // namespace causeway::plugin

int main() {
  struct stat status{};
  if (::fstat(3, &status) != 0 || !S_ISSOCK(status.st_mode)) {
    std::fputs("causeway-adapter-child is started by the host, not by people\n", stderr);
    return 2;
  }
  causeway::plugin::Child child;
  if (child.load()) child.serve();
  // Without the clean-up of the process: it would call into the adapter and the kernel for nothing.
  ::_exit(0);
}
