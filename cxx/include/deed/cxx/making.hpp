// SPDX-License-Identifier: BSD-3-Clause
// making.hpp - how arrays come into being: allocated, adopted from a C++ owner, lent, looked up by name.
#ifndef DEED_CXX_MAKING_HPP
#define DEED_CXX_MAKING_HPP

#include <cstdint>
#include <memory>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "deed/cxx/dtype.hpp"
#include "deed/cxx/error.hpp"
#include "deed/cxx/options.hpp"
#include "deed/cxx/owner.hpp"
#include "deed/cxx/site.hpp"

namespace deed {

template <class T, int Rank>
class array;

namespace detail {

/// The elements of an owner of U can be those of an array of T: the same type, or without const.
template <class U, class T>
using can_be = std::enable_if_t<std::is_convertible_v<U (*)[], T (*)[]>>;

/// A new claim, until an array has it.
struct released_unless_taken {
  deed_array handle;
  ~released_unless_taken() {
    if (handle.bits) static_cast<void>(deed_release(handle, nullptr) == DEED_OK);
  }
};

}  // namespace detail

/// The functions of deed::array<T, Rank> that make one: deed::array<double, 2>::alloc({4, 3}).
template <class T, int Rank>
class making {
  using value_type = std::remove_cv_t<T>;

 public:
  /// New memory from deed's allocator, 64-byte aligned. Errors in order: DEED_ESHAPE, DEED_EOVERFLOW, DEED_ENOMEM,
  /// those of publish where options has a name.
  [[nodiscard]] static array<T, Rank> alloc(const indices<Rank> &shape, const shape_options<Rank> &options = {},
                                            site where = site::here()) {
    return alloc_with(detail::throws{"alloc"}, shape, options, where);
  }
  [[nodiscard]] static array<T, Rank> alloc(const indices<Rank> &shape, const shape_options<Rank> &options,
                                            std::error_code &code, site where = site::here()) noexcept {
    return alloc_with(detail::sets{code}, shape, options, where);
  }

  /// Adopt a vector, whose elements become the array. owner [takes on success]. shape: extents with at most
  /// owner.size() elements. reclaim<std::vector<T, A>>() gives the same vector back. Errors in order: DEED_ESHAPE,
  /// DEED_EOVERFLOW, DEED_EBOUNDS (too few elements), DEED_ENOMEM, those of publish where options has a name; the
  /// vector is as before then.
  template <class A>
  [[nodiscard]] static array<T, Rank> adopt(std::vector<value_type, A> &&owner, const indices<Rank> &shape,
                                            const shape_options<Rank> &options = {}, site where = site::here()) {
    return adopt_vector(detail::throws{"adopt"}, owner, shape, options, where);
  }
  template <class A>
  [[nodiscard]] static array<T, Rank> adopt(std::vector<value_type, A> &&owner, const indices<Rank> &shape,
                                            const shape_options<Rank> &options, std::error_code &code,
                                            site where = site::here()) noexcept {
    return adopt_vector(detail::sets{code}, owner, shape, options, where);
  }
  template <class A, int R = Rank, class = std::enable_if_t<R == 1>>
  [[nodiscard]] static array<T, Rank> adopt(std::vector<value_type, A> &&owner, site where = site::here()) {
    const indices<1> shape{static_cast<std::int64_t>(owner.size())};
    return adopt_vector(detail::throws{"adopt"}, owner, shape, {}, where);
  }
  template <class A, int R = Rank, class = std::enable_if_t<R == 1>>
  [[nodiscard]] static array<T, Rank> adopt(std::vector<value_type, A> &&owner, const named &name,
                                            site where = site::here()) {
    const indices<1> shape{static_cast<std::int64_t>(owner.size())};
    return adopt_vector(detail::throws{"adopt"}, owner, shape, name, where);
  }

