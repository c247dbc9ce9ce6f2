/* SPDX-License-Identifier: BSD-3-Clause */
/* array_verbs.c - the verbs that are methods of deed.Array. */
#include "array/array_verbs.h"

#include "array/array_numbers.h"
#include "array/array_ufunc.h"
#include "array/array_view.h"
#include "base/arguments.h"
#include "base/errors.h"
#include "claims/array_object.h"
#include "claims/ledger.h"
#include "claims/long_copy.h"
#include "claims/recall.h"
#include "claims/release.h"
#include "claims/site.h"
#include "claims/trace.h"
#include "protocols/arrow_out.h"
#include "protocols/buffer_out.h"
#include "protocols/dlpack_out.h"
#include "protocols/ndarray_out.h"

static PyObject *share_method(PyObject *self, PyObject *const *arguments, Py_ssize_t count, PyObject *keywords) {
  PyObject *writable = NULL;
  if (deedpy_only_argument(arguments, count, keywords, "writable", &writable) != 0) return NULL;
  return deedpy_array_share(self, writable);
}

static PyObject *transfer(PyObject *self, PyObject *arguments, PyObject *keywords) {
  static char *names[] = {"language", NULL};
  const char *text = "Python";
  struct module_state *state = deedpy_state_of(self);
  struct deed_error error;
  enum deed_language language;
  if (!PyArg_ParseTupleAndKeywords(arguments, keywords, "|s:transfer", names, &text)) return NULL;
  if (deedpy_language(text, &language) != 0) return NULL;
  struct array_object *moved = deedpy_array_new(state);
  if (!moved) return NULL;
  struct deed_site site = deedpy_begin_verb(state);
  site.language = language;
  enum deed_status status = deed_transfer(deedpy_array(self)->array, &site, &moved->array, &error);
  if (status == DEED_OK) deedpy_trace_transferred(moved->array);
  return deedpy_array_like(deedpy_array_finish(state, moved, status, &error), self);
}

static PyObject *reclaim(PyObject *self, PyObject *unused) {
  struct deed_reclaimed reclaimed;
  struct deed_error error;
  (void)unused;
  enum deed_status status =
      deed_reclaim(deedpy_array(self)->array, DEED_ORIGIN_PYTHON, deedpy_owner_release, &reclaimed, &error);
  if (status != DEED_OK) return deedpy_raise_busy(deedpy_array(self), &error);
  return deedpy_keep_give_back(reclaimed.context);
}

/* What was lent goes back to the caller's care. */
static void end_loan(struct array_object *self) {
  struct deedpy_keep *loan = self->loan;
  self->loan = NULL;
  if (loan) deedpy_keep_drop(loan);
}

static PyObject *recall(PyObject *self, PyObject *arguments, PyObject *keywords) {
  static char *names[] = {"timeout", NULL};
  PyObject *timeout = NULL;
  if (!PyArg_ParseTupleAndKeywords(arguments, keywords, "|O:recall", names, &timeout)) return NULL;
  if (deedpy_recall(deedpy_array(self), timeout) != 0) return NULL;
  end_loan(deedpy_array(self));
  Py_RETURN_NONE;
}

static PyObject *release(PyObject *self, PyObject *unused) {
  struct deed_error error;
  (void)unused;
  deedpy_drain();
  enum deed_status status = deedpy_release(deedpy_array(self)->array, &error);
  if (status != DEED_OK) return deedpy_raise_busy(deedpy_array(self), &error);
  end_loan(deedpy_array(self));
  Py_RETURN_NONE;
}

static PyObject *publish(PyObject *self, PyObject *name) {
  struct module_state *state = deedpy_state_of(self);
  struct deed_error error;
  if (!PyUnicode_Check(name)) return PyErr_Format(PyExc_TypeError, "name must be a str, not %R", name);
  const char *text = deedpy_text(name);
  if (!text) return NULL;
  if (deed_publish(deedpy_array(self)->array, text, &error) != DEED_OK) return deedpy_raise(state, &error);
  Py_RETURN_NONE;
}

