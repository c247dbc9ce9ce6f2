// SPDX-License-Identifier: BSD-3-Clause
#include <deed/deed.hpp>

/// The mean of a rank-2 array of doubles, which stays the caller's; 0 when it cannot be read.
extern "C" double average(deed_array borrowed) {
  std::error_code code;
  deed_array share{};
  if (deed_share(borrowed, DEED_READ, nullptr, &share, nullptr) != DEED_OK) return 0;
  const deed::array<const double, 2> field(share, code);
  if (code || field.size() == 0) return 0;
  double sum = 0;
  for (std::int64_t j = field.lower(1); j <= field.upper(1); ++j)
    for (std::int64_t i = field.lower(0); i <= field.upper(0); ++i) sum += field(i, j);
  return sum / static_cast<double>(field.size());
}