  /// Adopt any movable owner (std::unique_ptr, std::shared_ptr, a class of yours, a lambda that frees) of the memory at
  /// data, which moving the owner must not move: elements inside the owner itself (a std::array, a short std::string)
  /// are refused. The move must be noexcept, because it comes when deed has the memory; where it is not, the owner has
  /// no move constructor, and would be copied. data [takes on success] has the elements of shape. A function (something
  /// callable without arguments) is called when the last claim ends, any other owner is destroyed then.
  /// Errors in order: DEED_ESHAPE, DEED_EOVERFLOW, DEED_EINVAL (data inside the owner), DEED_ENOMEM, DEED_ENULL,
  /// DEED_EBUSY (some of the memory is lent), those of publish where options has a name; the owner has not been moved
  /// then.
  template <class Owner>
  [[nodiscard]] static array<T, Rank> adopt(Owner &&owner, T *data, const indices<Rank> &shape,
                                            const shape_options<Rank> &options = {}, site where = site::here()) {
    static_assert(!std::is_lvalue_reference_v<Owner>, "adopt takes the owner: std::move it");
    return adopt_owner(detail::throws{"adopt"}, owner, data, shape, options, where);
  }
  template <class Owner>
  [[nodiscard]] static array<T, Rank> adopt(Owner &&owner, T *data, const indices<Rank> &shape,
                                            const shape_options<Rank> &options, std::error_code &code,
                                            site where = site::here()) noexcept {
    static_assert(!std::is_lvalue_reference_v<Owner>, "adopt takes the owner: std::move it");
    return adopt_owner(detail::sets{code}, owner, data, shape, options, where);
  }
  template <class U, class Deleter, class = detail::can_be<U, T>>
  [[nodiscard]] static array<T, Rank> adopt(std::unique_ptr<U[], Deleter> &&owner, const indices<Rank> &shape,
                                            const shape_options<Rank> &options = {}, site where = site::here()) {
    T *data = owner.get();
    return adopt_owner(detail::throws{"adopt"}, owner, data, shape, options, where);
  }
  template <class U, class Deleter, class = detail::can_be<U, T>>
  [[nodiscard]] static array<T, Rank> adopt(std::unique_ptr<U[], Deleter> &&owner, const indices<Rank> &shape,
                                            const shape_options<Rank> &options, std::error_code &code,
                                            site where = site::here()) noexcept {
    T *data = owner.get();
    return adopt_owner(detail::sets{code}, owner, data, shape, options, where);
  }
  template <class U, class = detail::can_be<U, T>>
  [[nodiscard]] static array<T, Rank> adopt(std::shared_ptr<U[]> &&owner, const indices<Rank> &shape,
                                            const shape_options<Rank> &options = {}, site where = site::here()) {
    T *data = owner.get();
    return adopt_owner(detail::throws{"adopt"}, owner, data, shape, options, where);
  }
  template <class U, class = detail::can_be<U, T>>
  [[nodiscard]] static array<T, Rank> adopt(std::shared_ptr<U[]> &&owner, const indices<Rank> &shape,
                                            const shape_options<Rank> &options, std::error_code &code,
                                            site where = site::here()) noexcept {
    T *data = owner.get();
    return adopt_owner(detail::sets{code}, owner, data, shape, options, where);
  }

  /// Lend memory that stays the caller's until recall() or release() of this array succeeds. data [borrows until then].
  /// Errors in order: DEED_ESHAPE, DEED_EOVERFLOW, DEED_ENULL, those of publish where options has a name.
  [[nodiscard]] static array<T, Rank> lend(T *data, const indices<Rank> &shape, const shape_options<Rank> &options = {},
                                           site where = site::here()) {
    return lend_with(detail::throws{"lend"}, data, shape, options, where);
  }
  [[nodiscard]] static array<T, Rank> lend(T *data, const indices<Rank> &shape, const shape_options<Rank> &options,
                                           std::error_code &code, site where = site::here()) noexcept {
    return lend_with(detail::sets{code}, data, shape, options, where);
  }

  /// A claim on what is published under a name. Errors in order: DEED_EINVAL (no name: a NUL inside is none),
  /// DEED_ENONAME, DEED_EDEVICE, DEED_EDTYPE, DEED_ERANK, DEED_ERIGHTS.
  [[nodiscard]] static array<T, Rank> lookup(const char *name, site where = site::here()) {
    return lookup_with(detail::throws{"lookup"}, name, where);
  }
  [[nodiscard]] static array<T, Rank> lookup(std::string_view name, site where = site::here()) {
    return lookup_with(detail::throws{"lookup"}, detail::c_name(name).text(), where);
  }
  [[nodiscard]] static array<T, Rank> lookup(std::string_view name, std::error_code &code,
                                             site where = site::here()) noexcept {
    return lookup_with(detail::sets{code}, detail::c_name(name).text(), where);
  }
  [[nodiscard]] static array<T, Rank> lookup(const char *name, std::error_code &code,
                                             site where = site::here()) noexcept {
    return lookup_with(detail::sets{code}, name, where);
  }

 private:
  static deed_status layout_of(const char *verb, const indices<Rank> &shape, const shape_options<Rank> &options,
                               deed_layout *layout, deed_error *error) noexcept {
    deed_status status =
        deed_layout_contiguous(dtype_of<T>, sizeof(T), Rank, shape.data(), options.lower.data(), options.order, layout);
    return status == DEED_OK ? status : detail::refuse_shape(error, status, verb, shape.data(), Rank);
  }

  template <class Report>
  static array<T, Rank> alloc_with(Report report, const indices<Rank> &shape, const shape_options<Rank> &options,
                                   site where) {
    static_assert(!std::is_const_v<T>, "new memory must be written: allocate array<T> and share it as const");
    deed_layout layout;
    if (!report([&](deed_error *error) { return layout_of("alloc", shape, options, &layout, error); })) return {};
    return array<T, Rank>::make(report, [&](deed_array *made, deed_error *error) {
      deed_status status = deed_alloc(&layout, options.zeroed ? DEED_ZEROED : 0u, where.c(), made, error);
      return status == DEED_OK ? publish_or_release(*made, options.name, error) : status;
    });
  }

