#include "host/app/desks/record_of_processing.hpp"

#include "host/app/commands/commands.hpp"
#include "host/base/text.hpp"
#include "host/pipeline/field_words.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <iostream>
#include <map>
#include <set>

namespace causeway::app {
namespace {

using Json = nlohmann::ordered_json;
using Words = std::set<std::string>;

std::string textOf(const Node& map, std::string_view key) {
  const Node* value = map.find(key);
  return value && value->isScalar() ? value->scalar : std::string();
}

std::vector<std::string> textsOf(const Node* node) {
  std::vector<std::string> out;
  if (node && node->isScalar()) out.push_back(node->scalar);
  if (node && node->isList())
    for (const auto& item : node->items)
      if (item.isScalar()) out.push_back(item.scalar);
  return out;
}

/// One grant as its file says it, as far as the record needs it.
struct GrantText {
  std::string recipient, purpose, source;
  std::vector<std::string> types;
  Words categories, people;
};

/// "the victim" of case.parties[role=victim].person: whose data it is.
std::string whose(const std::string& path) {
  if (path.starts_with("case.defendants")) return "defendants";
  if (!path.starts_with("case.parties")) return {};
  const auto role = path.find("[role=");
  if (role == std::string::npos) return "victims, witnesses and others in the case";
  return path.substr(role + 6, path.find(']', role) - role - 6) + "s";
}

void addField(const std::string& path, GrantText& out) {
  if (auto category = pipeline::categoryAt(path); !category.empty()) out.categories.insert(std::move(category));
  if (auto people = whose(path); !people.empty()) out.people.insert(std::move(people));
}

void addFields(const Node* list, GrantText& out) {
  if (!list || !list->isList()) return;
  for (const auto& item : list->items) {
    if (item.isScalar()) addField(item.scalar, out);
    if (!item.isMap()) continue;
    for (const auto& path : textsOf(item.find("field"))) addField(path, out);
    for (const auto& path : textsOf(item.find("fields"))) addField(path, out);
  }
}

std::vector<GrantText> grantsOf(const config::Configuration& configuration) {
  std::map<std::string, const Node*> sets;
  for (const auto& file : configuration.protection)
    if (const Node* named = file.node.find("sets"); named && named->isMap())
      for (const auto& entry : named->entries) sets[entry.key] = &entry.value;
  std::vector<GrantText> out;
  for (const auto& file : configuration.protection) {
    const Node* list = file.node.find("grants");
    if (!list || !list->isList()) continue;
    for (const auto& node : list->items) {
      GrantText grant{textOf(node, "recipient"),
                      textOf(node, "purpose"),
                      textOf(node, "source"),
                      textsOf(node.find("types")),
                      {},
                      {}};
      addFields(node.find("fields"), grant);
      for (const auto& set : textsOf(node.find("sets")))
        if (const auto found = sets.find(set); found != sets.end()) addFields(found->second, grant);
      out.push_back(std::move(grant));
    }
  }
  return out;
}

Json recipientOf(const config::Partner& partner) {
  Json out{{"id", partner.id},
           {"name", partner.name},
           {"category", partner.kind.empty() ? partner.audience : partner.kind},
           {"read_by", partner.audience},
           {"country", partner.country},
           {"agreement", partner.agreement.reference},
           {"agreement_ends", partner.agreement.expires.ok() ? formatDate(partner.agreement.expires) : ""}};
  if (!partner.transfer.condition.empty())
    out["transfer"] = {{"condition", partner.transfer.condition}, {"justification", partner.transfer.justification}};
  return out;
}

/// Everything that is sent for one purpose.
struct Activity {
  Words types, bases, categories, people, rules;
  std::map<std::string, Json> recipients;
};

std::map<std::string, Activity> activitiesOf(const Installation& installation) {
  std::map<std::string, Activity> out;
  const auto grants = grantsOf(installation.configuration);
  for (const auto& target : installation.rulebook->routes->targets()) {
    const auto* partner = installation.configuration.findPartner(target.recipient);
    if (!partner) continue;
    auto& activity = out[target.purpose];
    activity.types.insert(target.type);
    activity.recipients.try_emplace(partner->id, recipientOf(*partner));
    for (const auto& grant : grants) {
      if (grant.recipient != target.recipient || grant.purpose != target.purpose) continue;
      if (std::ranges::find(grant.types, target.type) == grant.types.end()) continue;
      if (!grant.source.empty()) activity.bases.insert(grant.source);
      activity.categories.insert(grant.categories.begin(), grant.categories.end());
      activity.people.insert(grant.people.begin(), grant.people.end());
    }
  }
  return out;
}

Json keptFor(const config::RetentionRules& rules) {
  Json out = Json::array();
  for (const auto& rule : rules.rules) {
    Json item{{"category", rule.category}, {"what", rule.what}};
    if (rule.keep.count() > 0) item["kept_days"] = rule.keep.count();
    if (rule.review_every.count() > 0) item["reviewed_every_days"] = rule.review_every.count();
    item["source"] = rule.source;
    item["valid_from"] = formatDate(rule.valid_from);
    out.push_back(std::move(item));
  }
  return out;
}

void line(std::string& out, const std::string& label, const Json& words) {
  if (words.empty()) return;
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : "; ") + word.get<std::string>();
  out += "- " + label + ": " + text + "\n";
}

}  // namespace

