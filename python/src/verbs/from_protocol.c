/* SPDX-License-Identifier: BSD-3-Clause */
/* from_protocol.c - deed.from_dlpack, deed.from_arrow and deed.from_buffer: adopt by one protocol only. */
#include "verbs/from_protocol.h"

#include "base/errors.h"
#include "claims/array_object.h"
#include "protocols/arrow_in.h"
#include "protocols/arrow_stream_in.h"
#include "protocols/buffer_in.h"
#include "protocols/dlpack_in.h"

/* Is this str, or what str() gives of it, "cpu"? -1 with an exception. */
static int is_word_cpu(PyObject *device) {
  PyObject *text = PyObject_Str(device);
  if (!text) return -1;
  int is_cpu = PyUnicode_CompareWithASCIIString(text, "cpu") == 0;
  Py_DECREF(text);
  return is_cpu;
}

/* Libraries have types of their own for a device; of those that have a type, it says more than the whole: "cpu:0" has
 * the type "cpu". */
static int is_cpu(PyObject *device) {
  int type;
  int id;
  if (PyTuple_Check(device)) {
    if (PyArg_ParseTuple(device, "ii", &type, &id)) return type == DL_CPU && id == 0;
    PyErr_Clear();
    return 0;
  }
  PyObject *of_type = PyUnicode_Check(device) ? NULL : PyObject_GetAttrString(device, "type");
  if (!of_type && PyErr_Occurred() && !PyErr_ExceptionMatches(PyExc_AttributeError)) return -1;
  PyErr_Clear();
  int result = is_word_cpu(of_type ? of_type : device);
  Py_XDECREF(of_type);
  return result;
}

/* device: None, "cpu", the pair (1, 0) of DLPack, or the object by which a library means the CPU. */
static int check_wanted_device(const struct module_state *state, PyObject *device) {
  int is_here = device == Py_None ? 1 : is_cpu(device);
  if (is_here > 0) return 0;
  if (is_here == 0) {
    deedpy_raise_status(state, DEED_EUNSUPPORTED, "from_dlpack to device %R: deed has 'cpu', which is (1, 0), only",
                        device);
  }
  return -1;
}

static PyObject *adopt_dlpack(struct module_state *state, PyObject *object) {
  struct deedpy_import import = {0};
  int filled = deedpy_import_dlpack(state, object, &import);
  if (filled == 0) {
    PyErr_Format(PyExc_TypeError, "%.100s does not speak DLPack: it has no __dlpack__", Py_TYPE(object)->tp_name);
  }
  return filled == 1 ? deedpy_import_adopt(state, &import, NULL) : NULL;
}

PyObject *deedpy_from_dlpack_function(PyObject *module, PyObject *arguments, PyObject *keywords) {
  static char *names[] = {"", "device", "copy", NULL};
  struct module_state *state = deedpy_state(module);
  PyObject *object;
  PyObject *device = Py_None;
  PyObject *copy = Py_None;
  if (!PyArg_ParseTupleAndKeywords(arguments, keywords, "O|$OO:from_dlpack", names, &object, &device, &copy)) {
    return NULL;
  }
  int is_copy_wanted = copy == Py_None ? 0 : PyObject_IsTrue(copy);
  if (is_copy_wanted < 0 || check_wanted_device(state, device) != 0) return NULL;
  PyObject *array = deedpy_is_array(state, object) ? deedpy_array_share(object, NULL) : adopt_dlpack(state, object);
  if (!array || !is_copy_wanted) return array;
  PyObject *copied = deedpy_array_copy(array, DEED_ORDER_ANY, DEED_COPY_REQUESTED);
  Py_DECREF(array);
  return copied;
}

PyObject *deedpy_from_arrow_function(PyObject *module, PyObject *object) {
  struct module_state *state = deedpy_state(module);
  struct deedpy_import import = {0};
  int filled = deedpy_import_arrow(state, object, &import);
  if (filled == 0) filled = deedpy_import_arrow_stream(state, object, &import);
  if (filled == 0) {
    PyErr_Format(PyExc_TypeError,
                 "%.100s does not speak Arrow: it has neither __arrow_c_array__ nor __arrow_c_stream__",
                 Py_TYPE(object)->tp_name);
  }
  return filled == 1 ? deedpy_import_adopt(state, &import, NULL) : NULL;
}

PyObject *deedpy_from_buffer_function(PyObject *module, PyObject *object) {
  struct module_state *state = deedpy_state(module);
  struct deedpy_import import = {0};
  int filled = deedpy_import_buffer(state, object, &import);
  if (filled > 0) return deedpy_import_adopt(state, &import, NULL);
  if (filled == 0) PyErr_Format(PyExc_TypeError, "%.100s exports no buffer to adopt", Py_TYPE(object)->tp_name);
  return NULL;
}
