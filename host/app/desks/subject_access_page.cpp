#include "host/app/desks/subject_access_page.hpp"

#include "host/app/commands/commands.hpp"
#include "host/app/commands/host_line.hpp"
#include "host/app/files.hpp"

#include <nlohmann/json.hpp>
#include <sys/stat.h>

#include <iostream>

namespace causeway::app {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kStyle =
    "body{font-family:Arial,sans-serif;max-width:60em;margin:2em auto;line-height:1.4}"
    "table{border-collapse:collapse;width:100%}th,td{border:1px solid #b1b4b6;padding:.4em;text-align:left;"
    "vertical-align:top}th{background:#f3f2f1}h2{margin-top:2em}"
    "@media print{body{margin:0;font-size:10pt}h2{break-after:avoid}tr{break-inside:avoid}a{color:inherit}"
    "@page{margin:2cm}}";

std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      default:
        // A page may hold no other control characters.
        if (static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t') out += c;
    }
  }
  return out;
}

std::string row(std::initializer_list<std::string> cells) {
  std::string out = "<tr>";
  for (const auto& cell : cells) out += "<td>" + cell + "</td>";
  return out + "</tr>\n";
}

std::string head(std::initializer_list<const char*> cells) {
  std::string out = "<table><thead><tr>";
  for (const auto* cell : cells) out += std::string("<th scope=\"col\">") + cell + "</th>";
  return out + "</tr></thead><tbody>\n";
}

std::string day(const Json& at) { return escaped(at.get<std::string>().substr(0, 10)); }

std::string heldTable(const Json& held) {
  std::string out = "<h2>What is held about you</h2>\n" + head({"What", "Value", "Where it came from"});
  for (const auto& item : held) {
    std::string from;
    for (const auto& source : item["came_from"])
      from += (from.empty() ? "" : ", ") + escaped(source.value("system", "")) + " (" + day(source["said_at"]) + ")";
    out += row({escaped(item.value("label", "")), escaped(item.value("value", "")), from});
  }
  return out + "</tbody></table>\n";
}

std::string toldTable(const Json& disclosures) {
  if (disclosures.empty())
    return "<h2>Who was told</h2>\n<p>Nothing about you was sent to anybody from this case.</p>\n";
  std::string out = "<h2>Who was told</h2>\n" + head({"When", "Who", "Why", "What", "On which basis"});
  for (const auto& one : disclosures) {
    std::string told;
    for (const auto& field : one["told"]) told += (told.empty() ? "" : ", ") + escaped(field.get<std::string>());
    if (told.empty()) told = "that you are concerned by the case";
    out += row({day(one["at"]), escaped(one.value("recipient", "")), escaped(one.value("purpose", "")), told,
                escaped(one.value("basis", ""))});
  }
  return out + "</tbody></table>\n";
}

std::string withheldTable(const Json& withheld) {
  if (withheld.empty()) return {};
  std::string out = "<h2>What is not handed out, and why</h2>\n" + head({"What", "Why"});
  for (const auto& one : withheld) out += row({escaped(one.value("label", "")), escaped(one.value("why", ""))});
  return out + "</tbody></table>\n";
}

// For its owner's eyes, and never over a file that is there.
bool writeNew(const std::string& path, std::string_view bytes) {
  NewFile out(path);
  return out.isOpen() && out.write(bytes) && out.close();
}

}  // namespace

std::string subjectAccessPage(const std::string& json) {
  const auto pack = Json::parse(json, nullptr, false);
  if (!pack.is_object()) return {};
  std::string out =
      "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head><meta charset=\"utf-8\"/><title>What is held about "
      "you</title><style>";
  out += kStyle;
  out += "</style></head>\n<body>\n<h1>What is held about you</h1>\n<p>Case " + escaped(pack.value("case", "")) +
         ". Made on " + day(pack["made_at"]) + " for the person with the number " + escaped(pack.value("person", "")) +
         " in this case. Controller: " + escaped(pack.value("controller", "")) + ".</p>\n";
  out += heldTable(pack["held"]) + toldTable(pack["disclosures"]) + withheldTable(pack["withheld"]);
  out +=
      "<h2>Your rights</h2>\n<p>You may ask for anything wrong to be corrected, for your data to be erased or its use "
      "restricted, and you may complain to us and to the Information Commissioner "
      "(ico.org.uk).</p>\n</body>\n</html>\n";
  return out;
}

int subjectAccess(const SubjectAccessOptions& options) {
  const Json request{{"command", "subject_access"},
                     {"id", options.id},
                     {"person", options.person},
                     {"by", options.by},
                     {"because", options.because}};
  const auto reply = askHost(options.config, request.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
  if (!reply) return 1;
  const auto pack = Json::parse(*reply, nullptr, false);
  if (!pack.is_object() || !pack.contains("held")) {
    std::cerr << (pack.is_object() ? pack.value("error", "the host gave no pack") : "the host gave no pack") << "\n";
    return 1;
  }
  const bool made = ::mkdir(options.out.c_str(), 0700) == 0;
  if (!made || !writeNew(options.out + "/pack.json", *reply) ||
      !writeNew(options.out + "/pack.html", subjectAccessPage(*reply))) {
    std::cerr << "cannot write into " << options.out << ": it must be a new folder where one may be made\n";
    return 1;
  }
  std::cout << options.out << "/pack.html, " << pack["held"].size() << " things held, " << pack["disclosures"].size()
            << " disclosures, " << pack["withheld"].size() << " withheld\n";
  return 0;
}

}  // namespace causeway::app
