// SPDX-License-Identifier: BSD-3-Clause
// claim.hpp - one claim on a block: what arrays of every type and rank have in common.
#ifndef DEED_CXX_CLAIM_HPP
#define DEED_CXX_CLAIM_HPP

#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "deed/cxx/error.hpp"
#include "deed/cxx/options.hpp"
#include "deed/cxx/site.hpp"
#include "deed/deed.h"

namespace deed {

/// One claim on a block. Moving moves it; the destructor releases it. A claim that was moved from, released,
/// transferred, reclaimed or recalled is empty: every verb on it is refused with DEED_EHANDLE.
///
/// The release of the title of lent memory is refused while others hold it. The destructor cannot say so: the title
/// stays on the ledger, and the lender must call recall() before the memory goes away. So end loans with recall() or
/// release().
class claim {
 public:
  claim() noexcept = default;
  /// Take over a handle from C, Fortran or Python: from then on this object ends it. handle [takes].
  explicit claim(deed_array handle) noexcept : handle_(handle) {}
  claim(claim &&other) noexcept : handle_(std::exchange(other.handle_, {})) {}
  claim &operator=(claim &&other) noexcept {
    if (this == &other) return *this;
    end();
    handle_ = std::exchange(other.handle_, {});
    return *this;
  }
  claim(const claim &) = delete;
  claim &operator=(const claim &) = delete;
  ~claim() { end(); }

  /// The handle, for calls of the C interface. Borrowed: this object still ends it.
  [[nodiscard]] deed_array handle() const noexcept { return handle_; }
  [[nodiscard]] bool is_live() const noexcept { return deed_is_live(handle_) != 0; }
  explicit operator bool() const noexcept { return is_live(); }

  /// Throws deed::error (DEED_EHANDLE, DEED_ESTALE).
  [[nodiscard]] deed_descriptor describe() const {
    deed_descriptor descriptor{};
    detail::throws{"describe"}([&](deed_error *) { return deed_describe(handle_, &descriptor, sizeof descriptor); });
    return descriptor;
  }
  [[nodiscard]] deed_descriptor describe(std::error_code &code) const noexcept {
    deed_descriptor descriptor{};
    detail::sets{code}([&](deed_error *) { return deed_describe(handle_, &descriptor, sizeof descriptor); });
    return descriptor;
  }
  [[nodiscard]] deed_origin origin() const { return static_cast<deed_origin>(describe().origin); }
  /// The language that holds the title now.
  [[nodiscard]] deed_language owner() const { return static_cast<deed_language>(describe().owner); }
  [[nodiscard]] bool is_title() const { return describe().role == DEED_ROLE_TITLE; }
  [[nodiscard]] bool is_writable() const { return (describe().rights & DEED_WRITE) != 0; }
  [[nodiscard]] deed_copy_reason copied() const { return static_cast<deed_copy_reason>(describe().copy_reason); }

  /// Everyone who holds the block, this claim included. Throws deed::error.
  [[nodiscard]] std::vector<holder> holders() const {
    std::int32_t count = 0;
    std::vector<holder> all;
    do {
      all.resize(static_cast<std::size_t>(count));
      detail::throws{"holders"}([&](deed_error *) {
        return deed_holders(handle_, all.data(), static_cast<std::int32_t>(all.size()), &count);
      });
    } while (static_cast<std::size_t>(count) > all.size());
    all.resize(static_cast<std::size_t>(count));
    return all;
  }

  /// End the claim. On DEED_EBUSY (a loan that others hold) it is still there; otherwise it is empty afterwards.
  void release() { release_with(detail::throws{"release"}); }
  void release(std::error_code &code) noexcept { release_with(detail::sets{code}); }