static PyObject *withdraw(PyObject *self, PyObject *unused) {
  struct module_state *state = deedpy_state_of(self);
  struct deed_error error;
  (void)unused;
  if (deed_withdraw(deedpy_array(self)->array, &error) != DEED_OK) return deedpy_raise(state, &error);
  Py_RETURN_NONE;
}

static PyObject *copy(PyObject *self, PyObject *arguments, PyObject *keywords) {
  static char *names[] = {"order", "reason", NULL};
  const char *order_text = "K";
  const char *reason_text = "requested";
  enum deed_order order;
  enum deed_copy_reason reason;
  if (!PyArg_ParseTupleAndKeywords(arguments, keywords, "|ss:copy", names, &order_text, &reason_text)) return NULL;
  if (deedpy_order(order_text, &order) != 0 || deedpy_copy_reason(reason_text, &reason) != 0) return NULL;
  return deedpy_array_copy(self, order, reason);
}

/* Of copy.copy and copy.deepcopy, whose memo is not needed: the elements are no objects. */
static PyObject *copy_protocol(PyObject *self, PyObject *unused) {
  (void)unused;
  return deedpy_array_copy(self, DEED_ORDER_ANY, DEED_COPY_REQUESTED);
}

static PyObject *holders(PyObject *self, PyObject *unused) {
  (void)unused;
  deedpy_drain();
  return deedpy_holders(deedpy_state_of(self), deedpy_array(self)->array);
}

static PyObject *numpy(PyObject *self, PyObject *const *arguments, Py_ssize_t count, PyObject *keywords) {
  PyObject *dtype = NULL;
  PyArray_Descr *descr = NULL;
  if (deedpy_only_argument(arguments, count, keywords, "dtype", &dtype) != 0) return NULL;
  if (dtype && !PyArray_DescrConverter2(dtype, &descr)) return NULL;
  return deedpy_ndarray(self, descr);
}

/* Whether NumPy's copy argument (True, False or None) asks for a copy, needed or not. -1 with an exception. */
static int must_copy(PyObject *wanted, int is_needed) {
  if (wanted == Py_None) return is_needed;
  int is_wanted = PyObject_IsTrue(wanted);
  if (is_wanted == 0 && is_needed) {
    PyErr_SetString(PyExc_ValueError, "another dtype cannot be given without a copy, and copy=False");
    return -1;
  }
  return is_wanted;
}

static PyObject *array_protocol(PyObject *self, PyObject *arguments, PyObject *keywords) {
  static char *names[] = {"dtype", "copy", NULL};
  PyArray_Descr *descr = NULL;
  PyObject *copy_wanted = Py_None;
  if (!PyArg_ParseTupleAndKeywords(arguments, keywords, "|O&O:__array__", names, PyArray_DescrConverter2, &descr,
                                   &copy_wanted)) {
    return NULL;
  }
  PyArrayObject *ndarray = (PyArrayObject *)deedpy_ndarray(self, NULL);
  if (!ndarray) {
    Py_XDECREF(descr);
    return NULL;
  }
  int copies = must_copy(copy_wanted, descr && !PyArray_EquivTypes(descr, PyArray_DESCR(ndarray)));
  if (copies == 0) {
    Py_XDECREF(descr);
    return (PyObject *)ndarray;
  }
  if (!descr) descr = (PyArray_Descr *)Py_NewRef((PyObject *)PyArray_DESCR(ndarray));
  PyObject *result = copies > 0 ? PyArray_FromArray(ndarray, descr, NPY_ARRAY_ENSURECOPY | NPY_ARRAY_FORCECAST) : NULL;
  if (copies < 0) Py_DECREF(descr);
  Py_DECREF(ndarray);
  return result;
}

