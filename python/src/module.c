/* SPDX-License-Identifier: BSD-3-Clause */
/* module.c - the extension module deed._core. */
#include "base/module_state.h"

#include "array/array_type.h"
#include "base/dtype_map.h"
#include "base/errors.h"
#include "claims/held_claim.h"
#include "claims/ledger.h"
#include "claims/python_owner.h"
#include "claims/site.h"
#include "claims/trace.h"
#include "native_call/function.h"
#include "protocols/dlpack_exchange.h"
#include "protocols/dlpack_in.h"
#include "verbs/adopt.h"
#include "verbs/alloc.h"
#include "verbs/from_protocol.h"
#include "verbs/raw_bytes.h"
#include "verbs/registry.h"
#include "verbs/weak.h"

static PyObject *claim_for_call(PyObject *module, PyObject *object) {
  return deedpy_claim_for_call(deedpy_state(module), object);
}

/* (name, size in bytes) of a type of element. */
static PyObject *element_of(PyObject *module, PyObject *name) {
  struct deedpy_element element;
  if (deedpy_element_of(deedpy_state(module), name, &element, NULL) != 0) return NULL;
  return Py_BuildValue("sL", deed_dtype_name(element.dtype), (long long)element.size_bytes);
}

static PyObject *core_path(PyObject *module, PyObject *unused) {
  (void)module;
  (void)unused;
  return PyUnicode_DecodeFSDefault(deed_core_path());
}

#define WITH_KEYWORDS(function) ((PyCFunction)(void (*)(void))(function)), METH_VARARGS | METH_KEYWORDS

