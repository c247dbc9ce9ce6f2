// SPDX-License-Identifier: BSD-3-Clause
// Compiling abi.h as C++ is the check.
#include "abi.h"

int main() { return deed_abi_version() == DEED_ABI_VERSION ? 0 : 1; }
