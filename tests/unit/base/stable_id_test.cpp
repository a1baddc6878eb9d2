#include "host/base/stable_id.hpp"

#include <gtest/gtest.h>

namespace causeway {
namespace {

Node text(std::string value) {
  Node node;
  node.kind = Node::Kind::Scalar;
  node.scalar = std::move(value);
  return node;
}

Node list(std::vector<Node> items) {
  Node node;
  node.kind = Node::Kind::List;
  node.items = std::move(items);
  return node;
}

TEST(StableId, KeepsPartsApart) {
  EXPECT_NE(stableId({"a", "bc"}), stableId({"ab", "c"}));
  EXPECT_NE(stableId({"a"}), stableId({"a", ""}));
}

TEST(StableId, IsTheSameOnEveryMachine) {
  EXPECT_EQ(stableId({}), "6c62272e07bb014262b821756295c58d");  // the FNV-1a offset basis
  EXPECT_EQ(stableId({"message", "rule", "p-1"}), stableId({"message", "rule", "p-1"}));
  EXPECT_EQ(stableId({"message", "rule", "p-1"}).size(), 32U);
}

TEST(StableId, ContentFollowsValuesAndShapeNotPlaces) {
  Node moved = list({text("a"), text("b")});
  moved.at = {std::make_shared<const std::string>("other.yaml"), 9, 9};
  EXPECT_EQ(contentId({list({text("a"), text("b")})}), contentId({moved}));
  EXPECT_NE(contentId({list({text("a"), text("b")})}), contentId({list({text("b"), text("a")})}));
  EXPECT_NE(contentId({list({list({text("a")}), text("b")})}), contentId({list({list({text("a"), text("b")})})}));
}

}  // namespace
}  // namespace causeway
