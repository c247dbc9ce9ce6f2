// SPDX-License-Identifier: BSD-3-Clause
// deed.hpp - deed in C++17 and later: an array that knows who must free it, shared with Fortran, C and Python.
//
//   auto field = deed::array<double, 2>::adopt(std::vector<double>(12), {4, 3});   // the vector's memory is deed's now
//   field(1, 2) = 42;
//   const auto u = field.elements();                                              // as fast as data(), for loops
//   for (int i = 0; i < 4; ++i) u(i, 0) = i;
//   field.publish("hello/field");                                                 // others find it by name
//   auto same = deed::array<const double, 2>::lookup("hello/field");              // one more claim, no copy
//   same.release();
//   auto vector = field.reclaim<std::vector<double>>();                           // the same vector again
#ifndef DEED_HPP
#define DEED_HPP

#include "deed/cxx/array.hpp"
#include "deed/cxx/bounds.hpp"
#include "deed/cxx/claim.hpp"
#include "deed/cxx/dtype.hpp"
#include "deed/cxx/element_access.hpp"
#include "deed/cxx/elements.hpp"
#include "deed/cxx/error.hpp"
#include "deed/cxx/making.hpp"
#include "deed/cxx/mdspan.hpp"
#include "deed/cxx/options.hpp"
#include "deed/cxx/site.hpp"
#include "deed/cxx/weak.hpp"
#include "deed/deed.h"

#endif
