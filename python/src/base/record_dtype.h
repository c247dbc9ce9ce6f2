/* SPDX-License-Identifier: BSD-3-Clause */
/* record_dtype.h - the NumPy type of records that came into deed with an array, and travels with it. For the core a
 * record is opaque bytes; its fields are known to Python only. */
#ifndef DEEDPY_RECORD_DTYPE_H
#define DEEDPY_RECORD_DTYPE_H

#include "base/module_state.h"

/* The one field of records whose fields are not known, where others want a name for their bytes. */
#define DEEDPY_OPAQUE_FIELD "bytes"

/* A numpy.dtype with fields, and the format that the buffer protocol has for it. Counted, guarded by the GIL. */
struct deedpy_record;

/* record [fills, a reference]: NULL if the type has no fields, or tells no more than their bytes. descr [borrows]. 0,
 * or -1 with an exception. */
int deedpy_record_of(PyArray_Descr *descr, struct deedpy_record **record);

/* The type that NumPy reads a format of the buffer protocol as, if it has that size and fields. record [fills, a
 * reference], NULL if not. 0, or -1 with an exception. */
int deedpy_record_of_format(const char *format, int64_t size_bytes, struct deedpy_record **record);

/* One more reference; record may be NULL. */
struct deedpy_record *deedpy_record_hold(struct deedpy_record *record);

/* One reference less; record may be NULL. */
void deedpy_record_drop(struct deedpy_record *record);

/* Borrowed from the record. */
PyArray_Descr *deedpy_record_descr(const struct deedpy_record *record);

/* A format of the buffer protocol that NumPy reads as this very type. format [fills, borrowed from the record]: NULL if
 * there is none. 0, or -1 with an exception. */
int deedpy_record_format(struct deedpy_record *record, const char **format);

/* Whether records of one type may be taken for those of the other, of the same size. Each may be NULL: of bytes whose
 * fields are not known nothing is said. */
int deedpy_record_fits(const struct deedpy_record *wanted, const struct deedpy_record *given);
int deedpy_record_fits_descr(const struct deedpy_record *wanted, PyArray_Descr *given);

#endif
