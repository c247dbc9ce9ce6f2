/* SPDX-License-Identifier: BSD-3-Clause */
/* site.c - the place in Python that calls deed. */
#include "site.h"

#include "python_owner.h"

static int is_own_file(const struct module_state *state, PyObject *file) {
  return PyUnicode_Tailmatch(file, state->package_folder, 0, PyUnicode_GET_LENGTH(file), -1) == 1;
}

/* Fill the site from a frame; 0 if the frame belongs to this package. */
static int is_caller(const struct module_state *state, PyFrameObject *frame, struct deed_site *site) {
  PyCodeObject *code = PyFrame_GetCode(frame);
  int is_outside = !is_own_file(state, code->co_filename);
  if (is_outside) {
    site->line = PyFrame_GetLineNumber(frame);
    site->file = PyUnicode_AsUTF8(code->co_filename);
    if (!site->file) PyErr_Clear();
  }
  Py_DECREF(code);
  return is_outside;
}

struct deed_site deedpy_site(const struct module_state *state) {
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
