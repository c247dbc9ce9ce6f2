/* SPDX-License-Identifier: BSD-3-Clause */
/* native.c - a program in C on the other side of the Python tests, called through ctypes. */
#include <deed/deed.h>
#include <dlfcn.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EXPORT __attribute__((visibility("default")))

static _Atomic int freed_count;

EXPORT int native_freed_count(void);
EXPORT struct deed_array native_share(struct deed_array array);
EXPORT int native_release(struct deed_array array);
EXPORT int native_release_on_thread(struct deed_array array);
EXPORT int native_start_release(struct deed_array array);
EXPORT void native_join(void);
EXPORT int native_release_at_exit(struct deed_array array);
EXPORT struct deed_array native_transfer(struct deed_array array);
EXPORT struct deed_array native_alloc(int64_t count);
EXPORT struct deed_array native_static(void);
EXPORT struct deed_array native_foreign(int64_t count);
EXPORT struct deed_array native_typed(int dtype, int64_t element_size_bytes, int64_t count);
EXPORT struct deed_array native_watched(int64_t size_bytes);
EXPORT int native_was_freed_with_gil(void);
EXPORT struct deed_array native_lend(void);
EXPORT int native_recall(struct deed_array array, char *message, size_t size_bytes);
EXPORT double native_sum(struct deed_array array);
EXPORT int native_fill(struct deed_array array, double value);
EXPORT int native_lower(struct deed_array array, int64_t *lower);
EXPORT int native_rights(struct deed_array array);
EXPORT int native_publish(struct deed_array array, const char *name);
EXPORT int native_buffer_after_an_error(void *object, void *view, int flags);

int native_freed_count(void) { return freed_count; }

struct deed_array native_share(struct deed_array array) {
  struct deed_array share = {0};
  return deed_share(array, 0, DEED_HERE, &share, NULL) == DEED_OK ? share : (struct deed_array){0};
}

int native_release(struct deed_array array) { return (int)deed_release(array, NULL); }

static void *release_in_thread(void *bits) {
  return (void *)(intptr_t)deed_release((struct deed_array){(uint64_t)(uintptr_t)bits}, NULL);
}

/* Returns when the thread has ended; with ctypes.PyDLL the caller holds the GIL all the while. */
int native_release_on_thread(struct deed_array array) {
  pthread_t thread;
  void *status;
  if (pthread_create(&thread, NULL, release_in_thread, (void *)(uintptr_t)array.bits) != 0) return -1;
  pthread_join(thread, &status);
  return (int)(intptr_t)status;
}

static pthread_t started;

int native_start_release(struct deed_array array) {
  return pthread_create(&started, NULL, release_in_thread, (void *)(uintptr_t)array.bits);
}

void native_join(void) { pthread_join(started, NULL); }

static struct deed_array at_exit;

static void release_late(void) {
  struct deed_counts counts;
  enum deed_status status = deed_release(at_exit, NULL);
  deed_count(&counts, sizeof counts);
  printf("late release: status %d, live blocks %lld\n", (int)status, (long long)counts.live_blocks);
  fflush(stdout);
}

int native_release_at_exit(struct deed_array array) {
  at_exit = array;
  return atexit(release_late);
}

struct deed_array native_transfer(struct deed_array array) {
  struct deed_array moved = {0};
  return deed_transfer(array, DEED_HERE, &moved, NULL) == DEED_OK ? moved : (struct deed_array){0};
}

static int layout_of(struct deed_layout *layout, enum deed_dtype dtype, int64_t element_size_bytes, int64_t count) {
  const int64_t lower = -2;
  return deed_layout_contiguous(dtype, element_size_bytes, 1, &count, &lower, DEED_ORDER_FORTRAN, layout) == DEED_OK;
}

struct deed_array native_typed(int dtype, int64_t element_size_bytes, int64_t count) {
  struct deed_layout layout;
  struct deed_array array = {0};
  if (!layout_of(&layout, (enum deed_dtype)dtype, element_size_bytes, count)) return array;
  if (deed_alloc(&layout, DEED_ZEROED, DEED_HERE, &array, NULL) != DEED_OK) array.bits = 0;
  return array;
}

struct deed_array native_alloc(int64_t count) { return native_typed(DEED_REAL64, 0, count); }

struct deed_array native_static(void) {
  static int32_t numbers[] = {1, 2, 3, 4};
  struct deed_layout layout;
  struct deed_array array = {0};
  struct deed_memory memory = {numbers, DEED_ORIGIN_STATIC, DEED_READ, NULL, NULL};
  if (!layout_of(&layout, DEED_INT32, 0, 4)) return array;
  if (deed_adopt(&memory, &layout, DEED_HERE, &array, NULL) != DEED_OK) array.bits = 0;
  return array;
}

static void free_counted(void *data, void *context) {
  (void)context;
  ++freed_count;
  free(data);
}

