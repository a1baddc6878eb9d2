#pragma once

#include <random>
#include <string>
#include <vector>

namespace causeway::simulation {

/// A document and who sends it.
struct Document {
  std::string partner, id, body;
  bool bad = false;  ///< cannot be read: it is refused and never used
  bool test = false;
};

/// What the senders of a run send, in an order of their own making: five cases with updates and results of two defendants, documents
/// that come twice, the same said under a new number, corrections, tests, and documents that cannot be read. A result may come before
/// its case.
std::vector<Document> documentsOf(std::mt19937& random);

}  // namespace causeway::simulation
