// SPDX-License-Identifier: BSD-3-Clause
#include <deed/deed.hpp>

auto dtype = deed::detail::integer_dtype<__int128>();
