/* SPDX-License-Identifier: BSD-3-Clause */
/* array.h - arrays and the verbs that create, share, move and end them.
 *
 * A *block* is one piece of memory with one control record. An *array* is one claim on a block. The handle of an array
 * is a number, not a pointer: a copy of it is the same claim, and a handle whose claim has ended is refused with
 * DEED_ESTALE, whoever uses it and how often. At most one claim of a block is its *title*; all others are *shares*.
 *
 * Threads: every function may be called from any thread at any time, also with the same handle. Of two threads that
 * end the same claim, one succeeds and the other gets DEED_ESTALE. Only deed_recall waits for other holders. Elsewhere
 * a thread waits for another only while that one is inside of a function of deed, and everybody's turn comes, however
 * many threads there are and whatever their priorities. But a verb that is given a release callback for the first
 * time asks the loader, and waits while another thread loads a library.
 *
 * Cancellation (pthread_cancel): no function is a cancellation point, deed_recall neither. A thread that is cancelled
 * inside of deed ends at its next cancellation point after that; who wants to cancel a lender that waits gives it a
 * time limit and calls pthread_testcancel between the calls. Release callbacks run with cancellation disabled, so that
 * they are not left halfway. A thread must not be of the type PTHREAD_CANCEL_ASYNCHRONOUS while it uses deed.
 *
 * Signals: a signal handler may call deed_is_live, deed_describe, deed_holders, deed_weak_of, deed_weak_is_live,
 * deed_count, the functions that name or describe a number (deed_status_name and so on), and those of layout.h,
 * whatever it has interrupted: they take no lock, allocate nothing and wait for nobody. It must call no other function
 * of deed: the thread that it interrupted may hold the lock, or have the claim, that the function would wait for.
 *
 * Fork: the child may call every function, whatever other threads of its parent were doing. Its handles are copies of
 * the parent's. Where it ends the last claim of a block that its parent made, memory of deed's own (a copy, as all of
 * the child's heap) is freed; no release callback runs, because what it would end is the parent's: the block is
 * abandoned and counted. Blocks that the child makes are its own.
 *
 * Failure: a verb that does not return DEED_OK has changed nothing. No output is written except *error, no ownership
 * has moved, memory that was to be adopted or lent is still the caller's.
 *
 * Errors of every function that takes a handle, before all others: DEED_EHANDLE, DEED_ESTALE. Of every function with an
 * output: DEED_EINVAL when that pointer is NULL. Of every verb that makes a claim: DEED_ENOMEM, DEED_EFULL, and
 * DEED_EDUPLICATE when another copy of the core was loaded before this one. What a verb may do to whom is
 * decided by the table in docs/ownership.md, which gives DEED_EBUSY, DEED_ENOTTITLE and DEED_EORIGIN. */
#ifndef DEED_ARRAY_H
#define DEED_ARRAY_H

#include "deed/layout.h"

DEED_BEGIN_DECLS

/* Frozen. A handle, passed by value. bits == 0 is no array. Ownership is not in this struct but in the core: copies of
 * it own nothing. */
struct deed_array {
  uint64_t bits; /* generation << 32 | slot */
};

/* No array: what a handle is before a verb fills it. Every verb refuses it with DEED_EHANDLE. */
#ifdef __cplusplus
#define DEED_ARRAY_NONE (deed_array{})
#else
#define DEED_ARRAY_NONE ((struct deed_array){0})
#endif

/* Which allocator made the memory of a block and therefore must free it. Never changes. */
enum deed_origin {
  DEED_ORIGIN_NONE = 0,
  DEED_ORIGIN_MALLOC = 1,       /* deed_alloc and deed_copy */
  DEED_ORIGIN_CXX = 2,          /* a C++ owner: std::vector, unique_ptr, ... */
  DEED_ORIGIN_FORTRAN = 3,      /* ALLOCATE of a Fortran compiler */
  DEED_ORIGIN_PYTHON = 4,       /* a Python object, such as an ndarray */
  DEED_ORIGIN_FOREIGN = 5,      /* anything else with a release callback: DLPack, Arrow, mmap, a pool */
  DEED_ORIGIN_INTERPROCESS = 6, /* memory between processes */
  DEED_ORIGIN_LENT = 7,         /* deed never frees it; the lender keeps the title */
  DEED_ORIGIN_STATIC = 8        /* lives until the process ends; never freed */
};

enum deed_role {
  DEED_ROLE_NONE = 0,
  DEED_ROLE_TITLE = 1, /* at most one per block: may transfer, reclaim, recall, publish */
  DEED_ROLE_SHARE = 2, /* keeps the block alive */
  DEED_ROLE_COPY = 3   /* of deed_copy while it reads the elements: ends by itself, nobody has its handle */
};