/* The number of a handle: an int, or a deed.handle that a native function has returned. 0, or -1 with an exception. */
static int bits_of(PyObject *handle, uint64_t *bits) {
  PyObject *number = PyLong_Check(handle) ? Py_NewRef(handle) : PyObject_GetAttrString(handle, "bits");
  *bits = number && PyLong_Check(number) ? PyLong_AsUnsignedLongLong(number) : 0;
  int is_number = number && PyLong_Check(number);
  Py_XDECREF(number);
  if (is_number && !PyErr_Occurred()) return 0;
  if (PyErr_ExceptionMatches(PyExc_OverflowError)) {
    PyErr_Format(PyExc_OverflowError, "handle must have 64 bits and no sign, not %R", handle);
  } else if (!PyErr_Occurred() || PyErr_ExceptionMatches(PyExc_AttributeError)) {
    PyErr_Format(PyExc_TypeError, "handle must be an int or a deed.handle, not %R", handle);
  }
  return -1;
}

static PyObject *from_handle(PyTypeObject *type, PyObject *handle) {
  struct module_state *state = PyType_GetModuleState(type);
  struct deed_array claim;
  if (bits_of(handle, &claim.bits) != 0) return NULL;
  struct array_object *array = deedpy_array_new(state);
  return array ? deedpy_array_take(state, array, claim) : NULL;
}

static PyObject *into_handle(PyObject *self, PyObject *unused) {
  struct array_object *array = deedpy_array(self);
  struct deed_descriptor descriptor;
  (void)unused;
  if (deedpy_describe_anywhere(deedpy_state_of(self), array->array, &descriptor) != 0) return NULL;
  if (array->loan) {
    return deedpy_raise_status(
        deedpy_state_of(self), DEED_EORIGIN,
        "into_handle refused: the title of a loan stays with the Array that keeps what was lent");
  }
  PyObject *bits = PyLong_FromUnsignedLongLong(array->array.bits);
  if (!bits) return NULL;
  deedpy_trace_given_away(array->array);
  deedpy_told_forget(&deedpy_state_of(self)->told, &array->told);
  array->array.bits = 0;
  return bits;
}

/* As an ndarray counts the memory that it owns, and a view of it does not. */
static int counts_memory(const struct deed_descriptor *descriptor) {
  return descriptor->role == DEED_ROLE_TITLE && descriptor->origin != DEED_ORIGIN_LENT &&
         descriptor->origin != DEED_ORIGIN_STATIC && descriptor->origin != DEED_ORIGIN_PYTHON;
}

static PyObject *size_of(PyObject *self, PyObject *unused) {
  struct deed_descriptor descriptor;
  int64_t size_bytes = Py_TYPE(self)->tp_basicsize;
  (void)unused;
  enum deed_status status = deed_describe(deedpy_array(self)->array, &descriptor, sizeof descriptor);
  if (status == DEED_OK && counts_memory(&descriptor)) size_bytes += descriptor.block_size_bytes;
  return PyLong_FromLongLong(size_bytes);
}

static PyObject *enter(PyObject *self, PyObject *unused) {
  (void)unused;
  return Py_NewRef(self);
}

/* function(first, second) of a module of the package; second may be NULL. */
static PyObject *call_package(const char *module_name, const char *function, PyObject *first, PyObject *second) {
  PyObject *module = PyImport_ImportModule(module_name);
  PyObject *name = module ? PyUnicode_FromString(function) : NULL;
  PyObject *result = name ? PyObject_CallMethodObjArgs(module, name, first, second, NULL) : NULL;
  Py_XDECREF(name);
  Py_XDECREF(module);
  return result;
}

/* The error that leaves a with statement goes on to the caller, and what was just raised goes with it. */
static PyObject *note_refusal(PyObject *error) {
  PyObject *type, *refusal, *traceback;
  PyErr_Fetch(&type, &refusal, &traceback);
  PyErr_NormalizeException(&type, &refusal, &traceback);
  PyObject *noted = call_package("deed.errors", "note_refusal", error, refusal);
  if (!noted) PyErr_WriteUnraisable(error);
  Py_XDECREF(noted);
  Py_XDECREF(type);
  Py_XDECREF(refusal);
  Py_XDECREF(traceback);
  Py_RETURN_NONE;
}