static PyMethodDef functions[] = {
    {"alloc", WITH_KEYWORDS(deedpy_alloc_function),
     "alloc($module, /, shape, dtype='float64', order='F', lower=None, zeroed=False, name=None)\n--\n\n"
     "Make a new array, 64-byte aligned. dtype: what numpy.dtype() takes, or deed's own name of a\n"
     "type, such as 'bfloat16' or 'logical32'. order: 'F' (lower bounds 1) or 'C' (lower bounds 0); lower sets\n"
     "others. The elements are undefined unless zeroed. name: publish it. OutOfMemory, ShapeError, RankError,\n"
     "DtypeError, NameTaken, InvalidArgument (no name): then nothing was allocated."},
    {"from_arrow", deedpy_from_arrow_function, METH_O,
     "from_arrow($module, object, /)\n--\n\n"
     "Adopt a primitive Arrow array without nulls, without a copy: a read-only array of one dimension and origin\n"
     "foreign, whose producer's release runs when the last claim ends. Of an object with __arrow_c_stream__, such as\n"
     "a column of a table, the one array that it is made of. DtypeError, UnsupportedError (nulls, more than one\n"
     "array), InvalidArgument (no primitive array, moved already, or the producer failed), SizeError, NullError."},
    {"from_buffer", deedpy_from_buffer_function, METH_O,
     "from_buffer($module, object, /)\n--\n\n"
     "Adopt memory by the buffer protocol only, without a copy. deed holds the buffer until the last claim ends\n"
     "or reclaim() gives the object back. Read-only stays read-only, lower bounds are 1. TypeError, BufferError,\n"
     "DtypeError (also a format of another size than its item), RankError, UnsupportedError (suboffsets, a mask)."},
    {"adopt", WITH_KEYWORDS(deedpy_adopt_function),
     "adopt($module, /, object, lower=None, name=None)\n--\n\n"
     "Give the memory of an ndarray to deed, without a copy. deed keeps the ndarray until the last claim ends\n"
     "or reclaim() gives it back. Lower bounds are 1 unless lower says otherwise. Read-only stays read-only.\n"
     "An ndarray that came from deed gives a share of the same memory instead. Refused with UnsupportedError if\n"
     "a mask hides some of its elements, as one of numpy.ma may; so do all functions that take an ndarray. name:\n"
     "publish it. NameTaken, InvalidArgument (no name), NotTitleError (of a share): then nothing was adopted, and\n"
     "a DLPack capsule still has its tensor."},
    {"lend", WITH_KEYWORDS(deedpy_lend_function),
     "lend($module, /, object, lower=None, writable=None, name=None)\n--\n\n"
     "Lend the memory of an ndarray, without a copy. The Array is the title of the loan: it ends with\n"
     "recall(), release() or a with statement, which are refused with BusyError while others hold the memory.\n"
     "deed keeps the ndarray until then. writable=False lends for reading. An ndarray that came from deed\n"
     "gives a share of the same memory instead. name: publish it. NameTaken, InvalidArgument (no name), NotTitleError\n"
     "(of a share): then nothing was lent."},
    {"from_dlpack", WITH_KEYWORDS(deedpy_from_dlpack_function),
     "from_dlpack($module, object, /, *, device=None, copy=None)\n--\n\n"
     "Adopt the memory of an object that speaks DLPack, or of its capsule, without a copy: an array of origin\n"
     "foreign, whose producer's deleter runs when the last claim ends. A deed.Array gives a share. copy=True: a\n"
     "copy. Memory that its producer calls read-only, or cannot say of, is read-only. device: None, 'cpu', (1, 0) or\n"
     "the object by which another library means the CPU. What is refused has not been consumed. UnsupportedError\n"
     "(another device or DLPack version, a mask), DtypeError, RankError, ShapeError, SizeError, NullError."},
    {"share", WITH_KEYWORDS(deedpy_share_function),
     "share($module, /, array, writable=None)\n--\n\n"
     "One more claim on a deed.Array, or on what an ndarray that came from deed shows. TypeError for other\n"
     "ndarrays."},
    {"weak", deedpy_weak_function, METH_O,
     "weak($module, array, /)\n--\n\n"
     "Remember what a deed.Array shows without keeping it alive: a deed.Weak, whose upgrade() gives a share as\n"
     "long as anybody, in any language, holds the memory. TypeError, StaleError."},
    {"lookup", WITH_KEYWORDS(deedpy_lookup_function),
     "lookup($module, /, name, writable=None)\n--\n\n"
     "A share of the array published under this name. writable=False asks for the right to read only, True\n"
     "insists on writing. NameUnknown, RightsError."},
    {"names", deedpy_names_function, METH_NOARGS, "names($module, /)\n--\n\nAll published names, sorted."},
    {"counts", deedpy_counts, METH_NOARGS,
     "counts($module, /)\n--\n\nWhat happened since deed was loaded: deed.Counts."},
    {"ledger", deedpy_ledger, METH_NOARGS, "ledger($module, /)\n--\n\nThe live blocks: a list of deed.LedgerEntry."},
    {"core_path", core_path, METH_NOARGS, "core_path($module, /)\n--\n\nThe file that the deed core was loaded from."},
    {"element_of", element_of, METH_O,
     "element_of($module, dtype, /)\n--\n\n"
     "What alloc() makes of a dtype: deed's name of it and its size in bytes."},
    {"raw_bytes", deedpy_raw_bytes_function, METH_O,
     "raw_bytes($module, array, /)\n--\n\nThe elements of an Array without gaps as bytes, in the order that they lie "
     "in."},
    {"claim_for_call", claim_for_call, METH_O,
     "claim_for_call($module, array, /)\n--\n\nThe Array whose handle a native function is given."},
    {"make_function", deedpy_make_function, METH_VARARGS,
     "make_function($module, text, address, library, deallocate, compiler, arguments, returned, result,\n"
     "              release_gil, declared, attributes, /)\n--\n\n"
     "A deed.Function from declarations that deed.function() has checked."},
    {NULL, NULL, 0, NULL},
};

static int check_core(void) {
  struct deed_error error;
  if (deed_core_check(&error) == DEED_OK) return 0;
  PyErr_SetString(PyExc_ImportError, error.message);
  return -1;
}

static int check_interpreter(void) {
  if (PyInterpreterState_Get() == PyInterpreterState_Main()) return 0;
  PyErr_SetString(PyExc_ImportError,
                  "deed works in the main interpreter only: NumPy does not support sub-interpreters");
  return -1;
}

static PyObject *attribute(const char *module_name, const char *name) {
  PyObject *module = PyImport_ImportModule(module_name);
  PyObject *result = module ? PyObject_GetAttrString(module, name) : NULL;
  Py_XDECREF(module);
  return result;
}

