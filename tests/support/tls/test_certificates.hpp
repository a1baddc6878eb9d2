#pragma once

#include <string>

namespace causeway::test {

/// Paths of one PEM certificate and its key.
struct CertificateFiles {
  std::string certificate;
  std::string key;
};

/// Certificates for tests, made by the script of the demonstration and kept in the build folder: a second run and other
/// test programs find them there. Aborts the program when they cannot be made.
class TestCertificates {
 public:
  /// Partners "courts" and "police", test partner "courts", and the server.
  static const TestCertificates& ours();
  /// Another authority with a partner "courts" of its own, which our servers must not know.
  static const TestCertificates& strangers();

  CertificateFiles server() const { return of("server"); }
  CertificateFiles of(const std::string& name) const {
    return {folder_ + "/" + name + ".pem", folder_ + "/" + name + ".key"};
  }
  std::string authority() const { return folder_ + "/ca.pem"; }
  const std::string& folder() const { return folder_; }

 private:
  explicit TestCertificates(const std::string& name);
  std::string folder_;
};

}  // namespace causeway::test
