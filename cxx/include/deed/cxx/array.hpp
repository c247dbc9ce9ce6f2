// SPDX-License-Identifier: BSD-3-Clause
// array.hpp - deed::array<T, Rank>: a claim whose elements C++ can reach.
#ifndef DEED_CXX_ARRAY_HPP
#define DEED_CXX_ARRAY_HPP

#include <array>
#include <cstddef>
#include <cstdio>
#include <memory>
#include <type_traits>
#include <utility>
#include <vector>

#include "deed/cxx/claim.hpp"
#include "deed/cxx/dtype.hpp"
#include "deed/cxx/owner.hpp"

#if defined(__has_include) && __cplusplus >= 202002L
#if __has_include(<span>)
#include <span>
#endif
#endif

namespace deed {

template <class T, int Rank>
class weak;

/// One extent, bound or index per dimension.
template <int Rank>
using indices = std::array<std::int64_t, static_cast<std::size_t>(Rank)>;

/// What a new array may choose. lower: bounds, 0 unless given. zeroed: elements are 0 instead of undefined (alloc
/// only).
template <int Rank>
struct shape_options {
  deed_order order = DEED_ORDER_C;
  indices<Rank> lower{};
  bool zeroed = false;
};

/// A section of one dimension: first:last:step in the indices of the array, last included.
using range = deed_range;

/// One claim on a block, seen as a Rank-dimensional array of T. array<const T, Rank> asks for no right to write and
/// can hold read-only memory; array<T, Rank> of read-only memory is refused with DEED_ERIGHTS.
///
/// Copying shares (one more claim, role share), moving moves the claim, the destructor releases it. What deed::claim
/// offers (transfer, recall, release, publish, withdraw, enquiries) is here too. Each verb that can fail has a form
/// that throws deed::error and one that sets a std::error_code; after a failure the arrays are as before and a result
/// is empty.
///
/// Element access is as fast as a pointer with strides: it does not ask the core, and like any pointer it may only be
/// used while this object holds its claim. Threads: as for std::shared_ptr; different objects may be used at the same
/// time.
template <class T, int Rank>
class array : public claim {
  static_assert(Rank >= 0 && Rank <= DEED_MAX_RANK, "deed arrays have rank 0 to 15");

 public:
  using element_type = T;
  using value_type = std::remove_cv_t<T>;
  static constexpr int rank = Rank;
  static constexpr std::uint32_t rights = std::is_const_v<T> ? DEED_READ : DEED_READ | DEED_WRITE;

  /// Empty: holds no claim.
  array() noexcept = default;

  /// Take over a handle, from C or from another language's transfer. handle [takes on success]. Throws deed::error when
  /// it is not live, or not an array of T of this rank (DEED_EDTYPE, DEED_ERANK, DEED_ERIGHTS); then it is still the
  /// caller's.
  explicit array(deed_array handle) { take(detail::throws{}, handle); }
  array(deed_array handle, std::error_code &code) noexcept { take(detail::sets{code}, handle); }

  array(array &&other) noexcept : claim(std::move(other)), view_(std::exchange(other.view_, {})) {}
  array &operator=(array &&other) noexcept {
    if (this == &other) return *this;
    claim::operator=(std::move(other));
    view_ = std::exchange(other.view_, {});
    return *this;
  }

  /// Copies share. An empty array gives an empty copy. Throws deed::error.
  array(const array &other) : array(other.handle_.bits ? other.share() : array()) {}
  array &operator=(const array &other) {
    if (this != &other) *this = array(other);
    return *this;
  }

  /// A share without the right to write. Throws deed::error.
  template <class U = T, class = std::enable_if_t<!std::is_const_v<U>>>
  operator array<const U, Rank>() const {
    return as_const();
  }

  // Making arrays.