struct deed_array native_foreign(int64_t count) {
  struct deed_layout layout;
  struct deed_array array = {0};
  struct deed_memory memory = {
      .origin = DEED_ORIGIN_FOREIGN, .rights = DEED_READ | DEED_WRITE, .release = free_counted};
  memory.data = count > 0 ? calloc((size_t)count, sizeof(double)) : NULL;
  if (!layout_of(&layout, DEED_REAL64, 0, count) || deed_adopt(&memory, &layout, DEED_HERE, &array, NULL) != DEED_OK) {
    free(memory.data);
  }
  return array;
}

static int was_freed_with_gil = -1;

static void free_watched(void *data, void *context) {
  int (*holds_gil)(void);
  (void)context;
  *(void **)&holds_gil = dlsym(RTLD_DEFAULT, "PyGILState_Check");
  was_freed_with_gil = holds_gil ? holds_gil() : -1;
  free(data);
}

/* Memory of C++, of which native_was_freed_with_gil() tells how it ended. */
struct deed_array native_watched(int64_t size_bytes) {
  struct deed_layout layout;
  struct deed_array array = {0};
  struct deed_memory memory = {calloc((size_t)size_bytes, 1), DEED_ORIGIN_CXX, DEED_READ, free_watched, NULL};
  was_freed_with_gil = -1;
  if (!layout_of(&layout, DEED_UINT8, 0, size_bytes) ||
      deed_adopt(&memory, &layout, DEED_HERE, &array, NULL) != DEED_OK) {
    free(memory.data);
  }
  return array;
}

int native_was_freed_with_gil(void) { return was_freed_with_gil; }

struct deed_array native_lend(void) {
  static double numbers[6] = {1, 2, 3, 4, 5, 6};
  struct deed_layout layout;
  struct deed_array array = {0};
  if (!layout_of(&layout, DEED_REAL64, 0, 6)) return array;
  if (deed_lend(numbers, DEED_READ | DEED_WRITE, &layout, DEED_HERE, &array, NULL) != DEED_OK) array.bits = 0;
  return array;
}

int native_recall(struct deed_array array, char *message, size_t size_bytes) {
  struct deed_error error = {.message = ""};
  enum deed_status status = deed_recall(array, 0, &error);
  snprintf(message, size_bytes, "%s", error.message);
  return (int)status;
}

/* Apply a function to every real64 of an array, whatever its strides. */
static int each(struct deed_array array, void (*visit)(double *element, void *context), void *context) {
  struct deed_descriptor descriptor;
  int64_t index[DEED_MAX_RANK] = {0};
  if (deed_describe(array, &descriptor, sizeof descriptor) != DEED_OK) return -1;
  const struct deed_layout *layout = &descriptor.layout;
  for (int64_t left = deed_layout_element_count(layout); left > 0; --left) {
    char *element = descriptor.data;
    for (int32_t k = 0; k < layout->rank; ++k) element += index[k] * layout->dim[k].stride_bytes;
    visit((double *)(void *)element, context);
    for (int32_t k = 0; k < layout->rank && ++index[k] == layout->dim[k].extent; ++k) index[k] = 0;
  }
  return 0;
}

/* Weighs each element with its place in Fortran's order, so that a permutation shows. */
struct weighted {
  double sum;
  double weight;
};

static void add_weighted(double *element, void *context) {
  struct weighted *weighted = context;
  weighted->weight += 1;
  weighted->sum += *element * weighted->weight;
}

double native_sum(struct deed_array array) {
  struct weighted weighted = {0};
  return each(array, add_weighted, &weighted) == 0 ? weighted.sum : -1;
}

static void set(double *element, void *context) { *element = *(double *)context; }

int native_fill(struct deed_array array, double value) { return each(array, set, &value); }

int native_lower(struct deed_array array, int64_t *lower) {
  struct deed_descriptor descriptor;
  if (deed_describe(array, &descriptor, sizeof descriptor) != DEED_OK) return -1;
  for (int32_t d = 0; d < descriptor.layout.rank; ++d) lower[d] = descriptor.layout.dim[d].lower;
  return descriptor.layout.rank;
}

int native_rights(struct deed_array array) {
  struct deed_descriptor descriptor;
  return deed_describe(array, &descriptor, sizeof descriptor) == DEED_OK ? descriptor.rights : -1;
}

int native_publish(struct deed_array array, const char *name) { return (int)deed_publish(array, name, NULL); }

/* 0 if the object gives the buffer although an exception of an earlier request is still set, as where a program asks
 * for a writable buffer first and then for any. The exception is gone afterwards. */
int native_buffer_after_an_error(void *object, void *view, int flags) {
  int (*get_buffer)(void *, void *, int);
  void (*set_error)(void *, const char *);
  void (*clear_error)(void);
  void **type = dlsym(RTLD_DEFAULT, "PyExc_BufferError");
  *(void **)&get_buffer = dlsym(RTLD_DEFAULT, "PyObject_GetBuffer");
  *(void **)&set_error = dlsym(RTLD_DEFAULT, "PyErr_SetString");
  *(void **)&clear_error = dlsym(RTLD_DEFAULT, "PyErr_Clear");
  set_error(*type, "an earlier request");
  int status = get_buffer(object, view, flags);
  clear_error();
  return status;
}
