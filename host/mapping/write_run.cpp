#include "host/mapping/out_tree.hpp"
#include "host/mapping/read_checks.hpp"
#include "host/mapping/write_plan.hpp"

#include <google/protobuf/message.h>

#include <algorithm>

namespace causeway::mapping {
namespace {

using google::protobuf::Message;

class Writer {
 public:
  Writer(const WritePlan& plan, const NamedValues& named, std::chrono::year_month_day day)
      : plan_(plan), named_(named), day_(day) {}

  Result<OutNode> root(const Message& message) {
    OutNode out{plan_.nodes.front().name, {}, {}, {}, false, false, false};
    CW_CHECK_OK(children(plan_.nodes.front(), message, out));
    return out;
  }

 private:
  Result<void> children(const WriteNode& node, const Message& element, OutNode& out) {
    for (const int index : node.children) CW_CHECK_OK(one(plan_.nodes[static_cast<size_t>(index)], element, out));
    return {};
  }

  Result<void> one(const WriteNode& node, const Message& element, OutNode& parent) {
    if (node.each.empty()) {
      if (node.when && !node.when->holds(element)) return {};
      return node.sources.empty() ? group(node, element, parent) : leaf(node, element, parent);
    }
    Result<void> outcome;
    node.each.visit(element, [&](const Message& holder, const model::ProtoField& field, int index) {
      const auto& item = index < 0 ? holder.GetReflection()->GetMessage(holder, &field)
                                   : holder.GetReflection()->GetRepeatedMessage(holder, &field, index);
      if (!node.when || node.when->holds(item)) outcome = group(node, item, parent);
      return outcome.has_value();
    });
    return outcome;
  }

  Result<void> group(const WriteNode& node, const Message& element, OutNode& parent) {
    OutNode out{node.name, {}, {}, {}, node.attribute, node.list, false};
    CW_CHECK_OK(children(node, element, out));
    if (repeatsAttribute(out)) return eachByItself(std::move(out), parent);
    if (!out.children.empty() || out.has_text) parent.children.push_back(std::move(out));
    return {};
  }

  // Several values of one attribute: its element is repeated, which only makes sense when it holds nothing else.
  static Result<void> eachByItself(OutNode all, OutNode& parent) {
    const std::string attribute = all.children.front().name;
    for (auto& child : all.children) {
      if (!child.attribute || child.name != attribute)
        return fail(ErrorKind::Invalid, "'@" + attribute + "' has several values in an element that holds more than it",
                    all.name);
      OutNode one{all.name, {}, {}, {}, false, false, false};
      one.children.push_back(std::move(child));
      parent.children.push_back(std::move(one));
    }
    return {};
  }

  static bool repeatsAttribute(const OutNode& node) {
    for (size_t i = 1; i < node.children.size(); ++i)
      if (node.children[i].attribute && node.children[i].name == node.children[i - 1].name) return true;
    return false;
  }

  std::vector<std::string> read(const SourcePlan& source, const Message& element) const {
    if (source.constant) return {*source.constant};
    if (source.named.empty()) return source.path.read(element);
    const auto found = named_.find(source.named);
    return found == named_.end() || found->second.empty() ? std::vector<std::string>()
                                                          : std::vector<std::string>{found->second};
  }

  Result<void> leaf(const WriteNode& node, const Message& element, OutNode& parent) {
    std::vector<std::string> texts;
    if (node.sources.size() == 1 && !node.converter) {
      texts = read(node.sources.front(), element);
    } else {
      CW_TRY(auto converted, convert(node, element));
      if (!converted.empty()) texts.push_back(std::move(converted));
    }
    // What nobody said is left out; a constant is what the file wants there, even when it is empty (xmlns="").
    if (node.sources.empty() || !node.sources.front().constant) std::erase(texts, std::string());
    if (texts.empty() && node.fallback) texts.push_back(*node.fallback);
    if (node.table) CW_CHECK_OK(encode(node, texts));
    if (!node.join.empty() && node.list) texts = parted(texts, node.join);
    if (!node.join.empty() && texts.size() > 1 && !node.list) {
      for (size_t i = 1; i < texts.size(); ++i) texts.front() += node.join + texts[i];
      texts.resize(1);
    }
    if (texts.size() > 1 && !node.list && plan_.format == Format::Json) texts.resize(1);
    for (auto& text : texts) {
      if (node.name == "text()") {
        parent.text = std::move(text);
        parent.has_text = true;
      } else {
        parent.children.push_back({node.name, std::move(text), node.json, {}, node.attribute, node.list, true});
      }
    }
    return {};
  }

