/* SPDX-License-Identifier: BSD-3-Clause */
/* timer.c - Python module: how long a call takes, timed by a loop in C, so that neither the interpreter's loop nor its
 * evaluation of arguments is in it. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <time.h>

#include "core_width.h"

static int64_t thread_time_ns(void) {
  struct timespec now;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static int call_often(PyObject *callable, PyObject *arguments, long long count) {
  PyObject *const *items = &PyTuple_GET_ITEM(arguments, 0);
  size_t items_count = (size_t)PyTuple_GET_SIZE(arguments);
  for (long long k = 0; k < count; ++k) {
    PyObject *result = PyObject_Vectorcall(callable, items, items_count, NULL);
    if (!result) return -1;
    Py_DECREF(result);
  }
  return 0;
}

static PyObject *time_calls(PyObject *module, PyObject *arguments) {
  PyObject *callable;
  PyObject *given;
  long long count;
  (void)module;
  if (!PyArg_ParseTuple(arguments, "OO!L:time_calls", &callable, &PyTuple_Type, &given, &count)) return NULL;
  int64_t start_ns = thread_time_ns();
  if (call_often(callable, given, count) != 0) return NULL;
  return PyLong_FromLongLong(thread_time_ns() - start_ns);
}

static PyObject *core_width(PyObject *module, PyObject *none) {
  (void)module;
  (void)none;
  return PyFloat_FromDouble(bench_core_width());
}

static PyMethodDef methods[] = {
    {"time_calls", time_calls, METH_VARARGS,
     "time_calls(callable, arguments, count, /)\n--\n\n"
     "Call callable(*arguments) count times and let each result go. The processor time of this thread, in ns."},
    {"core_width", core_width, METH_NOARGS,
     "core_width()\n--\n\nAdditions that the core does at a time at the moment: native/core_width.h."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef definition = {.m_base = PyModuleDef_HEAD_INIT, .m_name = "timer", .m_methods = methods};

PyMODINIT_FUNC PyInit_timer(void) { return PyModule_Create(&definition); }
