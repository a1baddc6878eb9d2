#include "host/security/merkle.hpp"

#include "host/base/text.hpp"
#include "tests/unit/security/security_support.hpp"

namespace causeway::security {
namespace {

// The eight leaves and the roots over the first n of them that the Certificate Transparency projects test with.
const std::vector<std::string> kLeaves = {"",
                                          std::string(1, '\0'),
                                          "\x10",
                                          "\x20\x21",
                                          "\x30\x31",
                                          "\x40\x41\x42\x43",
                                          "\x50\x51\x52\x53\x54\x55\x56\x57",
                                          "\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f"};
const std::vector<std::string> kRoots = {"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                                         "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                                         "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                                         "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                                         "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                                         "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                                         "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                                         "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                                         "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};

TEST(MerkleFrontier, RefusesAnEdgeOfAnotherSize) {
  MerkleFrontier tree;
  for (int i = 0; i < 5; ++i) tree.append(merkleLeaf("leaf"));
  EXPECT_EQ(failure(MerkleFrontier::fromBytes(7, tree.bytes())), ErrorKind::Broken);
  EXPECT_EQ(failure(MerkleFrontier::fromBytes(5, tree.bytes().substr(1))), ErrorKind::Broken);
  EXPECT_EQ(failure(MerkleFrontier::fromBytes(-1, std::string(64 * 32, 'x'))), ErrorKind::Broken);
}

TEST(MerkleFrontier, GivesThePublishedRoots) {
  MerkleFrontier tree;
  for (size_t size = 0; size < kRoots.size(); ++size) {
    EXPECT_EQ(hex(tree.root()), kRoots[size]) << size;
    if (size < kLeaves.size()) tree.append(merkleLeaf(kLeaves[size]));
  }
}

TEST(MerkleFrontier, GoesOnFromItsBytes) {
  MerkleFrontier whole;
  MerkleFrontier resumed;
  for (int i = 0; i < 70; ++i) {
    whole.append(merkleLeaf(std::to_string(i)));
    resumed = ok(MerkleFrontier::fromBytes(resumed.size(), resumed.bytes()));
    resumed.append(merkleLeaf(std::to_string(i)));
    EXPECT_EQ(resumed.root(), whole.root()) << i;
  }
}

TEST(InclusionProof, RefusesAWrongLengthOrPlace) {
  const std::string leaf = merkleLeaf("leaf");
  EXPECT_EQ(rootFromInclusion(leaf, 0, 2, {}), "");
  EXPECT_EQ(rootFromInclusion(leaf, 0, 1, {leaf}), "");
  EXPECT_EQ(rootFromInclusion(leaf, 1, 1, {}), "");
  EXPECT_EQ(rootFromInclusion(leaf, -1, 1, {}), "");
}

}  // namespace
}  // namespace causeway::security
