/* SPDX-License-Identifier: BSD-3-Clause */
/* site.c - the place in Python that calls deed. */
#include "site.h"

#include <frameobject.h>

#include "python_owner.h"

#if PY_VERSION_HEX >= 0x030B0000
static int instruction_of(PyFrameObject *frame) { return PyFrame_GetLasti(frame); }
#else
static int instruction_of(PyFrameObject *frame) { return frame->f_lasti; }
#endif

static struct known_site *slot_of(struct module_state *state, PyCodeObject *code, int instruction) {
  uintptr_t number = ((uintptr_t)code >> 4) ^ (uintptr_t)instruction;
  return &state->sites[number % KNOWN_SITES];
}

static int is_own_file(const struct module_state *state, PyObject *file) {
  return PyUnicode_Tailmatch(file, state->package_folder, 0, PyUnicode_GET_LENGTH(file), -1) == 1;
}

static void learn(const struct module_state *state, struct known_site *site, PyFrameObject *frame, PyCodeObject *code,
                  int instruction) {
  PyCodeObject *forgotten = site->code;
  Py_INCREF(code);
  site->code = code;
  site->instruction = instruction;
  site->line = is_own_file(state, code->co_filename) ? 0 : PyFrame_GetLineNumber(frame);
  site->file = PyUnicode_AsUTF8(code->co_filename);
  if (!site->file) PyErr_Clear();
  Py_XDECREF(forgotten);
}

/* Fill the site from a frame; 0 if the frame belongs to this package. */
static int is_caller(struct module_state *state, PyFrameObject *frame, struct deed_site *site) {
  PyCodeObject *code = PyFrame_GetCode(frame);
  int instruction = instruction_of(frame);
  struct known_site *known = slot_of(state, code, instruction);
  if (known->code != code || known->instruction != instruction) learn(state, known, frame, code, instruction);
  site->line = known->line;
  site->file = known->file;
  Py_DECREF(code);
  return known->line != 0;
}

struct deed_site deedpy_site(struct module_state *state) {
  struct deed_site site = {.language = DEED_LANGUAGE_PYTHON};
  deedpy_drain();
  PyFrameObject *frame = PyEval_GetFrame();
  Py_XINCREF(frame);
  while (frame && !is_caller(state, frame, &site)) {
    PyFrameObject *caller = PyFrame_GetBack(frame);
    Py_DECREF(frame);
    frame = caller;
  }
  Py_XDECREF(frame);
  return site;
}

void deedpy_sites_clear(struct module_state *state) {
  for (int k = 0; k < KNOWN_SITES; ++k) Py_CLEAR(state->sites[k].code);
}
