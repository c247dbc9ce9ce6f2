// SPDX-License-Identifier: BSD-3-Clause
// error.hpp - how failures reach C++: an exception that says who holds the array, or a std::error_code.
#ifndef DEED_CXX_ERROR_HPP
#define DEED_CXX_ERROR_HPP

#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <system_error>
#include <vector>

#include "deed/deed.h"

namespace deed {

using holder = deed_holder;

/// The category of deed's statuses as std::error_code.
class error_category final : public std::error_category {
 public:
  [[nodiscard]] const char *name() const noexcept override { return "deed"; }
  [[nodiscard]] std::string message(int code) const override {
    return deed_status_text(static_cast<deed_status>(code));
  }
};

inline const std::error_category &category() noexcept {
  static const error_category instance;
  return instance;
}

}  // namespace deed

/// DEED_EBUSY and the others compare with, and convert to, std::error_code.
template <>
struct std::is_error_code_enum<deed_status> : std::true_type {};

// The C enumeration lives in the global namespace, where argument-dependent lookup looks for this.
inline std::error_code make_error_code(deed_status code) noexcept { return {static_cast<int>(code), deed::category()}; }

namespace deed {

/// What every throwing verb throws. what() is the name of the status and the message; holders() are the other claims on
/// the block, where a refusal depends on them.
///
/// Compiled without exceptions (-fno-exceptions), the forms that would throw print "deed: " and what() to stderr and
/// abort, as the standard library's do. The forms that set a std::error_code are the same with and without; element
/// access by operator() never fails.
class error : public std::system_error {
 public:
  explicit error(const deed_error &detail)
      : std::system_error(make_error_code(detail.status)),
        message_(std::string(deed_status_name(detail.status)) + ": " + detail.message),
        holder_count_(detail.holder_count),
        holders_(detail.holders, detail.holders + listed(detail)) {}

  [[nodiscard]] deed_status status() const noexcept { return static_cast<deed_status>(code().value()); }
  [[nodiscard]] const char *what() const noexcept override { return message_.c_str(); }
  /// How many other claims there are; holders() lists the first DEED_ERROR_HOLDERS of them.
  [[nodiscard]] std::int32_t holder_count() const noexcept { return holder_count_; }
  [[nodiscard]] const std::vector<holder> &holders() const noexcept { return holders_; }

 private:
  static std::int32_t listed(const deed_error &detail) noexcept {
    return detail.holder_count < DEED_ERROR_HOLDERS ? detail.holder_count : DEED_ERROR_HOLDERS;
  }

  std::string message_;
  std::int32_t holder_count_;
  std::vector<holder> holders_;
};

namespace detail {

#if defined(__GNUC__)
#define DEED_CXX_PRINTF_ __attribute__((format(printf, 3, 4)))
#else
#define DEED_CXX_PRINTF_
#endif

/// A refusal that C++ makes itself. error [fills, may be null]: the message ends with the sentence of the status, as
/// the core's do. Returns status.
DEED_CXX_PRINTF_ inline deed_status refuse(deed_error *error, deed_status status, const char *format, ...) noexcept {
  if (!error) return status;
  char text[DEED_ERROR_MESSAGE_BYTES];
  std::va_list arguments;
  va_start(arguments, format);
  std::vsnprintf(text, sizeof text, format, arguments);
  va_end(arguments);
  *error = {};
  error->status = status;
  std::snprintf(error->message, sizeof error->message, "%.400s: %s", text, deed_status_text(status));
  return status;
}
#undef DEED_CXX_PRINTF_

[[noreturn]] inline void fail(const deed_error &detail) {
#if defined(__cpp_exceptions)
  throw error(detail);
#else
  std::fprintf(stderr, "deed: %s: %s\n", deed_status_name(detail.status), detail.message);
  std::abort();
#endif
}

/// The two ways to report: each calls a function with the error record that it wants, and tells whether it succeeded.
/// verb: for the messages of functions that write none.
struct throws {
  const char *verb;

  template <class Call>
  bool operator()(Call call) const {
    deed_error detail;  // some hundred bytes, which a call that succeeds does not touch
    detail.holder_count = 0;
    detail.message[0] = '\0';
    const deed_status result = call(&detail);
    if (result == DEED_OK) return true;
    if (detail.message[0] == '\0') static_cast<void>(refuse(&detail, result, "%s refused", verb));
    detail.status = result;
    fail(detail);
  }
};

struct sets {
  std::error_code &code;

  template <class Call>
  bool operator()(Call call) const noexcept {
    const deed_status result = call(nullptr);
    code = make_error_code(result);
    return result == DEED_OK;
  }
};

}  // namespace detail
}  // namespace deed

#endif
