// SPDX-License-Identifier: BSD-3-Clause
// array.hpp - deed::array<T, Rank>: a claim whose elements C++ can reach.
#ifndef DEED_CXX_ARRAY_HPP
#define DEED_CXX_ARRAY_HPP

#include <array>
#include <cstddef>
#include <type_traits>
#include <utility>

#include "deed/cxx/claim.hpp"
#include "deed/cxx/copy_place.hpp"
#include "deed/cxx/dtype.hpp"
#include "deed/cxx/element_access.hpp"
#include "deed/cxx/elements.hpp"
#include "deed/cxx/making.hpp"
#include "deed/cxx/match.hpp"
#include "deed/cxx/options.hpp"
#include "deed/cxx/owner.hpp"

#if defined(__has_include) && __cplusplus >= 202002L
#if __has_include(<span>)
#include <span>
#endif
#endif

namespace deed {

template <class T, int Rank>
class weak;

/// A section of one dimension: first:last:step in the indices of the array, last included.
using range = deed_range;

/// One claim on a block, seen as a Rank-dimensional array of T. array<const T, Rank> asks for no right to write and
/// can hold read-only memory; array<T, Rank> of read-only memory is refused with DEED_ERIGHTS.
///
/// Copying shares (one more claim, role share), moving moves the claim, the destructor releases it. What deed::claim
/// offers (transfer, recall, release, publish, withdraw, enquiries), element access (deed::element_access) and the
/// functions that make arrays (deed::making) are here too. Each verb that can fail has a form that throws deed::error
/// and one that sets a std::error_code; after a failure the arrays are as before and a result is empty.
///
/// Threads: as for std::shared_ptr; different objects may be used at the same time.
template <class T, int Rank>
class array : public claim, public element_access<T, Rank>, public making<T, Rank> {
  static_assert(Rank >= 0 && Rank <= DEED_MAX_RANK, "deed arrays have rank 0 to 15");

 public:
  using element_type = T;
  using value_type = std::remove_cv_t<T>;
  static constexpr int rank = Rank;
  static constexpr std::uint32_t rights = std::is_const_v<T> ? DEED_READ : DEED_READ | DEED_WRITE;

  /// Empty: holds no claim.
  array() noexcept = default;

  /// Take over a handle, from C or from another language's transfer. handle [takes on success]. Throws deed::error when
  /// it is not live, or not an array of T of this rank in the memory of the host (DEED_EDEVICE, DEED_EDTYPE,
  /// DEED_ERANK, DEED_ERIGHTS); then it is still the caller's. What is on a device is a deed::claim, which reads no
  /// elements.
  explicit array(deed_array handle) { take(detail::throws{"array"}, handle); }
  array(deed_array handle, std::error_code &code) noexcept { take(detail::sets{code}, handle); }

  array(array &&other) noexcept : claim(std::move(other)), access(std::exchange(other.seen(), {})) {}

  /// Copies share. An empty array gives an empty copy. Throws deed::error.
  /// where: the line that copies: of the initialisation, the call that passes or returns by value, the assignment, the
  /// capture of a lambda. The implicit copy of a class with an array inside knows only where that class is defined.
  /// What a container or another part of the standard library copies is "copied in a container, first made at" the
  /// place of other.
  array(const array &other, site where = site::here()) : array(other.template share_for_copy<T>(where)) {
    copy_of_ = other.handle_;
  }

  /// A share without the right to write. where: as above. Throws deed::error.
  template <class U, class = std::enable_if_t<std::is_const_v<T> && std::is_same_v<T, const U>>>
  array(const array<U, Rank> &other, site where = site::here()) : array(other.template share_for_copy<T>(where)) {}

  /// Copies or moves, depending on how other was made; assigning an array to itself changes nothing. The claim that
  /// this array had ends. By value, so that the copy is made on the line of the assignment.
  array &operator=(array other) noexcept {
    if (handle_.bits != 0 && other.copy_of_.bits == handle_.bits) return *this;
    claim::operator=(std::move(other));
    seen() = std::exchange(other.seen(), {});
    copy_of_ = {};
    return *this;
  }

  // More claims on the same block.

