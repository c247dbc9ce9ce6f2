/* SPDX-License-Identifier: BSD-3-Clause */
/* function_allocatable.c - an allocatable dummy: what is allocated goes in and out as a deed.Array. */
#include "native_call/function_allocatable.h"

#include "claims/array_object.h"
#include "claims/shown.h"
#include "claims/site.h"
#include "native_call/function_refuse.h"

static void describe(const struct deedpy_parameter *parameter, const struct deed_layout *layout, void *data,
                     struct deedpy_passed *passed) {
  struct deedpy_cfi *descriptor = &passed->descriptor;
  descriptor->data = data;
  descriptor->head = deedpy_cfi_head(parameter->compiler, parameter->element.dtype, parameter->element.size_bytes,
                                     parameter->rank, DEEDPY_ATTRIBUTE_ALLOCATABLE);
  for (int32_t k = 0; k < parameter->rank; ++k) {
    descriptor->dimension[k] = layout->dim[k];
  }
  passed->value.pointer = descriptor;
}

int deedpy_pass_unallocated(struct deedpy_call *call, const struct deedpy_parameter *parameter, PyObject *object,
                            struct deedpy_passed *passed) {
  static const struct deed_layout nothing;
  (void)object;
  PyObject *array = (PyObject *)deedpy_array_new(call->state);
  if (!array) return -1;
  deedpy_hold(call, passed, (struct deed_array){0}, array);
  describe(parameter, &nothing, NULL, passed);
  return 0;
}

static int check(const struct module_state *state, const struct deedpy_parameter *parameter,
                 const struct deed_descriptor *descriptor) {
  const struct deed_layout *layout = &descriptor->layout;
  if ((enum deed_dtype)layout->dtype != parameter->element.dtype ||
      layout->element_size_bytes != parameter->element.size_bytes) {
    return deedpy_refuse(state, parameter, DEED_EDTYPE, "%s of %lld bytes came, %s of %lld bytes is wanted",
                         deed_dtype_name((enum deed_dtype)layout->dtype), (long long)layout->element_size_bytes,
                         deed_dtype_name(parameter->element.dtype), (long long)parameter->element.size_bytes);
  }
  if (layout->rank != parameter->rank) {
    return deedpy_refuse(state, parameter, DEED_ERANK, "%d dimensions came, %d are wanted", (int)layout->rank,
                         (int)parameter->rank);
  }
  if (descriptor->published) {
    return deedpy_refuse(state, parameter, DEED_EBUSY, "a published array came, which others may look up; withdraw it");
  }
  return 0;
}

/* Until the memory is taken out of deed, nothing is passed. */
int deedpy_pass_allocatable(struct deedpy_call *call, const struct deedpy_parameter *parameter, PyObject *object,
                            struct deedpy_passed *passed) {
  const struct module_state *state = call->state;
  struct deed_descriptor descriptor;
  if (object == Py_None) return deedpy_pass_unallocated(call, parameter, object, passed);
  if (!deedpy_is_array(state, object)) {
    return deedpy_refuse(state, parameter, DEED_EDTYPE, "%.100s came, a deed.Array or None is wanted",
                         Py_TYPE(object)->tp_name);
  }
  enum deed_status status = deedpy_try_describe(deedpy_array(object)->array, &descriptor);
  if (status != DEED_OK) return deedpy_refuse(state, parameter, status, "%s", deed_status_text(status));
  if (check(state, parameter, &descriptor) != 0) return -1;
  passed->value.pointer = NULL;
  deedpy_hold(call, passed, (struct deed_array){0}, Py_NewRef(object));
  return 0;
}

static deed_release_fn release_of(const struct function_object *function) {
  return function->compiler == DEEDPY_FLANG ? deedpy_free_flang : deedpy_free_gfortran;
}

static enum deed_status adopt(struct function_object *function, const struct deedpy_parameter *parameter,
                              struct deedpy_passed *passed, struct deed_error *error) {
  struct deed_layout layout;
  deed_release_fn release = release_of(function);
  const struct deed_memory memory = {passed->descriptor.data, DEED_ORIGIN_FORTRAN, DEED_READ | DEED_WRITE, release,
                                     function->deallocate};
  struct deed_site site = deedpy_begin_verb(function->state);
  deedpy_cfi_layout(&passed->descriptor, parameter->element.dtype, parameter->element.size_bytes, parameter->rank,
                    &layout);
  enum deed_status status = deed_adopt(&memory, &layout, &site, &deedpy_array(passed->object)->array, error);
  if (status != DEED_OK) release(memory.data, memory.context);
  return status;
}

/* The callback by which the memory is freed tells the compiler: the Fortran binding of deed has another. */
static int reclaim(struct function_object *function, const struct deedpy_parameter *parameter,
                   struct deedpy_passed *passed) {
  struct deed_reclaimed reclaimed;
  struct deed_error error;
  struct array_object *array = deedpy_array(passed->object);
  enum deed_status status = deed_reclaim(array->array, DEED_ORIGIN_FORTRAN, release_of(function), &reclaimed, &error);
  if (status != DEED_OK) return deedpy_refuse_error(function->state, parameter, &error);
  array->array.bits = 0;
  deedpy_shown_drop(array->shown);
  array->shown = NULL;
  describe(parameter, &reclaimed.layout, reclaimed.data, passed);
  return 0;
}

static int is_given(const struct deedpy_parameter *parameter, const struct deedpy_passed *passed) {
  return parameter->passing == DEEDPY_ALLOCATABLE && !passed->value.pointer;
}

int deedpy_reclaim_allocatables(struct function_object *function, struct deedpy_passed *passed) {
  struct deed_error error;
  unsigned char reclaimed[DEEDPY_MAX_ARGUMENTS];
  int count = 0;
  for (int k = 0; k < function->count; ++k) {
    if (!is_given(&function->parameters[k], &passed[k])) continue;
    if (reclaim(function, &function->parameters[k], &passed[k]) == 0) {
      reclaimed[count++] = (unsigned char)k;
      continue;
    }
    while (count-- > 0) {
      int n = reclaimed[count];
      /* Cannot fail: reuses the records just freed. */
      (void)adopt(function, &function->parameters[n], &passed[n], &error);
    }
    return -1;
  }
  return 0;
}

PyObject *deedpy_allocatable_out(struct function_object *function, const struct deedpy_parameter *parameter,
                                 struct deedpy_passed *passed) {
  struct deed_error error;
  if (!passed->descriptor.data) Py_RETURN_NONE;
  if (adopt(function, parameter, passed, &error) == DEED_OK) return Py_NewRef(passed->object);
  deedpy_refuse_error(function->state, parameter, &error);
  return NULL;
}
