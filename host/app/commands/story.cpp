#include "host/app/commands/story.hpp"

#include "host/base/text.hpp"
#include "host/model/codec.hpp"
#include "host/pipeline/projection_text.hpp"

#include <nlohmann/json.hpp>

namespace causeway::app {
namespace {

using Json = nlohmann::ordered_json;

Json parsed(const google::protobuf::Message& message) { return Json::parse(model::toJson(message), nullptr, false); }

Json describe(const pipeline::Rulebook& rulebook, const pipeline::Intended& intended) {
  const auto& draft = intended.draft;
  const auto& decision = intended.decision;
  Json out{
      {"recipient", draft.recipient},          {"type", draft.type}, {"purpose", draft.purpose}, {"rule", draft.rule},
      {"due_at", formatInstant(draft.due_at)}, {"live", draft.live}, {"policy", decision.policy}};
  if (decision.hold)
    out["held"] = {{"code", decision.hold->code}, {"rule", decision.hold->rule}, {"text", decision.hold->text}};
  out["withheld"] = Json::array();
  for (const auto& item : decision.withheld) out["withheld"].push_back({{"field", item.path}, {"rule", item.rule}});
  if (!decision.projection) return out;
  out["projection"] = parsed(*decision.projection);
  const auto* partner = rulebook.partner(draft.recipient);
  const auto* plan = partner ? rulebook.writerFor(*partner, draft.type) : nullptr;
  if (!plan) return out;
  const auto now = SystemClock().now();
  mapping::NamedValues named{{"delivery.id", "00000000-0000-4000-8000-000000000000"},
                             {"delivery.recipient", draft.recipient},
                             {"delivery.purpose", draft.purpose},
                             {"delivery.sent_at", formatInstant(now)},
                             {"delivery.made_at", formatInstant(now)},
                             {"delivery.due_at", formatInstant(draft.due_at)},
                             {"message.id", "m"}};
  pipeline::nameQuality(decision.quality, named);
  const auto written = mapping::write(*plan, *decision.projection, named, toLondon(now).date);
  if (written) {
    out["sent"] = written->bytes;
    out["not_known_yet"] = Json::array({"the number of the delivery", "when it is made and when it is sent"});
    // Nobody was named as the sender of the document, so nobody can be named as the source.
    if (!rulebook.partner(decision.quality.source)) out["not_known_yet"].push_back("which system said it");
  } else out["cannot_write"] = written.error().text();
  return out;
}

std::string indented(const std::string& text) {
  std::string out;
  for (const auto line : split(text, '\n')) out += "        " + std::string(line) + "\n";
  return out;
}

void tellDelivery(std::string& out, const Json& item) {
  out += "    -> " + item.value("recipient", "") + ": " + item.value("type", "") + " (purpose " +
         item.value("purpose", "") + ", rule " + item.value("rule", "") + "), due " + item.value("due_at", "") +
         (item.value("live", true) ? "" : ", shadow: not sent") + "\n";
  if (item.contains("held"))
    out += "       HELD by " + item["held"].value("rule", "") + ": " + item["held"].value("text", "") + "\n";
  if (item.contains("cannot_write")) out += "       CANNOT BE WRITTEN: " + item.value("cannot_write", "") + "\n";
  if (item.contains("sent")) {
    std::string unknown;
    for (const auto& one : item["not_known_yet"]) unknown += (unknown.empty() ? "" : "; ") + one.get<std::string>();
    out +=
        "       this is sent, but for what is known only then (" + unknown + "):\n" + indented(item.value("sent", ""));
  }
  std::string withheld;
  for (const auto& field : item["withheld"])
    withheld += (withheld.empty() ? "" : ", ") + field.value("field", "") + " (" + field.value("rule", "") + ")";
  if (!withheld.empty()) out += "       withheld: " + withheld + "\n";
}

void tellMessage(std::string& out, const Json& item) {
  out += "\nMessage: " + item["message"].value("type", "") + "\n" + indented(item["message"].dump(2));
  if (item.contains("not_placed")) {
    out += "  HELD: " + item.value("not_placed", "") + "\n";
    return;
  }
  out += "  The case before:\n" + indented(item["before"].dump(2)) + "  The case after:\n" +
         indented(item["after"].dump(2));
  for (const auto& finding : item["findings"])
    out += "  To know: " + finding.value("code", "") + ": " + finding.value("text", "") + "\n";
  for (const auto& event : item["events"]) {
    out += "  What happened: " + event.value("type", "") + " (" + event.value("about", "") + ")\n";
    for (const auto& rule : event["rules"]) {
      out += std::string("    rule ") + rule.value("rule", "") +
             (rule.value("matched", false) ? " matched" : " did not match") + "\n";
      for (const auto& reason : rule["reasons"])
        out +=
            std::string("      ") + (reason.value("held", false) ? "yes: " : "no:  ") + reason.value("test", "") + "\n";
    }
    for (const auto& delivery : event["deliveries"]) tellDelivery(out, delivery);
  }
}

}  // namespace

struct Story::Impl {
  const pipeline::Rulebook& rulebook;
  bool json;
  std::string recipient;
  Json told;
};

Story::Story(const pipeline::Rulebook& rulebook, bool json, std::string recipient)
    : impl_(std::make_unique<Impl>(Impl{rulebook, json, std::move(recipient), Json::object()})) {}
Story::~Story() = default;

void Story::arrived(const std::string& file, const ReadDocument& read) {
  Json& told = impl_->told;
  told["file"] = file;
  told["outcome"] = read.prepared.outcome;
  if (!read.prepared.why.empty()) told["why"] = read.prepared.why;
  told["envelopes"] = Json::array();
  for (const auto* layer : read.prepared.decoded.layers) told["envelopes"].push_back(layer->id);
  told["mapping"] = read.prepared.decoded.reading.mapping;
  told["warnings"] = Json::array();
  for (const auto& finding : read.prepared.decoded.reading.findings)
    told["warnings"].push_back({{"code", finding.code}, {"path", finding.path}, {"text", finding.text}});
  told["reply"] = read.reply.body;
  told["messages"] = Json::array();
}

void Story::judged(const canonical::CanonicalMessage& message, const canonical::CaseRecord& before,
                   const Result<pipeline::Judgement>& judgement) {
  Json item{{"message", parsed(message)}};
  if (!judgement) {
    item["not_placed"] = judgement.error().what;
    impl_->told["messages"].push_back(std::move(item));
    return;
  }
  item["before"] = parsed(before.case_());
  item["after"] = parsed(judgement->folded.record.case_());
  item["findings"] = Json::array();
  for (const auto& finding : judgement->folded.findings)
    item["findings"].push_back({{"code", finding.code}, {"element", finding.element}, {"text", finding.text}});
  item["events"] = Json::array();
  for (const auto& happened : judgement->happened) {
    Json event{{"type", happened.event.type},
               {"about", join(happened.event.about, " ")},
               {"rules", Json::array()},
               {"deliveries", Json::array()}};
    for (const auto& rule : happened.rules) {
      Json trace{{"rule", rule.rule}, {"matched", rule.matched}, {"reasons", Json::array()}};
      for (const auto& reason : rule.reasons)
        trace["reasons"].push_back({{"held", reason.held}, {"test", reason.test}});
      event["rules"].push_back(std::move(trace));
    }
    for (const auto& intended : happened.deliveries)
      if (impl_->recipient.empty() || intended.draft.recipient == impl_->recipient)
        event["deliveries"].push_back(describe(impl_->rulebook, intended));
    item["events"].push_back(std::move(event));
  }
  impl_->told["messages"].push_back(std::move(item));
}

std::string Story::text() const {
  const Json& told = impl_->told;
  if (impl_->json) return told.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
  std::string out = "Arrived: " + told.value("file", "") + ", " + told.value("outcome", "") + "\n";
  if (told.contains("why")) out += "  because " + told.value("why", "") + "\n";
  for (const auto& layer : told["envelopes"]) out += "  wrapped in " + layer.get<std::string>() + "\n";
  if (!told.value("mapping", "").empty()) out += "  read by " + told.value("mapping", "") + "\n";
  for (const auto& warning : told["warnings"])
    out += "  warning " + warning.value("code", "") + " at " + warning.value("path", "") +
           (warning.value("text", "").empty() ? "" : ": ") + warning.value("text", "") + "\n";
  out += "  the sender is answered:\n" + indented(told.value("reply", ""));
  for (const auto& message : told["messages"]) tellMessage(out, message);
  return out;
}

}  // namespace causeway::app
