#include "host/base/node_reader.hpp"
#include "host/base/text.hpp"
#include "host/model/case.pb.h"
#include "host/model/condition.hpp"
#include "host/model/condition_words.hpp"

#include <algorithm>
#include <charconv>

namespace causeway::model {
namespace {

int toNumber(const std::string& text) {
  int value = -1;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

bool isDate(const FieldPath& path) {
  return !path.empty() && path.leaf().options().GetExtension(canonical::is).form() == canonical::DATE;
}

}  // namespace

const std::vector<std::string>& operatorNames() {
  static const std::vector<std::string> names = {"equals",   "not_equals", "in",     "matches", "exists",
                                                 "at_least", "at_most",    "before", "after",   "within_working_days",
                                                 "changed"};
  return names;
}

class Condition::Loader {
 public:
  Loader(const ProtoType& root, Problems& problems, Knows knows) : root_(root), problems_(problems), knows_(knows) {}

  Condition load(const Node& node) {
    Condition all;
    if (!node.isMap()) {
      problems_.error(node.at, "a condition is a map: all, any, none, or a path with its test");
      return all;
    }
    for (const auto& entry : node.entries) {
      const bool group = entry.key == "all" || entry.key == "any" || entry.key == "none";
      if (!group) {
        all.children_.push_back(loadTest(entry.key, entry.value));
        continue;
      }
      Condition inner;
      inner.kind_ = entry.key == "all" ? Kind::All : entry.key == "any" ? Kind::Any : Kind::None;
      addEach(inner, entry.value);
      all.children_.push_back(std::move(inner));
    }
    return all.children_.size() == 1 ? std::move(all.children_.front()) : all;
  }

 private:
  void addEach(Condition& group, const Node& children) {
    if (children.isMap()) {
      group.children_.push_back(load(children));
      return;
    }
    if (!children.isList()) problems_.error(children.at, "expected a list of conditions");
    for (const auto& child : children.items) group.children_.push_back(load(child));
  }

  Condition loadTest(const std::string& path, const Node& value) {
    Condition out;
    out.kind_ = Kind::Test;
    auto parsed = FieldPath::parse(path, root_);
    if (parsed) out.path_ = *std::move(parsed);
    else problems_.error(value.at, "condition on '" + path + "': " + parsed.error().what);
    if (value.isMap() && value.entries.size() == 1) {
      loadOperator(out, value.entries.front());
    } else if (value.isScalar()) {
      out.operator_ = Operator::Equals;
      out.operands_ = {value.scalar};
    } else {
      problems_.error(value.at, "the test of '" + path + "' must be one value or one operator (" +
                                    join(operatorNames(), ", ") + ")");
    }
    out.text_ = path + (value.isScalar() ? " equals " + value.scalar : "");
    if (value.isMap() && value.entries.size() == 1)
      out.text_ += " " + value.entries.front().key + " " +
                   (out.operands_.size() == 1 && out.operator_ != Operator::In ? out.operands_.front()
                                                                               : "[" + join(out.operands_, ", ") + "]");
    return out;
  }

  void loadOperator(Condition& out, const Node::Entry& entry) {
    const auto& names = operatorNames();
    const auto known = std::ranges::find(names, entry.key);
    if (known == names.end()) {
      problems_.error(entry.key_at, "unknown operator '" + entry.key + "'" + didYouMean(entry.key, names) +
                                        " (allowed: " + join(names, ", ") + ")");
      return;
    }
    out.operator_ = static_cast<Operator>(known - names.begin());
    const Node& value = entry.value;
    if (value.isScalar()) out.operands_ = {value.scalar};
    for (const auto& item : value.items) out.operands_.push_back(item.scalar);
    if (out.operator_ == Operator::In ? !value.isList() : !value.isScalar())
      problems_.error(value.at,
                      "'" + entry.key + "' needs " + (out.operator_ == Operator::In ? "a list" : "one value"));
    if (out.operands_.empty()) out.operands_.emplace_back();
    loadNumber(out, entry);
    checkTime(out, entry);
    if (out.operator_ != Operator::Matches) return;
    auto regex = Regex::compile(out.operands_.front());
    if (regex) out.regex_ = std::make_shared<Regex>(*std::move(regex));
    else problems_.error(value.at, regex.error().what);
  }

  void loadNumber(Condition& out, const Node::Entry& entry) {
    const auto& word = out.operands_.front();
    const bool truth = out.operator_ == Operator::Exists || out.operator_ == Operator::Changed;
    const bool counts = out.operator_ == Operator::AtLeast || out.operator_ == Operator::AtMost ||
                        out.operator_ == Operator::WithinDays;
    if (truth && word != "true" && word != "false")
      problems_.error(entry.value.at, "'" + entry.key + "' is true or false");
    if (counts && toNumber(word) < 0) problems_.error(entry.value.at, "'" + entry.key + "' needs a whole number");
    out.number_ = truth ? (word == "true") : toNumber(word);
  }

  // What asks for the day, or for what was before, stands only where that is known.
  void checkTime(Condition& out, const Node::Entry& entry) {
    const bool compares = out.operator_ == Operator::Before || out.operator_ == Operator::After;
    out.today_ = compares && out.operands_.front() == "today" && !entry.value.quoted;
    const bool asks_day = out.today_ || out.operator_ == Operator::WithinDays;
    if (asks_day && knows_ == Knows::Message)
      problems_.error(entry.key_at, "the day is not known here: 'today' and 'within_working_days' are for rules");
    if (asks_day && !out.path_.empty() && !isDate(out.path_))
      problems_.error(entry.key_at, "'" + (out.today_ ? std::string("today") : entry.key) +
                                        "' goes with a date, such as case.hearings[0].starts_at.date");
    if (out.operator_ == Operator::Changed && knows_ != Knows::ClockAndBefore)
      problems_.error(entry.key_at, "what the case was before is not known here: 'changed' is for 'when' of a rule");
  }

  const ProtoType& root_;
  Problems& problems_;
  Knows knows_;
};

Condition Condition::load(const Node& node, const ProtoType& root, Problems& problems, Knows knows) {
  return Loader(root, problems, knows).load(node);
}

}  // namespace causeway::model