  /// New memory from deed's allocator, 64-byte aligned. Errors: DEED_ESHAPE, DEED_EOVERFLOW, DEED_ENOMEM.
  [[nodiscard]] static array alloc(const indices<Rank> &shape, const shape_options<Rank> &options = {},
                                   site where = site::here()) {
    return alloc_with(detail::throws{}, shape, options, where);
  }
  [[nodiscard]] static array alloc(const indices<Rank> &shape, const shape_options<Rank> &options,
                                   std::error_code &code, site where = site::here()) noexcept {
    return alloc_with(detail::sets{code}, shape, options, where);
  }

  /// Adopt a vector, whose elements become the array. owner [takes on success]. shape: extents with at most
  /// owner.size() elements. reclaim<std::vector<T, A>>() gives the same vector back. Errors: DEED_EBOUNDS (too few
  /// elements), as alloc.
  template <class A>
  [[nodiscard]] static array adopt(std::vector<value_type, A> &&owner, const indices<Rank> &shape,
                                   const shape_options<Rank> &options = {}, site where = site::here()) {
    return adopt_vector(detail::throws{}, owner, shape, options, where);
  }
  template <class A>
  [[nodiscard]] static array adopt(std::vector<value_type, A> &&owner, const indices<Rank> &shape,
                                   const shape_options<Rank> &options, std::error_code &code,
                                   site where = site::here()) noexcept {
    return adopt_vector(detail::sets{code}, owner, shape, options, where);
  }
  template <class A, int R = Rank, class = std::enable_if_t<R == 1>>
  [[nodiscard]] static array adopt(std::vector<value_type, A> &&owner, site where = site::here()) {
    const indices<1> shape{static_cast<std::int64_t>(owner.size())};
    return adopt_vector(detail::throws{}, owner, shape, {}, where);
  }

  /// Adopt any movable owner (std::unique_ptr, std::shared_ptr, a class of yours, a lambda that frees) of the memory at
  /// data, which moving the owner must not move. data [takes on success] has the elements of shape. A function
  /// (something callable without arguments) is called when the last claim ends, any other owner is destroyed then.
  template <class Owner>
  [[nodiscard]] static array adopt(Owner &&owner, T *data, const indices<Rank> &shape,
                                   const shape_options<Rank> &options = {}, site where = site::here()) {
    static_assert(!std::is_lvalue_reference_v<Owner>, "adopt takes the owner: std::move it");
    return adopt_owner(detail::throws{}, owner, data, shape, options, where);
  }
  template <class Owner>
  [[nodiscard]] static array adopt(Owner &&owner, T *data, const indices<Rank> &shape,
                                   const shape_options<Rank> &options, std::error_code &code,
                                   site where = site::here()) noexcept {
    static_assert(!std::is_lvalue_reference_v<Owner>, "adopt takes the owner: std::move it");
    return adopt_owner(detail::sets{code}, owner, data, shape, options, where);
  }
  template <class Deleter>
  [[nodiscard]] static array adopt(std::unique_ptr<value_type[], Deleter> &&owner, const indices<Rank> &shape,
                                   const shape_options<Rank> &options = {}, site where = site::here()) {
    value_type *data = owner.get();
    return adopt_owner(detail::throws{}, owner, data, shape, options, where);
  }
  template <class Deleter>
  [[nodiscard]] static array adopt(std::unique_ptr<value_type[], Deleter> &&owner, const indices<Rank> &shape,
                                   const shape_options<Rank> &options, std::error_code &code,
                                   site where = site::here()) noexcept {
    value_type *data = owner.get();
    return adopt_owner(detail::sets{code}, owner, data, shape, options, where);
  }
  [[nodiscard]] static array adopt(std::shared_ptr<value_type[]> &&owner, const indices<Rank> &shape,
                                   const shape_options<Rank> &options = {}, site where = site::here()) {
    value_type *data = owner.get();
    return adopt_owner(detail::throws{}, owner, data, shape, options, where);
  }
  [[nodiscard]] static array adopt(std::shared_ptr<value_type[]> &&owner, const indices<Rank> &shape,
                                   const shape_options<Rank> &options, std::error_code &code,
                                   site where = site::here()) noexcept {
    value_type *data = owner.get();
    return adopt_owner(detail::sets{code}, owner, data, shape, options, where);
  }