  /// End a loan, waiting up to timeout for the other claims to end. Errors: DEED_ENOTTITLE, DEED_EORIGIN, DEED_EBUSY;
  /// the claim is still there then.
  void recall(std::chrono::milliseconds timeout = std::chrono::milliseconds{0}) {
    recall_with(detail::throws{"recall"}, timeout);
  }
  void recall(std::chrono::milliseconds timeout, std::error_code &code) noexcept {
    recall_with(detail::sets{code}, timeout);
  }

  /// Move the title to another language. Returns owned: a handle that its new holder must end. This object is empty
  /// afterwards; on an error (DEED_ENOTTITLE, DEED_EORIGIN) it is as before.
  [[nodiscard]] deed_array transfer(deed_language to, site where = site::here()) {
    return transfer_with(detail::throws{"transfer"}, to, where);
  }
  [[nodiscard]] deed_array transfer(deed_language to, std::error_code &code, site where = site::here()) noexcept {
    return transfer_with(detail::sets{code}, to, where);
  }

  /// Give the block a name in the registry. A NUL inside a name is refused, as all control characters are. Errors:
  /// DEED_EINVAL, DEED_ENOTTITLE, DEED_EEXIST, DEED_ENOMEM.
  void publish(const char *name) { publish_with(detail::throws{"publish"}, name); }
  void publish(std::string_view name) { publish(detail::c_name(name).text()); }
  void publish(std::string_view name, std::error_code &code) noexcept { publish(detail::c_name(name).text(), code); }
  void publish(const char *name, std::error_code &code) noexcept { publish_with(detail::sets{code}, name); }

  /// Take the name back. Errors: DEED_ENOTTITLE, DEED_ENONAME.
  void withdraw() { withdraw_with(detail::throws{"withdraw"}); }
  void withdraw(std::error_code &code) noexcept { withdraw_with(detail::sets{code}); }

 protected:
  deed_array handle_{};

 private:
  void end() noexcept {
    if (handle_.bits != 0 && deed_release(handle_, nullptr) != DEED_EBUSY) handle_ = {};
  }

  template <class Report>
  void release_with(Report report) {
    deed_status last = DEED_OK;
    auto call = [&](deed_error *error) { return last = deed_release(handle_, error); };
    struct forget {
      deed_status &status;
      deed_array &handle;
      ~forget() {
        if (status == DEED_OK || status == DEED_EDAMAGED) handle = {};
      }
    } guard{last, handle_};
    report(call);
  }

  template <class Report>
  void recall_with(Report report, std::chrono::milliseconds timeout) {
    if (report([&](deed_error *error) { return deed_recall(handle_, timeout.count(), error); })) handle_ = {};
  }

  template <class Report>
  deed_array transfer_with(Report report, deed_language to, site where) {
    deed_array moved{};
    if (report([&](deed_error *error) { return deed_transfer(handle_, where.as(to).c(), &moved, error); })) {
      handle_ = {};
    }
    return moved;
  }

  template <class Report>
  void publish_with(Report report, const char *name) {
    report([&](deed_error *error) { return deed_publish(handle_, name, error); });
  }

  template <class Report>
  void withdraw_with(Report report) {
    report([&](deed_error *error) { return deed_withdraw(handle_, error); });
  }
};

/// All published names, sorted. Throws deed::error, std::bad_alloc.
inline std::vector<std::string> names() {
  std::int64_t count = 0;
  std::vector<deed_name> all;
  do {
    all.resize(static_cast<std::size_t>(count));
    detail::throws{"names"}(
        [&](deed_error *) { return deed_names(all.data(), static_cast<std::int64_t>(all.size()), &count); });
  } while (static_cast<std::size_t>(count) > all.size());
  std::vector<std::string> result;
  result.reserve(static_cast<std::size_t>(count));
  for (std::int64_t i = 0; i < count; ++i) result.emplace_back(all[static_cast<std::size_t>(i)].name);
  return result;
}

/// What happened since the core was loaded.
inline deed_counts counts() noexcept {
  deed_counts counts{};
  deed_count(&counts, sizeof counts);
  return counts;
}

}  // namespace deed

#endif
