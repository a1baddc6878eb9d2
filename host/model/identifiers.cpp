#include "host/model/identifiers.hpp"

#include "host/base/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

namespace causeway::model {
namespace {

// I, O and S are never check letters: they look like figures.
constexpr std::string_view check_letters = "ZABCDEFGHJKLMNPQRTUVWXY";
constexpr size_t asn_number_length = 11;

// Dummies that court systems write for a missing number. 9 a figure, * a letter or figure, everything else itself; the
// running number and check letter that follow do not matter.
constexpr std::array dummy_asns = {
    std::string_view("0800NP01"), std::string_view("0800PP01"), std::string_view("9999NRPR"),
    std::string_view("9912LN00"), std::string_view("9900NP00"), std::string_view("996300**"),
    std::string_view("9906SS**"), std::string_view("9900XX**"), std::string_view("995011**"),
    std::string_view("995012**"), std::string_view("995021**"), std::string_view("995041**"),
    std::string_view("995042**"), std::string_view("995043**"), std::string_view("9950OF**"),
    std::string_view("9950SJ**"),
};

bool isFigure(char c) { return c >= '0' && c <= '9'; }
bool isLetter(char c) { return c >= 'A' && c <= 'Z'; }
bool allFigures(std::string_view text) { return !text.empty() && std::ranges::all_of(text, isFigure); }
bool isCheckLetter(char c) { return check_letters.find(c) != std::string_view::npos; }

bool fits(std::string_view text, std::string_view mask) {
  if (text.size() < mask.size()) return false;
  for (size_t i = 0; i < mask.size(); ++i) {
    const char c = text[i];
    const bool ok = mask[i] == '9' ? isFigure(c) : mask[i] == '*' ? isFigure(c) || isLetter(c) : c == mask[i];
    if (!ok) return false;
  }
  return true;
}
bool fitsWhole(std::string_view text, std::string_view mask) { return text.size() == mask.size() && fits(text, mask); }

/// Upper case without white space and the signs given.
std::string tidy(std::string_view text, std::string_view drop = {}) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text)
    if (c != ' ' && c != '\t' && c != '\r' && c != '\n' && drop.find(c) == std::string_view::npos) out += c;
  return upperCase(out);
}

Graded graded(std::string value, std::string_view raw, bool ok) {
  return {std::move(value), std::string(raw), ok ? Grade::Ok : Grade::Warn};
}

/// Remainder of a number of any length: no overflow, however many figures a sender writes.
std::uint32_t modulo23(std::string_view figures) {
  std::uint32_t rest = 0;
  for (const char c : figures) rest = (rest * 10 + static_cast<std::uint32_t>(c - '0')) % 23;
  return rest;
}

std::string padded(std::string_view figures, size_t width) {
  return std::string(figures.size() < width ? width - figures.size() : 0, '0') + std::string(figures);
}

/// 50CH0000122, the court's 4 characters and 3 to 7 figures, or 11 letters and figures.
bool isUsualUrn(std::string_view stem) {
  if (fitsWhole(stem, "***********")) return true;
  return stem.size() >= 7 && stem.size() <= 11 && fits(stem, "****") && allFigures(stem.substr(4));
}

/// Takes "/2" off the end; 0 when there is no such mark.
int takeSplit(std::string& text) {
  const size_t slash = text.rfind('/');
  if (slash == std::string::npos || slash == 0 || text.size() - slash > 4 ||
      !allFigures(std::string_view(text).substr(slash + 1)))
    return 0;
  int split = 0;
  std::from_chars(text.data() + slash + 1, text.data() + text.size(), split);
  if (split == 0) return 0;
  text.resize(slash);
  return split;
}

bool takeMerged(std::string& text) {
  if (!text.ends_with("(M)") || text.size() == 3) return false;
  text.resize(text.size() - 3);
  return true;
}

/// The running number of an ASN brought to 11 figures; the text itself when it has not the form.
std::string paddedAsn(std::string text) {
  const size_t prefix = text.size() == 21 ? 9 : 8;
  if (text.size() < prefix + 2 || !isLetter(text.back())) return text;
  const auto number = std::string_view(text).substr(prefix, text.size() - prefix - 1);
  if (!allFigures(number) || number.size() > asn_number_length) return text;
  return text.substr(0, prefix) + padded(number, asn_number_length) + text.back();
}

}  // namespace

std::string_view nameOf(Grade grade) {
  switch (grade) {
    case Grade::Ok: return "ok";
    case Grade::Warn: return "warn";
    case Grade::Unusable: break;
  }
  return "unusable";
}