  /// Lend memory that stays the caller's until recall() or release() of this array succeeds. data [borrows until then].
  [[nodiscard]] static array lend(T *data, const indices<Rank> &shape, const shape_options<Rank> &options = {},
                                  site where = site::here()) {
    return lend_with(detail::throws{}, data, shape, options, where);
  }
  [[nodiscard]] static array lend(T *data, const indices<Rank> &shape, const shape_options<Rank> &options,
                                  std::error_code &code, site where = site::here()) noexcept {
    return lend_with(detail::sets{code}, data, shape, options, where);
  }

  /// A claim on what is published under a name. Errors: DEED_ENONAME, DEED_EDTYPE, DEED_ERANK, DEED_ERIGHTS.
  [[nodiscard]] static array lookup(const char *name, site where = site::here()) {
    return lookup_with(detail::throws{}, name, where);
  }
  [[nodiscard]] static array lookup(const std::string &name, site where = site::here()) {
    return lookup_with(detail::throws{}, name.c_str(), where);
  }
  [[nodiscard]] static array lookup(const char *name, std::error_code &code, site where = site::here()) noexcept {
    return lookup_with(detail::sets{code}, name, where);
  }

  // More claims on the same block.

  [[nodiscard]] array share(site where = site::here()) const { return share_with<T>(detail::throws{}, where); }
  [[nodiscard]] array share(std::error_code &code, site where = site::here()) const noexcept {
    return share_with<T>(detail::sets{code}, where);
  }
  /// A share that asks for no right to write.
  [[nodiscard]] array<const value_type, Rank> as_const(site where = site::here()) const {
    return share_with<const value_type>(detail::throws{}, where);
  }
  [[nodiscard]] array<const value_type, Rank> as_const(std::error_code &code,
                                                       site where = site::here()) const noexcept {
    return share_with<const value_type>(detail::sets{code}, where);
  }

  /// A section, one range per dimension. Its lower bounds are 0. Errors: DEED_EINVAL (step 0), DEED_EBOUNDS.
  [[nodiscard]] array view(const std::array<range, static_cast<std::size_t>(Rank)> &ranges,
                           site where = site::here()) const {
    return section_with(detail::throws{}, ranges, where);
  }
  [[nodiscard]] array view(const std::array<range, static_cast<std::size_t>(Rank)> &ranges, std::error_code &code,
                           site where = site::here()) const noexcept {
    return section_with(detail::sets{code}, ranges, where);
  }

  /// One index of one dimension (0-based number of the dimension) is fixed. Errors: DEED_ERANK, DEED_EBOUNDS.
  [[nodiscard]] array<T, Rank - (Rank > 0)> pick(int dimension, std::int64_t index, site where = site::here()) const {
    return pick_with(detail::throws{}, dimension, index, where);
  }
  [[nodiscard]] array<T, Rank - (Rank > 0)> pick(int dimension, std::int64_t index, std::error_code &code,
                                                 site where = site::here()) const noexcept {
    return pick_with(detail::sets{code}, dimension, index, where);
  }

  /// The dimensions in reverse order.
  [[nodiscard]] array transposed(site where = site::here()) const { return transposed_with(detail::throws{}, where); }
  [[nodiscard]] array transposed(std::error_code &code, site where = site::here()) const noexcept {
    return transposed_with(detail::sets{code}, where);
  }

