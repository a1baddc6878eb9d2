#include "tests/fuzz/mapping_under_fuzz.hpp"

namespace {

using namespace causeway;

// What was accepted must also work: reading anything, writing a message that has nothing.
void use(const mapping::Library& library) {
  mapping::Reader reader(library, fuzz::limits());
  fuzz::readAll(reader, R"(<Doc id="1"><Urn>01ZD0303926</Urn><A b="c">d</A></Doc>)");
  fuzz::readAll(reader, R"({"doc":{"urn":"01ZD0303926","a":[{"b":1}]}})");
  for (const auto& file : library.mappings()) {
    const canonical::CanonicalMessage nothing;
    const auto* plan = library.writePlan(file.id);
    if (plan)
      (void)mapping::write(*plan, nothing, {}, {std::chrono::year(2026), std::chrono::June, std::chrono::day(2)});
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, size_t size) {
  Problems problems;
  auto node = config::parseYaml({reinterpret_cast<const char*>(data), size}, "fuzz.yaml", problems);
  if (!node) return 0;
  const auto library = mapping::Library::load({*std::move(node)}, mapping::Converters(), problems);
  fuzz::require(library != nullptr);
  for (const auto& problem : problems.sorted()) fuzz::require(!problem.what.empty() && problem.at.line > 0);
  if (!problems.hasErrors()) use(*library);
  return 0;
}
