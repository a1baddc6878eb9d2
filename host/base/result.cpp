#include "host/base/result.hpp"

namespace causeway {

std::string_view nameOf(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::Invalid: return "invalid";
    case ErrorKind::TooLarge: return "too_large";
    case ErrorKind::NotFound: return "not_found";
    case ErrorKind::Refused: return "refused";
    case ErrorKind::Conflict: return "conflict";
    case ErrorKind::Unavailable: return "unavailable";
    case ErrorKind::Broken: return "broken";
  }
  return "broken";
}

}  // namespace causeway
