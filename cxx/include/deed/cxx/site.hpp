// SPDX-License-Identifier: BSD-3-Clause
// site.hpp - where a claim is made: recorded by the core, shown by every report that says who holds an array.
#ifndef DEED_CXX_SITE_HPP
#define DEED_CXX_SITE_HPP

#include "deed/deed.h"

#if defined(__has_include) && __cplusplus >= 202002L
#if __has_include(<source_location>)
#include <source_location>
#endif
#endif

namespace deed {

/// The place of a call: its file and line. Every verb that makes a claim takes one as its last argument, by default the
/// caller's line. So do the constructors that copy; what place their claims have is said there.
class site {
 public:
#if defined(__cpp_lib_source_location)
  static constexpr site here(std::source_location where = std::source_location::current()) noexcept {
    return {where.file_name(), static_cast<std::int32_t>(where.line())};
  }
#elif defined(__GNUC__)
  static constexpr site here(const char *file = __builtin_FILE(), std::int32_t line = __builtin_LINE()) noexcept {
    return {file, line};
  }
#else
  static constexpr site here() noexcept { return {nullptr, 0}; }
#endif

  /// file [borrows until the call ends], may be null.
  constexpr site(const char *file, std::int32_t line) noexcept : site_{DEED_LANGUAGE_CXX, line, file} {}

  /// The same place for a holder in another language: what transfer gives the title to.
  [[nodiscard]] constexpr site as(deed_language language) const noexcept {
    site other = *this;
    other.site_.language = language;
    return other;
  }

  [[nodiscard]] constexpr const char *file() const noexcept { return site_.file; }
  [[nodiscard]] constexpr const deed_site *c() const noexcept { return &site_; }

 private:
  deed_site site_;
};

}  // namespace deed

#endif