  template <class Report>
  static array<T, Rank> lend_with(Report report, T *data, const indices<Rank> &shape,
                                  const shape_options<Rank> &options, site where) {
    deed_layout layout;
    if (!report([&](deed_error *error) { return layout_of("lend", shape, options, &layout, error); })) return {};
    return array<T, Rank>::make(report, [&](deed_array *made, deed_error *error) {
      deed_status status =
          deed_lend(const_cast<value_type *>(data), array<T, Rank>::rights, &layout, where.c(), made, error);
      return status == DEED_OK ? publish_or_release(*made, options.name, error) : status;
    });
  }

  static deed_status publish_or_release(deed_array made, std::string_view name, deed_error *error) noexcept {
    detail::released_unless_taken guard{made};
    deed_status status = detail::publish_new(made, name, error);
    if (status == DEED_OK) guard.handle = {};
    return status;
  }

  template <class Report, class A>
  static array<T, Rank> adopt_vector(Report report, std::vector<value_type, A> &owner, const indices<Rank> &shape,
                                     const shape_options<Rank> &options, site where) {
    static_assert(!std::is_same_v<value_type, bool>, "std::vector<bool> has no elements that can be shared");
    deed_layout layout;
    bool fits = report([&](deed_error *error) {
      deed_status status = layout_of("adopt", shape, options, &layout, error);
      if (status != DEED_OK) return status;
      const std::int64_t wanted = deed_layout_element_count(&layout);
      if (wanted <= static_cast<std::int64_t>(owner.size())) return DEED_OK;
      return detail::refuse(error, DEED_EBOUNDS, "adopt refused: the shape has %lld elements, the vector %zu",
                            static_cast<long long>(wanted), owner.size());
    });
    if (!fits) return {};
    return adopt_laid_out<std::vector<value_type, A>>(report, owner, owner.data(), layout, options.name, where);
  }

  template <class Report, class Owner>
  static array<T, Rank> adopt_owner(Report report, Owner &owner, T *data, const indices<Rank> &shape,
                                    const shape_options<Rank> &options, site where) {
    deed_layout layout;
    if (!report([&](deed_error *error) { return layout_of("adopt", shape, options, &layout, error); })) return {};
    if constexpr (std::is_invocable_v<Owner &>) {
      return adopt_laid_out<detail::at_end<Owner>>(report, owner, data, layout, options.name, where);
    } else {
      return adopt_laid_out<Owner>(report, owner, data, layout, options.name, where);
    }
  }

  template <class Kept, class Report, class Owner>
  static array<T, Rank> adopt_laid_out(Report report, Owner &owner, T *data, const deed_layout &layout,
                                       std::string_view name, site where) {
    static_assert(std::is_nothrow_move_constructible_v<Owner>,
                  "the owner must have a move constructor that is noexcept");
    std::unique_ptr<detail::held<Kept>> context;
    bool can_hold = report([&](deed_error *error) {
      if (detail::lies_in(owner, data, deed_layout_size_bytes(&layout))) {
        return detail::refuse(error, DEED_EINVAL,
                              "adopt refused: elements inside the owner itself, which stay behind when it moves");
      }
      context.reset(detail::held<Kept>::make());
      return context ? DEED_OK : DEED_ENOMEM;
    });
    if (!can_hold) return {};
    const deed_memory memory{const_cast<value_type *>(data), DEED_ORIGIN_CXX, array<T, Rank>::rights,
                             detail::held<Kept>::release, context.get()};
    return array<T, Rank>::make(report, [&](deed_array *made, deed_error *error) {
      deed_status status = deed_adopt(&memory, &layout, where.c(), made, error);
      if (status == DEED_OK) status = publish_or_reclaim(*made, memory.release, name, error);
      if (status == DEED_OK) context.release()->owner.emplace(std::move(owner));
      return status;
    });
  }

  /// Nobody else has known of the array, so it can be reclaimed.
  static deed_status publish_or_reclaim(deed_array made, deed_release_fn release, std::string_view name,
                                        deed_error *error) noexcept {
    deed_status status = detail::publish_new(made, name, error);
    if (status == DEED_OK) return status;
    deed_reclaimed back;
    static_cast<void>(deed_reclaim(made, DEED_ORIGIN_CXX, release, &back, nullptr) == DEED_OK);
    return status;
  }

  template <class Report>
  static array<T, Rank> lookup_with(Report report, const char *name, site where) {
    return array<T, Rank>::make(report, [&](deed_array *made, deed_error *error) {
      return deed_lookup(name, array<T, Rank>::rights, where.c(), made, error);
    });
  }
};

}  // namespace deed

#endif
