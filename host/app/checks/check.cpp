#include "host/app/checks/cross_checks.hpp"
#include "host/app/checks/examples.hpp"
#include "host/app/commands/commands.hpp"
#include "host/app/commands/reading.hpp"
#include "host/app/desks/record_of_processing.hpp"
#include "host/app/files.hpp"
#include "host/model/codec.hpp"

#include <filesystem>
#include <iostream>

namespace causeway::app {
namespace {

namespace fs = std::filesystem;

struct Totals {
  int read = 0, written = 0, mistakes = 0;
};

/// Reads and writes the examples that lie beside the mappings: a field that no rule explains is a mistake, and where a mapping goes both
/// ways the document that it writes must say the same again.
class Examples {
 public:
  explicit Examples(OpenedRulebook& opened) : opened_(opened), library_(*opened.installation.rulebook->library) {}

  Totals run() {
    std::vector<fs::path> folders;
    for (const auto& folder : opened_.installation.configuration.settings.folders.mappings)
      folders.push_back(folder.path);
    for (const auto& example : findExamples(folders)) one(example);
    return totals_;
  }

 private:
  void one(const Example& example) {
    const auto bytes = readBytes(example.file.string());
    if (!bytes) return mistake(example.file, bytes.error().text());
    canonical::CanonicalMessage message;
    if (!example.outgoing) read(example.file, *bytes);
    else if (model::fromJson(*bytes, message)) write(example, message);
  }

  void read(const fs::path& file, const std::string& bytes) {
    auto read = opened_.read(bytes);
    auto& reading = read.prepared.decoded.reading;
    if (read.prepared.outcome != "accepted") return mistake(file, read.prepared.outcome + ": " + read.prepared.why);
    ++totals_.read;
    for (const auto& [path, count] : reading.unexplained) mistake(file, "'" + path + "' is neither mapped nor ignored");
    const auto id = reading.mapping.substr(0, reading.mapping.find('@'));
    const auto* back = library_.writePlan(id);
    if (!back || reading.messages.size() != 1) return;
    const auto written = mapping::write(*back, *reading.messages.front(), {}, toLondon(SystemClock().now()).date);
    if (!written) return mistake(file, "cannot be written back: " + written.error().text());
    for (const auto& lost : written->lost) std::cout << file.string() << ": lost on the way back: " << lost << "\n";
    const auto again = opened_.read(written->bytes);
    if (again.prepared.outcome != "accepted") mistake(file, "what is written back is refused: " + again.prepared.why);
  }

  // By the mappings of the same folder that write this type of message.
  void write(const Example& example, const canonical::CanonicalMessage& message) {
    for (const auto* mapping : writersOf(library_, example)) {
      const auto written =
          mapping::write(*library_.writePlan(mapping->id), message, {}, toLondon(SystemClock().now()).date);
      if (!written) {
        mistake(example.file, mapping->id + " cannot write it: " + written.error().text());
        continue;
      }
      ++totals_.written;
      for (const auto& lost : written->lost)
        mistake(example.file, mapping->id + " neither carries nor leaves out '" + lost + "'");
    }
  }

  void mistake(const fs::path& file, const std::string& what) {
    ++totals_.mistakes;
    std::cerr << file.string() << ": " << what << "\n";
  }

  OpenedRulebook& opened_;
  const mapping::Library& library_;
  Totals totals_;
};

}  // namespace

int check(const std::string& config) {
  auto opened = openRulebook(config, "");
  if (!opened) return 1;
  const auto& rulebook = *opened->installation.rulebook;
  Problems of_record;
  checkRecord(opened->installation.configuration, rulebook, of_record);
  std::cerr << of_record.text();
  if (of_record.hasErrors()) return 1;
  Problems problems;
  lint(opened->installation.configuration, rulebook, toLondon(SystemClock().now()).date, problems);
  std::cerr << problems.text();
  auto totals = Examples(*opened).run();
  // A warning is for a person to think about, and may stand.
  for (const auto& problem : problems.sorted()) totals.mistakes += problem.severity == Problem::Severity::Error ? 1 : 0;
  std::cout << config << ": " << rulebook.partners.size() << " partners, " << rulebook.adapters.size() << " adapters, "
            << rulebook.library->mappings().size() << " mappings, " << rulebook.library->envelopes().size()
            << " envelopes, " << rulebook.library->tables().size() << " code tables, "
            << rulebook.routes->targets().size() << " route targets; " << totals.read << " examples read, "
            << totals.written << " written; "
            << (totals.mistakes == 0 ? "no mistakes" : std::to_string(totals.mistakes) + " mistakes") << "\n";
  return totals.mistakes == 0 ? 0 : 1;
}

}  // namespace causeway::app
