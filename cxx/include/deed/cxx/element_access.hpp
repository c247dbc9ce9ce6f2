// SPDX-License-Identifier: BSD-3-Clause
// element_access.hpp - the elements of an array, reached without asking the core.
#ifndef DEED_CXX_ELEMENT_ACCESS_HPP
#define DEED_CXX_ELEMENT_ACCESS_HPP

#include <type_traits>
#include <utility>

#include "deed/cxx/bounds.hpp"
#include "deed/cxx/error.hpp"
#include "deed/cxx/options.hpp"

namespace deed {

template <class T, int Rank, deed_order Order>
class elements;

/// What deed::array offers for element access: any strides, and like any pointer only to be used while the array holds
/// its claim. An empty array, which holds no claim, has no elements: data() is null, size() is 0.
///
/// No stride is known before the program runs, so compilers do not vectorise loops over operator(): a loop that has to
/// be fast goes over array::elements().
template <class T, int Rank>
class element_access : public bounds<T, Rank> {
 public:
  [[nodiscard]] std::int64_t stride_bytes(int dimension) const noexcept {
    return stride_bytes_[at_dimension(dimension)];
  }

  /// The element with these indices, counted from the lower bounds. Not checked: array::at is.
  template <class... Index>
  [[nodiscard]] T &operator()(Index... index) const noexcept {
    static_assert(sizeof...(Index) == Rank, "one index per dimension");
    return this->at_offset(
        offset_bytes(std::make_index_sequence<sizeof...(Index)>{}, static_cast<std::int64_t>(index)...));
  }
  template <int R = Rank, class = std::enable_if_t<R == 1>>
  [[nodiscard]] T &operator[](std::int64_t index) const noexcept {
    return (*this)(index);
  }

 protected:
  using bounds<T, Rank>::data_;
  using bounds<T, Rank>::shape_;
  using bounds<T, Rank>::lower_;
  using bounds<T, Rank>::at_dimension;

  /// What another array shows.
  template <class U>
  void see(const element_access<U, Rank> &other) noexcept {
    data_ = other.data_;
    shape_ = other.shape_;
    lower_ = other.lower_;
    stride_bytes_ = other.stride_bytes_;
  }

  /// Read from the core once.
  void see(const deed_descriptor &descriptor) noexcept {
    data_ = static_cast<T *>(descriptor.data);
    for (std::size_t d = 0; d < shape_.size(); ++d) {
      shape_[d] = descriptor.layout.dim[d].extent;
      stride_bytes_[d] = descriptor.layout.dim[d].stride_bytes;
      lower_[d] = descriptor.layout.dim[d].lower;
    }
  }

  /// DEED_OK or DEED_EBOUNDS.
  deed_status check_bounds(const indices<Rank> &index, deed_error *error) const noexcept {
    for (std::size_t d = 0; d < index.size(); ++d) {
      const std::int64_t last = shape_[d] - 1;
      if (last >= 0 && index[d] >= lower_[d] && index[d] <= lower_[d] + last) continue;
      return detail::refuse(error, DEED_EBOUNDS,
                            "at refused: index %lld of dimension %d, whose bounds are %lld and %lld",
                            static_cast<long long>(index[d]), static_cast<int>(d), static_cast<long long>(lower_[d]),
                            static_cast<long long>(this->upper(static_cast<int>(d))));
    }
    return DEED_OK;
  }

 private:
  template <class, int>
  friend class element_access;
  template <class, int, deed_order>
  friend class elements;

  template <std::size_t... D, class... Index>
  std::uint64_t offset_bytes(std::index_sequence<D...>, Index... index) const noexcept {
    return (std::uint64_t{0} + ... + (this->steps(D, index) * static_cast<std::uint64_t>(stride_bytes_[D])));
  }

  indices<Rank> stride_bytes_{};
};

}  // namespace deed

#endif
