// SPDX-License-Identifier: BSD-3-Clause
// weak.hpp - deed::weak<T, Rank>: to remember an array without keeping it alive.
#ifndef DEED_CXX_WEAK_HPP
#define DEED_CXX_WEAK_HPP

#include "deed/cxx/array.hpp"

namespace deed {

/// What std::weak_ptr is to std::shared_ptr: remembers the elements that an array showed, holds no claim, and gives an
/// array again by upgrade() if the block still lives, whoever holds it by then. A plain value: copying and destroying
/// it touches nothing but itself. Threads: as for an int.
template <class T, int Rank>
class weak {
 public:
  /// Empty: remembers nothing; upgrade gives DEED_EHANDLE.
  weak() noexcept = default;

  /// Remember what this array shows; an empty array gives an empty weak. weak<const T, Rank> can remember an array<T,
  /// Rank> too. Throws deed::error (DEED_ESTALE: its claim was ended by a copy of its handle).
  template <class U, class = std::enable_if_t<std::is_same_v<T, U> || std::is_same_v<T, const U>>>
  weak(const array<U, Rank> &from) {
    if (from.handle().bits == 0) return;
    detail::throws{"weak"}([&](deed_error *) { return deed_weak_of(from.handle(), &remembered_); });
  }

  /// From C, Fortran or Python. What it remembers is looked at by upgrade.
  explicit weak(const deed_weak &remembered) noexcept : remembered_(remembered) {}
  /// For C, Fortran and Python.
  [[nodiscard]] const deed_weak &c() const noexcept { return remembered_; }

  /// Does the block live? Another thread may end it at once: to use the array, upgrade.
  [[nodiscard]] bool is_live() const noexcept { return deed_weak_is_live(&remembered_) != 0; }

  /// A claim of the caller's own, role share. Errors: DEED_EHANDLE (empty), DEED_ESTALE (the block has ended),
  /// DEED_EDTYPE, DEED_ERANK, DEED_ERIGHTS (made by another language from another array); the result is empty then.
  [[nodiscard]] array<T, Rank> upgrade(site where = site::here()) const {
    return upgrade_with(detail::throws{"upgrade"}, where);
  }
  [[nodiscard]] array<T, Rank> upgrade(std::error_code &code, site where = site::here()) const noexcept {
    return upgrade_with(detail::sets{code}, where);
  }

 private:
  template <class Report>
  array<T, Rank> upgrade_with(Report report, site where) const {
    return array<T, Rank>::make(report, [&](deed_array *made, deed_error *error) {
      return deed_upgrade(&remembered_, array<T, Rank>::rights, where.c(), made, error);
    });
  }

  deed_weak remembered_{};
};

template <class T, int Rank>
weak(const array<T, Rank> &) -> weak<T, Rank>;

}  // namespace deed

#endif
