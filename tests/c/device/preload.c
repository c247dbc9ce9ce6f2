/* SPDX-License-Identifier: BSD-3-Clause */
/* preload.c - a core of tomorrow, for the tests of the bindings: some arrays are on a device.
 *
 * Load it before the program (CTest: ENVIRONMENT "LD_PRELOAD=$<TARGET_FILE:deed_device_preload>"; the target does not
 * exist in builds with sanitizers). It takes the place of two functions of the core:
 *
 *   deed_describe  as ever, but for a marked array device_type is 2 (CUDA, as DLPack numbers it) and device_id 1;
 *                  a descriptor without room for device_type is refused with DEED_EDEVICE
 *   deed_point     DEED_EDEVICE for a marked array
 *
 * Marked are the arrays of opaque elements of 6 bytes (Python: dtype "V6"; Fortran: a sequence type of three int16;
 * C++: a struct of three int16_t), and all arrays while the environment variable DEED_TEST_DEVICE is set, which is
 * asked for at every call. Nothing is on a device in truth: who reads the elements all the same reads memory of the
 * host, so a test looks at the refusal, not for a crash. */
#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

#include "deed/deed.h"

#define ROOM(size_bytes, field) \
  ((size_bytes) >= offsetof(struct deed_descriptor, field) + sizeof(((struct deed_descriptor *)0)->field))

typedef enum deed_status (*describe_fn)(struct deed_array, struct deed_descriptor *, size_t);
typedef enum deed_status (*point_fn)(struct deed_array, enum deed_dtype, int32_t, uint32_t, void **, int64_t *,
                                     struct deed_dimension *);

/* A function of the core that this library stands before. Python loads the core for itself, where RTLD_NEXT does not
 * look. ISO C does not convert an object pointer to a function's. */
static void find(const char *name, void *function) {
  void *core = dlopen("libdeed.so.0", RTLD_LAZY | RTLD_NOLOAD);
  void *found = core ? dlsym(core, name) : NULL;
  if (!found) abort();
  memcpy(function, &found, sizeof found);
  dlclose(core);
}

static enum deed_status describe(struct deed_array array, struct deed_descriptor *descriptor, size_t size_bytes) {
  describe_fn real;
  find("deed_describe", &real);
  return real(array, descriptor, size_bytes);
}

static int is_marked(struct deed_array array) {
  struct deed_descriptor seen;
  if (describe(array, &seen, sizeof seen) != DEED_OK) return 0;
  if (getenv("DEED_TEST_DEVICE")) return 1;
  return seen.layout.dtype == DEED_OPAQUE && seen.layout.element_size_bytes == 6;
}

enum deed_status deed_describe(struct deed_array array, struct deed_descriptor *descriptor, size_t size_bytes) {
  if (!is_marked(array)) return describe(array, descriptor, size_bytes);
  if (!ROOM(size_bytes, device_type)) return DEED_EDEVICE;
  enum deed_status status = describe(array, descriptor, size_bytes);
  if (status != DEED_OK) return status;
  descriptor->device_type = 2;
  if (ROOM(size_bytes, device_id)) descriptor->device_id = 1;
  return DEED_OK;
}

enum deed_status deed_point(struct deed_array array, enum deed_dtype dtype, int32_t rank, uint32_t rights, void **data,
                            int64_t *element_size_bytes, struct deed_dimension *dim) {
  point_fn real;
  if (is_marked(array)) return DEED_EDEVICE;
  find("deed_point", &real);
  return real(array, dtype, rank, rights, data, element_size_bytes, dim);
}
