/* SPDX-License-Identifier: BSD-3-Clause */
/* arrow_stream_in.h - an Arrow stream on its way into deed. */
#ifndef DEEDPY_ARROW_STREAM_IN_H
#define DEEDPY_ARROW_STREAM_IN_H

#include "protocols/import.h"

/* The protocol: objects with __arrow_c_stream__ (columns of tables are such) that give one array which
 * deedpy_import_arrow() would take. A stream that has come has been consumed, also if it is refused; the object can
 * give another one. */
int deedpy_import_arrow_stream(struct module_state *state, PyObject *object, struct deedpy_import *import);

#endif
