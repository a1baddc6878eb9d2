#include "host/routing/rule.hpp"

#include "host/base/node_reader.hpp"
#include "host/base/stable_id.hpp"
#include "host/model/message_types.hpp"
#include "host/routing/date_path.hpp"
#include "host/routing/items.hpp"

#include <algorithm>
#include <iterator>

namespace causeway::routing {
namespace {

using Pick = model::FieldPath::Step::Pick;

constexpr long long kMaxPriority = 100;
constexpr long long kMaxWorkingDays = 250;

const model::ProtoType& messageType() { return *canonical::CanonicalMessage::descriptor(); }

/// Reads one entry of `tell`.
class TellReader {
 public:
  TellReader(const Node& node, const RuleParts& parts, Problems& problems)
      : node_(node), reader_(node, "a tell", problems), parts_(parts), problems_(problems) {}

  /// One for each recipient.
  std::vector<Tell> read() {
    tell_.at = node_.at;
    const Node* recipient = reader_.node("recipient");
    const bool group = recipient && recipient->isMap();
    std::vector<std::string> recipients;
    if (group) recipients = readGroup(*recipient, parts_.members, problems_);
    else recipients = {reader_.required("recipient")};
    tell_.type = reader_.required("type");
    tell_.purpose = reader_.required("purpose");
    readForEach();
    tell_.only_named = reader_.flag("only_named");
    tell_.only_theirs = reader_.flag("only_theirs");
    tell_.supporter = reader_.text("supporter");
    tell_.consent = reader_.texts("consent");
    readPiece("task", "task.raised", Piece::Kind::Task);
    readPiece("log_entry", "log_entry.added", Piece::Kind::LogEntry);
    readPiece("officer_notification", "officer.notified", Piece::Kind::Notice);
    if (const Node* due = reader_.node("due")) readDue(*due);
    tell_.priority = number("priority", kMaxPriority);
    tell_.whom = digestOf({"for_each", "each_of", "only_named", "only_theirs", "supporter", "consent"});
    tell_.each_asks = digestOf({"each_when"});
    if (const Node* subject = reader_.node("subject")) tell_.subject = TemplateText::load(*subject, problems_);
    readHold();
    reader_.finish();
    checkType();
    checkPeople();
    std::vector<Tell> out;
    for (auto& id : recipients) {
      auto& tell = out.emplace_back(tell_);
      tell.recipient = std::move(id);
      if (each_when_ && namesRecipient(*each_when_)) {
        Problems reported;  // by the first reading
        tell.each_when = model::Condition::load(withRecipient(*each_when_, tell.recipient),
                                                *tell.for_each.front().type(), reported, model::Knows::Clock);
      }
      // Without a subject nothing says that it is about the same as another.
      if (reader_.node("subject")) tell.same = tell.recipient + " " + contentId({whatItSays()});
    }
    return out;
  }

 private:
  int number(std::string_view key, long long most) {
    const auto value = reader_.number(key).value_or(0);
    if (value >= 0 && value <= most) return static_cast<int>(value);
    problems_.error(reader_.at(key), "'" + std::string(key) + "' must be from 0 to " + std::to_string(most));
    return 0;
  }

  Node entriesOf(bool these, std::initializer_list<std::string_view> keys) const {
    Node out = node_;
    std::erase_if(out.entries,
                  [&](const auto& entry) { return (std::ranges::find(keys, entry.key) == keys.end()) == these; });
    return out;
  }

  std::string digestOf(std::initializer_list<std::string_view> keys) const {
    auto out = entriesOf(true, keys);
    std::ranges::sort(out.entries, {}, &Node::Entry::key);
    return contentId({out});
  }

  // The tell without what does not change who is told what.
  Node whatItSays() const { return entriesOf(false, {"recipient", "due", "priority", "hold"}); }

  // Its text stands in the list of what is held, so it is one of the author's, without places.
  void readHold() {
    const Node* hold = reader_.map("hold");
    if (!hold) return;
    NodeReader reader(*hold, "'hold'", problems_);
    tell_.hold = reader.required("because");
    reader.finish();
  }

