// SPDX-License-Identifier: BSD-3-Clause
// owner.hpp - C++ objects that own memory, kept alive while deed has that memory.
#ifndef DEED_CXX_OWNER_HPP
#define DEED_CXX_OWNER_HPP

#include <cstdint>
#include <memory>
#include <new>
#include <optional>
#include <utility>

#include "deed/deed.h"

namespace deed::detail {

/// Nobody is left who could handle what an owner throws at its end.
template <class Call>
void contained(Call call) noexcept {
#if defined(__cpp_exceptions)
  try {
    call();
  } catch (...) {
  }
#else
  call();
#endif
}

/// How an owner is ended. The destructor of std::unique_ptr would end the program when a deleter throws, so the deleter
/// is called where its exception can be caught.
template <class Owner>
struct ending {
  static void end(Owner &) noexcept {}
};

template <class T, class Deleter>
struct ending<std::unique_ptr<T, Deleter>> {
  static void end(std::unique_ptr<T, Deleter> &owner) noexcept {
    auto pointer = owner.release();
    if (!pointer) return;
    contained([&] { owner.get_deleter()(pointer); });
  }
};

/// Do some of these bytes lie in the object itself? They would stay behind when it moves.
template <class Object>
bool lies_in(const Object &object, const volatile void *data, std::int64_t size_bytes) noexcept {
  const auto first = reinterpret_cast<std::uintptr_t>(data);
  const auto begin = reinterpret_cast<std::uintptr_t>(std::addressof(object));
  if (!data || size_bytes <= 0) return false;
  return first < begin ? begin - first < static_cast<std::uintptr_t>(size_bytes) : first - begin < sizeof(Object);
}

/// A function to be called once instead of an owner.
template <class Function>
struct at_end {
  explicit at_end(Function &&given) : function(std::move(given)) {}
  Function function;
};

template <class Function>
struct ending<at_end<Function>> {
  static void end(at_end<Function> &owner) noexcept {
    contained([&] { owner.function(); });
  }
};

/// The context of an adopted block. Its release callback exists once per type of owner, and tells that type when the
/// memory is reclaimed. The owner moves in only after deed has taken the memory, so that a failure leaves it with the
/// caller.
template <class Owner>
struct held {
  std::optional<Owner> owner;

  static held *make() noexcept { return new (std::nothrow) held; }

  static void release(void *, void *context) noexcept {
    std::unique_ptr<held> self(static_cast<held *>(context));
    ending<Owner>::end(*self->owner);
  }

  /// The owner out of a reclaimed block.
  static Owner take(void *context) noexcept {
    std::unique_ptr<held> self(static_cast<held *>(context));
    return std::move(*self->owner);
  }
};

}  // namespace deed::detail

#endif
