#include "tests/unit/protection/rule_table_parts.hpp"

namespace causeway::protection::table {
namespace {

using Request = canonical::InformationRequest;

const char* const kIncomplete = "held request_incomplete A29";
const char* const kPresumption = "held presumption_stands A29";
const char* const kNoNotice = "held no_notice A29";

std::string policy() {
  auto out = grant();
  const std::string type = "types: [hearing.resulted]";
  return out.replace(out.find(type), type.size(), "types: [victim_information.requested]");
}

/// Says all that the law wants of a request for records of a school, to be changed in one thing.
Request whole() {
  Request out;
  out.set_id("vir-1");
  out.set_subject_id("p-victim");
  out.mutable_holder()->set_code("isva");
  out.set_authorised_person("3307");
  out.add_material()->set_code("education");
  for (auto* text : {out.mutable_held_reason(), out.mutable_line_of_enquiry(), out.mutable_necessary_proportionate(),
                     out.mutable_what(), out.mutable_why(), out.mutable_how()})
    text->set_text("invented");
  out.set_notice_at("2026-06-02T09:00:00Z");
  out.mutable_notice_to()->set_code("victim");
  return out;
}

void counselling(Request& request) {
  request.mutable_material(0)->set_code("counselling");
  request.mutable_probative_value()->set_text("invented");
  request.mutable_presumption_rebutted()->set_text("invented");
}

class Table {
 public:
  explicit Table(Cases& out) : out_(out) {}

  void add(const char* what, auto change, const char* wanted) {
    out_.push_back({"A29", what, policy_,
                    [change](Question& q) {
                      q.message.set_type("victim_information.requested");
                      q.recipient.agreement.types = {"victim_information.requested"};
                      auto& request = *caseOf(q).add_information_requests();
                      request = whole();
                      change(request);
                    },
                    kUrn, wanted});
  }

 private:
  Cases& out_;
  std::string policy_ = policy();
};

void addWhole(Table& table) {
  table.add("a request that says everything", [](Request&) {}, "passes");
  table.add("about nobody", [](Request& r) { r.clear_subject_id(); }, kIncomplete);
  table.add("of nobody", [](Request& r) { r.clear_holder(); }, kIncomplete);
  table.add("of somebody whom no list knows", [](Request& r) { r.mutable_holder()->set_unmapped(true); }, kIncomplete);
  table.add("by nobody with authority", [](Request& r) { r.clear_authorised_person(); }, kIncomplete);
  table.add("of no kind", [](Request& r) { r.clear_material(); }, kIncomplete);
  table.add("of a kind that no list knows", [](Request& r) { r.mutable_material(0)->set_unmapped(true); }, kIncomplete);
  table.add(
      "of two kinds, one that no list knows", [](Request& r) { r.add_material()->set_unmapped(true); }, kIncomplete);
  table.add("without why it is believed to be held", [](Request& r) { r.clear_held_reason(); }, kIncomplete);
  table.add("without a line of enquiry", [](Request& r) { r.mutable_line_of_enquiry()->clear_text(); }, kIncomplete);
  table.add("without why it is necessary", [](Request& r) { r.clear_necessary_proportionate(); }, kIncomplete);
  table.add("without what", [](Request& r) { r.clear_what(); }, kIncomplete);
  table.add("without why", [](Request& r) { r.clear_why(); }, kIncomplete);
  table.add("without how", [](Request& r) { r.clear_how(); }, kIncomplete);
}

void addCounselling(Table& table) {
  table.add("counselling with both steps", counselling, "passes");
  table.add(
      "counselling with only the standard fields", [](Request& r) { r.mutable_material(0)->set_code("counselling"); },
      kPresumption);
  const auto without = [&](const char* what, auto clear) {
    table.add(
        what,
        [clear](Request& r) {
          counselling(r);
          clear(r);
        },
        kPresumption);
  };
  without("counselling without its probative value", [](Request& r) { r.clear_probative_value(); });
  without("counselling without why the presumption does not hold", [](Request& r) { r.clear_presumption_rebutted(); });
  table.add(
      "counselling beside another kind", [](Request& r) { r.add_material()->set_code("counselling"); }, kPresumption);
}

void addNotice(Table& table) {
  table.add(
      "nobody told and no exception",
      [](Request& r) {
        r.clear_notice_at();
        r.clear_notice_to();
      },
      kNoNotice);
  table.add("told a second from now", [](Request& r) { r.set_notice_at("2026-06-02T09:00:01Z"); }, kNoNotice);
  table.add("told a second ago", [](Request& r) { r.set_notice_at("2026-06-02T08:59:59Z"); }, "passes");
  table.add("told, and not whom", [](Request& r) { r.clear_notice_to(); }, kNoNotice);
  table.add(
      "told somebody whom no list knows", [](Request& r) { r.mutable_notice_to()->set_unmapped(true); }, kNoNotice);
  table.add(
      "nobody told, with an exception",
      [](Request& r) {
        r.clear_notice_at();
        r.mutable_notice_exception()->set_code("serious_harm");
      },
      "passes");
  table.add(
      "nobody told, with an exception that no list knows",
      [](Request& r) {
        r.clear_notice_at();
        r.mutable_notice_exception()->set_code("because");
        r.mutable_notice_exception()->set_unmapped(true);
      },
      kNoNotice);
}

}  // namespace

void addInformationRequests(Cases& out) {
  Table table(out);
  addWhole(table);
  addCounselling(table);
  addNotice(table);
  const auto all = policy();
  const auto asked = [](Question& q) {
    q.message.set_type("victim_information.requested");
    q.recipient.agreement.types = {"victim_information.requested"};
  };
  out.push_back({"A29", "a message without any request", all, asked, kUrn, kIncomplete});
  out.push_back({"A29", "two requests, the second without its line of enquiry", all,
                 [asked](Question& q) {
                   asked(q);
                   for (int i = 0; i < 2; ++i) *caseOf(q).add_information_requests() = whole();
                   caseOf(q).mutable_information_requests(1)->clear_line_of_enquiry();
                 },
                 kUrn, kIncomplete});
  out.push_back({"A29", "a request in a message of another type holds nothing", grant(),
                 [](Question& q) { caseOf(q).add_information_requests()->set_id("vir-1"); }, kUrn, "passes"});
}

}  // namespace causeway::protection::table
