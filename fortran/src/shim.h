/* SPDX-License-Identifier: BSD-3-Clause */
/* shim.h - between module deed and the core: reads and writes the array descriptors of one Fortran compiler.
 *
 * The shim is compiled with the ISO_Fortran_binding.h of the Fortran compiler that compiles the module, linked
 * statically into whatever uses the module, and hidden there: two compilers can each have theirs in one process. */
#ifndef DEED_SHIM_H
#define DEED_SHIM_H

#include <ISO_Fortran_binding.h>

#include "deed/deed.h"

/* An argument that the module declares type(*), which may be of any type. NULL, or a base address of NULL, when it is
 * absent: the actual argument may be an ALLOCATABLE that is not allocated. */
typedef const CFI_cdesc_t *deed_shim_any;

static inline int deed_shim_given(deed_shim_any argument) { return argument && argument->base_addr; }

/* Kept out of the fast path: branches that lead there count as unlikely. */
#if defined(__GNUC__)
#define DEED_SHIM_COLD __attribute__((cold, noinline))
#else
#define DEED_SHIM_COLD
#endif

/* The arguments that every procedure of the module has. All are optional. */
#define DEED_SHIM_TAIL deed_shim_any stat, deed_shim_any errmsg, deed_shim_any file, deed_shim_any line

/* The same, gathered. */
#define DEED_SHIM_CALL (&(const struct deed_shim_call){stat, errmsg, file, line})

/* The subject of DEED_SHIM_PROCEDURE: what a message says that the procedure was called for. */
#define DEED_SHIM_SUBJECT(...) ((const struct deed_shim_subject){__VA_ARGS__})
#define DEED_SHIM_NOTHING(procedure_) DEED_SHIM_SUBJECT(.procedure = (procedure_))
#define DEED_SHIM_HANDLE(procedure_, h_) DEED_SHIM_SUBJECT(.procedure = (procedure_), .h = (h_))
#define DEED_SHIM_VARIABLE(procedure_, dtype_, rank_, name_) \
  DEED_SHIM_SUBJECT(.procedure = (procedure_), .dtype = (dtype_), .rank = (rank_), .name = (name_))
#define DEED_SHIM_NAME(procedure_, h_, name_) DEED_SHIM_SUBJECT(.procedure = (procedure_), .h = (h_), .name = (name_))

/* Is any of the optional arguments given; all of them, to pass on; none of them. */
#define DEED_SHIM_TAIL_GIVEN (stat || errmsg || file || line)
#define DEED_SHIM_TAIL_PASSED stat, errmsg, file, line
#define DEED_SHIM_TAIL_ABSENT NULL, NULL, NULL, NULL

/* Define a procedure of the module: its name, its parameters, its subject, and the expression that does it, which may
 * use error. The subject is looked at after a failure only. */
#define DEED_SHIM_PROCEDURE(name_, parameters, subject, ...)                                                    \
  void name_ parameters;                                                                                        \
  void name_ parameters {                                                                                       \
    struct deed_error error;                                                                                    \
    enum deed_status status_ = DEED_OK;                                                                         \
    if (errmsg || file || line || !deed_shim_is_plain(stat)) status_ = deed_shim_check(DEED_SHIM_CALL, &error); \
    if (!status_) status_ = (__VA_ARGS__);                                                                      \
    if (status_)                                                                                                \
      deed_shim_fail(status_, &error, &subject, DEED_SHIM_CALL);                                                \
    else                                                                                                        \
      deed_shim_succeed(stat);                                                                                  \
  }

struct deed_shim_call {
  deed_shim_any stat;
  deed_shim_any errmsg;
  deed_shim_any file;
  deed_shim_any line;
};

/* h: of an array that tells dtype and rank, may be NULL. name: that the array has or was to get, may be NULL. */
struct deed_shim_subject {
  const char *procedure; /* without deed_ */
  enum deed_dtype dtype; /* 0: not known */
  int rank;
  const struct deed_array *h;
  deed_shim_any name;
};

/* Refuse stat= and line= that are no integers, errmsg= and file= that are no characters. */
DEED_SHIM_COLD enum deed_status deed_shim_check(const struct deed_shim_call *call, struct deed_error *error);

/* The place of a call, with room for its file name, which the core wants NUL-terminated. */
struct deed_shim_site {
  struct deed_site site;
  char file[1024];
};

/* The place that file= and line= give. storage: filled with it. */
const struct deed_site *deed_shim_given_site(const struct deed_shim_call *call, struct deed_shim_site *storage);

/* Of a call with neither. */
extern const struct deed_site deed_shim_no_place;

static inline const struct deed_site *deed_shim_site(const struct deed_shim_call *call,
                                                     struct deed_shim_site *storage) {
  return call->file || call->line ? deed_shim_given_site(call, storage) : &deed_shim_no_place;
}

/* One byte more than a name can have, so that a name that is too long stays too long. */
struct deed_shim_name {
  char bytes[DEED_NAME_BYTES + 1];
};

