#include "host/app/bench/bench.hpp"
#include "host/app/bench/timing.hpp"
#include "host/app/checks/examples.hpp"
#include "host/app/files.hpp"
#include "host/mapping/json_floor.hpp"
#include "host/mapping/xml_floor.hpp"

#include <fmt/format.h>

#include <iostream>
#include <map>

namespace causeway::app {
namespace {

constexpr int kRounds = 9;

/// The largest example of one mapping.
struct Sample {
  const mapping::MappingFile* mapping = nullptr;
  Example example;
  std::string bytes;
  size_t messages = 0;
};

std::string idOf(const mapping::Decoded& decoded) {
  return decoded.reading.mapping.substr(0, decoded.reading.mapping.find('@'));
}

std::map<std::string, Sample> largestSamples(const mapping::Library& library,
                                             const std::vector<std::filesystem::path>& folders,
                                             const mapping::ReadOptions& options) {
  mapping::Reader reader(library, mapping::Limits{});
  std::map<std::string, Sample> out;
  for (const auto& example : findExamples(folders)) {
    if (example.outgoing) continue;
    auto bytes = readBytes(example.file.string());
    const auto decoded = bytes ? reader.read(*bytes, options) : mapping::Decoded();
    if (!bytes || decoded.refused) continue;
    auto& known = out[idOf(decoded)];
    if (bytes->size() <= known.bytes.size()) continue;
    const auto file = std::ranges::find(library.mappings(), idOf(decoded), &mapping::MappingFile::id);
    known = {&*file, example, *std::move(bytes), decoded.reading.messages.size()};
  }
  return out;
}

struct Measured {
  double floor = 0, mapped = 0, share = 0, to_simdjson = 0;  // the last for JSON only
};

Measured measure(const Sample& sample, mapping::Reader& reader, const mapping::ReadOptions& options, double seconds) {
  mapping::XmlFloor xml;
  mapping::JsonFloor json;
  const bool is_xml = *sample.mapping->reads == mapping::Format::Xml;
  std::vector<double> floors, maps, shares, to_simdjson;
  for (int round = 0; round < kRounds; ++round) {
    const double window = seconds / kRounds / 3;
    floors.push_back(micros(window, [&] { (void)(is_xml ? xml.parse(sample.bytes) : json.stream(sample.bytes)); }));
    const double indexed = is_xml ? 0 : micros(window, [&] { (void)json.parse(sample.bytes); });
    maps.push_back(micros(window, [&] { (void)reader.read(sample.bytes, options); }));
    shares.push_back(maps.back() / floors.back());
    to_simdjson.push_back(is_xml ? 0 : maps.back() / indexed);
  }
  return {median(floors), median(maps), median(shares), median(to_simdjson)};
}

}  // namespace

void benchExamples(const OpenedRulebook& opened, double seconds) {
  std::vector<std::filesystem::path> folders;
  for (const auto& folder : opened.installation.configuration.settings.folders.mappings) folders.push_back(folder.path);
  const auto& library = *opened.installation.rulebook->library;
  const mapping::ReadOptions options{{}, toLondon(SystemClock().now()).date};
  const auto samples = largestSamples(library, folders, options);
  mapping::Reader reader(library, mapping::Limits{});
  std::cout << fmt::format("\n{:<28} {:<48} {:>7} {:>12} {:>13} {:>10} {:>10}\n", "type",
                           "mapping: its largest example", "bytes", "messages/s", "x the parser", "parser us",
                           "x simdjson");
  for (const auto& [id, sample] : samples) {
    const auto measured = measure(sample, reader, options, seconds / static_cast<double>(samples.size()));
    std::cout << fmt::format("{:<28} {:<48} {:>7} {:>12.0f} {:>13.2f} {:>10.1f} {:>10}\n", sample.mapping->message,
                             id + ": " + sample.example.name, sample.bytes.size(),
                             static_cast<double>(sample.messages) / measured.mapped * 1e6, measured.share,
                             measured.floor,
                             measured.to_simdjson > 0 ? fmt::format("{:.2f}", measured.to_simdjson) : "-");
  }
  std::cout
      << "parser: a bare streaming parser with empty handlers, XML libxml2 SAX2, JSON RapidJSON; beside it simdjson on "
         "demand over every value, which indexes the document first; in the same run, one thread\n";
}

}  // namespace causeway::app
