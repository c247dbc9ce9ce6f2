/* SPDX-License-Identifier: BSD-3-Clause */
/* floor.c - Python module: the least that a wrapper can do with the C interfaces of Python and NumPy, written by hand
 * for one type, one rank and one order. It checks what must be checked so that the native function cannot be given the
 * wrong thing, and has no names, no ledger and no errors worth reading. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#define NPY_NO_DEPRECATED_API NPY_2_0_API_VERSION
#include <ISO_Fortran_binding.h>
#include <numpy/arrayobject.h>

#include "kernels.h"

void bench_touch_shape(CFI_cdesc_t *u);

/* Memory that Python frees, and the object that an ndarray has for a base: it holds a reference to the memory. */
struct memory {
  PyObject ob_base;
  npy_intp shape[2];
  double *data;
};

struct claim {
  PyObject ob_base;
  PyObject *memory;
};

static PyTypeObject memory_type, claim_type;

static void memory_dealloc(PyObject *self) {
  PyMem_Free(((struct memory *)self)->data);
  PyObject_Free(self);
}

static void claim_dealloc(PyObject *self) {
  Py_DECREF(((struct claim *)self)->memory);
  PyObject_Free(self);
}

static PyObject *memory_new(PyTypeObject *type, PyObject *arguments, PyObject *keywords) {
  Py_ssize_t nx, ny;
  (void)keywords;
  if (!PyArg_ParseTuple(arguments, "nn:Array", &nx, &ny)) return NULL;
  struct memory *self = PyObject_New(struct memory, type);
  if (!self) return NULL;
  self->shape[0] = nx;
  self->shape[1] = ny;
  self->data = PyMem_Calloc((size_t)(nx * ny), sizeof(double));
  if (self->data) return (PyObject *)self;
  Py_DECREF(self);
  return PyErr_NoMemory();
}

/* Steals base. */
static PyObject *ndarray_on(struct memory *self, PyObject *base) {
  npy_intp strides[2] = {sizeof(double), self->shape[0] * (npy_intp)sizeof(double)};
  PyObject *ndarray =
      PyArray_New(&PyArray_Type, 2, self->shape, NPY_DOUBLE, strides, self->data, 0, NPY_ARRAY_WRITEABLE, NULL);
  if (!ndarray) {
    Py_DECREF(base);
  } else if (PyArray_SetBaseObject((PyArrayObject *)ndarray, base) != 0) {
    Py_CLEAR(ndarray);
  }
  return ndarray;
}

static PyObject *memory_numpy(PyObject *self, PyObject *unused) {
  (void)unused;
  struct claim *claim = PyObject_New(struct claim, &claim_type);
  if (!claim) return NULL;
  claim->memory = Py_NewRef(self);
  return ndarray_on((struct memory *)self, (PyObject *)claim);
}

static PyObject *memory_numpy_without_claim(PyObject *self, PyObject *unused) {
  (void)unused;
  return ndarray_on((struct memory *)self, Py_NewRef(self));
}

static PyMethodDef memory_methods[] = {
    {"numpy", memory_numpy, METH_NOARGS, "An ndarray whose base is an object of its own."},
    {"numpy_without_claim", memory_numpy_without_claim, METH_NOARGS, "An ndarray whose base is this object."},
    {NULL, NULL, 0, NULL},
};

static PyTypeObject memory_type = {
    .ob_base = PyVarObject_HEAD_INIT(NULL, 0).tp_name = "floor.Array",
    .tp_basicsize = sizeof(struct memory),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = memory_new,
    .tp_dealloc = memory_dealloc,
    .tp_methods = memory_methods,
};

static PyTypeObject claim_type = {
    .ob_base = PyVarObject_HEAD_INIT(NULL, 0).tp_name = "floor.Claim",
    .tp_basicsize = sizeof(struct claim),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_dealloc = claim_dealloc,
};

/* NULL with a TypeError unless object is a writable 2-D ndarray of native float64. */
static PyArrayObject *matrix_of(PyObject *object, int flags) {
  PyArrayObject *ndarray = (PyArrayObject *)object;
  if (PyArray_Check(object) && PyArray_TYPE(ndarray) == NPY_DOUBLE && PyArray_NDIM(ndarray) == 2 &&
      PyArray_CHKFLAGS(ndarray, flags) && PyArray_ISNOTSWAPPED(ndarray)) {
    return ndarray;
  }
  PyErr_SetString(PyExc_TypeError, "not the array that is wanted");
  return NULL;
}

#define IN (NPY_ARRAY_F_CONTIGUOUS | NPY_ARRAY_ALIGNED)
#define INOUT (IN | NPY_ARRAY_WRITEABLE)

