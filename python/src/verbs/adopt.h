/* SPDX-License-Identifier: BSD-3-Clause */
/* adopt.h - deed.adopt, deed.lend and deed.share of any object. */
#ifndef DEEDPY_ADOPT_H
#define DEEDPY_ADOPT_H

#include "base/module_state.h"

/* adopt of any object: an ndarray from deed gives a share of the same block, anything else goes through the protocols.
 * name: to publish it under, which only the title of new memory can be; NULL: it is not. */
PyObject *deedpy_adopt(struct module_state *state, PyObject *object, PyObject *lower, const char *name);

/* The functions deed.adopt and deed.lend. */
PyObject *deedpy_adopt_function(PyObject *module, PyObject *arguments, PyObject *keywords);
PyObject *deedpy_lend_function(PyObject *module, PyObject *arguments, PyObject *keywords);

/* The function deed.share: of a deed.Array or of an ndarray that came from deed; TypeError for anything else. */
PyObject *deedpy_share_function(PyObject *module, PyObject *arguments, PyObject *keywords);

/* The Array whose handle a native function is given: the Array itself, a share for an ndarray from deed, else an
 * adoption. New reference. TypeError for anything else. */
PyObject *deedpy_claim_for_call(struct module_state *state, PyObject *object);

#endif
