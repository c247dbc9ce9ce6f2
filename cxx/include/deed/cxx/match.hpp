// SPDX-License-Identifier: BSD-3-Clause
// match.hpp - whether what the core describes is an array that C++ can read as the type it wants.
#ifndef DEED_CXX_MATCH_HPP
#define DEED_CXX_MATCH_HPP

#include <cstddef>
#include <cstdint>

#include "deed/cxx/error.hpp"
#include "deed/deed.h"

namespace deed::detail {

/// An array type, as the core would describe it.
struct wanted {
  deed_dtype dtype;
  std::int64_t element_size_bytes;
  int rank;
  std::uint32_t rights;
};

inline deed_status mismatch(const deed_descriptor &is, const wanted &want) noexcept {
  if (is.device_type != 0) return DEED_EDEVICE;
  if (is.layout.dtype != want.dtype || is.layout.element_size_bytes != want.element_size_bytes) return DEED_EDTYPE;
  if (is.layout.rank != want.rank) return DEED_ERANK;
  return (want.rights & ~is.rights) != 0 ? DEED_ERIGHTS : DEED_OK;
}

/// Whatever reads elements in C++ goes through here once, so all of it is memory of the host. Errors in order:
/// DEED_EDEVICE, DEED_EDTYPE, DEED_ERANK, DEED_ERIGHTS.
inline deed_status match(const deed_descriptor &is, const wanted &want, deed_error *error) noexcept {
  const deed_status status = mismatch(is, want);
  if (status == DEED_OK) return DEED_OK;
  if (status == DEED_EDEVICE) {
    return refuse(error, status, "the array is on device %d of type %d", static_cast<int>(is.device_id),
                  static_cast<int>(is.device_type));
  }
  return refuse(error, status, "the array is %s of rank %d%s, asked for was %s%s of rank %d",
                deed_dtype_name(static_cast<deed_dtype>(is.layout.dtype)), static_cast<int>(is.layout.rank),
                is.rights & DEED_WRITE ? "" : ", read only", want.rights & DEED_WRITE ? "" : "const ",
                deed_dtype_name(want.dtype), want.rank);
}

}  // namespace deed::detail

#endif
