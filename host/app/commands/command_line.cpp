#include "host/app/commands/command_line.hpp"

#include "host/app/bench/bench.hpp"
#include "host/app/commands/audit_commands.hpp"
#include "host/app/commands/clock_commands.hpp"
#include "host/app/commands/commands.hpp"
#include "host/app/commands/rights_commands.hpp"
#include "host/app/commands/rules_commands.hpp"
#include "host/app/demo/demo.hpp"
#include "host/app/desks/log_purposes.hpp"
#include "host/protection/rule_pages.hpp"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <iostream>

namespace causeway::app {
namespace {

/// One program, many commands: each adds itself with what it needs and what it does.
class CommandLine {
 public:
  CommandLine() : app_("Causeway: integration middleware for victim and witness care", "causeway") {
    app_.require_subcommand(1);
    add("run", "Run the host until it is asked to stop", [this] { return run(config_); });
    add("check", "Check a configuration as one whole", [this] { return check(config_); });
    auto* sub = add("demo", "Play a story with simulated agencies",
                    [this] { return demo({config_, story_, json_, keep_open_}); });
    sub->add_option("--story", story_, "Folder of the configuration with the story: story.yaml and its documents");
    sub->add_flag("--json", json_, "A line of JSON for each step");
    sub->add_flag("--keep-open", keep_open_, "Stay up after the story");
    addKeys();
    addReaders();
    addOperators();
    addRightsCommands(app_, outcome_);
    addClockCommands(app_, outcome_);
    addBench();
  }

  int parse(int count, char** arguments) {
    try {
      app_.parse(count, arguments);
    } catch (const CLI::ParseError& error) {
      const int code = app_.exit(error);
      return code == 0 ? 0 : 2;
    }
    return outcome_;
  }

 private:
  CLI::App* add(const std::string& name, const std::string& what, std::function<int()> command) {
    auto* sub = app_.add_subcommand(name, what);
    sub->add_option("--config", config_, "Configuration folder")->envname("CAUSEWAY_CONFIG");
    if (command) sub->callback([this, command = std::move(command)] { outcome_ = command(); });
    return sub;
  }

  void addReaders() {
    auto* sub = add("decode", "Read documents: one line of JSON for each message",
                    [this] { return decode({config_, sender_, files_}); });
    sub->add_option("files", files_, "Documents; - is standard input")->required();
    sub->add_option("--as", sender_, "Partner that sends them");
    sub = add("encode", "Write a canonical message (JSON) by a mapping",
              [this] { return encode({config_, mapping_, file_}); });
    sub->add_option("mapping", mapping_, "Mapping that writes")->required();
    sub->add_option("file", file_, "Canonical message as JSON; - is standard input")->required();
    sub = add("explain", "Tell what a document would do: case, rules, and what each recipient would get",
              [this] { return explain({config_, sender_, file_, after_, what_, json_}); });
    sub->add_option("file", file_, "Document")->required();
    sub->add_option("--as", sender_, "Partner that sends it");
    sub->add_option("--after", after_, "Documents that came before, in order");
    sub->add_option("--recipient", what_, "Tell of the deliveries to this partner alone");
    sub->add_flag("--json", json_, "As JSON");
  }

