// SPDX-License-Identifier: BSD-3-Clause
// elements.hpp - deed::elements<T, Rank, Order>: the elements of an array for loops that the compiler vectorises.
#ifndef DEED_CXX_ELEMENTS_HPP
#define DEED_CXX_ELEMENTS_HPP

#include <type_traits>
#include <utility>

#include "deed/cxx/bounds.hpp"
#include "deed/cxx/element_access.hpp"

namespace deed {

template <class T, int Rank>
class array;

/// What array::elements<Order>() gives: the elements, with one dimension whose stride the compiler knows to be one
/// element: the last in C order, the first in Fortran order. So loops over that dimension vectorise, and cost what they
/// cost with data(). The other dimensions may have any stride: the inner cells of an array with ghost cells are such
/// elements too.
///
/// A value of a few words. Make it before the loop, and pass it by value: nothing that is stored to an element can
/// change a local variable, so it stays in registers. It holds no claim: like data(), it is only to be used while the
/// array that gave it holds its own. Indices count from the lower bounds of the array.
///
/// Threads: as for a pointer.
template <class T, int Rank, deed_order Order = DEED_ORDER_C>
class elements : public bounds<T, Rank> {
  static_assert(Order == DEED_ORDER_C || Order == DEED_ORDER_FORTRAN, "elements are in C order or in Fortran order");

 public:
  using element_type = T;
  using value_type = std::remove_cv_t<T>;
  static constexpr int rank = Rank;
  static constexpr deed_order order = Order;
  /// The dimension whose stride is 1.
  static constexpr int unit_dimension = Order == DEED_ORDER_C ? Rank - 1 : 0;

  /// No elements.
  elements() noexcept = default;

  /// The same elements, to be read only.
  template <class U, class = std::enable_if_t<std::is_const_v<T> && std::is_same_v<T, const U>>>
  elements(const elements<U, Rank, Order> &other) noexcept
      : bounds<T, Rank>(other.data_, other.shape_, other.lower_), stride_bytes_(other.stride_bytes_) {}

  [[nodiscard]] std::int64_t stride_bytes(int dimension) const noexcept {
    return stride_bytes_[at_dimension(dimension)];
  }

  /// The element with these indices, counted from the lower bounds. Not checked: array::at is.
  template <class... Index>
  [[nodiscard]] T &operator()(Index... index) const noexcept {
    static_assert(sizeof...(Index) == Rank, "one index per dimension");
    return at_indices(each_dimension{}, static_cast<std::int64_t>(index)...);
  }
#if defined(__cpp_multidimensional_subscript)
  template <class... Index>
  [[nodiscard]] T &operator[](Index... index) const noexcept {
    return (*this)(index...);
  }
#else
  template <int R = Rank, class = std::enable_if_t<R == 1>>
  [[nodiscard]] T &operator[](std::int64_t index) const noexcept {
    return (*this)(index);
  }
#endif

 private:
  template <class, int, deed_order>
  friend class elements;
  friend class array<T, Rank>;

  using access = element_access<T, Rank>;
  using each_dimension = std::make_index_sequence<static_cast<std::size_t>(Rank)>;
  using bounds<T, Rank>::at_dimension;

  /// from: checked.
  explicit elements(const access &from) noexcept : bounds<T, Rank>(from), stride_bytes_(from.stride_bytes_) {}

  static bool is_unit(const access &from) noexcept {
    if constexpr (Rank == 0) {
      return true;
    } else {
      return from.stride_bytes(unit_dimension) == std::int64_t{sizeof(T)};
    }
  }

  /// The stride of a dimension with one index, and those of an array without elements, address nothing.
  static deed_status check(const access &from, deed_error *error) noexcept {
    if (is_unit(from) || from.extent(unit_dimension) == 1 || from.size() == 0) return DEED_OK;
    return detail::refuse(error, DEED_EORDER,
                          "elements refused: %s order wants stride %zu bytes in dimension %d, which has %lld",
                          Order == DEED_ORDER_C ? "C" : "Fortran", sizeof(T), unit_dimension,
                          static_cast<long long>(from.stride_bytes(unit_dimension)));
  }

  template <std::size_t... D, class... Index>
  T &at_indices(std::index_sequence<D...>, Index... index) const noexcept {
    return this->at_offset((std::uint64_t{0} + ... + (this->steps(D, index) * known_stride_bytes<D>())));
  }

  template <std::size_t D>
  std::uint64_t known_stride_bytes() const noexcept {
    return static_cast<int>(D) == unit_dimension ? sizeof(T) : static_cast<std::uint64_t>(stride_bytes_[D]);
  }

  indices<Rank> stride_bytes_{};
};

}  // namespace deed

#endif
