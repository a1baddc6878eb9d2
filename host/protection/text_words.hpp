#pragma once

#include <string_view>

namespace causeway::protection {

/// What a word says about the words beside it. All are folded: small letters without accents.
enum class WordUse {
  ManTitle,      ///< mr, sir
  WomanTitle,    ///< mrs, miss, ms
  OtherTitle,    ///< dr, mx
  Rank,          ///< pc, sgt: an officer follows
  Judge,         ///< hhj, justice, recorder: a judge follows
  Accused,       ///< defendant, offender: that person follows
  Cue,           ///< victim, witness, contact, with: a person follows
  Does,          ///< said, told, was: a person went before
  Particle,      ///< van, de, al: part of a name, none by itself
  StreetType,    ///< street, close, heol
  HouseWord,     ///< cottage, farm
  Unit,          ///< flat, apartment
  NamedAfter,    ///< crown, magistrates, police, hospital: what went before is a place, not a person
  NamedBefore,   ///< hmp: what follows is a place
  Little,        ///< and, to, not: never a name between two others
  Article,       ///< a, the, his: what follows is a thing
  Residence,     ///< reside, curfew: the address that follows is the defendant's
  Premises,      ///< court, station, store: the address is that of a place that anybody may know
  Abbreviation,  ///< cps, dv: capitals that are no initials
  Month,
  PlaceKind,  ///< primary, academy: what a school or an employer is, beside its name
  BirthCue,   ///< born, dob
};
bool is(WordUse use, std::string_view word);

/// January is 1; 0 when the word is no month. Short forms count.
int monthOf(std::string_view word);

/// The short form of a word of an address: "st" for street and saint, "rd" for road; the word itself when it has none.
std::string_view shortForm(std::string_view word);

}  // namespace causeway::protection
