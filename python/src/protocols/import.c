/* SPDX-License-Identifier: BSD-3-Clause */
/* import.c - memory of Python objects on its way into deed: what a protocol has described is adopted or lent. */
#include "protocols/import.h"

#include "base/arguments.h"
#include "base/errors.h"
#include "claims/array_object.h"
#include "claims/release.h"
#include "claims/site.h"

/* A capsule of another library may run any code as it goes, and need no exception for it. */
void deedpy_import_drop(struct deedpy_import *import) {
  PyObject *type, *value, *traceback;
  PyErr_Fetch(&type, &value, &traceback);
  deedpy_keep_drop(import->keep);
  deedpy_record_drop(import->record);
  import->record = NULL;
  Py_CLEAR(import->source);
  PyErr_Restore(type, value, traceback);
}

/* The Array to be filled, and the site; NULL with an exception, and then the import is over. All that can fail or run
 * Python code is done before the memory is taken, so nothing is left between that and the verb of the core. */
static struct array_object *begin(struct module_state *state, struct deedpy_import *import, PyObject *lower,
                                  struct deed_site *site) {
  struct array_object *result = NULL;
  if (deedpy_rebound(state, lower, &import->layout) == 0) result = deedpy_array_new(state);
  (void)deedpy_array_with_record((PyObject *)result, import->record);
  import->record = NULL;
  if (result) *site = deedpy_begin_verb(state);
  if (result && (!import->take || import->take(import) == 0)) return result;
  Py_XDECREF(result);
  deedpy_import_drop(import);
  return NULL;
}

/* After the verb: what it refused goes back. */
static void settle(struct deedpy_import *import, enum deed_status status) {
  if (status == DEED_OK) {
    Py_CLEAR(import->source);
    return;
  }
  if (import->give_back) import->give_back(import);
  deedpy_import_drop(import);
}

/* If the name is refused, the memory is taken out of deed again: nobody else can have a claim yet. */
static enum deed_status publish(const struct deedpy_import *import, struct array_object *result, int is_loan,
                                struct deed_error *error) {
  struct deed_reclaimed reclaimed;
  enum deed_status status = import->name ? deed_publish(result->array, import->name, error) : DEED_OK;
  if (status == DEED_OK) return DEED_OK;
  if (is_loan) {
    deedpy_end_claim(result->array);
  } else {
    (void)!deed_reclaim(result->array, import->origin, deedpy_owner_release, &reclaimed, NULL);
  }
  result->array.bits = 0;
  return status;
}

PyObject *deedpy_import_adopt(struct module_state *state, struct deedpy_import *import, PyObject *lower) {
  struct deed_error error;
  struct deed_site site;
  struct array_object *result = begin(state, import, lower, &site);
  if (!result) return NULL;
  struct deed_memory memory = {.data = import->data,
                               .origin = import->origin,
                               .rights = import->rights,
                               .release = deedpy_owner_release,
                               .context = import->keep};
  enum deed_status status = deed_adopt(&memory, &import->layout, &site, &result->array, &error);
  if (status == DEED_OK) status = publish(import, result, 0, &error);
  settle(import, status);
  return deedpy_array_finish(state, result, status, &error);
}

PyObject *deedpy_import_lend(struct module_state *state, struct deedpy_import *import, PyObject *lower,
                             uint32_t rights) {
  struct deed_error error;
  struct deed_site site;
  if (rights & ~import->rights) {
    deedpy_import_drop(import);
    return deedpy_raise_status(state, DEED_ERIGHTS, "lend refused: the memory is read-only, write right asked for");
  }
  struct array_object *result = begin(state, import, lower, &site);
  if (!result) return NULL;
  if (!rights) rights = import->rights;
  enum deed_status status = deed_lend(import->data, rights, &import->layout, &site, &result->array, &error);
  if (status == DEED_OK) status = publish(import, result, 1, &error);
  if (status == DEED_OK) result->loan = import->keep;
  settle(import, status);
  return deedpy_array_finish(state, result, status, &error);
}
