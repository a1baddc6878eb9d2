#include "host/security/open_file.hpp"

#include <unistd.h>

namespace causeway::security {

OpenFile::~OpenFile() {
  if (fd_ >= 0) ::close(fd_);
}

}  // namespace causeway::security
