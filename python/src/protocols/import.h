/* SPDX-License-Identifier: BSD-3-Clause */
/* import.h - memory of Python objects on its way into deed: what adopt and lend do once a protocol has described it. */
#ifndef DEEDPY_IMPORT_H
#define DEEDPY_IMPORT_H

#include "claims/python_owner.h"

/* Memory that an object shows. */
struct deedpy_import {
  struct deedpy_keep *keep; /* what must live as long as the memory is in deed */
  void *data;
  enum deed_origin origin; /* PYTHON: reclaim gives keep->object back; FOREIGN: the memory has a deleter of its own */
  uint32_t rights;
  struct deed_layout layout;
  const char *name; /* to publish the array under; NULL: it is not */
  /* For what is to be taken from a capsule: nothing is while the memory may still be refused. All NULL otherwise. */
  PyObject *source;                                /* the capsule, a reference that goes with the import */
  int (*take)(struct deedpy_import *import);       /* from the source into the keep: 0, or -1 with an exception */
  void (*give_back)(struct deedpy_import *import); /* the reverse. Neither runs Python code */
  struct deedpy_record *record;                    /* the fields of the elements, a reference; NULL: none are known */
};

/* A protocol describes the memory of an object: 1 and import, which was all zero, filled (it goes to one of the two
 * functions below), 0 if the object does not speak the protocol, -1 with an exception if it does and cannot be held. */
typedef int (*deedpy_protocol)(struct module_state *state, PyObject *object, struct deedpy_import *import);

/* End an import from which nothing was taken. A pending exception stays as it was. */
void deedpy_import_drop(struct deedpy_import *import);

/* Each ends the import and returns a deed.Array, a new reference. After a failure the memory is where it came from, not
 * consumed. lower: lower bounds, NULL or None for those of the layout. rights: DEED_READ or more, 0 for those of the
 * memory; RightsError if it has fewer. */
PyObject *deedpy_import_adopt(struct module_state *state, struct deedpy_import *import, PyObject *lower);
PyObject *deedpy_import_lend(struct module_state *state, struct deedpy_import *import, PyObject *lower,
                             uint32_t rights);

#endif
