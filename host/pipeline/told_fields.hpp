#pragma once

#include "host/base/result.hpp"
#include "host/model/case.pb.h"
#include "host/model/values.hpp"
#include "host/pipeline/disclosure_row.hpp"
#include "host/pipeline/vault.hpp"

#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// What a recipient was told, field by field, without the values: the sealed part of the disclosure register.
namespace causeway::pipeline {

/// Number of a person or other element in the case ("p-2"; empty: the case itself) and a field below it ("person.born_on").
using FieldOfElement = std::pair<std::string, std::string>;
/// Fingerprints of the values that a field had; a list has several. Each is 12 bytes, keyed, and differs from field to field, so that two
/// people with one address do not show as such.
using ToldFields = std::map<FieldOfElement, std::set<std::string>>;

/// Every value below the lists and fields of a case, in order. `ids`: of the elements of the case's own lists, in order, where the case
/// itself may not hold them; nullptr: as they stand in it.
using Visit = std::function<void(const FieldOfElement& at, const model::ProtoField& field, const std::string& value)>;
void visitValues(const canonical::Case& whole, const std::vector<std::string>* ids, const Visit& visit);

/// The same as it is used to compare what was told with what is right: `case_id` keeps cases apart.
std::string fingerprintOf(const Vault& vault, std::string_view case_id, const FieldOfElement& field,
                          std::string_view value);
ToldFields toldFields(const Vault& vault, std::string_view case_id, const canonical::Case& told,
                      const std::vector<std::string>& ids);

/// One line for each field: element, tab, field, and each fingerprint after a space, in hexadecimal digits.
std::string toText(const ToldFields& told);
/// Broken when it is no such text.
Result<ToldFields> readToldFields(std::string_view text);

/// What the sealed part of a line of the register is bound to.
inline std::string registerContext(const DisclosureRow& row) {
  return "disclosure:" + row.delivery_id + ":" + std::to_string(row.attempt);
}

/// People (parties and defendants) of whom something is told, or to whom a told field refers; sorted, without repeats.
std::vector<std::string> peopleIn(const canonical::Case& told, const std::vector<std::string>& ids);

}  // namespace causeway::pipeline
