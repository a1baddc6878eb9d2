#pragma once

#include "host/protection/known_people.hpp"
#include "host/protection/name_lore.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace causeway::protection {

enum class FindingKind { Name, Address, Phone, Email, Number, Birth, Place };
/// Possible: may be an ordinary word or somebody else's; only a person can tell.
enum class Confidence { Possible, Likely, Certain };

/// A place in a text that gives somebody away. It never holds what stands there.
struct Finding {
  FindingKind kind = FindingKind::Name;
  Confidence confidence = Confidence::Possible;
  std::size_t begin = 0;  ///< byte
  std::size_t end = 0;    ///< one past the last byte
  std::string person;     ///< number in the case; empty where only the shape told (a telephone number of nobody known)
};

/// Finds the hidden people of a case in free text: names as recorded, in any order, as initials, shortened, misspelt, split over lines or
/// run together; addresses and parts of them; telephone numbers, e-mail addresses, identifiers and dates of birth however written; and
/// by their shape alone telephone numbers, private e-mail addresses, personal numbers and addresses of nobody known.
/// Built once for the people of a case; `lore` must outlive it. The time of `find`
/// grows with the text and hardly with the people.
class TextSearch {
 public:
  TextSearch(const KnownPeople& people, const NameLore& lore);
  ~TextSearch();
  TextSearch(TextSearch&&) noexcept;
  TextSearch& operator=(TextSearch&&) noexcept;

  /// In order of place, none overlapping another; total over any bytes.
  std::vector<Finding> find(std::string_view text) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// The text with a neutral marker ("[name removed]") where each finding was; everything else stays as it is, byte for byte. The findings
/// are those of `find` for this text.
std::string redact(std::string_view text, const std::vector<Finding>& findings);

/// Removes what was found and searches what is left again, until nothing is found.
struct Redaction {
  std::string text;
  std::vector<Finding> findings;  ///< of the text as it came
  bool clean = false;             ///< nothing is left; false after five rounds: then the text must not go
};
Redaction redactAll(const TextSearch& search, std::string_view text);

}  // namespace causeway::protection
