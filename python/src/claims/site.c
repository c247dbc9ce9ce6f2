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
static struct known_place nowhere = {.site = {.language = DEED_LANGUAGE_PYTHON}, .is_recorded = 1};

static struct known_place *slot_of(struct module_state *state, PyCodeObject *code, int instruction) {
  uintptr_t number = ((uintptr_t)code >> 4) ^ (uintptr_t)instruction;
  return &state->places[number % KNOWN_PLACES];
}

static int is_own_file(const struct module_state *state, PyObject *file) {
  return PyUnicode_Tailmatch(file, state->package_folder, 0, PyUnicode_GET_LENGTH(file), -1) == 1;
}

static void learn(const struct module_state *state, struct known_place *place, PyFrameObject *frame, PyCodeObject *code,
                  int instruction) {
  PyCodeObject *forgotten = place->code;
  Py_INCREF(code);
  place->code = code;
  place->instruction = instruction;
  place->is_own = is_own_file(state, code->co_filename);
  place->is_recorded = 0;
  place->site = (struct deed_site){.language = DEED_LANGUAGE_PYTHON,
                                   .line = PyFrame_GetLineNumber(frame),
                                   .file = PyUnicode_AsUTF8(code->co_filename)};
  if (!place->site.file) PyErr_Clear();
  Py_XDECREF(forgotten);
}

/* The place that a frame is at. */
static struct known_place *place_of(struct module_state *state, PyFrameObject *frame) {
  PyCodeObject *code = PyFrame_GetCode(frame);
  int instruction = instruction_of(frame);
  struct known_place *known = slot_of(state, code, instruction);
  if (known->code != code || known->instruction != instruction) learn(state, known, frame, code, instruction);
  Py_DECREF(code);
  return known;
}

static struct known_place *place_outside(struct module_state *state, PyFrameObject *frame) {
  struct known_place *place;
  Py_INCREF(frame);
  do {
    PyFrameObject *caller = PyFrame_GetBack(frame);
    Py_DECREF(frame);
    frame = caller;
    place = frame ? place_of(state, frame) : &nowhere;
  } while (place->is_own);
  Py_XDECREF(frame);
  return place;
}

struct known_place *deedpy_begin_verb_at(struct module_state *state) {
  deedpy_drain();
  PyFrameObject *frame = PyEval_GetFrame();
  if (!frame) return &nowhere;
  struct known_place *place = place_of(state, frame);
  return place->is_own ? place_outside(state, frame) : place;
}

struct deed_site deedpy_begin_verb(struct module_state *state) { return deedpy_begin_verb_at(state)->site; }

void deedpy_place_recorded(struct known_place *place, struct deed_array claim) {
  struct deed_site recorded;
  if (place->is_recorded || deed_site_of(claim, &recorded) != DEED_OK) return;
  place->site.file = recorded.file;
  place->is_recorded = 1;
}

void deedpy_places_clear(struct module_state *state) {
  for (int k = 0; k < KNOWN_PLACES; ++k) Py_CLEAR(state->places[k].code);
}
