#include "host/base/node_reader.hpp"
#include "host/base/stable_id.hpp"
#include "host/care/reconciliation.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace causeway::care {
namespace {

constexpr std::array<std::string_view, 5> kFamilies = {"courts", "cps", "niche", "probation", "prisons"};

std::vector<std::string> readFamilies(NodeReader& reader, std::string_view key, Problems& problems) {
  auto out = reader.texts(key);
  const std::vector<std::string> known(kFamilies.begin(), kFamilies.end());
  for (const auto& family : out)
    if (std::ranges::find(known, family) == known.end())
      problems.error(reader.at(key), "'" + family + "' is no kind of source (courts, cps, niche, probation, prisons)" +
                                         didYouMean(family, known));
  return out;
}

std::vector<std::vector<std::string>> readSame(NodeReader& reader, Problems& problems) {
  std::vector<std::vector<std::string>> out;
  const Node* list = reader.list("same");
  if (list == nullptr) return out;
  for (const auto& item : list->items) {
    std::vector<std::string> alike;
    for (const auto& value : item.items) alike.push_back(value.scalar);
    if (alike.size() < 2)
      problems.error(item.at, "'same' is a list of lists: values that differ and mean the same, two or more");
    out.push_back(std::move(alike));
  }
  return out;
}

SharedFact readFact(const Node& node, Problems& problems) {
  NodeReader reader(node, "a fact to compare", problems);
  SharedFact out;
  out.at = node.at;
  out.kind = reader.required("kind");
  const auto of = reader.choice("of", {"offence", "defendant", "party", "hearing", "case"}, true);
  out.element = of == "case" ? "" : of.substr(0, 1);
  out.field = reader.required("field");
  out.part = reader.text("part");
  const auto shape = reader.choice("is", {"text", "date", "name", "time", "place", "number", "results"}, true);
  out.shape = shape == "date"      ? SharedFact::Shape::Date
              : shape == "name"    ? SharedFact::Shape::Name
              : shape == "time"    ? SharedFact::Shape::Time
              : shape == "place"   ? SharedFact::Shape::Place
              : shape == "number"  ? SharedFact::Shape::Number
              : shape == "results" ? SharedFact::Shape::Results
                                   : SharedFact::Shape::Text;
  if (out.shape == SharedFact::Shape::Time && out.element != "h")
    problems.error(reader.at("is"), "'time' is for hearings: when and where one is");
  if (out.shape == SharedFact::Shape::Results && (out.element != "o" || out.field != "results"))
    problems.error(reader.at("is"), "'results' is for 'results' of an offence: what was ordered for it on one day");
  out.between = readFamilies(reader, "between", problems);
  if (out.between.size() < 2) problems.error(reader.at("between"), "'between' names two kinds of source or more");
  for (auto& family : readFamilies(reader, "news_from", problems)) out.news_from.insert(std::move(family));
  for (auto& value : reader.texts("says_nothing")) out.nothing.insert(std::move(value));
  out.same = readSame(reader, problems);
  out.source = reader.required("source");
  reader.finish();
  return out;
}

}  // namespace

Reconciliation Reconciliation::load(const std::vector<Node>& files, Problems& problems) {
  Reconciliation out;
  out.version_ = contentId(files);
  for (const auto& file : files) {
    NodeReader reader(file, "a file of reconciliation", problems);
    if (const Node* list = reader.list("facts"))
      for (const auto& node : list->items) {
        auto fact = readFact(node, problems);
        const auto twin = std::ranges::find_if(out.facts_, [&](const SharedFact& one) {
          return one.element == fact.element && one.field == fact.field && one.part == fact.part;
        });
        if (twin != out.facts_.end())
          problems.error(node.at, "this field is compared twice; first in " + twin->at.text());
        out.facts_.push_back(std::move(fact));
      }
    reader.finish();
  }
  return out;
}

}  // namespace causeway::care
