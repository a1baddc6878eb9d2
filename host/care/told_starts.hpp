#pragma once

#include "host/care/case_fold.hpp"

#include <map>
#include <string>

/// The start of each hearing as people were told it last. One that becomes known while nobody has to come, because everything is admitted,
/// is told to nobody; once the hearing is to be held after all it is news, however long it has been known. The record keeps it as a fact of
/// the fixture (`h-1`, `told_start`, "2026-09-14|10:00|C52BR00") beside what sources say.
namespace causeway::care {

/// Day, time and court as one text, to be compared.
std::string startOf(const canonical::Hearing& hearing);

/// A start as it was told, and not something that a source said.
bool isToldStart(const canonical::Fact& fact);

/// By fixture; kNobodyTold where people have heard of none. A fixture that an older version wrote is missing.
std::map<std::string, std::string> toldStarts(const canonical::CaseRecord& record);
constexpr const char* kNobodyTold = "-";

/// After the events of a message: what is to be held has been told, now or before, what is called off holds for nobody any more, and what else
/// is not to be held stays as it was.
void rememberStarts(const canonical::CaseRecord& before, canonical::CaseRecord& after,
                    const canonical::CanonicalMessage& message);

}  // namespace causeway::care