  void readForEach() {
    for (const auto& text : reader_.texts("for_each")) {
      auto path = model::FieldPath::parse(text, messageType());
      if (!path) {
        problems_.error(reader_.at("for_each"), "for_each '" + text + "': " + path.error().what);
        continue;
      }
      const auto& steps = path->steps();
      const bool a_list = steps.size() == 2 && path->leaf().is_repeated() && path->shape() == model::Shape::Group &&
                          steps.back().pick != Pick::Index;
      if (!a_list)
        problems_.error(reader_.at("for_each"),
                        "for_each must lead to a list of the case, such as case.parties[role=victim]");
      else if (!tell_.for_each.empty() && tell_.for_each.front().type() != path->type())
        problems_.error(reader_.at("for_each"), "the paths of for_each must lead to one list");
      else tell_.for_each.push_back(*std::move(path));
    }
    tell_.over_people = !tell_.for_each.empty() && tell_.for_each.front().type() == canonical::Party::descriptor();
    const Node *each_when = reader_.map("each_when"), *each_of = reader_.map("each_of");
    for (const auto& [node, key] : {std::pair(each_when, "'each_when'"), std::pair(each_of, "'each_of'")})
      if (node && tell_.for_each.empty()) problems_.error(node->at, std::string(key) + " needs 'for_each'");
    if (tell_.for_each.empty()) return;
    const auto& type = *tell_.for_each.front().type();
    each_when_ = each_when;
    if (each_when) tell_.each_when = model::Condition::load(*each_when, type, problems_, model::Knows::Clock);
    if (each_of) readEachOf(*each_of, type);
  }

  void readEachOf(const Node& node, const model::ProtoType& type) {
    NodeReader reader(node, "each_of", problems_);
    const auto name = reader.required("list");
    EachOf out;
    out.list = type.FindFieldByName(name);
    if (!name.empty() && (!out.list || !out.list->is_repeated() || !out.list->message_type() ||
                          !isNumbered(*out.list->message_type()))) {
      std::vector<std::string> known;
      for (int i = 0; i < type.field_count(); ++i)
        if (const auto* item = type.field(i)->message_type(); item && type.field(i)->is_repeated() && isNumbered(*item))
          known.push_back(type.field(i)->name());
      problems_.error(
          reader.at("list"),
          "'" + name + "' is no list of elements with numbers, such as referrals of a party" + didYouMean(name, known));
      out.list = nullptr;
    }
    const Node* when = reader.map("when");
    if (when && out.list)
      out.when = model::Condition::load(*when, *out.list->message_type(), problems_, model::Knows::Clock);
    reader.finish();
    if (out.list) tell_.each_of = std::move(out);
  }

  void readPiece(std::string_view key, std::string_view type, Piece::Kind is) {
    const bool fits = tell_.type == type;
    const Node* node = reader_.map(key);
    if (!node && fits)
      problems_.error(node_.at, "a tell of type '" + tell_.type + "' needs '" + std::string(key) + "'");
    if (!node) return;
    if (!fits) problems_.error(node->at, "'" + std::string(key) + "' goes with type '" + std::string(type) + "'");
    NodeReader reader(*node, key, problems_);
    Piece piece;
    piece.is = is;
    piece.kind = reader.required("kind");
    const bool task = is == Piece::Kind::Task;
    if (is != Piece::Kind::LogEntry) piece.unit = task ? reader.required("unit") : reader.text("unit");
    if (task) piece.priority = reader.choice("priority", {"low", "normal", "high", "urgent"}, true);
    const std::string_view text = task ? "instructions" : "text";
    piece.text = findTemplate(reader.required(text), reader.at(text));
    reader.finish();
    tell_.piece = std::move(piece);
  }

  TemplateText findTemplate(const std::string& name, const Location& at) {
    const auto found = parts_.templates.find(name);
    if (found != parts_.templates.end()) {
      parts_.used.insert(name);
      return found->second;
    }
    std::vector<std::string> known;
    for (const auto& each : parts_.templates) known.push_back(each.first);
    if (!name.empty()) problems_.error(at, "unknown template '" + name + "'" + didYouMean(name, known));
    return {};
  }

