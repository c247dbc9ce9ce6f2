/* SPDX-License-Identifier: BSD-3-Clause */
/* function_allocatable.c - an allocatable dummy: what a procedure allocates becomes a deed.Array. */
#include "function_allocatable.h"

#include "array_type.h"
#include "site.h"

int deedpy_pass_allocatable(const struct module_state *state, const struct deedpy_parameter *parameter,
                            struct deedpy_passed *passed) {
  passed->object = (PyObject *)deedpy_array_new(state);
  if (!passed->object) return -1;
  passed->descriptor.data = NULL;
  memset(passed->descriptor.dimension, 0, sizeof passed->descriptor.dimension);
  passed->descriptor.head =
      deedpy_cfi_head(parameter->compiler, parameter->element.dtype, parameter->element.size_bytes, parameter->rank,
                      DEEDPY_ATTRIBUTE_ALLOCATABLE);
  passed->value.pointer = &passed->descriptor;
  return 0;
}

static void layout_of(const struct deedpy_parameter *parameter, const struct deedpy_cfi *descriptor,
                      struct deed_layout *layout) {
  *layout = (struct deed_layout){
      .dtype = parameter->element.dtype, .rank = parameter->rank, .element_size_bytes = parameter->element.size_bytes};
  for (int32_t k = 0; k < parameter->rank; ++k) {
    layout->shape[k] = descriptor->dimension[k].extent > 0 ? descriptor->dimension[k].extent : 0;
    layout->lower[k] = descriptor->dimension[k].lower;
    layout->stride_bytes[k] = descriptor->dimension[k].stride_bytes;
  }
}

PyObject *deedpy_allocatable_out(struct function_object *function, const struct deedpy_parameter *parameter,
                                 struct deedpy_passed *passed) {
  deed_release_fn release = function->compiler == DEEDPY_FLANG ? deedpy_free_flang : deedpy_free_gfortran;
  void *data = passed->descriptor.data;
  struct deed_layout layout;
  struct deed_error error;
  if (!data) Py_RETURN_NONE;
  layout_of(parameter, &passed->descriptor, &layout);
  const struct deed_memory memory = {data, DEED_ORIGIN_FORTRAN, DEED_READ | DEED_WRITE, release, function->deallocate};
  struct deed_site site = deedpy_site(function->state);
  struct array_object *array = deedpy_array(passed->object);
  if (deed_adopt(&memory, &layout, &site, &array->array, &error) == DEED_OK) return Py_NewRef(passed->object);
  release(data, function->deallocate);
  deedpy_refuse(function->state, parameter, error.status, "%s", error.message);
  return NULL;
}