  void addOperators() {
    auto* sub = add("send", "Send documents to a host as a partner", [this] { return send(send_); });
    sub->add_option("files", send_.files, "Documents")->required();
    sub->add_option("--url", send_.url, "https://host:port/messages")->required();
    sub->add_option("--certificate", send_.certificate, "Client certificate (PEM)")->required();
    sub->add_option("--key", send_.key, "Its private key (PEM)")->required();
    sub->add_option("--authorities", send_.authorities, "Who may have signed the host's certificate (PEM)")->required();
    sub = add("trace", "Tell what became of a document or message of the running host", [this] {
      return ask(config_,
                 nlohmann::json{{"command", "trace"}, {"id", file_}, {"content", content_}, {"by", by_}}.dump(), json_);
    });
    sub->add_option("id", file_, "Document or message number")->required();
    sub->add_flag("--content", content_, "Show the canonical message too: an audited view");
    sub->add_option("--by", by_, "Who looks, where the case is restricted: whoever opened it by break-glass");
    sub = add("papers", "List the papers that came with the messages of a case of the running host",
              [this] { return ask(config_, nlohmann::json{{"command", "papers"}, {"id", file_}}.dump(), true); });
    sub->add_option("case", file_, "Number of the case")->required();
    sub = add("paper", "Save one of them into a new file: an audited view",
              [this] { return savePaper(config_, file_, by_, what_); });
    sub->add_option("id", file_, "Number of the paper")->required();
    sub->add_option("--out", what_, "File to write; it must not be there yet")->required();
    sub->add_option("--by", by_, "Who looks, where the case is restricted: whoever opened it by break-glass");
    sub = add("held", "List what waits for a person in the running host, or decide on one of them", {});
    sub->callback([this, sub] {
      if (sub->get_subcommands().empty()) outcome_ = ask(config_, R"({"command":"held"})", true);
    });
    addDecision(*sub, "release", "Let a held message or delivery go on, once its cause is removed",
                "Number of the hold")
        ->add_flag("--redact", redact_,
                   "Held because its free text may name somebody: take that out, and let the rest go");
    addDecision(*sub, "close", "End a hold without effect: the delivery is declined, the message quarantined",
                "Number of the hold");
    sub->fallthrough();
    addErase();
    sub = add("load", "Bring open cases into the running host on the first day, without telling anybody",
              [this] { return loadFolder({config_, file_, sender_, by_, because_}); });
    sub->add_option("folder", file_, "Folder of documents; they are taken by name")->required();
    sub->add_option("--as", sender_, "Partner whose documents they are")->required();
    sub->add_option("--by", by_, "Who decides: account or collar number")->required();
    sub->add_option("--reason", because_, "Why: it stands in the audit log for ever")->required();
    add("ledger", "Tell whether received equals the sum of what became of it",
        [this] { return ask(config_, R"({"command":"ledger"})", true); });
    addAudit();
    auto* rules = add("rules", "Change who is told what, or look at what changes would mean", {});
    rules->require_subcommand(1);
    rules->fallthrough();
    sub = rules->add_subcommand("try", "Tell what the policy of another folder would have meant for past deliveries");
    sub->add_option("folder", file_, "Configuration folder with the changed policy")->required();
    sub->add_option("--days", days_, "How far back")->capture_default_str();
    sub->add_flag("--json", json_, "As JSON");
    sub->callback([this] { outcome_ = tryRules(config_, file_, days_, json_); });
    addRuleCommands(*rules, config_, outcome_);
    rules->add_subcommand("pages", "Print each rule with its source, how to configure it and its test, as Markdown")
        ->callback([] { std::cout << protection::rulePagesAsMarkdown(); });
    sub = add("plugins", "List the adapters that a configuration loads", [this] { return plugins(config_, json_); });
    sub->add_flag("--json", json_, "As JSON");
    sub = add("systems", "List every system, message type and mapping, and whether examples account for all fields",
              [this] { return systems(config_, json_); });
    sub->add_flag("--json", json_, "As JSON");
    sub = add("model", "Print the documentation of the canonical case", [this] { return model(schema_); });
    sub->add_flag("--schema", schema_, "JSON Schema instead");
  }

  void addKeys() {
    auto* sub = add("keys", "Make the keys that a configuration names and that do not exist yet, or change one", {});
    sub->fallthrough();
    sub->callback([this, sub] {
      if (sub->get_subcommands().empty()) outcome_ = keys(config_);
    });
    for (const auto& [name, command, what] :
         {std::tuple("rotate", "rotate_kek",
                     "Give the running host a new key-encryption key; every case key is wrapped anew"),
          std::tuple("rotate-audit", "rotate_audit_key",
                     "Give the running host a new key for the heads of its audit log; the old one announces it"),
          std::tuple(
              "reload-tls", "reload_tls",
              "Have the running host read its TLS certificate, key and authorities again, for new connections")}) {
      auto* change = sub->add_subcommand(name, what);
      change->add_option("--by", by_, "Who decides: account or collar number")->required();
      change->add_option("--reason", because_, "Why: it stands in the audit log for ever")->required();
      change->callback([this, command] {
        const nlohmann::json request{{"command", command}, {"by", by_}, {"because", because_}};
        outcome_ = ask(config_, request.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace), true);
      });
    }
  }

  CLI::App* addAuditPart(CLI::App& audit, const std::string& name, const std::string& what,
                         int (*command)(const AuditOptions&)) {
    auto* sub = audit.add_subcommand(name, what);
    sub->callback([this, command] {
      audit_.config = config_;
      outcome_ = command(audit_);
    });
    return sub;
  }

