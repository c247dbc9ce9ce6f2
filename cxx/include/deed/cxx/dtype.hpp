// SPDX-License-Identifier: BSD-3-Clause
// dtype.hpp - which dtype a C++ type is.
#ifndef DEED_CXX_DTYPE_HPP
#define DEED_CXX_DTYPE_HPP

#include <complex>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <type_traits>

#include "deed/deed.h"

namespace deed {

/// Specialise as std::true_type to let arrays of a trivially copyable class of your own pass as opaque records.
template <class T>
struct is_record : std::false_type {};

namespace detail {

template <class T>
constexpr deed_dtype integer_dtype() {
  constexpr bool is_signed = std::is_signed_v<T>;
  static_assert(sizeof(T) <= 8, "deed has no dtype for integers of more than 64 bits");
  switch (sizeof(T)) {
    case 1: return is_signed ? DEED_INT8 : DEED_UINT8;
    case 2: return is_signed ? DEED_INT16 : DEED_UINT16;
    case 4: return is_signed ? DEED_INT32 : DEED_UINT32;
    default: return is_signed ? DEED_INT64 : DEED_UINT64;
  }
}

template <class T>
constexpr deed_dtype real_dtype() {
  constexpr int digits = std::numeric_limits<T>::digits;
  static_assert(
      digits == 8 || digits == 11 || digits == 24 || digits == 53 || (digits == 64 && sizeof(T) == 16) || digits == 113,
      "deed has no dtype for this floating-point format");
  switch (digits) {
    case 8: return DEED_BFLOAT16;
    case 11: return DEED_REAL16;
    case 24: return DEED_REAL32;
    case 53: return DEED_REAL64;
    case 64: return DEED_REAL80;
    default: return DEED_REAL128;
  }
}

template <class T>
constexpr deed_dtype complex_of(deed_dtype real) {
  static_assert(sizeof(std::complex<T>) == 2 * sizeof(T));
  static_assert(sizeof(T) >= 4, "deed has no dtype for complex numbers of 16-bit reals");
  switch (real) {
    case DEED_REAL32: return DEED_COMPLEX_REAL32;
    case DEED_REAL64: return DEED_COMPLEX_REAL64;
    case DEED_REAL80: return DEED_COMPLEX_REAL80;
    default: return DEED_COMPLEX_REAL128;
  }
}

template <class T>
struct dtype {
  static constexpr deed_dtype find() {
    static_assert(std::is_trivially_copyable_v<T>, "elements that deed shares must be trivially copyable");
    static_assert(std::is_arithmetic_v<T> || std::is_same_v<T, std::byte> || is_record<T>::value,
                  "deed has no dtype for this type; specialise deed::is_record for a record");
    if constexpr (std::is_same_v<T, bool>) {
      return DEED_LOGICAL8;
    } else if constexpr (std::is_same_v<T, char>) {
      return DEED_CHARACTER1;
    } else if constexpr (std::is_same_v<T, char32_t>) {
      return DEED_CHARACTER4;
    } else if constexpr (std::is_same_v<T, std::byte>) {
      return DEED_UINT8;
    } else if constexpr (std::is_integral_v<T>) {
      return integer_dtype<T>();
    } else if constexpr (std::is_floating_point_v<T>) {
      return real_dtype<T>();
    } else {
      return DEED_OPAQUE;
    }
  }
};

template <class T>
struct dtype<std::complex<T>> {
  static constexpr deed_dtype find() { return complex_of<T>(real_dtype<T>()); }
};

// Formats of which the standard library need not know anything. std::float16_t is _Float16.
#if defined(__FLT16_MANT_DIG__)
template <>
struct dtype<_Float16> {
  static constexpr deed_dtype find() { return DEED_REAL16; }
};
#endif

#if defined(__SIZEOF_FLOAT128__) && !defined(__STRICT_ANSI__)
template <>
struct dtype<__float128> {
  static constexpr deed_dtype find() { return DEED_REAL128; }
};
#endif

}  // namespace detail

/// The dtype of arrays of T: a compile error where deed has none. std::byte is DEED_UINT8, _Float16 and std::float16_t
/// are DEED_REAL16, std::bfloat16_t is DEED_BFLOAT16.
template <class T>
inline constexpr deed_dtype dtype_of = detail::dtype<std::remove_cv_t<T>>::find();

}  // namespace deed

#endif
