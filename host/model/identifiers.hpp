#pragma once

#include <string>
#include <string_view>

/// The numbers by which cases, defendants and offences are joined. Nothing is ever rejected here: real senders break every
/// form. A number gets its normal form and a grade, and the grade decides what it may join.
namespace causeway::model {

enum class Grade {
  Ok,        ///< joins
  Warn,      ///< odd form or wrong check letter: joins only together with something else
  Unusable,  ///< empty, or invented by a system that had none: kept, never joins
};
/// ok, warn, unusable: as Identifier.grade writes it.
std::string_view nameOf(Grade grade);

struct Graded {
  std::string
      value;  ///< normal form; the tidied text when the form is not known; never longer than the text by more than 11
  std::string raw;  ///< as sent
  Grade grade = Grade::Unusable;
};

/// A case number with what was written behind it.
struct Urn : Graded {
  std::string stem;     ///< the number without any mark
  int split = 0;        ///< n of "/n": the file was split and this is part n; 0 when there is no such mark
  bool merged = false;  ///< "(M)": other files were merged into this one; not part of `value`
};

/// Upper case, no spaces. `value` is the stem, with "/n" for a split file (a case of its own) and without "(M)".
/// Ok: force, unit, five-figure number and year, or the shorter forms that courts take. Warn: any other 1 to 36 characters.
Urn normaliseUrn(std::string_view text);

/// Arrest summons number: no slashes or spaces, upper case, the running number padded to 11 figures: 20 characters, or 21
/// with the letter of the organisation. Warn: wrong check letter or form. Unusable: empty, or one of the dummies that court
/// systems write when they have none.
Graded normaliseAsn(std::string_view text);
/// The letter that the 20 or 21 characters should end with; 0 when the form does not allow to say.
char asnCheckLetter(std::string_view normal_form);

/// Police National Computer id: YYYY/NNNNNNNC. A two-figure year is widened: 40 to 99 are of the last century, 00 to 39 of this one
/// (nobody recorded before 1940 is in a live case). Warn: wrong letter or form.
Graded normalisePncId(std::string_view text);

/// Criminal Records Office number: NNNNNN/YYC, or SFYY/NNNC unpadded. Warn: wrong letter or form.
Graded normaliseCroNumber(std::string_view text);

/// Id of Common Platform (hearing, case, defendant, offence, result): a UUID in lower case. Anything else, such as the text of
/// a template that was not filled in, is unusable.
Graded normaliseCommonPlatformId(std::string_view text);

/// Organisation unit code: 6 or 7 characters, upper case. Warn: other lengths or signs.
Graded normaliseOuCode(std::string_view text);
/// The court house of a unit code: its first 5 characters (the rest names a room or site).
std::string_view courtHouse(std::string_view ou_code);

}  // namespace causeway::model
