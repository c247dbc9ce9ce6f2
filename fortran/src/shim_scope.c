/* SPDX-License-Identifier: BSD-3-Clause */
/* shim_scope.c - what deed_scoped needs of C. */
#include "shim.h"

/* Where a handle is: how deed_scoped notices that it was copied bit by bit. */
intptr_t deed_fortran_home(const struct deed_array *h);
intptr_t deed_fortran_home(const struct deed_array *h) { return (intptr_t)h; }

/* holds: whether the variable answers for the claim; if not, there is nothing to release. */
DEED_SHIM_PROCEDURE(deed_fortran_scope_release, (const struct deed_array *h, const int *holds, DEED_SHIM_TAIL),
                    DEED_SHIM_HANDLE("release of a deed_scoped", h), *holds ? deed_release(*h, &error) : DEED_OK)

/* The claim ends because the variable does. */
DEED_SHIM_PROCEDURE(deed_fortran_scope_end, (const struct deed_array *h, DEED_SHIM_TAIL),
                    DEED_SHIM_HANDLE("release at the end of a deed_scoped", h), deed_release(*h, &error))