  /// The same elements with another shape, counted in the given order. Errors: DEED_ESHAPE, DEED_EORDER (would need a
  /// copy).
  template <int NewRank>
  [[nodiscard]] array<T, NewRank> reshaped(const indices<NewRank> &shape, deed_order order = DEED_ORDER_C,
                                           site where = site::here()) const {
    return reshaped_with<NewRank>(detail::throws{}, shape, order, where);
  }
  template <int NewRank>
  [[nodiscard]] array<T, NewRank> reshaped(const indices<NewRank> &shape, deed_order order, std::error_code &code,
                                           site where = site::here()) const noexcept {
    return reshaped_with<NewRank>(detail::sets{code}, shape, order, where);
  }

  /// One member of every record, or one part of every complex number, offset_bytes into the element. Errors:
  /// DEED_EBOUNDS.
  template <class Member>
  [[nodiscard]] array<Member, Rank> component(std::size_t offset_bytes, site where = site::here()) const {
    return component_with<Member>(detail::throws{}, offset_bytes, where);
  }
  template <class Member>
  [[nodiscard]] array<Member, Rank> component(std::size_t offset_bytes, std::error_code &code,
                                              site where = site::here()) const noexcept {
    return component_with<Member>(detail::sets{code}, offset_bytes, where);
  }

  /// New memory with a copy of the elements: the only member that copies. Errors: DEED_ERIGHTS, DEED_ENOMEM.
  [[nodiscard]] array<value_type, Rank> copy(deed_order order = DEED_ORDER_ANY,
                                             deed_copy_reason reason = DEED_COPY_REQUESTED,
                                             site where = site::here()) const {
    return copy_with(detail::throws{}, order, reason, where);
  }
  [[nodiscard]] array<value_type, Rank> copy(deed_order order, deed_copy_reason reason, std::error_code &code,
                                             site where = site::here()) const noexcept {
    return copy_with(detail::sets{code}, order, reason, where);
  }

  // Taking memory back out of deed.

  /// The owner that adopt was given, of exactly this type. Errors: DEED_ENOTTITLE, DEED_EORIGIN (not adopted from an
  /// Owner by this program), DEED_EBUSY (with the holders). This array is empty afterwards.
  template <class Owner>
  [[nodiscard]] Owner reclaim() {
    deed_reclaimed reclaimed{};
    reclaim_with<Owner>(detail::throws{}, reclaimed);
    return detail::held<Owner>::take(reclaimed.context);
  }
  template <class Owner>
  [[nodiscard]] std::optional<Owner> reclaim(std::error_code &code) noexcept {
    deed_reclaimed reclaimed{};
    if (!reclaim_with<Owner>(detail::sets{code}, reclaimed)) return std::nullopt;
    return detail::held<Owner>::take(reclaimed.context);
  }

  // The end of this claim, as in deed::claim. Where that leaves the array empty, data() is null.

  void release() {
    forgets guard{*this};
    claim::release();
  }
  void release(std::error_code &code) noexcept {
    forgets guard{*this};
    claim::release(code);
  }
  void recall(std::chrono::milliseconds timeout = std::chrono::milliseconds{0}) {
    forgets guard{*this};
    claim::recall(timeout);
  }
  void recall(std::chrono::milliseconds timeout, std::error_code &code) noexcept {
    forgets guard{*this};
    claim::recall(timeout, code);
  }
  [[nodiscard]] deed_array transfer(deed_language to, site where = site::here()) {
    forgets guard{*this};
    return claim::transfer(to, where);
  }
  [[nodiscard]] deed_array transfer(deed_language to, std::error_code &code, site where = site::here()) noexcept {
    forgets guard{*this};
    return claim::transfer(to, code, where);
  }

  // Elements.

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
  [[nodiscard]] bool is_contiguous(deed_order order = DEED_ORDER_ANY) const {
    const deed_descriptor descriptor = describe();
    return deed_layout_is_contiguous(&descriptor.layout, order) != 0;
  }

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
    detail::throws{}([&](deed_error *) { return view_.data ? check(all) : DEED_ESTALE; });
    return (*this)(index...);
  }

#if defined(__cpp_lib_span)
  /// All elements in memory order. Throws deed::error with DEED_EORDER when there are gaps.
  [[nodiscard]] std::span<T> span() const {
    detail::throws{}([&](deed_error *) { return is_contiguous() ? DEED_OK : DEED_EORDER; });
    return {data(), static_cast<std::size_t>(size())};
  }
#endif