  [[nodiscard]] array share(site where = site::here()) const { return share_with<T>(detail::throws{"share"}, where); }
  [[nodiscard]] array share(std::error_code &code, site where = site::here()) const noexcept {
    return share_with<T>(detail::sets{code}, where);
  }
  /// A share that asks for no right to write.
  [[nodiscard]] array<const value_type, Rank> as_const(site where = site::here()) const {
    return share_with<const value_type>(detail::throws{"share"}, where);
  }
  [[nodiscard]] array<const value_type, Rank> as_const(std::error_code &code,
                                                       site where = site::here()) const noexcept {
    return share_with<const value_type>(detail::sets{code}, where);
  }

  /// A section, one range per dimension. Its lower bounds are 0. Errors: DEED_EINVAL (step 0), DEED_EBOUNDS.
  [[nodiscard]] array view(const std::array<range, static_cast<std::size_t>(Rank)> &ranges,
                           site where = site::here()) const {
    return section_with(detail::throws{"view"}, ranges, where);
  }
  [[nodiscard]] array view(const std::array<range, static_cast<std::size_t>(Rank)> &ranges, std::error_code &code,
                           site where = site::here()) const noexcept {
    return section_with(detail::sets{code}, ranges, where);
  }

  /// One index of one dimension (0-based number of the dimension) is fixed. Errors: DEED_ERANK, DEED_EBOUNDS.
  [[nodiscard]] array<T, Rank - (Rank > 0)> pick(int dimension, std::int64_t index, site where = site::here()) const {
    return pick_with(detail::throws{"pick"}, dimension, index, where);
  }
  [[nodiscard]] array<T, Rank - (Rank > 0)> pick(int dimension, std::int64_t index, std::error_code &code,
                                                 site where = site::here()) const noexcept {
    return pick_with(detail::sets{code}, dimension, index, where);
  }

  /// The dimensions in reverse order.
  [[nodiscard]] array transposed(site where = site::here()) const {
    return transposed_with(detail::throws{"transposed"}, where);
  }
  [[nodiscard]] array transposed(std::error_code &code, site where = site::here()) const noexcept {
    return transposed_with(detail::sets{code}, where);
  }

