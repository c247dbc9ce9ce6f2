// SPDX-License-Identifier: BSD-3-Clause
// bounds.hpp - where the elements of an array begin, and which indices they have.
#ifndef DEED_CXX_BOUNDS_HPP
#define DEED_CXX_BOUNDS_HPP

#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "deed/cxx/options.hpp"

namespace deed {

/// The first element, extents and lower bounds: enquiries that deed::array and deed::elements have in common.
/// Dimensions are counted from 0. Nothing is checked.
template <class T, int Rank>
class bounds {
 public:
  [[nodiscard]] std::int64_t extent(int dimension) const noexcept { return shape_[at_dimension(dimension)]; }
  [[nodiscard]] std::int64_t lower(int dimension) const noexcept { return lower_[at_dimension(dimension)]; }
  [[nodiscard]] std::int64_t upper(int dimension) const noexcept { return lower(dimension) + extent(dimension) - 1; }
  [[nodiscard]] const indices<Rank> &shape() const noexcept { return shape_; }
  [[nodiscard]] std::int64_t size() const noexcept {
    if (!data_) return 0;
    std::int64_t count = 1;
    for (std::int64_t extent : shape_) count *= extent;
    return count;
  }
  /// The element at the lower bounds.
  [[nodiscard]] T *data() const noexcept { return data_; }

 protected:
  bounds() noexcept = default;
  bounds(T *data, const indices<Rank> &shape, const indices<Rank> &lower) noexcept
      : data_(data), shape_(shape), lower_(lower) {}

  static constexpr std::size_t at_dimension(int dimension) noexcept { return static_cast<std::size_t>(dimension); }

  /// From the lower bound to an index. Offsets are computed unsigned, because compilers do not rearrange sums that must
  /// not overflow: rearranged, what does not change in a loop takes one register.
  std::uint64_t steps(std::size_t dimension, std::int64_t index) const noexcept {
    return static_cast<std::uint64_t>(index) - static_cast<std::uint64_t>(lower_[dimension]);
  }

  T &at_offset(std::uint64_t offset_bytes) const noexcept {
    using byte = std::conditional_t<std::is_const_v<T>, const char, char>;
    return *reinterpret_cast<T *>(reinterpret_cast<byte *>(data_) + static_cast<std::int64_t>(offset_bytes));
  }

  T *data_ = nullptr;
  indices<Rank> shape_{};
  indices<Rank> lower_{};
};

}  // namespace deed

#endif