static int expect(Py_ssize_t count, Py_ssize_t wanted) {
  if (count == wanted) return 0;
  PyErr_SetString(PyExc_TypeError, "wrong number of arguments");
  return -1;
}

static PyObject *touch(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
  (void)module;
  PyArrayObject *u = expect(count, 1) == 0 ? matrix_of(arguments[0], INOUT) : NULL;
  if (!u) return NULL;
  bench_touch(PyArray_DATA(u), PyArray_DIM(u, 0), PyArray_DIM(u, 1));
  Py_RETURN_NONE;
}

static PyObject *touch_shape(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
  CFI_CDESC_T(2) storage;
  CFI_cdesc_t *descriptor = (CFI_cdesc_t *)&storage;
  (void)module;
  PyArrayObject *u = expect(count, 1) == 0 ? matrix_of(arguments[0], NPY_ARRAY_ALIGNED | NPY_ARRAY_WRITEABLE) : NULL;
  if (!u) return NULL;
  *descriptor = (CFI_cdesc_t){.base_addr = PyArray_DATA(u),
                              .elem_len = sizeof(double),
                              .version = CFI_VERSION,
                              .rank = 2,
                              .attribute = CFI_attribute_other,
                              .type = CFI_type_double};
  for (int k = 0; k < 2; ++k) {
    descriptor->dim[k] = (CFI_dim_t){.lower_bound = 0, .extent = PyArray_DIM(u, k), .sm = PyArray_STRIDE(u, k)};
  }
  bench_touch_shape(descriptor);
  Py_RETURN_NONE;
}

static PyObject *combine(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
  PyArrayObject *u, *v, *w;
  (void)module;
  if (expect(count, 5) != 0 || !(u = matrix_of(arguments[0], INOUT))) return NULL;
  if (!(v = matrix_of(arguments[1], IN)) || !(w = matrix_of(arguments[2], IN))) return NULL;
  double a = PyFloat_AsDouble(arguments[3]);
  double b = PyFloat_AsDouble(arguments[4]);
  if ((a == -1.0 || b == -1.0) && PyErr_Occurred()) return NULL;
  bench_combine(PyArray_DATA(u), PyArray_DATA(v), PyArray_DATA(w), PyArray_DIM(u, 0), PyArray_DIM(u, 1), a, b);
  Py_RETURN_NONE;
}

/* The handle in the object that is the base of an ndarray of deed: read, and passed on. */
static PyObject *handle(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
  (void)module;
  PyArrayObject *u = expect(count, 1) == 0 ? matrix_of(arguments[0], INOUT) : NULL;
  PyObject *base = u ? PyArray_BASE(u) : NULL;
  if (!base) return NULL;
  uint64_t bits;
  memcpy(&bits, (const char *)base + sizeof(PyObject), sizeof bits);
  bench_handle(bits);
  Py_RETURN_NONE;
}

static PyObject *step(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
  double *data[10];
  PyArrayObject *ndarray = NULL;
  (void)module;
  if (expect(count, 11) != 0) return NULL;
  double dt = PyFloat_AsDouble(arguments[0]);
  if (dt == -1.0 && PyErr_Occurred()) return NULL;
  for (int k = 0; k < 10; ++k) {
    int is_written = (k >= 3 && k < 6) || k == 9;
    ndarray = matrix_of(arguments[k + 1], is_written ? INOUT : IN);
    if (!ndarray) return NULL;
    data[k] = PyArray_DATA(ndarray);
  }
  int nx = (int)PyArray_DIM(ndarray, 0);
  int ny = (int)PyArray_DIM(ndarray, 1);
  wave_step(&nx, &ny, &dt, data[0], data[1], data[2], data[3], data[4], data[5], data[6], data[7], data[8], data[9]);
  Py_RETURN_NONE;
}

#define FAST(function) (PyCFunction)(void (*)(void))(function), METH_FASTCALL

static PyMethodDef methods[] = {
    {"touch", FAST(touch), "touch(u, /)"},
    {"touch_shape", FAST(touch_shape), "touch_shape(u, /)"},
    {"combine", FAST(combine), "combine(u, v, w, a, b, /)"},
    {"handle", FAST(handle), "handle(u, /)"},
    {"step", FAST(step), "step(dt, h, u, v, h_next, u_next, v_next, depth, friction, source, energy, /)"},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef definition = {.m_base = PyModuleDef_HEAD_INIT, .m_name = "floor", .m_methods = methods};

PyMODINIT_FUNC PyInit_floor(void) {
  import_array();
  if (PyType_Ready(&memory_type) != 0 || PyType_Ready(&claim_type) != 0) return NULL;
  PyObject *module = PyModule_Create(&definition);
  if (module && PyModule_AddObjectRef(module, "Array", (PyObject *)&memory_type) != 0) Py_CLEAR(module);
  return module;
}
