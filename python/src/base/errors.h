/* SPDX-License-Identifier: BSD-3-Clause */
/* errors.h - a status of the core as a Python exception. */
#ifndef DEEDPY_ERRORS_H
#define DEEDPY_ERRORS_H

#include "base/module_state.h"

/* Set the exception of error->status, with its message and holders. Returns NULL always. */
PyObject *deedpy_raise(const struct module_state *state, const struct deed_error *error);

/* The same with more to say after the message; note: a str, or NULL after a failure. */
PyObject *deedpy_raise_noted(const struct module_state *state, const struct deed_error *error, PyObject *note);

/* The same for functions that give a status only; the message is made as by PyErr_Format. */
PyObject *deedpy_raise_status(const struct module_state *state, enum deed_status status, const char *format, ...);

/* deed.accounts.Holder of a holder. New reference. */
PyObject *deedpy_holder(const struct module_state *state, const struct deed_holder *holder);

/* Rights as Python shows them: "r", "w", "rw". */
const char *deedpy_rights_text(uint32_t rights);

#endif
