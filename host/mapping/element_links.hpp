#pragma once

#include "host/mapping/read_plan.hpp"

#include <chrono>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace causeway::mapping {

class Deriver;
struct Finding;

/// Takes one element out of a list; the others keep their order and their addresses.
void removeFrom(model::ProtoMessage& holder, const model::ProtoField& list, const model::ProtoMessage* element);

/// How the elements of one document belong together: the same thing told twice (`one_per`), a reference by key (`refers`, `link`), a
/// part that stands elsewhere (`keep`, `by`). All of it is only noted while the document streams by and settled when it has ended,
/// because what an element speaks of may come before or after it.
class ElementLinks {
 public:
  using Message = model::ProtoMessage;

  // `owner` is the number of the scope's instance that noted it.
  /// An element that others with the same key in the same list are merged with.
  struct Shared {
    int owner = 0;
    Message* element = nullptr;
    Message* holder = nullptr;  ///< message with the list
    const model::ProtoField* list = nullptr;
    Message* parent = nullptr;   ///< element of the enclosing scope
    Message* part = nullptr;     ///< message of the `split` it stands in; nullptr: the document's
    Message* kept_in = nullptr;  ///< kept element it stands in
    std::string_view names;      ///< of the list, as the plan of the scope has them
    std::string key;
    size_t depth = 0;
  };
  struct Link {
    int owner = 0;
    Message* parent = nullptr;
    const model::FieldPath* field = nullptr;
    Message* element = nullptr;
  };
  struct Reference {
    int owner = 0;
    Message* parent = nullptr;
    Message* part = nullptr;
    const ValuePlan* plan = nullptr;
    std::string key;
  };
  struct Join {
    int owner = 0;
    Message* element = nullptr;
    Message* kept_in = nullptr;
    std::string name, key;
  };
  struct Kept {
    int owner = 0;
    std::string name, key;
    Message* element = nullptr;
    int source = 0;  ///< number of the document's element it was read from
  };
  /// Derivations that wait until the element is whole.
  struct Waiting {
    int owner = 0;
    Message* element = nullptr;
    const ScopePlan* scope = nullptr;
  };

  void clear();
  void add(Shared item) { shared_.push_back(std::move(item)); }
  void add(Link item) { links_.push_back(item); }
  void add(Reference item) { references_.push_back(std::move(item)); }
  void add(Join item) { joins_.push_back(std::move(item)); }
  void add(Kept item) { kept_.push_back(std::move(item)); }
  void add(Waiting item) { waiting_.push_back(item); }

  /// How much was noted when a scope began.
  struct Mark {
    size_t shared, links, references, joins, kept, waiting;
  };
  Mark mark() const {
    return {shared_.size(), links_.size(), references_.size(), joins_.size(), kept_.size(), waiting_.size()};
  }
  /// Forgets what was noted since by the scopes for which `gone` answers true: those inside one whose tests failed.
  void forget(const Mark& since, const std::function<bool(int)>& gone);

  /// Once, after the document.
  void settle(Deriver& deriver, std::chrono::year_month_day day, std::vector<Finding>& findings);

 private:
  void group();
  void link();
  void refer(std::vector<Finding>& findings);
  void mergeShared(bool inside_kept);
  void join(std::vector<Finding>& findings);
  void fill(Message& element, const Join& wanted, std::vector<Finding>& findings);
  void complete(size_t kept, std::vector<Finding>& findings);
  void reportUnused(std::vector<Finding>& findings) const;
  Message* leaderOf(Message* element) const;
  std::string idOf(Message& element);

  std::vector<Shared> shared_;
  std::vector<Link> links_;
  std::vector<Reference> references_;
  std::vector<Join> joins_;
  std::vector<Kept> kept_;
  std::vector<Waiting> waiting_;

  std::map<Message*, Message*> leaders_;  ///< of an element that is merged into another
  using ByKey = std::map<std::tuple<Message*, std::string_view, std::string_view>, Message*>;
  ByKey by_key_;  ///< part, list, key; views of what was noted
  std::map<std::pair<std::string, std::string>, std::vector<size_t>> kept_by_key_;
  std::multimap<Message*, size_t> joins_in_kept_;
  std::set<std::tuple<Message*, std::string, std::string>> filled_;
  std::set<size_t> completed_;
  std::set<int> asked_;
  int next_id_ = 1;
};

}  // namespace causeway::mapping
