/* SPDX-License-Identifier: BSD-3-Clause */
/* function_bind.c - what is given by name, or left out, becomes what is given by position. */
#include "native_call/function_bind.h"

/* The number among those that are given of the argument of that name; -1 if there is none. Names in calls are mostly
 * the same objects as declared ones. */
static int number_of(const struct function_object *function, PyObject *name) {
  int number = 0;
  for (int k = 0; k < function->count; ++k) {
    const struct deedpy_parameter *parameter = &function->parameters[k];
    if (!parameter->is_given) continue;
    if (parameter->name == name || PyUnicode_Compare(parameter->name, name) == 0) return number;
    number += 1;
  }
  return -1;
}

static int bind_names(const struct function_object *function, PyObject *const *values, PyObject *keywords,
                      PyObject **bound) {
  Py_ssize_t count = keywords ? PyTuple_GET_SIZE(keywords) : 0;
  for (Py_ssize_t k = 0; k < count; ++k) {
    int number = number_of(function, PyTuple_GET_ITEM(keywords, k));
    if (number < 0 || bound[number]) return -1;
    bound[number] = values[k];
  }
  return 0;
}

static int bind_absent(const struct function_object *function, PyObject **bound) {
  int number = 0;
  for (int k = 0; k < function->count; ++k) {
    const struct deedpy_parameter *parameter = &function->parameters[k];
    if (!parameter->is_given) continue;
    if (!bound[number] && !parameter->optional) return -1;
    if (!bound[number]) bound[number] = Py_None;
    number += 1;
  }
  return 0;
}

static void refuse(const struct function_object *function, Py_ssize_t count, PyObject *keywords) {
  PyObject *names = keywords ? Py_NewRef(keywords) : PyTuple_New(0);
  PyObject *nothing = names ? PyObject_CallMethod(function->declared, "refuse_call", "nO", count, names) : NULL;
  Py_XDECREF(nothing); /* there is none: it raises */
  Py_XDECREF(names);
}

int deedpy_function_bind(struct function_object *function, PyObject *const *objects, Py_ssize_t count,
                         PyObject *keywords, PyObject **bound) {
  if (count <= function->given_count) {
    for (int k = 0; k < function->given_count; ++k) bound[k] = k < count ? objects[k] : NULL;
    if (bind_names(function, objects + count, keywords, bound) == 0 && bind_absent(function, bound) == 0) return 0;
  }
  refuse(function, count, keywords);
  return -1;
}