/* Rights of a claim, or-ed together. A claim made from another never has more rights than that. */
#define DEED_READ 1u
#define DEED_WRITE 2u

/* Options of deed_alloc. */
#define DEED_ZEROED 1u

/* Why the elements of an array are a copy. */
enum deed_copy_reason {
  DEED_COPY_NONE = 0,      /* not a copy */
  DEED_COPY_REQUESTED = 1, /* the user asked for one */
  DEED_COPY_ORDER = 2,     /* another order of elements was needed */
  DEED_COPY_DTYPE = 3,     /* another type of element was needed */
  DEED_COPY_ALLOCATOR = 4  /* another allocator was needed */
};

/* Ends the life of memory that deed was given. data, context: as given to deed_adopt. Runs exactly once, in the process
 * that deed_adopt was called in, on the thread that ends the last claim, with no lock of deed held and cancellation
 * disabled: it may call any function of deed. It must not throw or longjmp. The library that it is in stays loaded
 * until the process ends, even after dlclose. */
typedef void (*deed_release_fn)(void *data, void *context);

/* Frozen. Memory on its way into deed. data [takes on success]: the first element (all indices at their lower bounds),
 * may be NULL only when the array has no bytes. release [captured]: NULL only for DEED_ORIGIN_STATIC. context [takes on
 * success]. */
struct deed_memory {
  void *data;
  enum deed_origin origin;
  uint32_t rights;
  deed_release_fn release;
  void *context;
};

/* Grows. An array in readable form. It owns nothing, and data is valid as long as some claim on the block lives.
 *
 * Readers: where device_type is not 0, data is an address of a device. Code of the host that would read or write the
 * elements, or hand data to somebody who does, refuses with DEED_EDEVICE instead; it may show all other fields. No verb
 * of this core makes such a block, but one that a later core has made is described by that core. A core that can make
 * them refuses, with DEED_EDEVICE, to describe one to a caller whose descriptor has no room for device_type. */
struct deed_descriptor {
  uint32_t abi_version; /* DEED_ABI_VERSION of the core */
  uint32_t size_bytes;  /* bytes of this struct that the core filled */
  void *data;           /* the first element */
  struct deed_layout layout;
  uint8_t origin;      /* enum deed_origin */
  uint8_t owner;       /* enum deed_language: who holds the title now; NONE when the title has ended */
  uint8_t role;        /* enum deed_role of this claim */
  uint8_t rights;      /* of this claim */
  uint8_t language;    /* enum deed_language of this claim */
  uint8_t copy_reason; /* enum deed_copy_reason of the block */
  uint8_t published;   /* 1 if the block is in the registry */
  uint8_t reserved;
  void *block_data;         /* lowest address of the block */
  int64_t block_size_bytes; /* bytes of the block, of which this array may be a part */
  int64_t claim_count;      /* claims on the block, this one included */
  int32_t device_type;      /* 0: the memory of the host. Else a device, as DLPack numbers them */
  int32_t device_id;        /* which device of that type; 0 for the host */
  uint64_t device_sync;     /* what to wait for before the elements are read on the device; 0 for the host */
};

/* Make a new block with deed's allocator; its title is the caller's. The first byte of the block is 64-byte aligned.
 * layout [borrows]: any layout that passes deed_layout_check; strides that leave gaps get their gaps. options: 0 or
 * DEED_ZEROED; otherwise the elements are undefined. site [borrows, may be NULL]. array [fills].
 * Errors in order: DEED_EINVAL (NULL, options), those of deed_layout_check, DEED_ENOMEM. */
DEED_API DEED_NODISCARD enum deed_status deed_alloc(const struct deed_layout *layout, uint32_t options,
                                                    const struct deed_site *site, struct deed_array *array,
                                                    struct deed_error *error);

/* Give memory to deed; the title is the caller's. memory [borrows the struct, takes what it names]. layout [borrows].
 * site [borrows, may be NULL]. array [fills]. From then on memory->release runs once, when the last claim ends.
 * Errors in order: DEED_EINVAL (NULL, origin none, rights empty or unknown, release NULL unless static), DEED_EORIGIN
 * (malloc, lent: made by other verbs), DEED_EUNSUPPORTED (interprocess), those of deed_layout_check, DEED_ENULL,
 * DEED_EBUSY (origin cxx or fortran: some of the memory is lent, and the loan would outlive it; error names who holds
 * it). */
