#pragma once

#include "host/pipeline/corrections.hpp"

#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

/// Whom a restriction, its end and an erasure must follow (DPA 2018 s.48(9); UK GDPR Art 19): everybody who was told of the person, as the
/// disclosure register says, so that they do the same.
namespace causeway::pipeline {

/// Types of these notices: processing is restricted, goes on, and what is held is to be erased. Each asks to be confirmed.
inline constexpr std::string_view kRestrictedNotice = "processing.restricted", kResumedNotice = "processing.resumed",
                                  kErasureNotice = "erasure.requested";
/// True for the three types, which go out while processing is restricted.
bool isRightsNotice(std::string_view type);

/// Kind of decision: recipients were asked to erase what they were told of case `about`, or of its `person`; the notices and their lines of
/// the register stand under `code`, a case of its own that holds no content, since the key of the erased one is gone.
inline constexpr std::string_view kErasureTold = "erasure_told";
/// Kind of decision: case `about` holds nothing but the notices of the erasure of case `code`.
inline constexpr std::string_view kErasureNotices = "erasure_notices";

/// What one recipient must be told.
struct RightsNotice {
  std::string recipient;
  std::string purpose;           ///< of the last disclosure of this kind there
  std::set<std::string> people;  ///< of whom it was told; empty: of the case alone
  bool unclear = false;          ///< it was told of somebody of whom it cannot be said who they are here
};

/// Everybody who was told of somebody whom `concerns` names ("p-2"; empty: told of the case and of nobody in it), in order of recipient.
std::vector<RightsNotice> recipientsOf(const std::vector<Register>& registers,
                                       const std::function<bool(const std::string& person)>& concerns);

}  // namespace causeway::pipeline
