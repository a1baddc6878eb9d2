#include "tests/contract/courts/courts_reader.hpp"

#include "host/config/yaml.hpp"
#include "host/plugin/loader.hpp"
#include "tests/contract/courts/corpus.hpp"
#include "tests/support/adapter_converters.hpp"

#include <algorithm>
#include <memory>
#include <vector>

namespace causeway::courts {
namespace {

constexpr std::chrono::year_month_day kDay{std::chrono::year(2026), std::chrono::June, std::chrono::day(2)};

std::shared_ptr<pipeline::Adapter> adapter() {
  plugin::Trust trust;
  trust.development = true;
  plugin::AdapterSource source;
  source.file = CAUSEWAY_COURTS_PLUGIN;
  auto loaded = plugin::loadAdapter(source, trust);
  if (!loaded) {
    ADD_FAILURE() << loaded.error().text();
    return nullptr;
  }
  return *std::move(loaded);
}

std::unique_ptr<mapping::Library> load() {
  Problems problems;
  std::vector<Node> files;
  for (const std::string folder : {"courts", "common"}) {
    for (const auto& path : filesBelow(std::filesystem::path(CAUSEWAY_SOURCE_DIR) / "mappings" / folder, ".yaml")) {
      auto node = config::loadYaml(path, problems);
      if (node) files.push_back(*std::move(node));
    }
  }
  mapping::Converters converters;
  if (const auto loaded = adapter()) support::addConverters(loaded, converters);
  auto out = mapping::Library::load(std::move(files), std::move(converters), problems);
  EXPECT_FALSE(problems.hasErrors()) << problems.text();
  return out;
}

std::string routeData(const std::string& document, bool twice) {
  return R"(<?xml version="1.0" encoding="UTF-8"?><RouteData xmlns="http://schemas.cjse.gov.uk/common/operations" )"
         R"(xmlns:e="http://schemas.cjse.gov.uk/common/businessentities" VersionNumber="1.0" RequestResponse="Request">)"
         R"(<RequestFromSystem VersionNumber="1.0"><CorrelationID> C-1 </CorrelationID><SystemID>Z00CJSE</SystemID></RequestFromSystem>)"
         R"(<DataStream VersionNumber="1.0"><e:System>C00CommonPlatform</e:System><e:DataStreamType>SPIResults</e:DataStreamType>)"
         R"(<e:SystemDataStreamID>S-1</e:SystemDataStreamID><e:DataStreamContent>)" +
         escaped(twice ? escaped(document) : document) +
         R"(</e:DataStreamContent></DataStream><Routes VersionNumber="1.0"><Route VersionNumber="1.0"><RouteID>7</RouteID>)"
         R"(<RouteSourceSystem>C00CommonPlatform</RouteSourceSystem><RouteDestinationSystem>Z00CJSE</RouteDestinationSystem>)"
         R"(</Route></Routes></RouteData>)";
}

std::string withoutDeclaration(const std::string& document) {
  const size_t end = document.starts_with("<?xml") ? document.find("?>") : std::string::npos;
  return end == std::string::npos ? document : document.substr(end + 2);
}

}  // namespace

const mapping::Library& library() {
  static const auto loaded = load();
  return *loaded;
}

mapping::Decoded decode(std::string_view document) {
  static mapping::Reader reader(library(), mapping::Limits{});
  return reader.read(document, {{}, kDay});
}

mapping::NamedValues replyValues(const mapping::Decoded& decoded, const std::string& outcome) {
  mapping::NamedValues out{{"reply.outcome", outcome}, {"reply.text", "what happened, in words"}};
  for (const auto& [name, value] : decoded.envelope) out.emplace("envelope." + name, value);
  return out;
}

std::string reply(std::string_view mapping, const mapping::NamedValues& values) {
  const auto* plan = library().writePlan(mapping);
  if (!plan) {
    ADD_FAILURE() << "no mapping " << mapping;
    return {};
  }
  const canonical::CanonicalMessage nothing;
  auto written = mapping::write(*plan, nothing, values, kDay);
  if (!written) ADD_FAILURE() << written.error().text();
  return written ? written->bytes : std::string();
}

std::map<std::string, std::string> wrapped(const std::string& document) {
  std::map<std::string, std::string> out{{"bare", document}};
  out["deliver"] =
      R"(<DeliverRequest xmlns="http://schemas.cjse.gov.uk/messages/deliver/2006-05" )"
      R"(xmlns:msg="http://schemas.cjse.gov.uk/messages/messaging/2006-05" )"
      R"(xmlns:mm="http://schemas.cjse.gov.uk/messages/metadata/2006-05"><msg:MessageIdentifier>C-1</msg:MessageIdentifier>)"
      R"(<mm:MessageMetadata><mm:OriginatingSystem><msg:Name>C00CommonPlatform</msg:Name></mm:OriginatingSystem>)"
      R"(</mm:MessageMetadata><Message>)" +
      withoutDeclaration(document) + "</Message></DeliverRequest>";
  out["route"] = routeData(document, false);
  out["route_twice"] = routeData(document, true);
  out["route_commented"] = routeData("<!-- a hash of its own -->" + document, false);
  out["soap"] =
      R"(<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><SubmitRequestMes )"
      R"(xmlns="http://schemas.cjse.gov.uk/endpoint/types/"><RequestID>R-1</RequestID><SourceID>Z00CJSE</SourceID>)"
      R"(<DestinationID>00001PoliceCaseSystem</DestinationID><ExecMode>ASYNCH</ExecMode><Timestamp>2026-06-02T09:00:00Z</Timestamp>)"
      R"(<Message>)" +
      escaped(out["route"]) + "</Message></SubmitRequestMes></s:Body></s:Envelope>";
  return out;
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&') out += "&amp;";
    else if (c == '<') out += "&lt;";
    else if (c == '>') out += "&gt;";
    else out += c;
  }
  return out;
}

std::string findingsOf(const mapping::Decoded& decoded) {
  std::string out;
  for (const auto& finding : decoded.reading.findings)
    out += finding.code + " " + finding.path + ": " + finding.text + "\n";
  return out;
}

bool hasFinding(const mapping::Decoded& decoded, std::string_view code) {
  return std::ranges::any_of(decoded.reading.findings, [&](const auto& finding) { return finding.code == code; });
}

}  // namespace causeway::courts