  void addAudit() {
    auto* audit =
        add("audit", "Show that the running host's audit log is as it was written, or take proofs out of it", {});
    audit->fallthrough();
    audit->callback([this, audit] {
      audit_.config = config_;
      if (audit->get_subcommands().empty()) outcome_ = auditVerify(audit_);
    });
    auto* sub = addAuditPart(*audit, "verify", "Read the whole log again and say whether it was changed", auditVerify);
    sub->add_option("--witness", audit_.witness,
                    "File of heads that were kept elsewhere: only they show a cut-off end");
    sub->add_flag("--stopped", audit_.stopped, "Read the log of a host that does not run, or does not start on it");
    sub->add_option("--key", audit_.keys, "Public keys (PEM) to trust in place of the host's own");
    const auto purpose = [this](CLI::App& part) {
      part.add_option("--purpose", audit_.purpose, kLogPurposesInWords)->required();
    };
    sub =
        addAuditPart(*audit, "prove", "Prove that a leaf is in the log, for somebody who has a head of it", auditProve);
    auto* which = sub->add_option_group("which");
    which->add_option("index", audit_.index, "Number of the leaf");
    which->add_option("--delivery", audit_.delivery, "All leaves about this delivery");
    which->require_option(1);
    purpose(*sub);
    sub = addAuditPart(*audit, "consistency", "Prove that a head is an earlier one of the same log", auditConsistency);
    sub->add_option("first", audit_.first, "Leaves under the earlier head")->required();
    sub->add_option("second", audit_.second, "Leaves under the later one; left out: the newest");
    sub = addAuditPart(*audit, "export", "Write leaves and heads into a new file that anybody can check", auditExport);
    sub->add_option("--from", audit_.from, "Number of a leaf, day or moment; left out: the first");
    sub->add_option("--to", audit_.to, "Up to here; left out: all");
    sub->add_option("--out", audit_.file, "File to write; it must not be there yet")->required();
    purpose(*sub);
  }

  // A decision of a person: it goes to the running host, which puts who and why into its audit log.
  CLI::App* addDecision(CLI::App& under, const std::string& name, const std::string& what, const std::string& id) {
    auto* sub = under.add_subcommand(name, what);
    sub->add_option("id", file_, id)->required();
    sub->add_option("--by", by_, "Who decides: account or collar number")->required();
    sub->add_option("--reason", because_, "Why, without naming anybody: it stands in the audit log for ever")
        ->required();
    sub->callback([this, name] {
      const nlohmann::json request{{"command", person_.empty() ? name : name + "_person"},
                                   {"id", file_},
                                   {"person", person_},
                                   {"by", by_},
                                   {"because", because_},
                                   {"redact", redact_},
                                   {"confirm", confirm_}};
      outcome_ = ask(config_, request.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace), true);
    });
    return sub;
  }

  void addErase() {
    auto* sub = addDecision(app_, "erase", "Destroy the keys of a case: nobody can read it any more, in any copy",
                            "Number of the case");
    sub->add_option("--config", config_, "Configuration folder")->envname("CAUSEWAY_CONFIG");
    sub->add_option("--person", person_, "Only this person of it, such as p-2: the case goes on");
    sub->add_flag("--confirm", confirm_,
                  "Confirm what another person asked for: a case that is not due for review is erased by two");
  }

  void addBench() {
    auto* sub = add("bench", "Measure against limits of the same run",
                    [this] { return bench({config_, what_, file_, seconds_, connections_}); });
    sub->add_option("what", what_, "map, decide, rules, simulate, pipeline or audit")
        ->required()
        ->check(CLI::IsMember({"map", "decide", "rules", "simulate", "pipeline", "audit"}));
    sub->add_option("--file", file_, "Document to measure with");
    sub->add_option("--seconds", seconds_, "How long");
    sub->add_option("--connections", connections_, "Connections of the load generator");
  }

  CLI::App app_;
  int outcome_ = 0;
  std::string by_, because_, person_;
  std::string config_ = "config/demo", story_ = "story", sender_, file_, mapping_, what_;
  std::vector<std::string> files_, after_;
  SendOptions send_;
  AuditOptions audit_;
  bool json_ = false, schema_ = false, content_ = false, redact_ = false, confirm_ = false, keep_open_ = false;
  double seconds_ = 5;
  int connections_ = 32;
  int days_ = 30;
};

}  // namespace

int runCommandLine(int count, char** arguments) { return CommandLine().parse(count, arguments); }

}  // namespace causeway::app