 private:
  template <class, int>
  friend class array;
  template <class, int>
  friend class weak;

  /// What element access needs, read from the core once.
  struct elements {
    T *data = nullptr;
    indices<Rank> shape{};
    indices<Rank> stride_bytes{};
    indices<Rank> lower{};
  };

  /// An array that has become empty keeps no pointer to elements.
  struct forgets {
    array &self;
    ~forgets() {
      if (!self.handle_.bits) self.view_ = {};
    }
  };

  using byte = std::conditional_t<std::is_const_v<T>, const char, char>;

  static constexpr std::size_t at_dimension(int dimension) noexcept { return static_cast<std::size_t>(dimension); }

  template <std::size_t... D, class... Index>
  std::int64_t offset(std::index_sequence<D...>, Index... index) const noexcept {
    return (std::int64_t{0} + ... + ((index - view_.lower[D]) * view_.stride_bytes[D]));
  }

  T &at_offset(std::int64_t offset_bytes) const noexcept {
    return *reinterpret_cast<T *>(reinterpret_cast<byte *>(view_.data) + offset_bytes);
  }

  deed_status check(const indices<Rank> &index) const noexcept {
    for (std::size_t d = 0; d < index.size(); ++d) {
      if (index[d] < view_.lower[d] || index[d] - view_.lower[d] >= view_.shape[d]) return DEED_EBOUNDS;
    }
    return DEED_OK;
  }

  /// Does the descriptor fit this type? data of an array without elements may be null.
  static deed_status match(const deed_descriptor &descriptor, deed_error *error) noexcept {
    deed_status status = DEED_OK;
    if (descriptor.layout.dtype != dtype_of<T>) status = DEED_EDTYPE;
    if (descriptor.layout.element_size_bytes != static_cast<std::int64_t>(sizeof(T))) status = DEED_EDTYPE;
    if (status == DEED_OK && descriptor.layout.rank != Rank) status = DEED_ERANK;
    if (status == DEED_OK && (rights & ~descriptor.rights)) status = DEED_ERIGHTS;
    if (status != DEED_OK && error) say_mismatch(descriptor, status, *error);
    return status;
  }

  static void say_mismatch(const deed_descriptor &is, deed_status status, deed_error &error) noexcept {
    error = {};
    error.status = status;
    std::snprintf(error.message, sizeof error.message, "the array is %s of rank %d%s, asked for was %s%s of rank %d",
                  deed_dtype_name(static_cast<deed_dtype>(is.layout.dtype)), static_cast<int>(is.layout.rank),
                  is.rights & DEED_WRITE ? "" : ", read only", std::is_const_v<T> ? "const " : "",
                  deed_dtype_name(dtype_of<T>), Rank);
  }

  void see(const deed_descriptor &descriptor) noexcept {
    view_.data = static_cast<T *>(descriptor.data);
    for (std::size_t d = 0; d < view_.shape.size(); ++d) {
      view_.shape[d] = descriptor.layout.shape[d];
      view_.stride_bytes[d] = descriptor.layout.stride_bytes[d];
      view_.lower[d] = descriptor.layout.lower[d];
    }
  }

  template <class Report>
  bool take(Report report, deed_array handle) {
    deed_descriptor descriptor;
    bool fits = report([&](deed_error *error) {
      deed_status status = deed_describe(handle, &descriptor, sizeof descriptor);
      return status == DEED_OK ? match(descriptor, error) : status;
    });
    if (!fits) return false;
    handle_ = handle;
    see(descriptor);
    return true;
  }