  /// The same elements with another shape, counted in the given order. Errors: DEED_ESHAPE, DEED_EORDER (would need a
  /// copy).
  template <int NewRank>
  [[nodiscard]] array<T, NewRank> reshaped(const indices<NewRank> &shape, deed_order order = DEED_ORDER_C,
                                           site where = site::here()) const {
    return reshaped_with<NewRank>(detail::throws{"reshaped"}, shape, order, where);
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
    return component_with<Member>(detail::throws{"component"}, offset_bytes, where);
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
    return copy_with(detail::throws{"copy"}, order, reason, where);
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
    reclaim_with<Owner>(detail::throws{"reclaim"}, reclaimed);
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

  // Elements, besides what deed::element_access offers.

  /// The element with these indices, counted from the lower bounds. Throws deed::error with DEED_EBOUNDS, or
  /// DEED_ESTALE when this array is empty.
  template <class... Index>
  [[nodiscard]] T &at(Index... index) const {
    const indices<Rank> all{static_cast<std::int64_t>(index)...};
    static_assert(sizeof...(Index) == Rank, "one index per dimension");
    detail::throws{"at"}(
        [&](deed_error *error) { return handle_.bits == 0 ? DEED_ESTALE : this->check_bounds(all, error); });
    return (*this)(index...);
  }

  [[nodiscard]] bool is_contiguous(deed_order order = DEED_ORDER_ANY) const {
    const deed_descriptor descriptor = describe();
    return deed_layout_is_contiguous(&descriptor.layout, order) != 0;
  }

  /// The elements for loops that the compiler vectorises: field.elements(), or field.elements<DEED_ORDER_FORTRAN>() for
  /// an array of Fortran. Not of a temporary, whose claim would be over. Errors in order: DEED_EHANDLE (empty),
  /// DEED_EORDER (the elements along the last dimension, in Fortran order the first, are not next to each other); the
  /// result has no elements then.
  template <deed_order Order = DEED_ORDER_C>
  [[nodiscard]] deed::elements<T, Rank, Order> elements() const & {
    return elements_with<Order>(detail::throws{"elements"});
  }
  template <deed_order Order = DEED_ORDER_C>
  [[nodiscard]] deed::elements<T, Rank, Order> elements(std::error_code &code) const & noexcept {
    return elements_with<Order>(detail::sets{code});
  }
  template <deed_order Order = DEED_ORDER_C>
  deed::elements<T, Rank, Order> elements() const && = delete;
  template <deed_order Order = DEED_ORDER_C>
  deed::elements<T, Rank, Order> elements(std::error_code &code) const && = delete;

#if defined(__cpp_lib_span)
  /// All elements in memory order. Throws deed::error with DEED_EORDER when there are gaps.
  [[nodiscard]] std::span<T> span() const {
    detail::throws{"span"}([&](deed_error *error) {
      if (is_contiguous()) return DEED_OK;
      return detail::refuse(error, DEED_EORDER, "span refused: there are gaps between the elements");
    });
    return {this->data(), static_cast<std::size_t>(this->size())};
  }
#endif

 private:
  template <class, int>
  friend class array;
  template <class, int>
  friend class weak;
  friend class making<T, Rank>;

  using access = element_access<T, Rank>;
  access &seen() noexcept { return *this; }

  /// An array that has become empty keeps no pointer to elements.
  struct forgets {
    array &self;
    ~forgets() {
      if (!self.handle_.bits) self.seen() = {};
    }
  };

  template <class Report>
  bool take(Report report, deed_array handle) {
    constexpr detail::wanted want{dtype_of<T>, sizeof(T), Rank, rights};
    deed_descriptor descriptor;
    descriptor.device_type = 0;  // a core that is older than these headers fills less, and knows the host only
    bool fits = report([&](deed_error *error) {
      deed_status status = deed_describe(handle, &descriptor, sizeof descriptor);
      return status == DEED_OK ? detail::match(descriptor, want, error) : status;
    });
    if (!fits) return false;
    handle_ = handle;
    this->see(descriptor);
    return true;
  }

  /// An array of what a call made; if it does not fit this type the new claim is released again.
  template <class Report, class Call>
  static array make(Report report, Call call) {
    array made;
    deed_array handle{};
    if (!report([&](deed_error *error) { return call(&handle, error); })) return made;
    detail::released_unless_taken guard{handle};
    if (made.take(report, handle)) guard.handle = {};
    return made;
  }

  /// The usual case is a few instructions inline, without an error record; everything else is out of line.
  template <deed_order Order, class Report>
  deed::elements<T, Rank, Order> elements_with(Report report) const {
    using in_order = deed::elements<T, Rank, Order>;
    const bool is_usual = handle_.bits != 0 && in_order::is_unit(*this);
    bool fits = is_usual ? report([](deed_error *) { return DEED_OK; }) : check_elements<in_order>(report);
    return fits ? in_order(*this) : in_order();
  }

  template <class InOrder, class Report>
  [[gnu::cold, gnu::noinline]] bool check_elements(Report report) const {
    return report([&](deed_error *error) { return handle_.bits == 0 ? DEED_EHANDLE : InOrder::check(*this, error); });
  }

  /// A share has the layout of this array, so the core is not asked to describe it.
  template <class U, class Report>
  array<U, Rank> share_with(Report report, site where) const {
    array<U, Rank> made;
    bool done = report([&](deed_error *error) {
      return deed_share(handle_, array<U, Rank>::rights, where.c(), &made.handle_, error);
    });
    if (done) made.see(*this);
    return made;
  }

  /// What a constructor copies: a share, unless there is nothing to share. A function of its own, because the text of a
  /// place and a record for errors would be on the stack of everyone who copies.
  template <class U>
  [[gnu::noinline]] array<U, Rank> share_for_copy(site where) const {
    if (handle_.bits == 0) return {};
    const detail::copy_place place(handle_, where);
    return share_with<U>(detail::throws{"share"}, place.where());
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
    seen() = {};
    return true;
  }

  /// The claim that this one was copied from, until it is assigned.
  deed_array copy_of_{};
};

}  // namespace deed

#endif
