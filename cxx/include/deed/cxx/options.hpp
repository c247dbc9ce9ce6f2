// SPDX-License-Identifier: BSD-3-Clause
// options.hpp - what a new array may choose, its name among it.
#ifndef DEED_CXX_OPTIONS_HPP
#define DEED_CXX_OPTIONS_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "deed/cxx/error.hpp"
#include "deed/deed.h"

namespace deed {

/// One extent, bound or index per dimension.
template <int Rank>
using indices = std::array<std::int64_t, static_cast<std::size_t>(Rank)>;

/// What a new array may choose. lower: bounds, 0 unless given. zeroed: elements are 0 instead of undefined (alloc
/// only). name: the array is published in the same call, all or nothing: where the name is refused there is no array,
/// and an owner or memory is the caller's as before. None unless given; "" is given, and refused. name [borrows until
/// the call ends].
template <int Rank>
struct shape_options {
  deed_order order = DEED_ORDER_C;
  indices<Rank> lower{};
  bool zeroed = false;
  std::string_view name{};
};

/// A name alone in place of shape_options: deed::array<double, 2>::alloc({4, 3}, deed::named{"heat/u"}). With other
/// options it is one of them: {.order = DEED_ORDER_FORTRAN, .name = "heat/u"} in C++20.
class named {
 public:
  /// name [borrows until the call ends].
  explicit constexpr named(std::string_view name) noexcept : name_(name.data() ? name : std::string_view("")) {}

  template <int Rank>
  constexpr operator shape_options<Rank>() const noexcept {
    shape_options<Rank> options;
    options.name = name_;
    return options;
  }

 private:
  std::string_view name_;
};

namespace detail {

/// A name as a C string. A name that the core refuses stays one: a NUL inside becomes another control character, and a
/// name that is too long is cut where it is still too long.
class c_name {
 public:
  explicit c_name(std::string_view name) noexcept {
    std::size_t length = name.size() < DEED_NAME_BYTES ? name.size() : DEED_NAME_BYTES;
    for (std::size_t i = 0; i < length; ++i) text_[i] = name[i] ? name[i] : '\x01';
    text_[length] = '\0';
  }
  [[nodiscard]] const char *text() const noexcept { return text_; }

 private:
  char text_[DEED_NAME_BYTES + 1];
};

/// A shape that no array can have. Returns status.
inline deed_status refuse_shape(deed_error *error, deed_status status, const char *verb, const std::int64_t *shape,
                                int rank) noexcept {
  std::array<char, 22 * DEED_MAX_RANK + 1> text{};  // ", -9223372036854775808"
  std::size_t used = 0;
  for (int d = 0; d < rank; ++d) {
    used += static_cast<std::size_t>(
        std::snprintf(text.data() + used, text.size() - used, d ? ", %lld" : "%lld", static_cast<long long>(shape[d])));
  }
  return refuse(error, status, "%s refused: shape (%s)", verb, text.data());
}

/// Publish an array that was just made, if it has a name.
inline deed_status publish_new(deed_array made, std::string_view name, deed_error *error) noexcept {
  return name.data() ? deed_publish(made, c_name(name).text(), error) : DEED_OK;
}

}  // namespace detail
}  // namespace deed

#endif
