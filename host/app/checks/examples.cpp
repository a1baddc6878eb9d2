#include "host/app/checks/examples.hpp"

#include "host/app/files.hpp"
#include "host/mapping/reader.hpp"
#include "host/model/codec.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace causeway::app {
namespace {

namespace fs = std::filesystem;

const std::string kExpected = ".expected";
// Tables and converters are asked for one day, so that a run of tomorrow says the same.
constexpr std::chrono::year_month_day kDay{std::chrono::year(2026), std::chrono::June, std::chrono::day(2)};

bool isExpectation(const fs::path& file) { return file.filename().string().find(kExpected) != std::string::npos; }

bool isExample(const fs::directory_entry& entry) {
  const auto ending = entry.path().extension();
  return entry.is_regular_file() && entry.path().parent_path().filename() == "examples" &&
         (ending == ".xml" || ending == ".json") && !isExpectation(entry.path());
}

Example exampleAt(const fs::path& file) {
  Example out{file, file.parent_path().parent_path().filename().string(), file.stem().string(), false, {}};
  const auto bytes = readBytes(file.string());
  canonical::CanonicalMessage message;
  if (file.extension() == ".json" && bytes && model::fromJson(*bytes, message) && message.has_type()) {
    out.outgoing = true;
    out.type = message.type();
  }
  return out;
}

std::string ending(const mapping::MappingFile& writer) {
  return *writer.writes == mapping::Format::Xml ? ".xml" : ".json";
}

bool isBelow(const mapping::MappingFile& mapping, const fs::path& folder) {
  return mapping.at.file && mapping.at.file->starts_with(folder.string() + "/");
}

class Rows {
 public:
  Rows(const mapping::Library& library, const std::vector<fs::path>& folders) : library_(library), folders_(folders) {
    for (const auto& mapping : library.mappings()) {
      if (mapping.reads) add(mapping, "in");
      if (mapping.writes) add(mapping, mapping.message == "reply" ? "answer" : "out");
    }
  }

  std::vector<SystemRow> all() {
    mapping::Reader reader(library_, mapping::Limits{});
    for (const auto& example : findExamples(folders_)) example.outgoing ? write(example) : read(example, reader);
    std::ranges::sort(rows_, {},
                      [](const SystemRow& row) { return std::tie(row.system, row.direction, row.type, row.mapping); });
    return std::move(rows_);
  }

 private:
  void add(const mapping::MappingFile& mapping, const std::string& direction) {
    rows_.push_back({systemOf(mapping, folders_), mapping.message, direction, mapping.id, mapping.version});
  }

  SystemRow* row(std::string_view mapping, std::string_view direction) {
    const auto found = std::ranges::find_if(
        rows_, [&](const SystemRow& one) { return one.mapping == mapping && one.direction == direction; });
    return found == rows_.end() ? nullptr : &*found;
  }

  // Which mapping reads it is the library's answer; one that nothing reads counts for its system, so that it shows.
  void read(const Example& example, mapping::Reader& reader) {
    const auto bytes = readBytes(example.file.string());
    if (!bytes) return;
    const auto decoded = reader.read(*bytes, {{}, kDay});
    const auto& mapping = decoded.reading.mapping;
    if (auto* one = row(mapping.substr(0, mapping.find('@')), "in")) {
      ++one->examples;
      one->failed += decoded.refused ? 1 : 0;
      one->unexplained += static_cast<int>(decoded.reading.unexplained.size());
      return writeBack(decoded);
    }
    for (auto& one : rows_)
      if (one.system == example.system && one.direction == "in") ++one.failed;
  }

  // A mapping that goes both ways shows with one document how it reads and how it writes.
  void writeBack(const mapping::Decoded& decoded) {
    const auto& mapping = decoded.reading.mapping;
    auto* one = row(mapping.substr(0, mapping.find('@')), "out");
    if (one && decoded.reading.messages.size() == 1) write(*decoded.reading.messages.front(), *one);
  }

  void write(const Example& example) {
    canonical::CanonicalMessage message;
    const auto bytes = readBytes(example.file.string());
    if (!bytes || !model::fromJson(*bytes, message)) return;
    for (const auto* writer : writersOf(library_, example))
      if (auto* one = row(writer->id, "out")) write(message, *one);
  }

  void write(const canonical::CanonicalMessage& message, SystemRow& row) {
    const auto written = mapping::write(*library_.writePlan(row.mapping), message, {}, kDay);
    ++row.examples;
    row.failed += written ? 0 : 1;
    row.unexplained += written ? static_cast<int>(written->lost.size()) : 0;
  }

  const mapping::Library& library_;
  const std::vector<fs::path>& folders_;
  std::vector<SystemRow> rows_;
};

std::string accountOf(const SystemRow& row) {
  if (row.direction == "answer") return "complete";
  if (row.failed > 0) return fmt::format("{} of its examples fail", row.failed);
  if (row.examples == 0) return "no example";
  return row.unexplained == 0 ? "complete" : fmt::format("{} unexplained", row.unexplained);
}

}  // namespace

std::vector<Example> findExamples(const std::vector<fs::path>& folders) {
  std::vector<fs::path> files;
  for (const auto& folder : folders)
    for (const auto& entry : fs::recursive_directory_iterator(folder))
      if (isExample(entry)) files.push_back(entry.path());
  std::ranges::sort(files);
  std::vector<Example> out;
  for (const auto& file : files) out.push_back(exampleAt(file));
  return out;
}

std::vector<const mapping::MappingFile*> writersOf(const mapping::Library& library, const Example& example) {
  std::vector<const mapping::MappingFile*> out;
  for (const auto& mapping : library.mappings())
    if (example.outgoing && mapping.writes && mapping.message == example.type &&
        isBelow(mapping, example.file.parent_path().parent_path()))
      out.push_back(&mapping);
  return out;
}

fs::path expectationOf(const Example& example) {
  return example.file.parent_path() / (example.name + kExpected + ".json");
}

fs::path expectationOf(const Example& example, const mapping::MappingFile& writer, const mapping::Library& library) {
  const auto others = writersOf(library, example);
  const auto same_format =
      std::ranges::count_if(others, [&](const auto* one) { return *one->writes == *writer.writes; });
  const auto folder = example.file.parent_path();
  const auto own =
      folder / (example.name + kExpected + "." + fs::path(*writer.at.file).stem().string() + ending(writer));
  return same_format > 1 || fs::exists(own) ? own : folder / (example.name + kExpected + ending(writer));
}

std::string systemOf(const mapping::MappingFile& mapping, const std::vector<fs::path>& folders) {
  for (const auto& folder : folders)
    if (isBelow(mapping, folder)) return fs::path(*mapping.at.file).lexically_relative(folder).begin()->string();
  return {};
}

std::vector<SystemRow> systemRows(const mapping::Library& library, const std::vector<fs::path>& folders) {
  return Rows(library, folders).all();
}

std::string systemTable(const std::vector<SystemRow>& rows) {
  std::string out =
      "| system | message type | direction | mapping | examples | field account |\n|---|---|---|---|---:|---|\n";
  for (const auto& row : rows)
    out += fmt::format("| {} | `{}` | {} | `{}` {} | {} | {} |\n", row.system, row.type, row.direction, row.mapping,
                       row.version, row.direction == "answer" ? "-" : std::to_string(row.examples), accountOf(row));
  return out;
}

}  // namespace causeway::app
