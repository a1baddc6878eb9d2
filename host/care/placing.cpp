#include "host/care/placing.hpp"

#include "host/care/answers.hpp"
#include "host/care/merger.hpp"
#include "host/model/identifiers.hpp"

#include <algorithm>

namespace causeway::care {
namespace {

/// Index of the only element that passes, nobody, or several.
int onlyOne(const auto& list, const auto& passes) {
  int found = kNobody;
  for (int i = 0; i < list.size(); ++i) {
    if (!passes(list.Get(i))) continue;
    if (found != kNobody) return kSeveral;
    found = i;
  }
  return found;
}

bool usable(const canonical::Identifier& number) { return !number.value().empty() && number.grade() != "unusable"; }
bool certain(const canonical::Identifier& number) { return usable(number) && number.grade() != "warn"; }
bool sameNumber(const canonical::Identifier& a, const canonical::Identifier& b) {
  return usable(a) && usable(b) && a.value() == b.value();
}

/// A probation or prison number belongs to one person only.
bool sharesCustodyNumber(const canonical::Defendant& a, const canonical::Defendant& b) {
  return sameNumber(a.noms_number(), b.noms_number()) || sameNumber(a.crn(), b.crn());
}

bool sharesFamilyName(const canonical::Person& a, const canonical::Person& b) {
  for (const auto& one : a.names())
    for (const auto& other : b.names())
      if (!one.family().empty() && comparable(one.family()) == comparable(other.family())) return true;
  return false;
}

/// First given names are known on both sides: 1 the same, -1 other ones, 0 not known.
int givenNames(const canonical::Person& a, const canonical::Person& b) {
  bool known = false;
  for (const auto& one : a.names())
    for (const auto& other : b.names()) {
      if (one.given().empty() || other.given().empty()) continue;
      known = true;
      if (comparable(one.given(0)) == comparable(other.given(0))) return 1;
    }
  return known ? -1 : 0;
}

bool birthsDisagree(const canonical::Person& a, const canonical::Person& b) {
  return a.has_born_on() && b.has_born_on() && a.born_on() != b.born_on();
}
bool sameBirth(const canonical::Person& a, const canonical::Person& b) {
  return a.has_born_on() && a.born_on() == b.born_on();
}

bool sameOrganisation(const canonical::Organisation& a, const canonical::Organisation& b) {
  return !a.name().empty() && comparable(a.name()) == comparable(b.name());
}

/// A number of the same system: 1 the same, -1 other ones, 0 not comparable.
int systemNumbers(const canonical::Party& a, const canonical::Party& b) {
  int out = 0;
  for (const auto& one : a.identifiers())
    for (const auto& other : b.identifiers()) {
      if (!usable(one) || !usable(other) || one.type() != other.type() || one.source() != other.source()) continue;
      if (one.value() == other.value()) return 1;
      out = -1;
    }
  return out;
}

bool sameOfficer(const canonical::Party& a, const canonical::Party& b) {
  if (!a.has_officer() || !b.has_officer()) return false;
  if (!a.officer().collar().empty() && a.officer().collar() == b.officer().collar()) return true;
  return !a.officer().email().empty() && comparable(a.officer().email()) == comparable(b.officer().email());
}

bool sharesRole(const canonical::Party& a, const canonical::Party& b) {
  return std::ranges::any_of(a.roles(), [&](const auto& one) {
    return std::ranges::any_of(b.roles(), [&](const auto& other) { return one.role().code() == other.role().code(); });
  });
}

std::string placeOf(const canonical::Party& party) {
  if (party.addresses().empty()) return {};
  const auto& address = party.addresses(0);
  return comparable(address.premises() + " " + (address.lines().empty() ? "" : address.lines(0)) + " " +
                    address.postcode());
}

/// A victim that is a business has no name in some formats: its address stands for it.
bool sameNamelessPlace(const canonical::Party& a, const canonical::Party& b) {
  if (a.has_person() || b.has_person() || !a.organisation().name().empty() || !b.organisation().name().empty())
    return false;
  const std::string place = placeOf(a);
  return place.size() > 2 && place == placeOf(b) && sharesRole(a, b);
}

bool sameResultContent(const canonical::Result& a, const canonical::Result& b) {
  const bool dates = a.ordered_on() == b.ordered_on() && a.starts_on() == b.starts_on() && a.ends_on() == b.ends_on();
  return dates && a.hearing_id() == b.hearing_id() && a.code().code() == b.code().code() &&
         a.text().text() == b.text().text();
}

}  // namespace

int findDefendant(const canonical::Case& whole, const canonical::Defendant& said, const Ledger& ledger) {
  const auto& all = whole.defendants();
  if (!said.id().empty())
    if (const int found = onlyOne(all, [&](const auto& one) { return one.id() == said.id(); }); found != kNobody)
      return found;
  if (!said.cp_defendant_id().empty()) {
    const int found = onlyOne(all, [&](const auto& one) {
      return one.cp_defendant_id() == said.cp_defendant_id() ||
             ledger.everSaid(one.id(), "cp_defendant_id", said.cp_defendant_id());
    });
    if (found != kNobody) return found;
  }
  if (const int found = onlyOne(all, [&](const auto& one) { return sharesCustodyNumber(one, said); }); found != kNobody)
    return found;
  const auto& who = said.person();
  // A doubtful arrest number joins only together with the family name.
  const auto by_asn = [&](const auto& one) {
    const bool same = sameNumber(one.asn(), said.asn()) ||
                      (usable(said.asn()) && ledger.everSaid(one.id(), "asn", said.asn().value()));
    return same && (certain(said.asn()) || sharesFamilyName(one.person(), who) ||
                    sameOrganisation(one.organisation(), said.organisation()));
  };
  if (const int found = onlyOne(all, by_asn); found != kNobody) return found;
  const auto by_pnc = [&](const auto& one) {
    return sameNumber(one.pnc_id(), said.pnc_id()) && (certain(said.pnc_id()) || sharesFamilyName(one.person(), who));
  };
  if (const int found = onlyOne(all, by_pnc); found != kNobody) return found;
  const auto otherwise_known = [&](const auto& one) {
    return certain(one.pnc_id()) && certain(said.pnc_id()) && one.pnc_id().value() != said.pnc_id().value();
  };
  const auto by_birth = [&](const auto& one) {
    return sharesFamilyName(one.person(), who) && sameBirth(one.person(), who) && givenNames(one.person(), who) >= 0 &&
           !otherwise_known(one);
  };
  if (const int found = onlyOne(all, by_birth); found != kNobody) return found;
  const auto by_organisation = [&](const auto& one) {
    return sameOrganisation(one.organisation(), said.organisation());
  };
  if (const int found = onlyOne(all, by_organisation); found != kNobody) return found;
  // The name alone, where no number contradicts it: two arrest numbers are two people until something else joins them.
  return onlyOne(all, [&](const auto& one) {
    const bool contradicted =
        (certain(one.asn()) && certain(said.asn())) || otherwise_known(one) || birthsDisagree(one.person(), who);
    return !contradicted && sharesFamilyName(one.person(), who) && givenNames(one.person(), who) >= 0;
  });
}

int findParty(const canonical::Case& whole, const canonical::Party& said) {
  const auto& all = whole.parties();
  if (namesNobody(said)) return findAnswered(whole, said);
  if (!said.id().empty())
    if (const int found = onlyOne(all, [&](const auto& one) { return one.id() == said.id(); }); found != kNobody)
      return found;
  if (const int found = onlyOne(all, [&](const auto& one) { return systemNumbers(one, said) == 1; }); found != kNobody)
    return found;
  if (const int found = onlyOne(all, [&](const auto& one) { return sameOfficer(one, said); }); found != kNobody)
    return found;
  const auto& who = said.person();
  const auto open = [&](const auto& one) { return systemNumbers(one, said) == 0; };
  const auto named = [&](const auto& one) { return sharesFamilyName(one.person(), who); };
  const int by_birth = onlyOne(all, [&](const auto& one) {
    return open(one) && named(one) && sameBirth(one.person(), who) && givenNames(one.person(), who) >= 0;
  });
  if (by_birth != kNobody) return by_birth;
  const int by_name = onlyOne(all, [&](const auto& one) {
    return open(one) && named(one) && givenNames(one.person(), who) == 1 && !birthsDisagree(one.person(), who);
  });
  if (by_name != kNobody) return by_name;
  if (!said.has_person()) {
    const int by_organisation = onlyOne(
        all, [&](const auto& one) { return open(one) && sameOrganisation(one.organisation(), said.organisation()); });
    return by_organisation != kNobody
               ? by_organisation
               : onlyOne(all, [&](const auto& one) { return open(one) && sameNamelessPlace(one, said); });
  }
  return kNobody;
}

bool areOne(const canonical::Party& a, const canonical::Party& b) {
  const int numbers = systemNumbers(a, b);
  if (numbers != 0) return numbers > 0;
  if (sameOfficer(a, b)) return true;
  return sharesFamilyName(a.person(), b.person()) && sameBirth(a.person(), b.person()) &&
         givenNames(a.person(), b.person()) >= 0;
}

int findOffence(const canonical::Defendant& defendant, const canonical::Offence& said, const OffenceSearch& search) {
  const auto& all = defendant.offences();
  const auto free = [&](const auto& one) { return !search.used.contains(one.id()); };
  if (search.exact && !said.id().empty())
    if (const int found = onlyOne(all, [&](const auto& one) { return one.id() == said.id(); }); found != kNobody)
      return found;
  if (search.exact && !said.cp_offence_id().empty())
    if (const int found = onlyOne(all, [&](const auto& one) { return one.cp_offence_id() == said.cp_offence_id(); });
        found != kNobody)
      return found;
  const auto numbers_differ = [&](const auto& one) {
    return !one.cp_offence_id().empty() && !said.cp_offence_id().empty() && one.cp_offence_id() != said.cp_offence_id();
  };
  const auto same_code = [&](const auto& one) {
    const bool same = !said.code().code().empty() && one.code().code() == said.code().code();
    return same && free(one) && !numbers_differ(one);
  };
  const auto same_charge = [&](const auto& one) { return same_code(one) && one.starts_on() == said.starts_on(); };
  // A prosecutor may name a charge without its date: then its number has to agree.
  const auto undated = [&](const auto& one) { return one.starts_on().empty() != said.starts_on().empty(); };
  if (search.exact)
    return onlyOne(all, [&](const auto& one) {
      return (same_charge(one) || (same_code(one) && undated(one))) && said.has_sequence() &&
             one.sequence() == said.sequence();
    });
  // Another sequence from the same kind of system is another offence; two systems number as they please.
  return onlyOne(all, [&](const auto& one) {
    if (!same_charge(one)) return false;
    if (!said.has_sequence()) return true;
    return std::ranges::none_of(search.ledger.all(one.id(), "sequence"),
                                [&](const Claim& claim) { return claim.family == search.family; });
  });
}

int findResult(const google::protobuf::RepeatedPtrField<canonical::Result>& results, const canonical::Result& said,
               const std::set<std::string>& used) {
  for (int i = 0; i < results.size(); ++i) {
    const auto& one = results.Get(i);
    if (!said.id().empty() && one.id() == said.id()) return i;
    if (used.contains(one.id())) continue;
    if (!said.source_result_id().empty() && !one.source_result_id().empty()) {
      if (one.source_result_id() == said.source_result_id()) return i;
      continue;
    }
    if (sameResultContent(one, said)) return i;
  }
  return kNobody;
}

}  // namespace causeway::care
