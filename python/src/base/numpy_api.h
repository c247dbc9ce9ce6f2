/* SPDX-License-Identifier: BSD-3-Clause */
/* numpy_api.h - Python and NumPy, the same way in every file. Only numpy_api.c defines
 * DEEDPY_OWNS_NUMPY_TABLE. */
#ifndef DEEDPY_NUMPY_API_H
#define DEEDPY_NUMPY_API_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#define NPY_NO_DEPRECATED_API NPY_2_0_API_VERSION
#define PY_ARRAY_UNIQUE_SYMBOL deedpy_numpy_table
#ifndef DEEDPY_OWNS_NUMPY_TABLE
#define NO_IMPORT_ARRAY
#endif
#include <numpy/arrayobject.h>

/* Find NumPy's functions. 0, or -1 with ImportError; before it returns 0, nothing of NumPy may be called. */
int deedpy_numpy_open(void);

#endif