std::string recordOfProcessing(const Installation& installation) {
  const auto& settings = installation.configuration.settings;
  const auto& record = settings.record;
  Json out{{"controller",
            {{"id", settings.controller},
             {"name", record.name},
             {"contact", record.contact},
             {"data_protection_officer", record.data_protection_officer}}},
           {"version", installation.rulebook->version},
           {"activities", Json::array()},
           {"time_limits", keptFor(installation.configuration.retention)},
           {"profiling", record.profiling}};
  for (const auto& [purpose, activity] : activitiesOf(installation)) {
    Json recipients = Json::array();
    for (const auto& [id, recipient] : activity.recipients) recipients.push_back(recipient);
    out["activities"].push_back({{"purpose", purpose},
                                 {"legal_basis", activity.bases},
                                 {"data_subjects", activity.people},
                                 {"categories_of_data", activity.categories},
                                 {"messages", activity.types},
                                 {"recipients", std::move(recipients)}});
  }
  out["security_measures"] = {"contents are sealed under a key of each case (AES-256-GCM)",
                              "partners are known by certificates on both sides (mutual TLS)",
                              "a recipient is sent only the fields that a policy grants for a purpose",
                              "every disclosure is in a signed audit log before a byte leaves"};
  for (const auto& measure : record.security) out["security_measures"].push_back(measure);
  return out.dump(2);
}

std::string recordAsMarkdown(const std::string& json) {
  const auto record = Json::parse(json, nullptr, false);
  if (!record.is_object()) return {};
  const auto& controller = record["controller"];
  std::string out = "# Record of processing\n\nDPA 2018 s.61; UK GDPR Art 30. Made from the configuration of version " +
                    record.value("version", "") + ".\n\n- Controller: " + controller.value("name", "") + " (" +
                    controller.value("id", "") + ")\n- Contact: " + controller.value("contact", "") +
                    "\n- Data-protection officer: " + controller.value("data_protection_officer", "") +
                    "\n- Profiling: " + record.value("profiling", "") + "\n";
  for (const auto& activity : record["activities"]) {
    out += "\n## " + activity.value("purpose", "") + "\n\n";
    line(out, "Legal basis", activity["legal_basis"]);
    line(out, "About", activity["data_subjects"]);
    line(out, "Kinds of data", activity["categories_of_data"]);
    line(out, "Messages", activity["messages"]);
    out += "\n| recipient | kind | read by | country | agreement | until |\n|---|---|---|---|---|---|\n";
    for (const auto& one : activity["recipients"])
      out += "| " + one.value("name", "") + " | " + one.value("category", "") + " | " + one.value("read_by", "") +
             " | " + one.value("country", "") + " | " + one.value("agreement", "") + " | " +
             one.value("agreement_ends", "") + " |\n";
  }
  out += "\n## Time limits\n\n| what | days | source |\n|---|---|---|\n";
  for (const auto& limit : record["time_limits"])
    out += "| " + limit.value("what", "") + " | " +
           (limit.contains("kept_days") ? std::to_string(limit["kept_days"].get<long long>())
                                        : "reviewed every " + std::to_string(limit.value("reviewed_every_days", 0LL))) +
           " | " + limit.value("source", "") + " |\n";
  out += "\n## Security\n\n";
  for (const auto& measure : record["security_measures"]) out += "- " + measure.get<std::string>() + "\n";
  return out;
}

void checkRecord(const config::Configuration& configuration, const pipeline::Rulebook& rulebook, Problems& problems) {
  Words told;
  for (const auto& target : rulebook.routes->targets()) {
    if (target.purpose.empty())
      problems.error(target.at, "the route to '" + target.recipient +
                                    "' names no purpose, so the record of processing (DPA 2018 s.61) is not whole");
    const auto* partner = configuration.findPartner(target.recipient);
    if (!partner || !told.insert(partner->id).second) continue;
    if (partner->kind.empty() && partner->audience.empty())
      problems.error(
          partner->at,
          "'" + partner->id + "' is of no kind of recipient, which the record of processing must name: add 'kind'");
  }
  if (told.empty()) return;
  const auto& times = configuration.retention.times;
  const auto& folder = configuration.settings.folders.retention.at;
  for (const auto& [category, days] : {std::pair{"documents", times.documents},
                                       {"payloads", times.payloads},
                                       {"quarantined", times.quarantined},
                                       {"case", times.review}})
    if (days.count() == 0)
      problems.error(folder, "nothing says how long '" + std::string(category) +
                                 "' is kept (DPA 2018 s.39, s.61(2)): add a rule to the retention folder");
  if (!configuration.settings.record.given)
    problems.error(folder, "nothing says who answers for the data (DPA 2018 s.61(2)): add 'record' to causeway.yaml");
}

int recordOfProcessing(const std::string& config, bool json) {
  const auto installation = assembleOrTell(config);
  if (!installation) return 1;
  const auto record = recordOfProcessing(*installation);
  std::cout << (json ? record : recordAsMarkdown(record)) << "\n";
  return 0;
}

}  // namespace causeway::app
