/* SPDX-License-Identifier: BSD-3-Clause */
/* ledger.c - the live blocks, their holders, and the counts. */
#include "claims/ledger.h"

#include "base/errors.h"
#include "base/list_all.h"
#include "claims/holder_tally.h"
#include "claims/python_owner.h"

PyObject *deedpy_counts(PyObject *module, PyObject *unused) {
  struct deed_counts counts;
  (void)unused;
  deedpy_drain();
  deed_count(&counts, sizeof counts);
  return PyObject_CallFunction(deedpy_state(module)->counts_type, "LLLLLLLLL", (long long)counts.live_blocks,
                               (long long)counts.live_claims, (long long)counts.live_bytes,
                               (long long)counts.blocks_made, (long long)counts.blocks_ended, (long long)counts.copies,
                               (long long)counts.abandoned, (long long)deedpy_queued_count(),
                               (long long)deedpy_abandoned_count());
}

static enum deed_status list(const void *unused, void *entries, int64_t capacity, int64_t *count) {
  (void)unused;
  return deed_ledger(entries, sizeof(struct deed_ledger_entry), capacity, count);
}

/* A snapshot of the ledger, to be freed with PyMem_RawFree; NULL with an exception. */
static struct deed_ledger_entry *snapshot(const struct module_state *state, int64_t *count) {
  void *entries;
  enum deed_status status = deedpy_list_all(list, NULL, sizeof(struct deed_ledger_entry), &entries, count);
  if (status != DEED_OK) deedpy_raise_status(state, status, "ledger: %s", deed_status_text(status));
  return entries;
}

static PyObject *entry_of(const struct module_state *state, const struct deed_ledger_entry *entry) {
  PyObject *holder = deedpy_holder(state, &entry->holder);
  if (!holder) return NULL;
  return PyObject_CallFunction(
      state->entry_type, "NLLsszzN", PyLong_FromVoidPtr(entry->data), (long long)entry->size_bytes,
      (long long)entry->claim_count, deed_origin_name((enum deed_origin)entry->origin),
      deed_language_name((enum deed_language)entry->owner),
      entry->copy_reason ? deed_copy_reason_name((enum deed_copy_reason)entry->copy_reason) : NULL,
      entry->published ? entry->name : NULL, holder);
}

PyObject *deedpy_ledger(PyObject *module, PyObject *unused) {
  struct module_state *state = deedpy_state(module);
  int64_t count;
  (void)unused;
  deedpy_drain();
  struct deed_ledger_entry *entries = snapshot(state, &count);
  PyObject *list = entries ? PyList_New(0) : NULL;
  for (int64_t k = 0; list && k < count; ++k) {
    PyObject *entry = entry_of(state, &entries[k]);
    if (!entry || PyList_Append(list, entry) != 0) Py_CLEAR(list);
    Py_XDECREF(entry);
  }
  PyMem_RawFree(entries);
  return list;
}

PyObject *deedpy_name_of_block(const struct module_state *state, const struct deed_descriptor *descriptor) {
  int64_t count;
  PyObject *name = NULL;
  struct deed_ledger_entry *entries = snapshot(state, &count);
  if (!entries) return NULL;
  for (int64_t k = 0; k < count && !name; ++k) {
    if (!entries[k].published || entries[k].data != descriptor->block_data) continue;
    if (entries[k].size_bytes != descriptor->block_size_bytes || entries[k].origin != descriptor->origin) continue;
    name = PyUnicode_FromString(entries[k].name);
    if (!name) break;
  }
  PyMem_RawFree(entries);
  if (!name && !PyErr_Occurred()) Py_RETURN_NONE;
  return name;
}

static PyObject *list_of_holders(const struct module_state *state, const struct deed_holder *holders, int64_t count) {
  PyObject *list = PyList_New((Py_ssize_t)count);
  for (int64_t k = 0; list && k < count; ++k) {
    PyObject *holder = deedpy_holder(state, &holders[k]);
    if (!holder) Py_CLEAR(list);
    if (list) PyList_SET_ITEM(list, k, holder);
  }
  return list;
}

PyObject *deedpy_holders(const struct module_state *state, struct deed_array array) {
  struct deed_holder *holders;
  int64_t count;
  enum deed_status status = deedpy_list_holders(array, &holders, &count);
  if (status != DEED_OK) return deedpy_raise_status(state, status, "holders: %s", deed_status_text(status));
  PyObject *list = list_of_holders(state, holders, count);
  PyMem_RawFree(holders);
  return list;
}
