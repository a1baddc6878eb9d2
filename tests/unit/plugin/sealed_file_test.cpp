#include "host/plugin/sealed_file.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace causeway::plugin {
namespace {

class SealedFileTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (std::filesystem::temp_directory_path() / "causeway-sealed-XXXXXX").string();
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  std::string write(const std::string& bytes) const {
    const auto file = folder_ / "file";
    std::ofstream(file, std::ios::binary) << bytes;
    return file.string();
  }
  std::filesystem::path folder_;
};

TEST_F(SealedFileTest, RefusesAFileThatIsTooLarge) {
  const auto file = write("x");
  std::filesystem::resize_file(file, 257ULL * 1024 * 1024);
  const auto copy = SealedFile::copyOf(file, false);
  ASSERT_FALSE(copy);
  EXPECT_EQ(copy.error().kind, ErrorKind::TooLarge);
}

TEST_F(SealedFileTest, CannotBeChangedByAnyone) {
  const std::string bytes(200000, 'a');
  const auto file = write(bytes);
  const auto copy = SealedFile::copyOf(file, false);
  ASSERT_TRUE(copy) << copy.error().text();
  write("changed on disk");
  EXPECT_EQ(copy->bytes(), bytes);
  const int fd = ::open(copy->path().c_str(), O_RDWR);
  ASSERT_GE(fd, 0);
  EXPECT_EQ(::write(fd, "b", 1), -1);
  EXPECT_EQ(errno, EPERM);
  EXPECT_EQ(::ftruncate(fd, 1), -1);
  EXPECT_EQ(errno, EPERM);
  EXPECT_EQ(::fcntl(fd, F_ADD_SEALS, F_SEAL_FUTURE_WRITE), -1);
  ::close(fd);
  EXPECT_EQ(copy->bytes(), bytes);
}

TEST_F(SealedFileTest, IsGoneWithItsObjectUnlessKept) {
  const auto file = write("bytes");
  std::string gone, kept;
  {
    auto copy = SealedFile::copyOf(file, false);
    ASSERT_TRUE(copy);
    gone = copy->path();
  }
  EXPECT_FALSE(std::filesystem::exists(gone));
  {
    auto copy = SealedFile::copyOf(file, false);
    ASSERT_TRUE(copy);
    copy->keepForEver();
    kept = copy->path();
  }
  EXPECT_TRUE(std::filesystem::exists(kept));
}

TEST_F(SealedFileTest, SmallFilesHaveALimit) {
  const auto file = write("12345678");
  EXPECT_EQ(readSmallFile(file, 8).value(), "12345678");
  const auto large = readSmallFile(file, 7);
  ASSERT_FALSE(large);
  EXPECT_EQ(large.error().kind, ErrorKind::TooLarge);
  const auto missing = readSmallFile(file + ".no", 7);
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().kind, ErrorKind::NotFound);
}

}  // namespace
}  // namespace causeway::plugin