DEED_API DEED_NODISCARD enum deed_status deed_adopt(const struct deed_memory *memory, const struct deed_layout *layout,
                                                    const struct deed_site *site, struct deed_array *array,
                                                    struct deed_error *error);

/* Lend memory; the title is the lender's, who keeps the memory valid until deed_recall or deed_release of the title
 * succeeds. data [borrows until then]: the first element, may be NULL only when the array has no bytes. rights:
 * DEED_READ with or without DEED_WRITE. layout [borrows]. site [borrows, may be NULL]. array [fills].
 * Errors in order: DEED_EINVAL, those of deed_layout_check, DEED_ENULL. */
DEED_API DEED_NODISCARD enum deed_status deed_lend(void *data, uint32_t rights, const struct deed_layout *layout,
                                                   const struct deed_site *site, struct deed_array *array,
                                                   struct deed_error *error);

/* One more claim on the same elements, role share. rights: a part of the rights of array; 0 asks for all of them.
 * site [borrows, may be NULL]. share [fills].
 * Errors in order: DEED_EINVAL (unknown rights), DEED_ERIGHTS. */
DEED_API DEED_NODISCARD enum deed_status deed_share(struct deed_array array, uint32_t rights,
                                                    const struct deed_site *site, struct deed_array *share,
                                                    struct deed_error *error);

/* One more claim with a sub-layout, role share. offset_bytes: from the first element of array to the first of the view,
 * as the functions of layout.h give it. layout [borrows]: every byte of it must lie in the hull of array. rights, site,
 * view: as in deed_share.
 * Errors in order: DEED_EINVAL, those of deed_layout_check, DEED_EBOUNDS, DEED_ERIGHTS. */
DEED_API DEED_NODISCARD enum deed_status deed_view(struct deed_array array, int64_t offset_bytes,
                                                   const struct deed_layout *layout, uint32_t rights,
                                                   const struct deed_site *site, struct deed_array *view,
                                                   struct deed_error *error);

/* Move the title to another holder. array: stale afterwards. site [borrows, may be NULL]: the new holder; its language
 * becomes the owner. moved [fills]: the new handle of the title, with the same elements and rights.
 * Errors: by the table (DEED_ENOTTITLE, DEED_EORIGIN for lent memory). */
DEED_API DEED_NODISCARD enum deed_status deed_transfer(struct deed_array array, const struct deed_site *site,
                                                       struct deed_array *moved, struct deed_error *error);

/* Frozen. Memory on its way out of deed. It is as it was adopted: the caller owns it from then on. To free it, call
 * release(data, context) once, or give it to the native object it came from. release is NULL for static memory only. */
struct deed_reclaimed {
  void *data; /* the first element of the array, as adopted */
  deed_release_fn release;
  void *context;
  struct deed_layout layout;
};

/* One release callback for one allocator. The same code may be in several libraries of a process (a static library, a
 * template), and each has an address of its own; deed_reclaim tells allocators apart by that address. name
 * [borrows]: of the allocator, compared by bytes. release [captured]: frees what it makes. Returns the callback that
 * was given with this name first, which all copies then adopt and reclaim with; release itself for the first, when
 * there is no memory to remember it, and when either is NULL. The library that it is in stays loaded until the process
 * ends. */
DEED_API deed_release_fn deed_common_release(const char *name, deed_release_fn release);

/* Take the memory back out of deed. array: the title and the only claim; stale afterwards. origin: the allocator that
 * the caller can free with. release: the callback the memory must have been adopted with, which tells two allocators of
 * the same origin apart; NULL accepts any. reclaimed [fills, returns owned]. A published name is withdrawn.
 * Errors in order: DEED_ENOTTITLE, DEED_EORIGIN (lent memory, or another origin or release), DEED_EBUSY. */
DEED_API DEED_NODISCARD enum deed_status deed_reclaim(struct deed_array array, enum deed_origin origin,
                                                      deed_release_fn release, struct deed_reclaimed *reclaimed,
                                                      struct deed_error *error);

/* End a loan. array: the title of lent memory; stale afterwards, and the memory is the lender's alone. timeout_ms: how
 * long to wait for the other claims to end, on the monotonic clock; 0 does not wait, negative waits without limit. A
 * published name is withdrawn.
 * Errors in order: DEED_ENOTTITLE, DEED_EORIGIN (not lent), DEED_EBUSY. */
DEED_API DEED_NODISCARD enum deed_status deed_recall(struct deed_array array, int64_t timeout_ms,
                                                     struct deed_error *error);

