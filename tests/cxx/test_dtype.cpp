// SPDX-License-Identifier: BSD-3-Clause
#include <cstddef>

#if defined(__has_include) && __cplusplus >= 202302L
#if __has_include(<stdfloat>)
#include <stdfloat>
#endif
#endif

#include "check.hpp"

struct particle {
  std::int32_t kind;
  double mass;
};

template <>
struct deed::is_record<particle> : std::true_type {};

// Whether dtype.hpp has a type of C++ for it, at least where the compiler has that. A dtype that is not decided here
// does not compile.
constexpr bool has_type(deed_dtype dtype) {
  switch (dtype) {
    case DEED_INT8:
    case DEED_INT16:
    case DEED_INT32:
    case DEED_INT64:
    case DEED_UINT8:
    case DEED_UINT16:
    case DEED_UINT32:
    case DEED_UINT64:
    case DEED_REAL16:
    case DEED_BFLOAT16:
    case DEED_REAL32:
    case DEED_REAL64:
    case DEED_REAL80:
    case DEED_REAL128:
    case DEED_COMPLEX_REAL32:
    case DEED_COMPLEX_REAL64:
    case DEED_COMPLEX_REAL80:
    case DEED_COMPLEX_REAL128:
    case DEED_LOGICAL8:
    case DEED_CHARACTER1:
    case DEED_CHARACTER4:
    case DEED_OPAQUE: return true;
    case DEED_LOGICAL16:  // C++ has one bool
    case DEED_LOGICAL32:
    case DEED_LOGICAL64:
    case DEED_DTYPE_END: break;
  }
  return false;
}

TEST_CASE("every dtype but the long logicals has a type of C++"){
#define CHECK_TYPE(name, number, size_bytes, label, class_) \
  CHECK(has_type(name) == ((class_) != DEED_CLASS_LOGICAL || (size_bytes) == 1));
    DEED_DTYPE_MAP(CHECK_TYPE)
#undef CHECK_TYPE
}

TEST_CASE("every C++ type has the dtype of its format") {
  CHECK(deed::dtype_of<signed char> == DEED_INT8);
  CHECK(deed::dtype_of<std::int16_t> == DEED_INT16);
  CHECK(deed::dtype_of<int> == DEED_INT32);
  CHECK(deed::dtype_of<long long> == DEED_INT64);
  CHECK(deed::dtype_of<std::uint8_t> == DEED_UINT8);
  CHECK(deed::dtype_of<std::uint64_t> == DEED_UINT64);
  CHECK(deed::dtype_of<float> == DEED_REAL32);
  CHECK(deed::dtype_of<const double> == DEED_REAL64);
  CHECK(deed::dtype_of<std::complex<float>> == DEED_COMPLEX_REAL32);
  CHECK(deed::dtype_of<std::complex<double>> == DEED_COMPLEX_REAL64);
  CHECK(deed::dtype_of<bool> == DEED_LOGICAL8);
  CHECK(deed::dtype_of<char> == DEED_CHARACTER1);
  CHECK(deed::dtype_of<char32_t> == DEED_CHARACTER4);
  CHECK(deed::dtype_of<particle> == DEED_OPAQUE);
  CHECK(deed::dtype_of<std::byte> == DEED_UINT8);
#if defined(__x86_64__)
  CHECK(deed::dtype_of<long double> == DEED_REAL80);
#endif
#if defined(__FLT16_MANT_DIG__)
  CHECK(deed::dtype_of<const _Float16> == DEED_REAL16);
#endif
#if defined(__STDCPP_FLOAT16_T__)
  CHECK(deed::dtype_of<std::float16_t> == DEED_REAL16);
#endif
#if defined(__STDCPP_FLOAT32_T__)
  CHECK(deed::dtype_of<std::float32_t> == DEED_REAL32);
#endif
#if defined(__STDCPP_BFLOAT16_T__)
  CHECK(deed::dtype_of<std::bfloat16_t> == DEED_BFLOAT16);
#endif
}

TEST_CASE_FIXTURE(accounted, "trap T53: components of records and parts of complex numbers are views") {
  const auto particles = deed::array<particle, 1>::alloc({5});
  const auto mass = particles.component<double>(offsetof(particle, mass));
  for (int i = 0; i < 5; ++i) mass(i) = i;
  CHECK(particles(3).mass == 3);
  CHECK(mass.stride_bytes(0) == sizeof(particle));
  CHECK(status_of([&] { (void)particles.component<double>(12); }) == DEED_EBOUNDS);
  const auto waves = deed::array<std::complex<double>, 1>::alloc({2}, {DEED_ORDER_C, {}, true});
  waves.component<double>(8)(1) = 7;
  CHECK(waves(1).imag() == 7);
}

TEST_CASE_FIXTURE(accounted, "a record of another size is another type") {
  struct deed_layout layout{};
  const std::int64_t shape[] = {3};
  REQUIRE(deed_layout_contiguous(DEED_OPAQUE, 8, 1, shape, nullptr, DEED_ORDER_C, &layout) == DEED_OK);
  deed_array handle{};
  REQUIRE(deed_alloc(&layout, 0, nullptr, &handle, nullptr) == DEED_OK);
  const deed::claim owner(handle);
  CHECK(status_of([&] { deed::array<particle, 1> wrong(handle); }) == DEED_EDTYPE);
}

TEST_CASE_FIXTURE(accounted, "bytes and numbers of 16 bits") {
  auto bytes = deed::array<std::byte, 1>::adopt(std::vector<std::byte>(4, std::byte{7}));
  const deed_array handle = bytes.transfer(DEED_LANGUAGE_CXX);
  const deed::array<unsigned char, 1> numbers(handle);
  CHECK(numbers(3) == 7);
#if defined(__FLT16_MANT_DIG__)
  const auto halves = deed::array<_Float16, 1>::alloc({2}, {DEED_ORDER_C, {}, true});
  halves(1) = static_cast<_Float16>(1.5F);
  CHECK(static_cast<float>(halves(1)) == 1.5F);
  CHECK(halves.describe().layout.element_size_bytes == 2);
#endif
}
