// SPDX-License-Identifier: BSD-3-Clause
#include <functional>
#include <map>
#include <sstream>

#include "deed/deed.hpp"
#include "interpreter.h"

namespace {

using field = deed::array<double, 2>;
using reader = deed::array<const double, 2>;

// A variable is a claim that may write, or one that may only read.
struct variable {
  field writable;
  reader readable;
  double loan[12] = {};
  const double *native = nullptr;
  deed::weak<double, 2> remembered;

  // Reclaim, transfer and the like are asked of the claim that the variable holds; a stale one is kept to be refused.
  deed::claim &claim() { return readable.handle().bits ? static_cast<deed::claim &>(readable) : writable; }
};

std::map<std::string, variable> variables;

const deed::indices<2> shape{4, 3};
const deed::shape_options<2> options{DEED_ORDER_FORTRAN, {-1, 2}, true};

double pattern(std::int64_t i, std::int64_t j) { return static_cast<double>(i + 10 * j); }

void fill(const field &array) {
  for (auto j = array.lower(1); j <= array.upper(1); ++j) {
    for (auto i = array.lower(0); i <= array.upper(0); ++i) array.at(i, j) = pattern(i, j);
  }
}

template <class Array>
deed_status check(const Array &array) {
  (void)array.at(-1, 2);
  for (int j = 2; j < 5; ++j) {
    for (int i = -1; i < 3; ++i) {
      if (array.at(i, j) != pattern(i, j)) return DEED_EBOUNDS;
    }
  }
  return DEED_OK;
}

deed_status check_section(const field &array) {
  for (int j = 0; j < 3; ++j) {
    for (int i = 0; i < 2; ++i) {
      if (array.at(i, j) != pattern(-1 + 2 * i, 4 - j)) return DEED_EBOUNDS;
    }
  }
  return DEED_OK;
}

// An ended claim is empty in C++ and its verbs say DEED_EHANDLE; what other languages know as stale handles is the same
// event.
deed_status as_in_other_languages(deed_status status) { return status == DEED_EHANDLE ? DEED_ESTALE : status; }

using action = std::function<deed_status(variable &, const std::string &, std::uint64_t &)>;

template <class Work>
action simple(Work work) {
  return [work](variable &a, const std::string &other, std::uint64_t &) {
    work(a, other);
    return DEED_OK;
  };
}

deed_status adopt(variable &a, const std::string &, std::uint64_t &) {
  a.writable = field::adopt(std::vector<double>(12), shape, options);
  a.native = a.writable.data();
  return DEED_OK;
}

deed_status reclaim(variable &a, const std::string &, std::uint64_t &) {
  const auto vector = a.writable.reclaim<std::vector<double>>();
  return vector.data() == a.native ? DEED_OK : DEED_EDAMAGED;
}

field section(const field &array, std::int64_t first) { return array.view({{{first, 2, 2}, {4, 2, -1}}}); }

const std::map<std::string, action> actions = {
    {"alloc", simple([](variable &a, const std::string &) { a.writable = field::alloc(shape, options); })},
    {"native", adopt},
    {"lend", simple([](variable &a, const std::string &) { a.writable = field::lend(a.loan, shape, options); })},
    {"fill", simple([](variable &a, const std::string &) { fill(a.writable); })},
    {"check", [](variable &a, const std::string &,
                 std::uint64_t &) { return a.readable.handle().bits ? check(a.readable) : check(a.writable); }},
    {"share", simple([](variable &a, const std::string &b) { variables[b].writable = a.writable.share(); })},
    {"read", simple([](variable &a, const std::string &b) { variables[b].readable = a.writable.as_const(); })},
    {"write", simple([](variable &a, const std::string &) { field refused(a.readable.handle()); })},
    {"section", simple([](variable &a, const std::string &b) { variables[b].writable = section(a.writable, -1); })},
    {"outside", simple([](variable &a, const std::string &b) { variables[b].writable = section(a.writable, -2); })},
    {"sections", [](variable &a, const std::string &, std::uint64_t &) { return check_section(a.writable); }},
    {"weak", simple([](variable &a, const std::string &) { a.remembered = a.writable; })},
    {"upgrade", simple([](variable &a, const std::string &b) { variables[b].writable = a.remembered.upgrade(); })},
    {"transfer",
     [](variable &a, const std::string &, std::uint64_t &handle) {
       handle = a.writable.transfer(DEED_LANGUAGE_OTHER).bits;
       return DEED_OK;
     }},
    {"receive",
     [](variable &a, const std::string &, std::uint64_t &handle) {
       a.writable = field(deed_array{handle});
       return DEED_OK;
     }},
    {"reclaim", reclaim},
    {"recall", simple([](variable &a, const std::string &) { a.claim().recall(); })},
    {"release", simple([](variable &a, const std::string &) {
       a.readable.is_live() ? a.readable.release() : a.writable.release();
     })},
    {"publish", simple([](variable &a, const std::string &name) { a.claim().publish(name); })},
    {"lookup", simple([](variable &a, const std::string &name) { a.writable = field::lookup(name); })},
    {"withdraw", simple([](variable &a, const std::string &) { a.claim().withdraw(); })},
    {"copy", simple([](variable &a, const std::string &b) { variables[b].writable = a.writable.copy(); })},
    {"rank", simple([](variable &a, const std::string &) { deed::array<double, 3> refused(a.writable.handle()); })},
    {"type", simple([](variable &a, const std::string &) { deed::array<float, 2> refused(a.writable.handle()); })},
    {"negative", simple([](variable &a, const std::string &) { a.writable = field::alloc({-1, 3}); })},
    {"overflow", simple([](variable &a, const std::string &) { a.writable = field::alloc({INT64_MAX, 3}); })},
};

}  // namespace

std::int32_t conformance_cxx(const char *step, std::uint64_t *handle) {
  std::istringstream words(step);
  std::string verb, one, other;
  words >> verb >> one >> other;
  const auto found = actions.find(verb);
  if (found == actions.end()) return DEED_EUNSUPPORTED;
  try {
    return as_in_other_languages(found->second(variables[one], other, *handle));
  } catch (const deed::error &error) {
    return as_in_other_languages(error.status());
  }
}
