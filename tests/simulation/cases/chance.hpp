#pragma once

#include <random>

namespace causeway::simulation::cases {

/// 0 to below `below`; the same on every machine, unlike the distributions of the library.
inline int draw(std::mt19937& random, int below) { return static_cast<int>(random() % static_cast<unsigned>(below)); }
inline bool chance(std::mt19937& random, int percent) { return draw(random, 100) < percent; }

}  // namespace causeway::simulation::cases
