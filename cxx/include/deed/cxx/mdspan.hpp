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

template <class T, int Rank, class Layout = DEED_MDSPAN::layout_stride>
using mdspan_of = DEED_MDSPAN::mdspan<T, DEED_MDSPAN::dextents<std::int64_t, static_cast<std::size_t>(Rank)>, Layout>;

namespace detail {

/// A stride that an mdspan can have, in elements. That of a single element addresses nothing and is 1.
template <class T>
deed_status mdspan_stride(const deed_layout &layout, int d, std::int64_t *stride, deed_error *error) noexcept {
  const std::int64_t stride_bytes = layout.dim[d].stride_bytes;
  *stride = layout.dim[d].extent == 1 ? 1 : stride_bytes / std::int64_t{sizeof(T)};
  if (layout.dim[d].extent == 1 || (stride_bytes > 0 && stride_bytes % std::int64_t{sizeof(T)} == 0)) return DEED_OK;
  return refuse(error, DEED_EORDER, "as_mdspan refused: stride %lld bytes of dimension %d, elements of %zu",
                static_cast<long long>(stride_bytes), d, sizeof(T));
}

/// Nothing is addressed where there are no elements; an mdspan wants strides all the same. 0 counts as 1.
inline deed_status empty_strides(const deed_layout &layout, std::int64_t *strides, deed_error *error) noexcept {
  std::int64_t stride = 1;
  for (int d = layout.rank - 1; d >= 0; --d) {
    strides[d] = stride;
    const std::int64_t extent = layout.dim[d].extent > 1 ? layout.dim[d].extent : 1;
    if (stride > INT64_MAX / extent) {
      return refuse(error, DEED_EORDER, "as_mdspan refused: no elements, and extents whose product is too large");
    }
    stride *= extent;
  }
  return DEED_OK;
}

template <class T>
deed_status mdspan_strides(const deed_layout &layout, std::int64_t *strides, deed_error *error) noexcept {
  if (deed_layout_element_count(&layout) == 0) return empty_strides(layout, strides, error);
  for (int d = 0; d < layout.rank; ++d) {
    const deed_status status = mdspan_stride<T>(layout, d, &strides[d], error);
    if (status != DEED_OK) return status;
  }
  if (!deed_layout_may_overlap_itself(&layout)) return DEED_OK;
  return refuse(error, DEED_EORDER, "as_mdspan refused: elements that overlap");
}

}  // namespace detail

/// The elements of an array as an mdspan: the same order of indices, counted from 0, whatever the lower bounds. Valid
/// while the array holds its claim. Throws deed::error: that of describe for an empty array; DEED_EORDER for what
/// mdspan cannot say: where there is more than one element, strides that are negative, 0 or not a multiple of the
/// element size, and elements that share their bytes.
template <class T, int Rank>
mdspan_of<T, Rank> as_mdspan(const array<T, Rank> &elements) {
  const deed_descriptor descriptor = elements.describe();
  std::array<std::int64_t, static_cast<std::size_t>(Rank)> strides{};
  detail::throws{"as_mdspan"}(
      [&](deed_error *error) { return detail::mdspan_strides<T>(descriptor.layout, strides.data(), error); });
  using mapping = typename mdspan_of<T, Rank>::mapping_type;
  using extents = typename mdspan_of<T, Rank>::extents_type;
  return {elements.data(), mapping(extents(elements.shape()), strides)};
}

/// The same with strides that the compiler knows: as_mdspan<std::layout_right>(array) of an array in C order,
/// std::layout_left in Fortran order. Throws deed::error: that of describe for an empty array; DEED_EORDER for an array
/// that has gaps or another order.
template <class Layout, class T, int Rank>
mdspan_of<T, Rank, Layout> as_mdspan(const array<T, Rank> &elements) {
  constexpr bool is_c = std::is_same_v<Layout, DEED_MDSPAN::layout_right>;
  static_assert(is_c || std::is_same_v<Layout, DEED_MDSPAN::layout_left>,
                "the layout is layout_right (C order) or layout_left (Fortran order)");
  detail::throws{"as_mdspan"}([&](deed_error *error) {
    if (elements.is_contiguous(is_c ? DEED_ORDER_C : DEED_ORDER_FORTRAN)) return DEED_OK;
    return detail::refuse(error, DEED_EORDER, "as_mdspan refused: not contiguous in %s order", is_c ? "C" : "Fortran");
  });
  using extents = typename mdspan_of<T, Rank, Layout>::extents_type;
  return mdspan_of<T, Rank, Layout>(elements.data(), extents(elements.shape()));
}

}  // namespace deed
#endif

#endif
