#include "tests/contract/courts/corpus.hpp"
#include "tests/contract/courts/courts_reader.hpp"
#include "tests/support/want.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <iostream>
#include <map>
#include <regex>

// Every public sample of Common Platform's JSON: read with every field explained, held for what it lacks, or refused for a reason that is
// written down here. Prints the table by folder.
namespace causeway::courts {
namespace {

using nlohmann::json;
using support::fileText;

// Events that are read. Those that say nothing but a number are told apart by their name, which the samples do not carry: it is put back
// from the name of the file.
constexpr std::array<std::string_view, 24> kRead = {"public.events.hearing.hearing-result",
                                                    "public.hearing-result",
                                                    "public.hearing.resulted-",
                                                    "public.hearing.resulted.",
                                                    "shared--",
                                                    "public.results.police-result-generated",
                                                    "results.police-result-generated",
                                                    "public.hearing.trial-vacated",
                                                    "public.listing.vacated-trial-updated",
                                                    "public.listing.hearing-listed",
                                                    "public.listing.hearing-confirmed",
                                                    "public.listing.hearing-updated",
                                                    "public.listing.hearing-days-changed-for-hearing",
                                                    "public.hearing.hearing-days-cancelled",
                                                    "public.events.listing.next-hearing-day-changed",
                                                    "public.events.listing.allocated-hearing-deleted",
                                                    "public.listing.events.hearing-deleted",
                                                    "public.events.hearing.marked-as-duplicate",
                                                    "public.events.listing.hearing-unallocated",
                                                    "public.hearing.hearing-offence-plea-updated",
                                                    "public.hearing.hearing-offence-verdict-updated",
                                                    "public.hearing.offence-conviction-date-changed",
                                                    "public.progression.event.hearing-resulted-case-updated",
                                                    "public.progression.prosecution-case-created"};

bool isRead(const std::string& name) {
  return std::ranges::any_of(kRead, [&](std::string_view known) { return name.starts_with(known); });
}

// The name of an event as its file is called: "~2" marks a further sample, "_" and what follows a variant.
std::string eventNameOf(const std::string& file) {
  return std::regex_replace(file, std::regex("(~[0-9]+|_.*)?\\.json$"), "");
}

std::string namedEvent(const std::string& text, const std::string& file) {
  auto document = json::parse(text, nullptr, false);
  if (!document.is_object() || !file.starts_with("public.") || document.size() > 4) return text;
  if (!document.contains("hearingId") || document.contains("_metadata")) return text;
  document["_metadata"] = {{"name", eventNameOf(file)}};
  return document.dump();
}

struct Row {
  int read = 0, held = 0, refused = 0, unexplained = 0;
  std::map<std::string, int> why;
};

// A sample that lacks what nobody can do without, or holds words of its template where a date should be.
bool mayBeHeld(const mapping::Decoded& decoded) {
  return hasFinding(decoded, "missing_part") || hasFinding(decoded, "bad_value");
}

// Why a document is refused, in the words of this page.
std::string refusal(const std::string& file, const std::string& text, const std::string& said) {
  const auto document = json::parse(text, nullptr, false);
  if (document.is_discarded()) return "not JSON";
  if (said.find("same key twice") != std::string::npos) return "a key stands twice";
  if (document.is_object() && document.contains("hearing") && document["hearing"].is_object())
    return "an older shape of the hearing";
  if (document.is_object() && document.contains("prosecutionCases") && document.contains("hearingDays"))
    return "a hearing without its outer object";
  if (isRead(file)) return "";
  return "a kind of event that says nothing to witness care, or says it elsewhere";
}

void readFolder(const std::filesystem::path& folder, std::map<std::string, Row>& table) {
  for (const auto& path : filesBelow(folder, ".json")) {
    const auto file = path.filename().string();
    if (file == "pairs.json") continue;
    auto& row = table[path.parent_path().lexically_relative(folder.parent_path()).string()];
    const auto text = namedEvent(fileText(path.string()), file);
    const auto decoded = decode(text);
    if (decoded.refused) {
      ++row.refused;
      const auto why = refusal(file, text, decoded.refused->text());
      EXPECT_NE(why, "") << file << ": " << decoded.refused->text();
      ++row.why[why];
      continue;
    }
    row.unexplained += static_cast<int>(decoded.reading.unexplained.size());
    EXPECT_TRUE(decoded.reading.unexplained.empty()) << file;
    EXPECT_FALSE(decoded.reading.messages.empty()) << file;
    ++(mayBeHeld(decoded) ? row.held : row.read);
  }
}

TEST(CourtsSamples, AreReadWithEveryFieldExplainedOrRefusedForAKnownReason) {
  NEED_CORPUS(folder);
  std::map<std::string, Row> table;
  for (const char* part : {"cp-hearing-resulted", "cp-events/example", "spi-resulted-case/cpp-json-and-xml"})
    readFolder(folder / part, table);
  std::cout << "folder: read, held for a person, refused, unexplained fields\n";
  int read = 0;
  for (const auto& [name, row] : table) {
    std::cout << "  " << name << ": " << row.read << ", " << row.held << ", " << row.refused << ", " << row.unexplained
              << "\n";
    for (const auto& [why, count] : row.why) std::cout << "      refused " << count << ": " << why << "\n";
    read += row.read;
  }
  EXPECT_GT(read, 0);
}

}  // namespace
}  // namespace causeway::courts