/* The claim may have been released, transferred, reclaimed or recalled inside the with statement. */
static PyObject *leave(PyObject *self, PyObject *exception) {
  PyObject *error = PyTuple_GET_SIZE(exception) > 1 ? PyTuple_GET_ITEM(exception, 1) : Py_None;
  if (!deed_is_live(deedpy_array(self)->array)) {
    end_loan(deedpy_array(self));
    Py_RETURN_NONE;
  }
  PyObject *released = release(self, NULL);
  return released || !PyExceptionInstance_Check(error) ? released : note_refusal(error);
}

static PyObject *refuse_pickle(PyObject *self, PyObject *unused) {
  (void)self;
  (void)unused;
  PyErr_SetString(PyExc_TypeError,
                  "__reduce__() knows no protocol; a deed.Array is pickled by __reduce_ex__(protocol)");
  return NULL;
}

static PyObject *reduce_ex(PyObject *self, PyObject *protocol) {
  return call_package("deed.pickling", "reduce", self, protocol);
}

static PyObject *dask_token(PyObject *self, PyObject *unused) {
  (void)unused;
  return call_package("deed.tokens", "token", self, NULL);
}

static PyObject *as_ctypes(PyObject *self, PyObject *unused) {
  (void)unused;
  return call_package("deed.pointers", "as_ctypes", self, NULL);
}

static PyObject *as_cffi(PyObject *self, PyObject *ffi) { return call_package("deed.pointers", "as_cffi", self, ffi); }

#define WITH_KEYWORDS(function) ((PyCFunction)(void (*)(void))(function)), METH_VARARGS | METH_KEYWORDS
#define FAST_WITH_KEYWORDS(function) ((PyCFunction)(void (*)(void))(function)), METH_FASTCALL | METH_KEYWORDS

