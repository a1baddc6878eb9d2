#include "host/config/operators.hpp"

#include "host/config/yaml.hpp"
#include "tests/support/want.hpp"

namespace causeway::config {
namespace {

OperatorsSettings read(const std::string& text, Problems& problems) {
  const auto node = parseYaml(text, "causeway.yaml", problems);
  return node ? readOperators(*node, "/etc/causeway", problems) : OperatorsSettings();
}

constexpr const char* kBad = R"(people:
  - { name: sup.ada, uid: 1001, roles: [author] }
  - { name: sup.ada, uid: 1002, roles: [approver] }                       # want: two operators share the name 'sup.ada'; first at causeway.yaml:2:5
  - { name: sup.ben, uid: 1001, roles: [approver] }                       # want: two operators share uid 1001; first at causeway.yaml:2:5: one human must not be two people
  - { name: a b, uid: 1003, roles: [author] }                             # want: 'name' must be letters, digits
  - { name: sup.cyn, roles: [author] }                                    # want: an operator needs 'uid' or 'certificate'
  - { name: sup.dee, uid: 0, roles: [author] }                            # want: 'uid' must lie between
  - { name: sup.eve, uid: 1005, roles: [aprover] }                        # want: unknown role 'aprover'; did you mean 'approver'? (allowed: author, approver, reader)
  - { name: sup.fay, certificate: "urn:example:1" }                       # want: an operator needs 'roles'
  - { name: sup.hal, uid: 1008, roles: [reader] }
  - { name: sup.gus, certificate: "urn:example:1", roles: [author] }      # want: two operators share the certificate 'urn:example:1'
listen: { port: 70000, certificate: a.pem, key: a.key }                   # want: 'port' must lie between # want: needs 'client_authorities'
)";

TEST(Operators, ReportsEveryMistakeAtItsPlace) {
  Problems problems;
  read(kBad, problems);
  EXPECT_TRUE(support::reportsWhatIsWanted(kBad, problems));
}

TEST(Operators, OnePersonAloneCannotChangeAnything) {
  for (const char* people : {"[ { name: a, uid: 1, roles: [author, approver] } ]",
                             "[ { name: a, uid: 1, roles: [author] }, { name: b, uid: 2, roles: [author] } ]"}) {
    Problems problems;
    read("people: " + std::string(people), problems);
    EXPECT_NE(problems.text().find("needs an author and another person who approves"), std::string::npos);
  }
}

TEST(Operators, ReadsPeopleAndTheirListener) {
  Problems problems;
  const auto operators = read(
      "people:\n  - { name: a, uid: 1001, roles: [author] }\n  - { name: b, certificate: 'urn:example:2', roles: "
      "[author, "
      "approver] }\nlisten: { port: 0, certificate: tls/a.pem, key: tls/a.key, client_authorities: tls/staff.pem }\n",
      problems);
  EXPECT_FALSE(problems.hasErrors()) << problems.text();
  EXPECT_NE(problems.text().find("nobody of 'operators' has the role 'reader'"), std::string::npos);
  ASSERT_EQ(operators.people.size(), 2U);
  EXPECT_EQ(operators.people[0].uid, 1001U);
  EXPECT_FALSE(operators.people[0].approver);
  EXPECT_TRUE(operators.people[1].author && operators.people[1].approver);
  EXPECT_FALSE(operators.people[1].uid.has_value());
  EXPECT_TRUE(operators.listens);
  EXPECT_EQ(operators.client_authorities.path, "/etc/causeway/tls/staff.pem");
}

}  // namespace
}  // namespace causeway::config
