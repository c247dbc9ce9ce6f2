// SPDX-License-Identifier: BSD-3-Clause
// The C interface used from C++. Compiling abi.h is the check of the structs.
#include <cstring>

#include "abi.h"

// A handle that is none, and the place of a line of C++.
static bool macros_work() {
  deed_layout layout;
  deed_array array = DEED_ARRAY_NONE;
  deed_site site;
  if (deed_layout_contiguous(DEED_REAL64, 0, 0, nullptr, nullptr, DEED_ORDER_C, &layout) != DEED_OK) return false;
  if (deed_release(array, nullptr) != DEED_EHANDLE) return false;
  const int line = __LINE__ + 1;
  if (deed_alloc(&layout, 0, DEED_HERE, &array, nullptr) != DEED_OK) return false;
  const bool is_found = deed_site_of(array, &site) == DEED_OK;
  const bool is_here = is_found && site.language == DEED_LANGUAGE_CXX && site.line == line;
  return is_here && std::strcmp(site.file, __FILE__) == 0 && deed_release(array, nullptr) == DEED_OK;
}

int main() { return deed_abi_version() == DEED_ABI_VERSION && macros_work() ? 0 : 1; }
