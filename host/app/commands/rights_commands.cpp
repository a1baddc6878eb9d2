#include "host/app/commands/rights_commands.hpp"

#include "host/app/commands/commands.hpp"
#include "host/app/desks/log_purposes.hpp"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <functional>
#include <memory>

namespace causeway::app {
namespace {

/// What the commands share; one of them runs.
struct Words {
  std::string config = "config/demo", id, person, code, by, because, out, notice_on;
  bool json = false;
  int minutes = 0;
};

using Request = nlohmann::ordered_json;

CLI::App* add(CLI::App& under, const std::shared_ptr<Words>& words, const std::string& name, const std::string& what) {
  auto* sub = under.add_subcommand(name, what);
  sub->add_option("--config", words->config, "Configuration folder")->envname("CAUSEWAY_CONFIG");
  return sub;
}

std::string textOf(const Request& request) {
  return request.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

/// A decision of a person, which goes to the running host with who and why.
CLI::App* addDecision(CLI::App& under, const std::shared_ptr<Words>& words, const std::string& name,
                      const std::string& what) {
  auto* sub = add(under, words, name, what);
  sub->add_option("case", words->id, "Number of the case")->required();
  sub->add_option("--by", words->by, "Who decides: account or collar number")->required();
  sub->add_option("--reason", words->because, "Why, without naming anybody: it stands in the audit log for ever")
      ->required();
  return sub;
}

/// Sends what was said under the name of a command of the control socket.
std::function<void()> sends(const std::shared_ptr<Words>& words, int& outcome, const std::string& command) {
  return [words, &outcome, command] {
    outcome = ask(words->config,
                  textOf({{"command", command},
                          {"id", words->id},
                          {"person", words->person},
                          {"code", words->code},
                          {"notice_on", words->notice_on},
                          {"by", words->by},
                          {"because", words->because}}),
                  true);
  };
}

void addDisclosures(CLI::App& app, const std::shared_ptr<Words>& words, int& outcome) {
  auto* sub =
      add(app, words, "disclosures", "Tell who was told what of the people of a case, when, why and on which basis");
  sub->add_option("case", words->id, "Number of the case")->required();
  sub->add_option("--person", words->person, "Number of one person in it, such as p-2");
  sub->callback(sends(words, outcome, "disclosures"));
}

void addRestrictions(CLI::App& app, const std::shared_ptr<Words>& words, int& outcome) {
  const auto one = [&](const std::string& name, const std::string& what) {
    auto* sub = addDecision(app, words, name, what);
    sub->add_option("--person", words->person, "Number of one person in it; without: everybody");
    sub->add_option("--for", words->code,
                    "evidence (needed in proceedings: not to be erased), accuracy (contested), erasure")
        ->required()
        ->check(CLI::IsMember({"evidence", "accuracy", "erasure"}));
    sub->callback(sends(words, outcome, name));
    return sub;
  };
  one("restrict",
      "Restrict the processing of a case: nothing of it goes to anybody but police, prosecutor and court, and "
      "everybody who was told of it is told so");
  one("lift", "End a restriction; everybody who was told of it is told so")
      ->add_option("--notice-on", words->notice_on,
                   "Day in London on which whoever is concerned was told that it ends, such as 2026-06-01: nothing is "
                   "lifted before")
      ->required();
  auto* sub = add(app, words, "restrictions", "List the restrictions of a case that hold");
  sub->add_option("case", words->id, "Number of the case")->required();
  sub->callback(sends(words, outcome, "restrictions"));
}

void addParting(CLI::App& app, const std::shared_ptr<Words>& words, int& outcome) {
  addDecision(app, words, "part", "Undo a join: take a case out of the one into which it was joined")
      ->callback(sends(words, outcome, "part"));
}

void addRetention(CLI::App& app, const std::shared_ptr<Words>& words, int& outcome) {
  auto* sub = app.add_subcommand("retention", "What is kept, and what must be looked at");
  sub->require_subcommand(1);
  add(*sub, words, "due", "List the cases whose review is due")->callback(sends(words, outcome, "retention_due"));
  addDecision(*sub, words, "keep", "Keep a case until its next review")
      ->callback(sends(words, outcome, "retention_keep"));
}

void addPack(CLI::App& app, const std::shared_ptr<Words>& words, int& outcome) {
  auto* sub = addDecision(app, words, "subject-access",
                          "Write what is held about one person of a case, and who was told, into a new folder");
  sub->add_option("--person", words->person, "Number of the person, such as p-2")->required();
  sub->add_option("--out", words->out, "Folder to make; pack.json and pack.html go there")->required();
  sub->callback([words, &outcome] {
    outcome = subjectAccess({words->config, words->id, words->person, words->by, words->because, words->out});
  });
}

void addLog(CLI::App& app, const std::shared_ptr<Words>& words, int& outcome) {
  auto* sub = add(app, words, "consult-log",
                  "Read the audit log for one of its four lawful purposes; the question is recorded too");
  sub->add_option("--purpose", words->code, kLogPurposesInWords)->required();
  sub->add_option("--about", words->id, "Number of a case, message or delivery; without: the newest entries");
  sub->add_option("--by", words->by, "Who asks: account or collar number")->required();
  sub->add_option("--reason", words->because, "Why, without naming anybody")->required();
  sub->callback(sends(words, outcome, "consult_log"));
}

void addIncidents(CLI::App& app, const std::shared_ptr<Words>& words, int& outcome) {
  auto* sub = app.add_subcommand("incident", "Record a personal-data breach: 72 hours to tell the Commissioner");
  sub->require_subcommand(1);
  const auto who = [&](CLI::App& one, const std::string& text) {
    one.add_option("--by", words->by, "Who records it: account or collar number")->required();
    one.add_option("--reason", words->because, text)->required();
  };
  auto* one = add(*sub, words, "open", "A new incident");
  one->add_option("--aware-at", words->code, "When it became known, such as 2026-03-27T17:00:00Z; without: now");
  who(*one, "What happened, in brief, without naming anybody");
  one->callback(sends(words, outcome, "incident_open"));
  one = add(*sub, words, "update", "Add to an incident");
  one->add_option("incident", words->id, "Number of the incident")->required();
  one->add_option("--part", words->code, "facts, effects, remedy, subjects, encrypted, notified, late_reason or closed")
      ->required();
  who(*one, "The text, without naming anybody");
  one->callback(sends(words, outcome, "incident_update"));
  one = add(*sub, words, "export", "Print an incident as a whole, as Markdown or JSON");
  one->add_option("incident", words->id, "Number of the incident")->required();
  one->add_flag("--json", words->json, "As JSON");
  one->callback([words, &outcome] { outcome = exportIncident(words->config, words->id, words->json); });
  add(*sub, words, "list", "List incidents")->callback(sends(words, outcome, "incident_list"));
}

void addBreakGlass(CLI::App& app, const std::shared_ptr<Words>& words, int& outcome) {
  auto* sub =
      app.add_subcommand("break-glass",
                         "Open a restricted case in an emergency; somebody else reviews it. Where operators are named, "
                         "--by is one's own name among them");
  sub->require_subcommand(1);
  auto* one = addDecision(*sub, words, "open", "Open a restricted case to yourself, or to one recipient, for a time");
  one->add_option("--minutes", words->minutes, "For how long; it ends by itself")->required();
  one->add_option("--recipient", words->code,
                  "Partner for whom what is held as 'restricted' may be released meanwhile; without: you only look");
  one->callback([words, &outcome] {
    outcome = ask(words->config,
                  textOf({{"command", "break_glass_open"},
                          {"id", words->id},
                          {"code", words->code},
                          {"minutes", words->minutes},
                          {"by", words->by},
                          {"because", words->because}}),
                  true);
  });
  add(*sub, words, "list", "List what was opened, and what waits for a review")
      ->callback(sends(words, outcome, "break_glass_list"));
  one = add(*sub, words, "review", "Say that you have looked at why somebody else opened a case");
  one->add_option("number", words->id, "Number of the opening")->required();
  one->add_option("--by", words->by, "Who reviews it: account or collar number")->required();
  one->add_option("--reason", words->because, "What you found, without naming anybody")->required();
  one->callback(sends(words, outcome, "break_glass_review"));
}

void addRecord(CLI::App& app, const std::shared_ptr<Words>& words, int& outcome) {
  auto* sub =
      add(app, words, "record-of-processing", "Print the record of processing of a configuration (DPA 2018 s.61)");
  sub->add_flag("--json", words->json, "As JSON; else Markdown");
  sub->callback([words, &outcome] { outcome = recordOfProcessing(words->config, words->json); });
}

}  // namespace

void addRightsCommands(CLI::App& app, int& outcome) {
  const auto words = std::make_shared<Words>();
  addDisclosures(app, words, outcome);
  addRestrictions(app, words, outcome);
  addParting(app, words, outcome);
  addRetention(app, words, outcome);
  addPack(app, words, outcome);
  addLog(app, words, outcome);
  addIncidents(app, words, outcome);
  addBreakGlass(app, words, outcome);
  addRecord(app, words, outcome);
}

}  // namespace causeway::app