static int fill_state(PyObject *module) {
  struct module_state *state = deedpy_state(module);
  state->make_error = attribute("deed.errors", "make_error");
  if (state->make_error) state->package_folder = attribute("deed.errors", "PACKAGE_FOLDER");
  if (state->package_folder) state->holder_type = attribute("deed.accounts", "Holder");
  if (state->holder_type) state->entry_type = attribute("deed.accounts", "LedgerEntry");
  if (state->entry_type) state->counts_type = attribute("deed.accounts", "Counts");
  if (state->counts_type) state->c_uint64 = attribute("ctypes", "c_uint64");
  if (state->c_uint64) state->array_type = (PyTypeObject *)deedpy_array_type_make(module);
  if (state->array_type) state->function_type = (PyTypeObject *)deedpy_function_type_make(module);
  if (state->function_type) state->weak_type = (PyTypeObject *)deedpy_weak_type_make(module);
  if (state->weak_type) state->held_claim_type = (PyTypeObject *)deedpy_held_claim_type_make(module);
  if (!state->held_claim_type || deedpy_dlpack_prepare(state) != 0) return -1;
  return deedpy_dl_exchange_add(state->array_type);
}

static int execute(PyObject *module) {
  if (check_interpreter() != 0 || check_core() != 0 || deedpy_numpy_open() != 0) return -1;
  if (fill_state(module) != 0 || deedpy_owner_open(module) != 0 || deedpy_trace_open() != 0) return -1;
  if (PyModule_AddStringConstant(module, "__version__", deed_version()) != 0) return -1;
  if (PyModule_AddIntConstant(module, "TRACEMALLOC_DOMAIN", DEEDPY_TRACE_DOMAIN) != 0) return -1;
  if (PyModule_AddObjectRef(module, "Function", (PyObject *)deedpy_state(module)->function_type) != 0) return -1;
  if (PyModule_AddObjectRef(module, "Weak", (PyObject *)deedpy_state(module)->weak_type) != 0) return -1;
  return PyModule_AddObjectRef(module, "Array", (PyObject *)deedpy_state(module)->array_type);
}

static int traverse(PyObject *module, visitproc visit, void *arg) {
  struct module_state *state = deedpy_state(module);
  Py_VISIT(state->array_type);
  Py_VISIT(state->function_type);
  Py_VISIT(state->weak_type);
  Py_VISIT(state->held_claim_type);
  Py_VISIT(state->make_error);
  Py_VISIT(state->holder_type);
  Py_VISIT(state->entry_type);
  Py_VISIT(state->counts_type);
  Py_VISIT(state->c_uint64);
  Py_VISIT(state->package_folder);
  Py_VISIT(state->dlpack_version);
  Py_VISIT(state->dlpack_keywords);
  return 0;
}

static int clear(PyObject *module) {
  struct module_state *state = deedpy_state(module);
  deedpy_places_clear(state);
  Py_CLEAR(state->array_type);
  Py_CLEAR(state->function_type);
  Py_CLEAR(state->weak_type);
  Py_CLEAR(state->held_claim_type);
  Py_CLEAR(state->make_error);
  Py_CLEAR(state->holder_type);
  Py_CLEAR(state->entry_type);
  Py_CLEAR(state->counts_type);
  Py_CLEAR(state->c_uint64);
  Py_CLEAR(state->package_folder);
  Py_CLEAR(state->dlpack_version);
  Py_CLEAR(state->dlpack_keywords);
  return 0;
}

static void free_state(void *module) { deedpy_told_free(&deedpy_state(module)->told); }

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, execute},
#ifdef Py_mod_multiple_interpreters
    {Py_mod_multiple_interpreters, Py_MOD_MULTIPLE_INTERPRETERS_NOT_SUPPORTED},
#endif
#ifdef Py_mod_gil
    /* The queue of keeps is lock-free, but call sites, told numbers and the fields of an Array are guarded by the GIL.
     */
    {Py_mod_gil, Py_MOD_GIL_USED},
#endif
    {0, NULL},
};

static PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,          .m_name = "deed._core",
    .m_doc = "The C part of deed.", .m_size = sizeof(struct module_state),
    .m_methods = functions,         .m_slots = slots,
    .m_traverse = traverse,         .m_clear = clear,
    .m_free = free_state,
};

PyMODINIT_FUNC PyInit__core(void);

PyMODINIT_FUNC PyInit__core(void) { return PyModuleDef_Init(&definition); }
