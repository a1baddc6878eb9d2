#include "host/app/commands.hpp"
#include "host/app/files.hpp"
#include "host/app/reading.hpp"
#include "host/model/codec.hpp"

#include <algorithm>
#include <filesystem>
#include <iostream>

namespace causeway::app {
namespace {

namespace fs = std::filesystem;

struct Totals {
  int read = 0, written = 0, mistakes = 0;
};

// What an example should become: named so, or of the same name as the document beside it.
bool isExpectation(const fs::path& file) {
  auto document = file;
  return file.filename().string().find(".expected") != std::string::npos ||
         (file.extension() == ".json" && fs::exists(document.replace_extension(".xml")));
}

/// Reads and writes the examples that lie beside the mappings: a field that no rule explains is a mistake, and where a mapping goes both
/// ways the document that it writes must say the same again.
class Examples {
 public:
  explicit Examples(OpenedRulebook& opened) : opened_(opened), library_(*opened.installation.rulebook->library) {}

  Totals run() {
    std::vector<fs::path> files;
    for (const auto& folder : opened_.installation.configuration.settings.folders.mappings)
      for (const auto& entry : fs::recursive_directory_iterator(folder.path))
        if (entry.is_regular_file() && entry.path().parent_path().filename() == "examples" &&
            !isExpectation(entry.path()))
          files.push_back(entry.path());
    std::ranges::sort(files);
    for (const auto& file : files) one(file);
    return totals_;
  }

 private:
  void one(const fs::path& file) {
    const auto bytes = readBytes(file.string());
    if (!bytes) return mistake(file, bytes.error().text());
    canonical::CanonicalMessage message;
    if (file.extension() == ".json" && model::fromJson(*bytes, message) && message.has_type())
      return write(file, message);
    if (file.extension() == ".xml" || file.extension() == ".json") read(file, *bytes);
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

  // The mappings of the same folder that write this type of message.
  void write(const fs::path& file, const canonical::CanonicalMessage& message) {
    for (const auto& mapping : library_.mappings()) {
      if (!mapping.writes || mapping.reads || mapping.message != message.type() || !mapping.at.file) continue;
      if (fs::path(*mapping.at.file).parent_path() != file.parent_path().parent_path()) continue;
      const auto written =
          mapping::write(*library_.writePlan(mapping.id), message, {}, toLondon(SystemClock().now()).date);
      if (!written) {
        mistake(file, mapping.id + " cannot write it: " + written.error().text());
        continue;
      }
      ++totals_.written;
      for (const auto& lost : written->lost)
        mistake(file, mapping.id + " neither carries nor leaves out '" + lost + "'");
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
  const auto totals = Examples(*opened).run();
  std::cout << config << ": " << rulebook.partners.size() << " partners, " << rulebook.adapters.size() << " adapters, "
            << rulebook.library->mappings().size() << " mappings, " << rulebook.library->envelopes().size()
            << " envelopes, " << rulebook.library->tables().size() << " code tables, "
            << rulebook.routes->targets().size() << " route targets; " << totals.read << " examples read, "
            << totals.written << " written; "
            << (totals.mistakes == 0 ? "no mistakes" : std::to_string(totals.mistakes) + " mistakes") << "\n";
  return totals.mistakes == 0 ? 0 : 1;
}

}  // namespace causeway::app
