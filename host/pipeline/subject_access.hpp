#pragma once

#include "host/model/case.pb.h"
#include "host/protection/name_lore.hpp"

#include <string>
#include <vector>

namespace causeway::pipeline {

/// One thing that is held about a person, for that person to read (DPA 2018 s.45; UK GDPR Art 15).
struct HeldItem {
  std::string field;  ///< path: parties.person.born_on
  std::string label;  ///< plain English: "Person: Date of birth"
  std::string value;
  struct Source {
    std::string system;   ///< who said it
    std::string said_at;  ///< RFC 3339; when it was said, else when it came
    bool shown = true;    ///< false: another value is shown now
  };
  std::vector<Source> sources;
};

/// Something that is held and not handed out, with the reason.
struct WithheldItem {
  std::string field, label, why;
};

struct SubjectAccess {
  std::vector<HeldItem> held;
  std::vector<WithheldItem> withheld;
};

/// What the case holds about one party ("p-2"): their own part of it with where each fact came from, and the work, papers and other entries
/// that refer to them. Other people's data is left out: numbers of others, officers, every free text in which the search finds somebody
/// else, however written, or something that locates somebody, and every free text that is not of the person's own part. Nothing when there
/// is no such party.
SubjectAccess subjectAccess(const canonical::CaseRecord& record, const std::string& person,
                            const protection::NameLore& names);

}  // namespace causeway::pipeline