/* End a loan as soon as nobody else holds the memory, without waiting for that: for a lender whose memory something
 * keeps valid until then. array: the title of lent memory; stale afterwards, and a published name is withdrawn. Then
 * release(data, context), with data as it was lent, runs once when the last other claim ends, in whatever thread ends
 * it; before this returns, if there is none. Shares of the memory go on as before; the block has no title any more.
 * release [takes context, not on failure]: as of deed_memory; its library stays loaded.
 * Errors in order: DEED_EINVAL (release NULL), DEED_ENOTTITLE, DEED_EORIGIN (not lent). */
DEED_API DEED_NODISCARD enum deed_status deed_recall_later(struct deed_array array, deed_release_fn release,
                                                           void *context, struct deed_error *error);

/* End a claim. array: stale afterwards. The last claim frees the block by its origin. The end of the title withdraws a
 * published name. The title of lent memory ends only when no other claim is left: it is a recall without waiting. A
 * lender must therefore look at the status, and free or reuse the memory only after DEED_OK.
 * Errors in order: DEED_EBUSY (lent memory that others hold), DEED_EDAMAGED (the guard before deed's own memory is
 * broken: the claim has ended all the same, the memory is abandoned and counted, because it might be freed twice). */
DEED_API DEED_NODISCARD enum deed_status deed_release(struct deed_array array, struct deed_error *error);

/* A new block with deed's allocator and a copy of the elements; its title is the caller's. order: of the copy; ANY
 * keeps the order that array is contiguous in, else Fortran's. Lower bounds are kept. reason: recorded with the block,
 * not NONE. array needs DEED_READ. site [borrows, may be NULL]. copy [fills]. Until it returns, one more claim on the
 * block of array is held, role copy.
 * Errors in order: DEED_EINVAL, DEED_ERIGHTS, DEED_EOVERFLOW, DEED_ENOMEM. */
DEED_API DEED_NODISCARD enum deed_status deed_copy(struct deed_array array, enum deed_order order,
                                                   enum deed_copy_reason reason, const struct deed_site *site,
                                                   struct deed_array *copy, struct deed_error *error);

/* 1 if the claim of this handle lives, else 0. Total: any 64 bits may be given. */
DEED_API int deed_is_live(struct deed_array array);

/* Describe an array. descriptor [fills]: of the dimensions those below the rank; size_bytes says how much the core
 * knew. descriptor_size_bytes: sizeof *descriptor.
 * Errors in order: DEED_EINVAL (NULL, or no room for abi_version and size_bytes), DEED_EDEVICE (a block on a device,
 * and no room for device_type: not from this core). */
DEED_API DEED_NODISCARD enum deed_status deed_describe(struct deed_array array, struct deed_descriptor *descriptor,
                                                       size_t descriptor_size_bytes);

/* Where the claim of this handle was made. site [fills]: file is NULL when unknown, else valid until the process ends.
 * Errors: DEED_EINVAL (NULL). */
DEED_API DEED_NODISCARD enum deed_status deed_site_of(struct deed_array array, struct deed_site *site);

/* Where the elements are, for a variable of this type, this rank and these rights: what deed_describe tells of them
 * without the rest. data, element_size_bytes [fill]. dim [fills]: rank dimensions.
 * Errors in order: DEED_EINVAL (an output NULL; dim may be for rank 0), DEED_EDEVICE (not from this core), DEED_EDTYPE,
 * DEED_ERANK, DEED_ERIGHTS (a right that the claim does not have). */
DEED_API DEED_NODISCARD enum deed_status deed_point(struct deed_array array, enum deed_dtype dtype, int32_t rank,
                                                    uint32_t rights, void **data, int64_t *element_size_bytes,
                                                    struct deed_dimension *dim);

/* Who holds the block of this array, this claim included. holders [fills]: up to capacity of them, may be NULL when
 * capacity is 0. count [fills]: how many there are. A snapshot: other threads may come and go. Reads every live claim.
 * Errors: DEED_EINVAL (count NULL, capacity negative, holders NULL with capacity). */
DEED_API DEED_NODISCARD enum deed_status deed_holders(struct deed_array array, struct deed_holder *holders,
                                                      int32_t capacity, int32_t *count);

/* "malloc", "cxx", ... ; "none" for 0; "unknown" for a number that is no origin. Never NULL, never freed. */
DEED_API const char *deed_origin_name(enum deed_origin origin);

/* "title", "share", "copy under way", "none"; "unknown" for a number that is no role. Never NULL, never freed. */
DEED_API const char *deed_role_name(enum deed_role role);

/* "not copied", "requested", "order", "dtype", "allocator"; "unknown" otherwise. Never NULL, never freed. */
DEED_API const char *deed_copy_reason_name(enum deed_copy_reason reason);

DEED_END_DECLS

#endif