  void readDue(const Node& node) {
    tell_.due_at = node.at;
    if (node.isScalar() && node.scalar == "at_once") {
      tell_.due.kind = Due::Kind::AtOnce;
      return;
    }
    if (!node.isMap()) {
      problems_.error(node.at,
                      "'due' is at_once, { clock: outcome-told }, { working_days: 1 } or { enhanced: 1, standard: 5 }");
      return;
    }
    NodeReader reader(node, "due", problems_);
    tell_.due.clock = reader.text("clock");
    tell_.due.by = readDatePath("by", reader, problems_);
    tell_.due.at = readPath("at", reader, problems_);
    tell_.due.before = readDatePath("before", reader, problems_);
    const auto days = reader.number("working_days"), enhanced = reader.number("enhanced"),
               standard = reader.number("standard");
    reader.finish();
    const auto sane = [](const auto& value) { return value && *value >= 0 && *value <= kMaxWorkingDays; };
    if (tell_.due.at && !tell_.due.by) problems_.error(reader.at("at"), "'at' is the time of the day that 'by' names");
    if ((tell_.due.by || tell_.due.before) && tell_.due.clock.empty())
      problems_.error(node.at, "'by' and 'before' name a day for a clock: they need 'clock'");
    if (!tell_.due.clock.empty() && !days && !enhanced && !standard) {
      tell_.due.kind = Due::Kind::Clock;
    } else if (tell_.due.clock.empty() && sane(days) && !enhanced && !standard) {
      tell_.due = {Due::Kind::WorkingDays, static_cast<int>(*days), static_cast<int>(*days)};
    } else if (tell_.due.clock.empty() && !days && sane(enhanced) && sane(standard) && *enhanced <= *standard) {
      tell_.due = {Due::Kind::ByEntitlement, static_cast<int>(*standard), static_cast<int>(*enhanced)};
    } else {
      problems_.error(
          node.at,
          "'due' needs either clock, or working_days, or enhanced and standard with enhanced the shorter; 0 to " +
              std::to_string(kMaxWorkingDays));
    }
  }

  void checkType() {
    const auto* type = model::findMessageType(tell_.type);
    if (tell_.type.empty() || (type && type->goes)) return;
    problems_.error(reader_.at("type"), (type ? "no recipient takes a message of type '" : "unknown message type '") +
                                            tell_.type + "'" +
                                            didYouMean(tell_.type, model::messageTypeNames(model::TypeUse::Sends)));
  }

  void checkPeople() {
    if (tell_.over_people) return;
    const auto need = [&](bool wanted, std::string_view key) {
      if (wanted)
        problems_.error(reader_.at(key),
                        "'" + std::string(key) + "' needs 'for_each' over people, such as case.parties[role=victim]");
    };
    need(tell_.due.kind == Due::Kind::ByEntitlement, "due");
    need(tell_.only_named, "only_named");
    need(tell_.only_theirs, "only_theirs");
    need(!tell_.supporter.empty(), "supporter");
    need(!tell_.consent.empty(), "consent");
  }

  const Node& node_;
  NodeReader reader_;
  const RuleParts& parts_;
  Problems& problems_;
  const Node* each_when_ = nullptr;
  Tell tell_;
};

void readWhen(const Node& when, Rule& rule, Problems& problems) {
  rule.when = model::Condition::load(when, messageType(), problems, model::Knows::ClockAndBefore);
  Problems of_types;
  rule.asks = contentId({when});
  rule.types = typesOf(when, of_types);
  for (const auto& problem : of_types.sorted()) problems.error(problem.at, problem.what);
  if (rule.types.size() == model::messageTypeNames(model::TypeUse::Waits).size())
    problems.error(when.at, "'when' must say which messages the rule is for: type: hearing.listed");
  if (rule.types.empty() && of_types.empty())
    problems.error(when.at, "the rule can never match: its conditions leave no message type");
}

}  // namespace

Rule loadRule(const Node& node, const RuleParts& parts, Problems& problems) {
  NodeReader reader(node, "a rule", problems);
  Rule rule;
  rule.at = node.at;
  rule.id = reader.required("id");
  const auto version = reader.number("version");
  if (node.isMap() && !version && !node.find("version")) problems.error(node.at, "a rule needs 'version'");
  rule.name = rule.id + "@" + std::to_string(version.value_or(0));
  reader.required("source");
  rule.statutory = reader.flag("statutory", true);
  reader.text("what");
  rule.live = reader.choice("state", {"live", "shadow"}, true) != "shadow";
  rule.valid_from = reader.date("valid_from");
  rule.valid_to = reader.date("valid_to");
  if (rule.valid_from && rule.valid_to && *rule.valid_to < *rule.valid_from)
    problems.error(reader.at("valid_to"), "the rule can never match: 'valid_to' comes before 'valid_from'");
  if (const Node* when = reader.map("when")) readWhen(*when, rule, problems);
  else if (node.isMap()) problems.error(node.at, "a rule needs 'when'");
  rule.not_past = readDatePath("not_past", reader, problems);
  const Node* tells = reader.list("tell");
  if (node.isMap() && (!tells || tells->items.empty()))
    problems.error(node.at, "a rule needs 'tell', whom it tells what");
  if (tells)
    for (const auto& item : tells->items)
      std::ranges::move(TellReader(item, parts, problems).read(), std::back_inserter(rule.tells));
  reader.finish();
  return rule;
}

}  // namespace causeway::routing
