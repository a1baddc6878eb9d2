#include "host/model/case.pb.h"
#include "host/model/field_path.hpp"

#include <cstdlib>

namespace {

using namespace causeway;

canonical::CanonicalMessage sample() {
  canonical::CanonicalMessage out;
  auto& whole = *out.mutable_case_();
  whole.add_defendants()->add_offences()->mutable_plea()->set_code("guilty");
  whole.add_parties()->add_roles()->mutable_role()->set_code("victim");
  whole.add_parties();
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, size_t size) {
  static const auto message = sample();
  const auto& type = *canonical::CanonicalMessage::descriptor();
  const auto path = model::FieldPath::parse({reinterpret_cast<const char*>(data), size}, type);
  if (!path) {
    if (path.error().what.empty()) std::abort();
    return 0;
  }
  const auto again = model::FieldPath::parse(path->text(), type);
  if (!again || again->steps().size() != path->steps().size()) std::abort();
  if (path->empty()) return 0;
  int places = 0;
  path->visit(message, [&](const model::ProtoMessage& parent, const model::ProtoField& field, int) {
    if (field.containing_type() != parent.GetDescriptor() || ++places > 1000) std::abort();
    return true;
  });
  return 0;
}
