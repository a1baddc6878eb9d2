#include "host/base/node_reader.hpp"
#include "host/base/stable_id.hpp"
#include "host/base/text.hpp"
#include "host/care/schemes.hpp"

#include <algorithm>
#include <charconv>

namespace causeway::care {
namespace {

constexpr long long kMostDays = 366;

/// "12 months", "1 year", "26 weeks", "90 days".
std::optional<Length> readLength(NodeReader& reader, std::string_view key, Problems& problems) {
  const auto text = reader.optionalText(key);
  if (!text) return std::nullopt;
  const auto words = split(collapse(*text), ' ');
  int number = 0;
  bool good = words.size() == 2;
  if (good) {
    const auto [last, error] = std::from_chars(words[0].data(), words[0].data() + words[0].size(), number);
    good = error == std::errc() && last == words[0].data() + words[0].size() && number > 0 && number < 1200;
  }
  const std::string unit(good ? words[1] : "");
  if (unit == "month" || unit == "months") return Length{number, 0};
  if (unit == "year" || unit == "years") return Length{12 * number, 0};
  if (unit == "week" || unit == "weeks") return Length{0, 7 * number};
  if (unit == "day" || unit == "days") return Length{0, number};
  problems.error(reader.at(key), "'" + std::string(key) + "' is a length such as '12 months', '26 weeks' or '90 days'");
  return std::nullopt;
}

void readDue(const Node* node, SchemeRule& out, Problems& problems) {
  if (node == nullptr)
    return problems.error(out.at, "a rule of a scheme needs 'due', the days in which a victim is referred");
  NodeReader reader(*node, "'due'", problems);
  const auto working = reader.number("working_days"), days = reader.number("days");
  reader.finish();
  const auto number = working ? working : days;
  if (working.has_value() == days.has_value() || *number < 1 || *number > kMostDays)
    return problems.error(node->at,
                          "'due' is one of 'working_days' and 'days', a number from 1 to " + std::to_string(kMostDays));
  out.due_in_working_days = working.has_value();
  out.due_days = static_cast<int>(*number);
}

SchemeRule readRule(const Node& node, Problems& problems) {
  NodeReader reader(node, "a rule of a scheme", problems);
  SchemeRule out;
  out.at = node.at;
  out.scheme = reader.choice("scheme", {"vcs", "vns"}, true);
  const auto version = reader.number("version");
  if (!version || *version < 1)
    problems.error(reader.at("version"), "a rule of a scheme needs 'version', a number from 1");
  out.name = out.scheme + "@" + std::to_string(version.value_or(0));
  out.source = reader.required("source");
  if (const auto from = reader.date("valid_from")) out.valid_from = *from;
  else if (!node.find("valid_from"))
    problems.error(node.at, "a rule of a scheme needs 'valid_from', the first day of sentences that it is for");
  out.valid_to = reader.date("valid_to");
  if (out.valid_to && *out.valid_to < out.valid_from)
    problems.error(reader.at("valid_to"), "'valid_to' lies before 'valid_from'");
  out.at_least = readLength(reader, "custody_at_least", problems);
  out.under = readLength(reader, "custody_under", problems);
  if (out.at_least.has_value() == out.under.has_value())
    problems.error(node.at, "a rule of a scheme has one of 'custody_at_least' and 'custody_under'");
  out.life = reader.flag("life");
  out.hospital_order = reader.flag("hospital_order");
  out.offences = reader.required("offences");
  out.opted_out_by = reader.texts("opted_out_by");
  readDue(reader.map("due"), out, problems);
  reader.finish();
  return out;
}

LifeSentences readLife(const Node& node, Problems& problems) {
  NodeReader reader(node, "'life_sentences'", problems);
  LifeSentences out;
  reader.required("source");
  for (auto& code : reader.texts("codes")) out.codes.insert(std::move(code));
  for (auto& code : reader.texts("short_codes")) out.short_codes.insert(std::move(code));
  if (const auto years = reader.number("years_that_mean_life")) {
    if (*years < 40 || *years > 1000)
      problems.error(reader.at("years_that_mean_life"), "a number of years from 40 to 1000");
    else out.lifetime_years = static_cast<int>(*years);
  }
  reader.finish();
  return out;
}

bool overlap(const SchemeRule& a, const SchemeRule& b) {
  if (a.scheme != b.scheme) return false;
  return (!a.valid_to || b.valid_from <= *a.valid_to) && (!b.valid_to || a.valid_from <= *b.valid_to);
}

}  // namespace

Schemes Schemes::load(const std::vector<Node>& files, const WorkingDays& calendar, Problems& problems) {
  Schemes out;
  out.calendar_ = calendar;
  out.version_ = contentId(files);
  for (const auto& file : files) {
    NodeReader reader(file, "a file of eligibility", problems);
    if (const Node* life = reader.map("life_sentences")) out.life_ = readLife(*life, problems);
    if (const Node* lists = reader.list("offence_lists")) readOffenceLists(*lists, out.lists_, problems);
    if (const Node* rules = reader.list("schemes"))
      for (const auto& node : rules->items) out.rules_.push_back(readRule(node, problems));
    reader.node("enhanced_rights");  // read by EnhancedRights
    reader.finish();
  }
  std::vector<std::string> names;
  for (const auto& [name, list] : out.lists_) names.push_back(name);
  for (auto one = out.rules_.begin(); one != out.rules_.end(); ++one) {
    if (!out.lists_.contains(one->offences))
      problems.error(one->at,
                     "there is no list of offences '" + one->offences + "'" + didYouMean(one->offences, names));
    for (auto other = out.rules_.begin(); other != one; ++other)
      if (overlap(*other, *one))
        problems.error(one->at,
                       "two rules of '" + one->scheme + "' hold on the same days; the other is in " + other->at.text());
  }
  return out;
}

}  // namespace causeway::care