PyMethodDef deedpy_array_methods[] = {
    {"share", FAST_WITH_KEYWORDS(share_method),
     "share($self, /, writable=None)\n--\n\n"
     "One more claim on the same elements. writable=False gives up the right to write, True insists on it\n"
     "(RightsError), None keeps what there is."},
    {"view", WITH_KEYWORDS(deedpy_array_view_method),
     "view($self, /, index=..., lower=None)\n--\n\n"
     "One more claim on the elements of an index, with these lower bounds (one for all dimensions or one for each).\n"
     "Without lower, a section has lower bounds 1, as in Fortran. Where the index has an integer for each dimension,\n"
     "this is a view of rank 0. The view() of NumPy that takes a dtype is component() or numpy(dtype)."},
    {"rebound", deedpy_array_rebound, METH_O,
     "rebound($self, lower, /)\n--\n\nOne more claim on the same elements with other lower bounds."},
    {"transpose", deedpy_array_transpose, METH_VARARGS,
     "transpose($self, /, *axes)\n--\n\nA view with the dimensions in this order; without axes, reversed."},
    {"reshape", WITH_KEYWORDS(deedpy_array_reshape),
     "reshape($self, /, *shape, order='C', copy=None)\n--\n\n"
     "A view of the same elements with other extents, one of which may be -1: what the others leave. As in NumPy,\n"
     "the elements are counted in order 'C', last index fastest, unless told: 'F', first index fastest, or 'A', 'F'\n"
     "for an array that is contiguous in that order alone. OrderError if that would need a copy. copy: None or\n"
     "False."},
    {"component", WITH_KEYWORDS(deedpy_array_component),
     "component($self, /, dtype, offset_bytes=0)\n--\n\n"
     "A view of one component of every element: of a record, or the real or imaginary part of complex numbers.\n"
     "A dtype of the size of a record says which fields it has. DtypeError, BoundsError."},
    {"interior", deedpy_array_interior, METH_O,
     "interior($self, ghost, /)\n--\n\n"
     "A view without the ghost cells: ghost of them on each side, one number or one per dimension. Indices\n"
     "keep their meaning: the interior of bounds -1:nx+2 with 2 ghost cells has bounds 1:nx."},
    {"transfer", WITH_KEYWORDS(transfer),
     "transfer($self, /, language='Python')\n--\n\n"
     "Move the title to another language ('C', 'C++', 'Fortran', 'Python', 'other'). Returns the Array that\n"
     "holds it from then on; this one is stale."},
    {"reclaim", reclaim, METH_NOARGS,
     "reclaim($self, /)\n--\n\n"
     "Take adopted memory back out of deed: returns the very ndarray that was adopted. BusyError while there\n"
     "are other claims, OriginError if the memory does not come from Python."},
    {"recall", WITH_KEYWORDS(recall),
     "recall($self, /, timeout=0)\n--\n\n"
     "End a loan. Waits up to timeout seconds for other claims to end (None: without limit); other threads run\n"
     "meanwhile. BusyError says who still holds the memory."},
    {"release", release, METH_NOARGS,
     "release($self, /)\n--\n\n"
     "End this claim. The last claim frees the memory; the lender's release is a recall that does not wait."},
    {"publish", publish, METH_O,
     "publish($self, name, /)\n--\n\nPublish the array in the registry. NameTaken, NotTitleError."},
    {"withdraw", withdraw, METH_NOARGS, "withdraw($self, /)\n--\n\nTake the published name back."},
    {"copy", WITH_KEYWORDS(copy),
     "copy($self, /, order='K', reason='requested')\n--\n\n"
     "A new array with a copy of the elements, gapless in the given order ('F', 'C', or 'K' for the same). The\n"
     "reason ('requested', 'order', 'dtype', 'allocator') is what its attribute copied tells. Other threads run while\n"
     "much is copied."},
    {"__copy__", copy_protocol, METH_NOARGS, "__copy__($self, /)\n--\n\nWhat copy.copy() calls: copy()."},
    {"__deepcopy__", copy_protocol, METH_O, "__deepcopy__($self, memo, /)\n--\n\nWhat copy.deepcopy() calls: copy()."},
    {"holders", holders, METH_NOARGS,
     "holders($self, /)\n--\n\nWho holds the memory: a list of deed.Holder, this claim included."},
    {"numpy", FAST_WITH_KEYWORDS(numpy),
     "numpy($self, /, dtype=None)\n--\n\n"
     "The elements as a numpy.ndarray, without a copy and with the same order of indices. It has a claim of\n"
     "its own for as long as it or any view of it lives. dtype shows them as another type of the same size,\n"
     "such as the fields of a record. Records whose dtype came in with them are shown as that, others as void.\n"
     "Logicals of 2, 4 and 8 bytes are shown as integers. DtypeError if NumPy has no such type."},
    {"__array__", WITH_KEYWORDS(array_protocol),
     "__array__($self, /, dtype=None, copy=None)\n--\n\nWhat numpy.asarray() calls."},
    {"__array_ufunc__", WITH_KEYWORDS(deedpy_array_ufunc),
     "__array_ufunc__($self, ufunc, method, /, *inputs, **keywords)\n--\n\n"
     "What the ufuncs of NumPy call: they see the elements as ndarrays, and return the Array that was given as out.\n"
     "Their methods (reduce, accumulate, reduceat) return an ndarray on the memory of that Array."},
    {"__bytes__", deedpy_array_bytes, METH_NOARGS,
     "__bytes__($self, /)\n--\n\nA copy of the elements in C order, of every type, also of those that memoryview() has "
     "no format for."},
    {"__complex__", deedpy_array_complex, METH_NOARGS,
     "__complex__($self, /)\n--\n\nThe only element as a complex. TypeError if there are others."},
    {"__format__", deedpy_array_format, METH_O,
     "__format__($self, format_spec, /)\n--\n\n"
     "The element of an array of rank 0 in this format. Any other array has its text only: TypeError for a format."},
    {"__dlpack__", WITH_KEYWORDS(deedpy_array_dlpack),
     "__dlpack__($self, /, *, stream=None, max_version=None, dl_device=None, copy=None)\n--\n\n"
     "A DLPack capsule that has a claim of its own on the elements. max_version of 1 or more gives the versioned\n"
     "form, which says whether the memory is read-only; the other form is refused for read-only memory. copy=True\n"
     "gives a copy. BufferError for what DLPack cannot say: stream and dl_device other than the CPU's, types that\n"
     "it does not have, strides that are no multiple of the size of an element."},
    {"__dlpack_device__", deedpy_array_dlpack_device, METH_NOARGS,
     "__dlpack_device__($self, /)\n--\n\n(1, 0), the CPU, or the device that the memory is on."},
    {"__arrow_c_array__", FAST_WITH_KEYWORDS(deedpy_array_arrow),
     "__arrow_c_array__($self, /, requested_schema=None)\n--\n\n"
     "A pair of Arrow capsules, schema and array, that has a claim of its own on the elements. For Arrow arrays are\n"
     "immutable: do not write while a consumer has it. BufferError unless the array has one dimension, no gaps and\n"
     "a type of Arrow. Nothing is cast: a requested_schema of another type is a wish, and the schema that comes with\n"
     "the array says what it is."},
    {"__arrow_c_schema__", deedpy_array_arrow_schema, METH_NOARGS,
     "__arrow_c_schema__($self, /)\n--\n\nThe Arrow schema alone, a capsule."},
    {"as_ctypes", as_ctypes, METH_NOARGS,
     "as_ctypes($self, /)\n--\n\n"
     "The elements as a ctypes array, without a copy; it holds the memory. OrderError unless they are in C order\n"
     "without gaps (transpose an array in Fortran order), DtypeError for types that C does not have, RightsError for\n"
     "read-only arrays."},
    {"as_cffi", as_cffi, METH_O,
     "as_cffi($self, ffi, /)\n--\n\n"
     "The elements as an array of cffi, without a copy; it holds the memory. OrderError, DtypeError and\n"
     "RightsError as in as_ctypes()."},
    {"__sizeof__", size_of, METH_NOARGS,
     "__sizeof__($self, /)\n--\n\n"
     "Bytes of the object; for a title also those of the memory, unless it was lent or is static, or an object of\n"
     "Python that was adopted counts it."},
    {"from_handle", (PyCFunction)(void (*)(void))from_handle, METH_O | METH_CLASS,
     "from_handle($type, handle, /)\n--\n\n"
     "An Array that takes over the claim of a handle (int or deed.handle) that native code returned. Nobody\n"
     "else may release it. If an Array has that claim already, it is that Array. HandleError; StaleError if the claim\n"
     "has ended, or the Array that has it is just going."},
    {"into_handle", into_handle, METH_NOARGS,
     "into_handle($self, /)\n--\n\n"
     "Give the claim away as a number: whoever gets it must release it. This Array is stale from then on."},
    {"__enter__", enter, METH_NOARGS, "__enter__($self, /)\n--\n\nThis array."},
    {"__exit__", leave, METH_VARARGS,
     "__exit__($self, /, *exception)\n--\n\n"
     "Release the array unless its claim has ended. An exception that leaves the with statement goes on; if the "
     "release\n"
     "is refused meanwhile, as by BusyError, it gets a note that says so, and the array stays as it was."},
    {"__reduce_ex__", reduce_ex, METH_O,
     "__reduce_ex__($self, protocol, /)\n--\n\n"
     "What pickle calls. Protocol 5 gives the memory out of band, without a copy; an array with gaps is copied, and\n"
     "the loaded one says so: copied is 'order'. Older protocols copy, and then copied is 'requested'."},
    {"__dask_tokenize__", dask_token, METH_NOARGS,
     "__dask_tokenize__($self, /)\n--\n\n"
     "What Dask recognises the array by: made of type, extents, lower bounds and elements, as for an ndarray."},
    {"__reduce__", refuse_pickle, METH_NOARGS, "__reduce__($self, /)\n--\n\nRefused: TypeError."},
    {NULL, NULL, 0, NULL},
};
