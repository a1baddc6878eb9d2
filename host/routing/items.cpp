#include "host/routing/items.hpp"

#include "host/model/case.pb.h"

#include <vector>

namespace causeway::routing {
namespace {

std::vector<const model::ProtoField*> keyOf(const model::ProtoType& type) {
  if (const auto* id = type.FindFieldByName("id")) return {id};
  std::vector<const model::ProtoField*> out;
  for (int i = 0; i < type.field_count(); ++i)
    if (type.field(i)->options().GetExtension(canonical::is).key()) out.push_back(type.field(i));
  return out;
}

}  // namespace

bool isNumbered(const model::ProtoType& type) { return !keyOf(type).empty(); }

std::string numberOf(const model::ProtoMessage& item) {
  std::string out;
  for (const auto* field : keyOf(*item.GetDescriptor())) out += (out.empty() ? "" : " ") + model::textOf(item, *field);
  return out;
}

}  // namespace causeway::routing
