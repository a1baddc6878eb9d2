#pragma once

#include "host/mapping/read_plan.hpp"
#include "host/model/marks.hpp"

#include <string>
#include <vector>

namespace causeway::mapping {

/// A name under which an element is kept or asked for, with the type of that element.
struct NamedShape {
  std::string name;
  const model::ProtoType* type = nullptr;
  Location at;
};

/// Everything that is kept is asked for, everything asked for is kept, and in one shape: parts of another type cannot be joined.
void checkKept(const std::vector<NamedShape>& keeps, const std::vector<NamedShape>& asks, Problems& problems);

/// A value can be written where it goes: groups need a converter, tables give values of the list that the target takes, and what
/// refers to an element names a list of the message.
void checkTarget(const FieldRule& rule, const ValuePlan& plan, Problems& problems);

/// Sets what the run may take for granted of a value: that it is simple, unchanged, a paper. True when one leaf alone gives it something
/// to write.
bool settle(const FieldRule& rule, ValuePlan& plan);

/// Where a rule's `to` leads, from its element or with `$message.` from the message; a problem when there is no such field.
TargetPlan findTarget(std::string_view text, const model::ProtoType& type, const Location& at, Problems& problems);
/// Gives each target that leads to the same message, whenever it is followed, the same number. `known`: the ways so far.
void numberHolder(TargetPlan& target, std::vector<std::string>& known);
/// `complete:` and `clear:` name what a message may make whole or take back.
void checkMark(const MarkRule& rule, model::Mark mark, Problems& problems);
/// Notes of each list on the way to a place in the message whether every line so far names its elements by number.
void noteLists(const TargetPlan& target, std::map<const model::ProtoField*, bool>& lists);
/// What a `require:` asks for: in a list, of each of its elements.
ReadPlan::Required findRequired(const MarkRule& rule, const model::ProtoType& root, Problems& problems);
/// The message lacks it, or an element of the list that it stands in does.
bool isMissing(const ReadPlan::Required& required, const google::protobuf::Message& message);

/// The converter or table of that name; nullptr, and a problem with the nearest name, when there is none. An empty name is none.
const Converter* findConverter(const Converters& converters, const std::string& name, const Location& at,
                               Problems& problems);
const CodeTable* findTable(const CodeTables& tables, const std::string& name, const Location& at, Problems& problems);

}  // namespace causeway::mapping
