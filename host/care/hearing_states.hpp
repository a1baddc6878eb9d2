#pragma once

#include "host/model/case.pb.h"

namespace causeway::care {

/// It took place, or takes place now.
inline bool hasHappened(const canonical::Hearing& hearing) {
  return hearing.state() == "resulted" || hearing.state() == "in_progress";
}

/// It will not take place.
inline bool isCalledOff(const canonical::Hearing& hearing) {
  return hearing.state() == "vacated" || hearing.state() == "cancelled";
}

}  // namespace causeway::care
