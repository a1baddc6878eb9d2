#include "tests/support/tls/test_certificates.hpp"

#include <cstdio>
#include <cstdlib>

namespace causeway::test {

TestCertificates::TestCertificates(const std::string& name)
    : folder_(std::string(CAUSEWAY_BINARY_DIR) + "/test-certificates/" + name) {
  const std::string script = CAUSEWAY_SOURCE_DIR "/config/demo/make-certs.sh";
  const std::string command = "mkdir -p '" CAUSEWAY_BINARY_DIR "/test-certificates' && '" + script + "' '" + folder_ +
                              "' courts police test:courts";
  if (std::system(command.c_str()) == 0) return;
  std::fputs("cannot make the certificates of the tests\n", stderr);
  std::abort();
}

const TestCertificates& TestCertificates::ours() {
  static const TestCertificates certificates("ours");
  return certificates;
}

const TestCertificates& TestCertificates::strangers() {
  static const TestCertificates certificates("strangers");
  return certificates;
}

}  // namespace causeway::test
