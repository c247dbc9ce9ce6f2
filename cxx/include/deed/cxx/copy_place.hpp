// SPDX-License-Identifier: BSD-3-Clause
// copy_place.hpp - where the claim of a copy is said to be made, when it is the standard library that copies.
#ifndef DEED_CXX_COPY_PLACE_HPP
#define DEED_CXX_COPY_PLACE_HPP

#include <cstring>
#include <string_view>
#include <utility>

#include "deed/cxx/site.hpp"

namespace deed::detail {

/// Something that the standard library copies, to see from where.
struct copy_probe {
  constexpr copy_probe() noexcept = default;
  constexpr copy_probe(const copy_probe &, site where = site::here()) noexcept : file(where.file()) {}
  const char *file = nullptr;
};

/// The folder above this one, with its slash.
constexpr std::string_view above(std::string_view path) noexcept {
  const auto slash = path.substr(0, path.size() - 1).find_last_of("/\\");
  return path.substr(0, slash == std::string_view::npos ? 0 : slash + 1);
}

/// The folder of <utility>, whose parts are in folders below: bits/stl_pair.h, __utility/pair.h.
constexpr std::string_view folder_of_library(const char *file) noexcept {
  if (!file || !*file) return {};
  const std::string_view folder = above(file);
  if (folder.empty()) return {};
  const std::string_view name = folder.substr(above(folder).size());
  return name.substr(0, 4) == "bits" || name.substr(0, 2) == "__" ? above(folder) : folder;
}

/// Empty where it cannot be known.
inline constexpr std::string_view standard_library =
    folder_of_library(std::pair<copy_probe, int>(copy_probe{}, 0).first.file);

/// The place of a copy: the line that the constructor was given, unless that is one of the standard library. A
/// container cannot say who told it to copy, so the place is then where the array that it copies was made, and says so.
class copy_place {
 public:
  /// source: the claim that is copied.
  copy_place(deed_array source, site where) noexcept : site_(where) {
    if (is_in_library(where.file())) first_made(source);
  }
  copy_place(const copy_place &) = delete;
  copy_place &operator=(const copy_place &) = delete;

  [[nodiscard]] const site &where() const noexcept { return site_; }

 private:
  /// Most files differ in the first letters.
  static bool is_in_library(const char *file) noexcept {
    if (!file || standard_library.empty()) return false;
    for (const char letter : standard_library) {
      if (*file++ != letter) return false;
    }
    return true;
  }

  void first_made(deed_array source) noexcept {
    constexpr std::string_view words = "copied in a container, first made at ";
    deed_site first{};
    if (deed_site_of(source, &first) != DEED_OK || !first.file) return;
    const std::string_view file = first.file;
    if (file.substr(0, words.size()) == words) {
      site_ = {first.file, first.line};
    } else if (words.size() + file.size() < sizeof text_) {
      std::memcpy(text_, words.data(), words.size());
      std::memcpy(text_ + words.size(), file.data(), file.size() + 1);
      site_ = {text_, first.line};
    }
  }

  site site_;
  char text_[1024];
};

}  // namespace deed::detail

#endif