  /// An array of what a call made; if it does not fit this type the new claim is released again.
  template <class Report, class Call>
  static array make(Report report, Call call) {
    array made;
    deed_array handle{};
    if (!report([&](deed_error *error) { return call(&handle, error); })) return made;
    released_unless_taken guard{handle};
    if (made.take(report, handle)) guard.handle = {};
    return made;
  }

  struct released_unless_taken {
    deed_array handle;
    ~released_unless_taken() {
      if (handle.bits) static_cast<void>(deed_release(handle, nullptr) == DEED_OK);
    }
  };

  static deed_status layout_of(const indices<Rank> &shape, const shape_options<Rank> &options, deed_layout *layout) {
    return deed_layout_contiguous(dtype_of<T>, sizeof(T), Rank, shape.data(), options.lower.data(), options.order,
                                  layout);
  }

  template <class Report>
  static array alloc_with(Report report, const indices<Rank> &shape, const shape_options<Rank> &options, site where) {
    static_assert(!std::is_const_v<T>, "new memory must be written: allocate array<T> and share it as const");
    deed_layout layout;
    if (!report([&](deed_error *) { return layout_of(shape, options, &layout); })) return {};
    return make(report, [&](deed_array *made, deed_error *error) {
      return deed_alloc(&layout, options.zeroed ? DEED_ZEROED : 0u, where.c(), made, error);
    });
  }

  template <class Report>
  static array lend_with(Report report, T *data, const indices<Rank> &shape, const shape_options<Rank> &options,
                         site where) {
    deed_layout layout;
    if (!report([&](deed_error *) { return layout_of(shape, options, &layout); })) return {};
    return make(report, [&](deed_array *made, deed_error *error) {
      return deed_lend(const_cast<value_type *>(data), rights, &layout, where.c(), made, error);
    });
  }

  template <class Report, class A>
  static array adopt_vector(Report report, std::vector<value_type, A> &owner, const indices<Rank> &shape,
                            const shape_options<Rank> &options, site where) {
    static_assert(!std::is_same_v<value_type, bool>, "std::vector<bool> has no elements that can be shared");
    deed_layout layout;
    bool fits = report([&](deed_error *) {
      deed_status status = layout_of(shape, options, &layout);
      if (status != DEED_OK) return status;
      bool enough = deed_layout_element_count(&layout) <= static_cast<std::int64_t>(owner.size());
      return enough ? DEED_OK : DEED_EBOUNDS;
    });
    return fits ? adopt_laid_out<std::vector<value_type, A>>(report, owner, owner.data(), layout, where) : array();
  }

  template <class Report, class Owner>
  static array adopt_owner(Report report, Owner &owner, T *data, const indices<Rank> &shape,
                           const shape_options<Rank> &options, site where) {
    deed_layout layout;
    if (!report([&](deed_error *) { return layout_of(shape, options, &layout); })) return {};
    if constexpr (std::is_invocable_v<Owner &>) {
      return adopt_laid_out<detail::at_end<Owner>>(report, owner, data, layout, where);
    } else {
      return adopt_laid_out<Owner>(report, owner, data, layout, where);
    }
  }

  template <class Kept, class Report, class Owner>
  static array adopt_laid_out(Report report, Owner &owner, T *data, const deed_layout &layout, site where) {
    using holder_type = detail::held<Kept>;
    std::unique_ptr<holder_type> context(holder_type::make());
    if (!report([&](deed_error *) { return context ? DEED_OK : DEED_ENOMEM; })) return {};
    const deed_memory memory{const_cast<value_type *>(data), DEED_ORIGIN_CXX, rights, holder_type::release,
                             context.get()};
    return make(report, [&](deed_array *made, deed_error *error) {
      deed_status status = deed_adopt(&memory, &layout, where.c(), made, error);
      if (status == DEED_OK) context.release()->owner.emplace(std::move(owner));
      return status;
    });
  }

  template <class Report>
  static array lookup_with(Report report, const char *name, site where) {
    return make(report,
                [&](deed_array *made, deed_error *error) { return deed_lookup(name, rights, where.c(), made, error); });
  }

