/* SPDX-License-Identifier: BSD-3-Clause */
/* site.c - the place in Python that calls deed. */
#include "claims/site.h"

#include <frameobject.h>

#include "claims/python_owner.h"

#if PY_VERSION_HEX >= 0x030B0000
static int instruction_of(PyFrameObject *frame) { return PyFrame_GetLasti(frame); }
#else
static int instruction_of(PyFrameObject *frame) { return frame->f_lasti; }
#endif

/* Of a call that no code of Python makes. */
static const struct known_site nowhere;

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

/* The place that a frame is at; its line is 0 if it belongs to this package. */
static const struct known_site *place_of(struct module_state *state, PyFrameObject *frame) {
  PyCodeObject *code = PyFrame_GetCode(frame);
  int instruction = instruction_of(frame);
  struct known_site *known = slot_of(state, code, instruction);
  if (known->code != code || known->instruction != instruction) learn(state, known, frame, code, instruction);
  Py_DECREF(code);
  return known;
}

static const struct known_site *place_outside(struct module_state *state, PyFrameObject *frame) {
  const struct known_site *place;
  Py_INCREF(frame);
  do {
    PyFrameObject *caller = PyFrame_GetBack(frame);
    Py_DECREF(frame);
    frame = caller;
    place = frame ? place_of(state, frame) : &nowhere;
  } while (frame && place->line == 0);
  Py_XDECREF(frame);
  return place;
}

const struct known_site *deedpy_place(struct module_state *state) {
  deedpy_drain();
  PyFrameObject *frame = PyEval_GetFrame();
  if (!frame) return &nowhere;
  const struct known_site *place = place_of(state, frame);
  return place->line != 0 ? place : place_outside(state, frame);
}

struct deed_site deedpy_site_of(const struct known_site *place) {
  return (struct deed_site){.file = place->file, .line = place->line, .language = DEED_LANGUAGE_PYTHON};
}

struct deed_site deedpy_site(struct module_state *state) { return deedpy_site_of(deedpy_place(state)); }

void deedpy_sites_clear(struct module_state *state) {
  for (int k = 0; k < KNOWN_SITES; ++k) Py_CLEAR(state->sites[k].code);
}
