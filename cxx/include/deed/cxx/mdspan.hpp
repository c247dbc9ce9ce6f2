// SPDX-License-Identifier: BSD-3-Clause
// mdspan.hpp - deed arrays as std::mdspan, or as the mdspan of the reference implementation, where there is one.
#ifndef DEED_CXX_MDSPAN_HPP
#define DEED_CXX_MDSPAN_HPP

#include "deed/cxx/array.hpp"

#if defined(__has_include)
#if __has_include(<mdspan>) && __cplusplus >= 202302L
#include <mdspan>
#define DEED_MDSPAN std
#elif __has_include(<mdspan/mdspan.hpp>)
#include <mdspan/mdspan.hpp>
#define DEED_MDSPAN Kokkos
#elif __has_include(<experimental/mdspan>)
#include <experimental/mdspan>
#define DEED_MDSPAN std::experimental
#endif
#endif

#if defined(DEED_MDSPAN)
namespace deed {

template <class T, int Rank>
using mdspan_of = DEED_MDSPAN::mdspan<T, DEED_MDSPAN::dextents<std::int64_t, static_cast<std::size_t>(Rank)>,
                                      DEED_MDSPAN::layout_stride>;

/// The elements of an array as an mdspan: the same order of indices, counted from 0, whatever the lower bounds. Valid
/// while the array holds its claim. Throws deed::error with DEED_EORDER when a stride is negative or not a multiple of
/// the element size, which mdspan cannot say.
template <class T, int Rank>
mdspan_of<T, Rank> as_mdspan(const array<T, Rank> &elements) {
  constexpr auto size_bytes = static_cast<std::int64_t>(sizeof(T));
  std::array<std::int64_t, static_cast<std::size_t>(Rank)> strides{};
  for (int d = 0; d < Rank; ++d) {
    const std::int64_t stride_bytes = elements.stride_bytes(d);
    detail::throws{}(
        [&](deed_error *) { return stride_bytes < 0 || stride_bytes % size_bytes != 0 ? DEED_EORDER : DEED_OK; });
    strides[static_cast<std::size_t>(d)] = stride_bytes / size_bytes;
  }
  using mapping = typename mdspan_of<T, Rank>::mapping_type;
  using extents = typename mdspan_of<T, Rank>::extents_type;
  return {elements.data(), mapping(extents(elements.shape()), strides)};
}

}  // namespace deed
#endif

#endif
