/* SPDX-License-Identifier: BSD-3-Clause */
/* arguments.h - Python arguments as what the core understands. */
#ifndef DEEDPY_ARGUMENTS_H
#define DEEDPY_ARGUMENTS_H

#include "base/module_state.h"

/* The text of a str as UTF-8, borrowed from it; NULL with TypeError, UnicodeEncodeError or ValueError (a NUL in it). */
const char *deedpy_text(PyObject *object);

/* The value of the only, optional argument of a method called by vectorcall; untouched when it is not given. 0, or -1
 * with TypeError. */
int deedpy_only_argument(PyObject *const *arguments, Py_ssize_t count, PyObject *keywords, const char *name,
                         PyObject **value);

/* A list of up to DEED_MAX_RANK integers from an int or a sequence of int. Returns how many, or -1 with RankError or
 * TypeError. what names the argument in the message. */
int32_t deedpy_integers(const struct module_state *state, PyObject *object, const char *what,
                        int64_t values[DEED_MAX_RANK]);

/* One integer per dimension: an int is for all of them. 0, or -1 with RankError or TypeError. */
int deedpy_per_dimension(const struct module_state *state, PyObject *object, const char *what, int32_t rank,
                         int64_t values[DEED_MAX_RANK]);

/* Set the lower bounds of a layout; NULL or None leaves them. 0, or -1 with an exception. */
int deedpy_rebound(const struct module_state *state, PyObject *lower, struct deed_layout *layout);

/* "F", "C", and "A" or "K" for any. 0, or -1 with ValueError. */
int deedpy_order(const char *text, enum deed_order *order);

/* A language by deed's name for it, in any case; "cxx" is C++. 0, or -1 with ValueError. */
int deedpy_language(const char *text, enum deed_language *language);

/* A reason to copy by deed's name for it. 0, or -1 with ValueError. */
int deedpy_copy_reason(const char *text, enum deed_copy_reason *reason);

/* writable=None: 0, all rights there are; True: read and write; False: read only. -1 with an exception. */
int deedpy_rights(PyObject *writable, uint32_t *rights);

#endif