  /// A share shows what this array shows: the core is not asked again.
  template <class U, class Report>
  array<U, Rank> share_with(Report report, site where) const {
    array<U, Rank> made;
    bool done = report([&](deed_error *error) {
      return deed_share(handle_, array<U, Rank>::rights, where.c(), &made.handle_, error);
    });
    if (done) made.view_ = {view_.data, view_.shape, view_.stride_bytes, view_.lower};
    return made;
  }

  /// A view whose layout arrange(from, to, offset_bytes) makes from this one's.
  template <class U, int NewRank, class Report, class Arrange>
  array<U, NewRank> view_with(Report report, site where, Arrange arrange) const {
    deed_descriptor whole;
    deed_layout part;
    std::int64_t offset_bytes = 0;
    bool fits = report([&](deed_error *) {
      deed_status status = deed_describe(handle_, &whole, sizeof whole);
      return status == DEED_OK ? arrange(&whole.layout, &part, &offset_bytes) : status;
    });
    if (!fits) return {};
    return array<U, NewRank>::make(report, [&](deed_array *made, deed_error *error) {
      return deed_view(handle_, offset_bytes, &part, array<U, NewRank>::rights, where.c(), made, error);
    });
  }

  template <class Report>
  array section_with(Report report, const std::array<range, static_cast<std::size_t>(Rank)> &ranges, site where) const {
    return view_with<T, Rank>(report, where, [&](const deed_layout *from, deed_layout *to, std::int64_t *offset) {
      deed_status status = deed_layout_section(from, ranges.data(), to, offset);
      const indices<Rank> zero{};
      return status == DEED_OK ? deed_layout_rebound(to, zero.data(), to) : status;
    });
  }

  template <class Report>
  array<T, Rank - (Rank > 0)> pick_with(Report report, int dimension, std::int64_t index, site where) const {
    static_assert(Rank > 0, "a scalar has no dimension to fix");
    return view_with<T, Rank - 1>(report, where, [&](const deed_layout *from, deed_layout *to, auto *offset) {
      return deed_layout_pick(from, dimension, index, to, offset);
    });
  }

  template <class Report>
  array transposed_with(Report report, site where) const {
    return view_with<T, Rank>(report, where, [](const deed_layout *from, deed_layout *to, auto *offset) {
      *offset = 0;
      return deed_layout_transpose(from, nullptr, to);
    });
  }

  template <int NewRank, class Report>
  array<T, NewRank> reshaped_with(Report report, const indices<NewRank> &shape, deed_order order, site where) const {
    return view_with<T, NewRank>(report, where, [&](const deed_layout *from, deed_layout *to, auto *offset) {
      *offset = 0;
      return deed_layout_reshape(from, NewRank, shape.data(), order, to);
    });
  }

  template <class Member, class Report>
  array<Member, Rank> component_with(Report report, std::size_t offset_bytes, site where) const {
    return view_with<Member, Rank>(report, where, [&](const deed_layout *from, deed_layout *to, auto *offset) {
      return deed_layout_component(from, static_cast<std::int64_t>(offset_bytes), dtype_of<Member>, sizeof(Member), to,
                                   offset);
    });
  }

  template <class Report>
  array<value_type, Rank> copy_with(Report report, deed_order order, deed_copy_reason reason, site where) const {
    return array<value_type, Rank>::make(report, [&](deed_array *made, deed_error *error) {
      return deed_copy(handle_, order, reason, where.c(), made, error);
    });
  }

  template <class Owner, class Report>
  bool reclaim_with(Report report, deed_reclaimed &reclaimed) {
    bool done = report([&](deed_error *error) {
      return deed_reclaim(handle_, DEED_ORIGIN_CXX, detail::held<Owner>::release, &reclaimed, error);
    });
    if (!done) return false;
    handle_ = {};
    view_ = {};
    return true;
  }

  elements view_;
};

}  // namespace deed

#endif