Urn normaliseUrn(std::string_view text) {
  Urn out;
  out.raw = std::string(text);
  out.stem = tidy(text);
  if (out.stem.empty() || out.stem.size() > 64) return out;
  // Both orders are written: 01AB1234514(M)/2 and 01AB1234514/2(M).
  out.merged = takeMerged(out.stem);
  out.split = takeSplit(out.stem);
  out.merged = takeMerged(out.stem) || out.merged;
  out.value = out.split > 0 ? out.stem + "/" + std::to_string(out.split) : out.stem;
  out.grade = out.value.size() > 36 ? Grade::Unusable : isUsualUrn(out.stem) ? Grade::Ok : Grade::Warn;
  return out;
}

char asnCheckLetter(std::string_view normal_form) {
  if (normal_form.size() != 20 && normal_form.size() != 21) return 0;
  const size_t force_at = normal_form.size() == 21 ? 3 : 2;
  const auto year = normal_form.substr(0, 2), force = normal_form.substr(force_at, 2),
             system = normal_form.substr(force_at + 4, 2);
  const auto number = normal_form.substr(force_at + 6, asn_number_length);
  if (!allFigures(year) || !allFigures(number)) return 0;
  std::string figures;
  if (allFigures(force)) figures += force;
  if (allFigures(system)) figures += system;
  figures += year;
  figures += number;
  return check_letters[modulo23(figures)];
}

Graded normaliseAsn(std::string_view text) {
  std::string value = paddedAsn(tidy(text, "/"));
  if (value.empty()) return {{}, std::string(text), Grade::Unusable};
  if (std::ranges::any_of(dummy_asns, [&](std::string_view mask) { return value.size() >= 20 && fits(value, mask); }))
    return {std::move(value), std::string(text), Grade::Unusable};
  const char expected = asnCheckLetter(value);
  const bool ok = expected != 0 && value.back() == expected;
  return graded(std::move(value), text, ok);
}

Graded normalisePncId(std::string_view text) {
  std::string value = tidy(text);
  if (value.empty()) return {{}, std::string(text), Grade::Unusable};
  const size_t slash = value.find('/');
  const char letter = value.back();
  // Without a slash the year has four figures: 20000448754K.
  const size_t year_length = slash == std::string::npos ? 4 : slash;
  const size_t number_at = slash == std::string::npos ? 4 : slash + 1;
  if (value.size() < number_at + 2) return graded(std::move(value), text, false);
  std::string year = value.substr(0, year_length);
  const std::string number = value.substr(number_at, value.size() - number_at - 1);
  const bool form = allFigures(year) && (year.size() == 2 || year.size() == 4) && allFigures(number) &&
                    number.size() <= 7 && isCheckLetter(letter);
  if (!form) return graded(std::move(value), text, false);
  if (year.size() == 2) year = (year >= "40" ? "19" : "20") + year;
  const std::string serial = padded(number, 7);
  const bool ok = check_letters[modulo23(year.substr(2) + serial)] == letter;
  return graded(year + "/" + serial + letter, text, ok);
}

Graded normaliseCroNumber(std::string_view text) {
  std::string value = tidy(text);
  if (value.empty()) return {{}, std::string(text), Grade::Unusable};
  const size_t slash = value.find('/');
  const char letter = value.back();
  if (slash == std::string::npos || slash == 0 || value.size() < slash + 3 || !isCheckLetter(letter))
    return graded(std::move(value), text, false);
  const std::string left = value.substr(0, slash), right = value.substr(slash + 1, value.size() - slash - 2);
  const bool single_print = left.starts_with("SF");
  const std::string year = single_print ? left.substr(2) : right, number = single_print ? right : left;
  if (!fitsWhole(year, "99") || !allFigures(number) || number.size() > 6) return graded(std::move(value), text, false);
  const std::string figures = single_print ? number : padded(number, 6);
  const bool ok = check_letters[modulo23(year + figures)] == letter;
  return graded(single_print ? "SF" + year + "/" + figures + letter : figures + "/" + year + letter, text, ok);
}

Graded normaliseCommonPlatformId(std::string_view text) {
  std::string value = lowerCase(trim(text));
  bool form = value.size() == 36;
  for (size_t i = 0; form && i < value.size(); ++i) {
    const bool hyphen = i == 8 || i == 13 || i == 18 || i == 23;
    form = hyphen ? value[i] == '-' : isFigure(value[i]) || (value[i] >= 'a' && value[i] <= 'f');
  }
  if (!form) return {std::string(trim(text)), std::string(text), Grade::Unusable};
  return graded(std::move(value), text, true);
}

Graded normaliseOuCode(std::string_view text) {
  std::string value = tidy(text);
  if (value.empty()) return {{}, std::string(text), Grade::Unusable};
  const std::string_view area = value.size() == 7 ? std::string_view(value).substr(1) : std::string_view(value);
  const bool layer = value.size() != 7 || (value[0] >= 'A' && value[0] <= 'J') || value[0] == 'Z' || isFigure(value[0]);
  const bool ok = layer && fitsWhole(area, "******");
  return graded(std::move(value), text, ok);
}

std::string_view courtHouse(std::string_view ou_code) { return ou_code.substr(0, 5); }

}  // namespace causeway::model
