/* SPDX-License-Identifier: BSD-3-Clause */
/* dlpack_abi.h - the structs of DLPack 1.3, as they lie in memory. Version 0 is the unversioned form. */
#ifndef DEEDPY_DLPACK_ABI_H
#define DEEDPY_DLPACK_ABI_H

#include <stddef.h>
#include <stdint.h>

#define DL_MAJOR 1u
#define DL_MINOR 3u

#define DL_CAPSULE "dltensor"
#define DL_USED_CAPSULE "used_dltensor"
#define DL_VERSIONED_CAPSULE "dltensor_versioned"
#define DL_USED_VERSIONED_CAPSULE "used_dltensor_versioned"
#define DL_EXCHANGE_CAPSULE "dlpack_exchange_api"

/* Devices whose memory this processor can read. */
enum dl_device_type { DL_CPU = 1, DL_CUDA_HOST = 3, DL_ROCM_HOST = 11 };

#define DL_READ_ONLY UINT64_C(1)
#define DL_IS_COPIED UINT64_C(2)

struct dl_device {
  int32_t type;
  int32_t id;
};

/* code: base/dtype_map.h has those that deed knows. */
struct dl_dtype {
  uint8_t code;
  uint8_t bits;
  uint16_t lanes;
};

/* Strides count elements; NULL means gapless in C order. */
struct dl_tensor {
  void *data;
  struct dl_device device;
  int32_t ndim;
  struct dl_dtype dtype;
  int64_t *shape;
  int64_t *strides;
  uint64_t byte_offset;
};

struct dl_managed {
  struct dl_tensor tensor;
  void *context;
  void (*deleter)(struct dl_managed *self);
};

struct dl_version {
  uint32_t major;
  uint32_t minor;
};

/* The fields up to flags are the same in every major version, and only they. */
struct dl_managed_versioned {
  struct dl_version version;
  void *context;
  void (*deleter)(struct dl_managed_versioned *self);
  uint64_t flags;
  struct dl_tensor tensor;
};

/* What a type offers to C code under __dlpack_c_exchange_api__. */
struct dl_exchange {
  struct dl_version version;
  const void *previous;
  int (*allocate)(struct dl_tensor *like, struct dl_managed_versioned **out, void *context,
                  void (*set_error)(void *context, const char *kind, const char *message));
  int (*from_object)(void *object, struct dl_managed_versioned **out);
  int (*to_object)(struct dl_managed_versioned *managed, void **object);
  int (*borrow)(void *object, struct dl_tensor *out); /* may be NULL */
  int (*stream)(int32_t device_type, int32_t device_id, void **out);
};

_Static_assert(sizeof(struct dl_dtype) == 4, "dtype");
_Static_assert(sizeof(struct dl_tensor) == 48 && offsetof(struct dl_tensor, shape) == 24, "tensor");
_Static_assert(sizeof(struct dl_managed) == 64, "managed tensor");
_Static_assert(offsetof(struct dl_managed_versioned, flags) == 24, "head of a versioned tensor");
_Static_assert(sizeof(struct dl_managed_versioned) == 80, "versioned tensor");

#endif
