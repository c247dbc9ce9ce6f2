/* SPDX-License-Identifier: BSD-3-Clause */
/* shim.h - between module deed and the core: reads and writes the array descriptors of one Fortran compiler.
 *
 * The shim is compiled with the ISO_Fortran_binding.h of the Fortran compiler that compiles the module, linked
 * statically into whatever uses the module, and hidden there: two compilers can each have theirs in one process. */
#ifndef DEED_SHIM_H
#define DEED_SHIM_H

#include <ISO_Fortran_binding.h>

#include "deed/deed.h"

/* The arguments that end the list of every procedure of the module. All are optional: NULL when absent. */
#define DEED_SHIM_TAIL int *stat, const CFI_cdesc_t *errmsg, const CFI_cdesc_t *file, const int *line

/* The same, gathered. */
#define DEED_SHIM_CALL (&(const struct deed_shim_call){stat, errmsg, file, line})

/* Define a procedure of the module: its name, its parameters, and the expression that does it, which may use error. */
#define DEED_SHIM_PROCEDURE(name, parameters, expression)                     \
  void name parameters;                                                       \
  void name parameters {                                                      \
    struct deed_error error;                                                  \
    enum deed_status status_ = DEED_OK;                                       \
    if (errmsg || file) status_ = deed_shim_check(DEED_SHIM_CALL, &error);    \
    if (!status_) status_ = (expression);                                     \
    if (stat || status_) deed_shim_conclude(status_, &error, DEED_SHIM_CALL); \
  }

struct deed_shim_call {
  int *stat;
  const CFI_cdesc_t *errmsg;
  const CFI_cdesc_t *file;
  const int *line;
};

/* Refuse errmsg= and file= that are not scalar characters. They are type(*) in the module because gfortran 12 cannot
 * pass an OPTIONAL character on to one in C. */
enum deed_status deed_shim_check(const struct deed_shim_call *call, struct deed_error *error);

/* Room for the site of a call: the core wants its file name NUL-terminated. */
struct deed_shim_site {
  struct deed_site site;
  char file[1024];
};

/* The site that the caller gave, in the given storage. */
const struct deed_site *deed_shim_site(const struct deed_shim_call *call, struct deed_shim_site *storage);

/* Copy a Fortran string without its trailing blanks, NUL-terminated, cut to capacity_bytes. */
void deed_shim_text(const CFI_cdesc_t *text, char *copy, size_t capacity_bytes);

/* Fill an error record for a refusal of the shim itself: "<verb> refused: <why>: <text of status>". Returns status. */
enum deed_status deed_shim_refuse(struct deed_error *error, enum deed_status status, const char *verb, const char *why);

/* Give status and message to the caller, as ALLOCATE does: without stat= a failure ends the program. */
void deed_shim_conclude(enum deed_status status, const struct deed_error *error, const struct deed_shim_call *call);

/* Refuse to overwrite a handle that still holds an array: its claim would be lost. */
enum deed_status deed_shim_vacant(struct deed_array result, const char *verb, struct deed_error *error);

/* The layout of the Fortran array that a descriptor describes. dtype comes from the specific procedure that the
 * compiler chose, because descriptors of different kinds can be equal (real(10) and real(16) of gfortran). */
enum deed_status deed_shim_read(const CFI_cdesc_t *a, enum deed_dtype dtype, const char *verb,
                                struct deed_layout *layout, struct deed_error *error);

/* Whether an array of deed fits a Fortran object of this dtype and this rank. */
enum deed_status deed_shim_match(const struct deed_descriptor *array, const CFI_cdesc_t *a, enum deed_dtype dtype,
                                 const char *verb, struct deed_error *error);

/* Whether the pointers of this compiler can have these strides. */
enum deed_status deed_shim_addressable(const struct deed_layout *layout, struct deed_error *error);

/* Make a pointer or allocatable that passed deed_shim_match describe the elements at data. */
void deed_shim_write(CFI_cdesc_t *a, void *data, const struct deed_layout *layout);

/* The integers of a rank-1 descriptor of int32 or int64, at most DEED_MAX_RANK of them. count [fills]: how many there
 * are. */
enum deed_status deed_shim_integers(const CFI_cdesc_t *list, const char *verb, int64_t *values, int32_t *count,
                                    struct deed_error *error);

/* The release callback of arrays that were taken. Its name carries the compiler because its address tells the ALLOCATE
 * of one compiler from that of another; it is the one symbol of the shim that is not hidden. */
#define DEED_SHIM_JOIN_(a, b) a##b
#define DEED_SHIM_JOIN(a, b) DEED_SHIM_JOIN_(a, b)
#define deed_shim_deallocate DEED_SHIM_JOIN(deed_fortran_deallocate_, DEED_FORTRAN_COMPILER)
DEED_API void deed_shim_deallocate(void *data, void *context);

#endif
