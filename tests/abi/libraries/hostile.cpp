// An adapter that does what it must not, as its input says: to show that it harms nobody when it runs apart from the host.

#include "causeway/sdk.hpp"

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <string>
#include <vector>

namespace {

namespace sdk = causeway::sdk;

#ifdef OPEN_SOCKET_WHEN_LOADED
const int early_socket = ::socket(AF_INET, SOCK_STREAM, 0);
#endif
#ifdef WRITE_FILE_WHEN_LOADED
const int early_file = ::open("/tmp/causeway-hostile", O_WRONLY | O_CREAT, 0600);
#endif

void loopForEver() {
  for (volatile bool more = true; more;) {}
}

void crash() {
  std::signal(SIGSEGV, SIG_DFL);  // a sanitizer would catch it to report it
  std::raise(SIGSEGV);
}

void say(const void* bytes, size_t size) {
  if (::send(3, bytes, size, MSG_NOSIGNAL) < 0) std::abort();
}

class Hostile {
 public:
  static constexpr std::string_view kName = "hostile";
  static constexpr std::string_view kVersion = "1.0.0";
  static constexpr std::string_view kMessageTypes[] = {"hearing.listed"};
  static constexpr sdk::Setting kSettings[] = {
      {.name = "start", .description = "What to do when it starts.", .fallback = "well"},
      {.name = "secret", .description = "A secret.", .sensitive = true},
  };

  Hostile(const sdk::Settings& settings, sdk::Log log) : log_(log), secret_(settings.text("secret")) {
    const auto start = settings.text("start");
    if (start == "loop") loopForEver();
    if (start == "crash") crash();
    if (start == "reject") throw sdk::Rejected("no such secret: " + secret_);
  }

  void act(const sdk::Inputs& in, sdk::Outputs& out) {
    const auto what = in["do"];
    if (what == "read_file") out.put("value", std::to_string(::open("/etc/passwd", O_RDONLY)));
    if (what == "socket") out.put("value", std::to_string(::socket(AF_INET, SOCK_STREAM, 0)));
    if (what == "fork") out.put("value", std::to_string(::fork()));
    if (what == "exec") ::execl("/bin/true", "true", static_cast<char*>(nullptr));
    if (what == "trace") out.put("value", std::to_string(::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr)));
    if (what == "kill_host") ::kill(::getppid(), SIGTERM);
    if (what == "new_code") ::mmap(nullptr, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (what == "load_library") ::dlopen("libutil.so.1", RTLD_NOW);
    if (what == "crash") crash();
    if (what == "abort") std::abort();
    if (what == "exit") ::_exit(0);
    if (what == "loop") loopForEver();
    if (what == "garbage") say("\xFF\xFF\xFF\x7F and more", 13);
    if (what == "lie") lie();
    if (what == "flood_log") {
      for (int i = 0; i < 100000; ++i) log_.info("again and again");
    }
    if (what == "leak") throw sdk::Rejected("cannot place " + std::string(in["name"]) + " with " + secret_);
    if (what == "break") throw std::runtime_error("out of ideas");
    if (what == "echo") {
      for (size_t i = 0; i < in.size(); ++i) out.put(in.name(i), in.value(i));
    }
  }
  std::string identify(const sdk::Inputs& in) { return std::string(in["type"]); }

  static constexpr sdk::Converter<Hostile> kConverters[] = {{"hostile.act", &Hostile::act}};

 private:
  // Speaks to the host past the program it runs in: a finished answer whose value is not UTF-8.
  static void lie() {
    const std::uint32_t numbers[] = {5, 0, 0, 1, 5};
    std::string bytes(reinterpret_cast<const char*>(numbers), sizeof(numbers));
    const std::uint32_t value_size = 1;
    bytes += "value";
    bytes.append(reinterpret_cast<const char*>(&value_size), sizeof(value_size));
    bytes += '\xFF';
    const auto size = static_cast<std::uint32_t>(bytes.size());
    say(&size, sizeof(size));
    say(bytes.data(), bytes.size());
  }

  sdk::Log log_;
  std::string secret_;
};

}  // namespace

CAUSEWAY_EXPORT_ADAPTER(Hostile);
