/* SPDX-License-Identifier: BSD-3-Clause */
/* array_methods.c - the methods of deed.Array, each with its text: the table of names. */
#include "array/array_methods.h"

#include "array/array_enquiry.h"
#include "array/array_handle.h"
#include "array/array_numbers.h"
#include "array/array_numpy.h"
#include "array/array_package.h"
#include "array/array_ufunc.h"
#include "array/array_verbs.h"
#include "array/array_view.h"
#include "protocols/arrow_out.h"
#include "protocols/buffer_out.h"
#include "protocols/dlpack_out.h"

#define WITH_KEYWORDS(function) ((PyCFunction)(void (*)(void))(function)), METH_VARARGS | METH_KEYWORDS
#define FAST_WITH_KEYWORDS(function) ((PyCFunction)(void (*)(void))(function)), METH_FASTCALL | METH_KEYWORDS

PyMethodDef deedpy_array_methods[] = {
    {"share", FAST_WITH_KEYWORDS(deedpy_array_share_method),
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
    {"transfer", WITH_KEYWORDS(deedpy_array_transfer),
     "transfer($self, /, language='Python')\n--\n\n"
     "Move the title to another language ('C', 'C++', 'Fortran', 'Python', 'other'). Returns the Array that\n"
     "holds it from then on; this one is stale."},
    {"reclaim", deedpy_array_reclaim, METH_NOARGS,
     "reclaim($self, /)\n--\n\n"
     "Take adopted memory back out of deed: returns the very ndarray that was adopted. BusyError while there\n"
     "are other claims, OriginError if the memory does not come from Python."},
    {"recall", WITH_KEYWORDS(deedpy_array_recall),
     "recall($self, /, timeout=0)\n--\n\n"
     "End a loan. Waits up to timeout seconds for other claims to end (None: without limit); other threads run\n"
     "meanwhile. BusyError says who still holds the memory."},
    {"release", deedpy_array_release, METH_NOARGS,
     "release($self, /)\n--\n\n"
     "End this claim. The last claim frees the memory; the lender's release is a recall that does not wait."},
    {"publish", deedpy_array_publish, METH_O,
     "publish($self, name, /)\n--\n\nPublish the array in the registry. NameTaken, NotTitleError."},
    {"withdraw", deedpy_array_withdraw, METH_NOARGS, "withdraw($self, /)\n--\n\nTake the published name back."},
    {"copy", WITH_KEYWORDS(deedpy_array_copy_method),
     "copy($self, /, order='K', reason='requested')\n--\n\n"
     "A new array with a copy of the elements, gapless in the given order ('F', 'C', or 'K' for the same). The\n"
     "reason ('requested', 'order', 'dtype', 'allocator') is what its attribute copied tells. Other threads run while\n"
     "much is copied."},
    {"__copy__", deedpy_array_copy_protocol, METH_NOARGS, "__copy__($self, /)\n--\n\nWhat copy.copy() calls: copy()."},
    {"__deepcopy__", deedpy_array_copy_protocol, METH_O,
     "__deepcopy__($self, memo, /)\n--\n\nWhat copy.deepcopy() calls: copy()."},
    {"holders", deedpy_array_holders, METH_NOARGS,
     "holders($self, /)\n--\n\nWho holds the memory: a list of deed.Holder, this claim included."},
    {"numpy", FAST_WITH_KEYWORDS(deedpy_array_numpy),
     "numpy($self, /, dtype=None)\n--\n\n"
     "The elements as a numpy.ndarray, without a copy and with the same order of indices. It has a claim of\n"
     "its own for as long as it or any view of it lives. dtype shows them as another type of the same size,\n"
     "such as the fields of a record. Records whose dtype came in with them are shown as that, others as void.\n"
     "Logicals of 2, 4 and 8 bytes are shown as integers. DtypeError if NumPy has no such type."},
    {"__array__", WITH_KEYWORDS(deedpy_array_protocol),
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
    {"as_ctypes", deedpy_array_as_ctypes, METH_NOARGS,
     "as_ctypes($self, /)\n--\n\n"
     "The elements as a ctypes array, without a copy; it holds the memory. OrderError unless they are in C order\n"
     "without gaps (transpose an array in Fortran order), DtypeError for types that C does not have, RightsError for\n"
     "read-only arrays."},
    {"as_cffi", deedpy_array_as_cffi, METH_O,
     "as_cffi($self, ffi, /)\n--\n\n"
     "The elements as an array of cffi, without a copy; it holds the memory. OrderError, DtypeError and\n"
     "RightsError as in as_ctypes()."},
    {"__sizeof__", deedpy_array_size_of, METH_NOARGS,
     "__sizeof__($self, /)\n--\n\n"
     "Bytes of the object; for a title also those of the memory, unless it was lent or is static, or an object of\n"
     "Python that was adopted counts it."},
    {"from_handle", (PyCFunction)(void (*)(void))deedpy_array_from_handle, METH_O | METH_CLASS,
     "from_handle($type, handle, /)\n--\n\n"
     "An Array that takes over the claim of a handle (int or deed.handle) that native code returned. Nobody\n"
     "else may release it. If an Array has that claim already, it is that Array. HandleError; StaleError if the claim\n"
     "has ended, or the Array that has it is just going."},
    {"into_handle", deedpy_array_into_handle, METH_NOARGS,
     "into_handle($self, /)\n--\n\n"
     "Give the claim away as a number: whoever gets it must release it. This Array is stale from then on."},
    {"__enter__", deedpy_array_enter, METH_NOARGS, "__enter__($self, /)\n--\n\nThis array."},
    {"__exit__", deedpy_array_leave, METH_VARARGS,
     "__exit__($self, /, *exception)\n--\n\n"
     "Release the array unless its claim has ended. An exception that leaves the with statement goes on; if the "
     "release\n"
     "is refused meanwhile, as by BusyError, it gets a note that says so, and the array stays as it was."},
    {"__reduce_ex__", deedpy_array_reduce_ex, METH_O,
     "__reduce_ex__($self, protocol, /)\n--\n\n"
     "What pickle calls. Protocol 5 gives the memory out of band, without a copy; an array with gaps is copied, and\n"
     "the loaded one says so: copied is 'order'. Older protocols copy, and then copied is 'requested'."},
    {"__dask_tokenize__", deedpy_array_dask_token, METH_NOARGS,
     "__dask_tokenize__($self, /)\n--\n\n"
     "What Dask recognises the array by: made of type, extents, lower bounds and elements, as for an ndarray."},
    {"__reduce__", deedpy_array_refuse_pickle, METH_NOARGS, "__reduce__($self, /)\n--\n\nRefused: TypeError."},
    {NULL, NULL, 0, NULL},
};