  static std::vector<std::string> parted(const std::vector<std::string>& texts, const std::string& between) {
    std::vector<std::string> out;
    for (const auto& text : texts)
      for (size_t from = 0; from <= text.size();) {
        const size_t to = std::min(text.find(between, from), text.size());
        if (to > from) out.push_back(text.substr(from, to - from));
        from = to + between.size();
      }
    return out;
  }

  Result<std::string> convert(const WriteNode& node, const Message& element) const {
    std::vector<std::pair<std::string_view, std::string>> values;
    for (const auto& source : node.sources)
      for (auto& text : read(source, element)) values.emplace_back(source.name, std::move(text));
    if (values.empty()) return std::string();
    std::vector<NamedText> inputs;
    for (const auto& [name, value] : values) inputs.push_back({name, value});
    Outputs outputs;
    if (!node.converter) return values.front().second;
    if (auto done = (*node.converter)(inputs, outputs); !done)
      return fail(done.error().kind, done.error().what, node.name);
    return std::string(outputs.get("value"));
  }

  // Writing is strict: a code that the recipient's table does not have is not sent as something else.
  Result<void> encode(const WriteNode& node, std::vector<std::string>& texts) const {
    for (auto& text : texts) {
      const auto code = node.table->write(text, day_);
      if (!code)
        return fail(ErrorKind::Invalid, "table '" + node.table->name() + "' has no code to write for this value",
                    node.name);
      text = std::string(*code);
    }
    return {};
  }

  const WritePlan& plan_;
  const NamedValues& named_;
  std::chrono::year_month_day day_;
};

bool covered(const std::vector<std::string>& names, const std::string& leaf) {
  return std::ranges::any_of(names, [&](const std::string& name) {
    return leaf == name || (leaf.starts_with(name) && leaf[name.size()] == '.');
  });
}

// Present leaves (value types count as one) that the plan neither carries nor leaves out.
void account(const WritePlan& plan, const Message& element, const std::string& prefix, std::vector<std::string>& lost) {
  std::vector<const google::protobuf::FieldDescriptor*> fields;
  element.GetReflection()->ListFields(element, &fields);
  for (const auto* field : fields) {
    const std::string name = prefix + (prefix.empty() ? "" : ".") + field->name();
    if (model::shapeOf(*field) != model::Shape::Group) {
      const bool part = std::ranges::any_of(
          plan.carried, [&](const std::string& carried) { return carried.starts_with(name + "."); });
      if (!part && !covered(plan.carried, name) && !covered(plan.left_out, name) &&
          std::ranges::find(lost, name) == lost.end())
        lost.push_back(name);
      continue;
    }
    const bool list = field->is_repeated();
    const int size = list ? element.GetReflection()->FieldSize(element, field) : 1;
    for (int i = 0; i < size; ++i)
      account(plan,
              list ? element.GetReflection()->GetRepeatedMessage(element, field, i)
                   : element.GetReflection()->GetMessage(element, field),
              name, lost);
  }
}

}  // namespace

Result<std::string> writeBytes(const WritePlan& plan, const Message& message, const NamedValues& named,
                               std::chrono::year_month_day day) {
  for (const auto& line : plan.require)
    if (std::ranges::all_of(line, [&](const auto& required) { return isMissing(required, message); }))
      return fail(ErrorKind::NotFound, "'" + line.front().path.text() + "' must be there and is not", plan.id);
  CW_TRY(const OutNode root, Writer(plan, named, day).root(message));
  return plan.format == Format::Xml ? toXml(root, plan.name_space) : toJson(root);
}

Result<Written> write(const WritePlan& plan, const Message& message, const NamedValues& named,
                      std::chrono::year_month_day day) {
  Written out;
  CW_TRY(out.bytes, writeBytes(plan, message, named, day));
  account(plan, message, "", out.lost);
  return out;
}

}  // namespace causeway::mapping
