#pragma once

#include "host/protection/free_text_use.hpp"
#include "host/protection/policy.hpp"
#include "host/protection/text_search.hpp"

namespace causeway::protection {

/// Searches every narrative field of a projection for the hidden people of `whole` (known_people.hpp) and acts on what it finds: texts of
/// the projection are replaced, or the answer is a hold (text_names_somebody, rule A23) that names fields and kinds, never a value.
/// Does nothing, at next to no cost, where the projection has no narrative field. `redacted` gets the names of the fields in which
/// something was taken out.
struct TextScreen {
  const canonical::Case& whole;  ///< whose people are looked for
  const Recipient& recipient;
  FreeText use = FreeText::Hold;
  const NameLore& lore;

  std::optional<Hold> screen(canonical::CanonicalMessage& projection, std::vector<std::string>& redacted) const;
};

}  // namespace causeway::protection