/* A name of the registry, without its trailing blanks. Errors: DEED_EINVAL (no characters, or a NUL among them). */
enum deed_status deed_shim_name(deed_shim_any name, struct deed_shim_name *text, struct deed_error *error);

/* Copy a Fortran string without its trailing blanks, NUL-terminated, cut to capacity_bytes. */
void deed_shim_text(deed_shim_any text, char *copy, size_t capacity_bytes);

/* Fill an error record for a refusal of the shim itself: "<why>: <text of status>". Returns status. */
DEED_SHIM_COLD enum deed_status deed_shim_refuse(struct deed_error *error, enum deed_status status, const char *why);

/* Give status and message to the caller, as ALLOCATE does: without stat= a failure ends the program. */
DEED_SHIM_COLD void deed_shim_fail(enum deed_status status, const struct deed_error *error,
                                   const struct deed_shim_subject *subject, const struct deed_shim_call *call);

/* Refuse to overwrite a handle that still holds an array: its claim would be lost. */
static inline enum deed_status deed_shim_vacant(struct deed_array result, struct deed_error *error) {
  if (result.bits == 0 || !deed_is_live(result)) return DEED_OK;
  return deed_shim_refuse(error, DEED_EINVAL, "the handle for the result still holds an array");
}

/* Describe an array in the memory of the host. Errors in order: DEED_EHANDLE, DEED_ESTALE, DEED_EDEVICE. */
enum deed_status deed_shim_describe(struct deed_array h, struct deed_descriptor *array, struct deed_error *error);

/* An integer argument of any kind, or absent when it is not given. value [fills]. what: its name, for the message.
 * Errors: DEED_EINVAL (no scalar integer, or beyond 32 bits). */
enum deed_status deed_shim_read_integer(deed_shim_any given, const char *what, int *value, struct deed_error *error);
enum deed_status deed_shim_integer64(deed_shim_any given, const char *what, int64_t absent, int64_t *value,
                                     struct deed_error *error);

static inline enum deed_status deed_shim_integer(deed_shim_any given, const char *what, int absent, int *value,
                                                 struct deed_error *error) {
  *value = absent;
  return deed_shim_given(given) ? deed_shim_read_integer(given, what, value, error) : DEED_OK;
}

/* Is what is given a scalar of an integer type? */
int deed_shim_is_integer(deed_shim_any given);

/* Set an integer variable of any kind, which passed deed_shim_check. */
void deed_shim_set_integer(deed_shim_any variable, int value);

/* Is stat= what most calls have: absent, or an integer of 32 bits? */
static inline int deed_shim_is_plain(deed_shim_any stat) {
  return !stat || (stat->rank == 0 && stat->type == CFI_type_int32_t);
}

static inline void deed_shim_succeed(deed_shim_any stat) {
  if (deed_shim_given(stat)) deed_shim_set_integer(stat, DEED_OK);
}

/* The integers of a list, at most DEED_MAX_RANK of them. count [fills]: how many there are. what: as above.
 * Errors: DEED_EINVAL (not given, no list of integers), DEED_ERANK. */
enum deed_status deed_shim_integers(deed_shim_any list, const char *what, int64_t *values, int32_t *count,
                                    struct deed_error *error);

/* The lower bounds that the caller gave, else 1. lower [fills]: rank numbers. */
enum deed_status deed_shim_bounds(deed_shim_any given, int32_t rank, int64_t *lower, struct deed_error *error);

/* Give dimensions of one element or none, whose strides mean nothing, strides that this compiler can have. */
void deed_shim_settle_strides(struct deed_layout *layout);

/* Whether the pointers of this compiler can have these strides. */
enum deed_status deed_shim_addressable(const struct deed_layout *layout, struct deed_error *error);

/* The callback that frees what ALLOCATE of this compiler made. It is the same one for all libraries of the process that
 * are compiled with it, though each has a shim of its own. */
deed_release_fn deed_shim_deallocate(void);

/* Publish the title that a verb has just made. When the name is refused, undo ends the title again, so that nothing has
 * happened. */
enum deed_status deed_shim_publish(struct deed_array made, deed_shim_any name, void (*undo)(struct deed_array made),
                                   struct deed_error *error);

/* End the title of memory that the caller keeps after all. */
void deed_shim_give_back(struct deed_array made);

/* Lend an array that was read, with the rights that the caller gave, and publish it if there is a name. */
enum deed_status deed_shim_lend(const CFI_cdesc_t *a, const struct deed_layout *layout, deed_shim_any rights,
                                deed_shim_any name, const struct deed_shim_call *call, struct deed_array *h,
                                struct deed_error *error);

/* Names that carry the compiler, because the shims of two compilers may meet in one process. */
#define DEED_SHIM_JOIN_(a, b) a##b
#define DEED_SHIM_JOIN(a, b) DEED_SHIM_JOIN_(a, b)

#endif
