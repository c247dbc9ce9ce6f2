// SPDX-License-Identifier: BSD-3-Clause
// elements.hpp - the elements of an array, reached without asking the core.
#ifndef DEED_CXX_ELEMENTS_HPP
#define DEED_CXX_ELEMENTS_HPP

#include <type_traits>
#include <utility>

#include "deed/cxx/error.hpp"
#include "deed/cxx/options.hpp"

#if defined(__has_include) && __cplusplus >= 202002L
#if __has_include(<span>)
#include <span>
#endif
#endif

namespace deed {

/// What deed::array offers for element access: as fast as a pointer with strides, and like any pointer only to be used
/// while the array holds its claim. An array that holds none has no elements: data() is null, size() is 0.
template <class T, int Rank>
class elements {
 public:
  [[nodiscard]] std::int64_t extent(int dimension) const noexcept { return view_.shape[at_dimension(dimension)]; }
  [[nodiscard]] std::int64_t lower(int dimension) const noexcept { return view_.lower[at_dimension(dimension)]; }
  [[nodiscard]] std::int64_t upper(int dimension) const noexcept { return lower(dimension) + extent(dimension) - 1; }
  [[nodiscard]] std::int64_t stride_bytes(int dimension) const noexcept {
    return view_.stride_bytes[at_dimension(dimension)];
  }
  [[nodiscard]] const indices<Rank> &shape() const noexcept { return view_.shape; }
  [[nodiscard]] std::int64_t size() const noexcept {
    if (!view_.data) return 0;
    std::int64_t count = 1;
    for (std::int64_t extent : view_.shape) count *= extent;
    return count;
  }
  /// The element at the lower bounds.
  [[nodiscard]] T *data() const noexcept { return view_.data; }

  /// The element with these indices, counted from the lower bounds. Not checked.
  template <class... Index>
  [[nodiscard]] T &operator()(Index... index) const noexcept {
    static_assert(sizeof...(Index) == Rank, "one index per dimension");
    return at_offset(offset(std::make_index_sequence<sizeof...(Index)>{}, static_cast<std::int64_t>(index)...));
  }
  template <int R = Rank, class = std::enable_if_t<R == 1>>
  [[nodiscard]] T &operator[](std::int64_t index) const noexcept {
    return (*this)(index);
  }

  /// The same, checked. Throws deed::error with DEED_EBOUNDS, or DEED_ESTALE when this array is empty.
  template <class... Index>
  [[nodiscard]] T &at(Index... index) const {
    const indices<Rank> all{static_cast<std::int64_t>(index)...};
    static_assert(sizeof...(Index) == Rank, "one index per dimension");
    detail::throws{"at"}([&](deed_error *error) { return view_.data ? check(all, error) : DEED_ESTALE; });
    return (*this)(index...);
  }

 protected:
  /// What element access needs, read from the core once.
  struct view {
    T *data = nullptr;
    indices<Rank> shape{};
    indices<Rank> stride_bytes{};
    indices<Rank> lower{};
  };

  void see(const deed_descriptor &descriptor) noexcept {
    view_.data = static_cast<T *>(descriptor.data);
    for (std::size_t d = 0; d < view_.shape.size(); ++d) {
      view_.shape[d] = descriptor.layout.dim[d].extent;
      view_.stride_bytes[d] = descriptor.layout.dim[d].stride_bytes;
      view_.lower[d] = descriptor.layout.dim[d].lower;
    }
  }

  view view_;

 private:
  using byte = std::conditional_t<std::is_const_v<T>, const char, char>;

  static constexpr std::size_t at_dimension(int dimension) noexcept { return static_cast<std::size_t>(dimension); }

  template <std::size_t... D, class... Index>
  std::int64_t offset(std::index_sequence<D...>, Index... index) const noexcept {
    return (std::int64_t{0} + ... + ((index - view_.lower[D]) * view_.stride_bytes[D]));
  }

  T &at_offset(std::int64_t offset_bytes) const noexcept {
    return *reinterpret_cast<T *>(reinterpret_cast<byte *>(view_.data) + offset_bytes);
  }

  deed_status check(const indices<Rank> &index, deed_error *error) const noexcept {
    for (std::size_t d = 0; d < index.size(); ++d) {
      const std::int64_t last = view_.shape[d] - 1;
      if (last >= 0 && index[d] >= view_.lower[d] && index[d] <= view_.lower[d] + last) continue;
      return detail::refuse(error, DEED_EBOUNDS,
                            "at refused: index %lld of dimension %d, whose bounds are %lld and %lld",
                            static_cast<long long>(index[d]), static_cast<int>(d),
                            static_cast<long long>(view_.lower[d]), static_cast<long long>(upper(static_cast<int>(d))));
    }
    return DEED_OK;
  }
};

}  // namespace deed

#endif
