/* SPDX-License-Identifier: BSD-3-Clause */
/* base.h - what every other header of deed uses: export and language macros, languages, and the site of a call. */
#ifndef DEED_BASE_H
#define DEED_BASE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
#define DEED_BEGIN_DECLS extern "C" {
#define DEED_END_DECLS }
#else
#define DEED_BEGIN_DECLS
#define DEED_END_DECLS
#endif

#if defined(_WIN32) && !defined(DEED_STATIC)
#if defined(DEED_BUILDING)
#define DEED_API __declspec(dllexport)
#else
#define DEED_API __declspec(dllimport)
#endif
#elif defined(__GNUC__)
#define DEED_API __attribute__((visibility("default")))
#else
#define DEED_API
#endif

#if defined(__GNUC__)
#define DEED_NODISCARD __attribute__((warn_unused_result))
#else
#define DEED_NODISCARD
#endif

DEED_BEGIN_DECLS

/* A language that can hold a claim. Code that is none of the four names itself DEED_LANGUAGE_OTHER. */
enum deed_language {
  DEED_LANGUAGE_NONE = 0, /* nobody: the owner of a block whose title has ended */
  DEED_LANGUAGE_C = 1,
  DEED_LANGUAGE_CXX = 2,
  DEED_LANGUAGE_FORTRAN = 3,
  DEED_LANGUAGE_PYTHON = 4,
  DEED_LANGUAGE_OTHER = 5
};

/* Frozen. Where a claim is made: recorded with the claim and shown by every report that says who holds an array.
 * file [borrows]: copied by the core, may be NULL when the place is not known; line is 1-based, 0 = unknown. */
struct deed_site {
  enum deed_language language;
  int32_t line;
  const char *file;
};

/* The site of this line of C, or of C++ where that calls the C interface: a struct that lives as long as the call it is
 * an argument of. Wherever a function takes a site, NULL means "C, place unknown". */
#ifdef __cplusplus
#define DEED_HERE (&static_cast<const deed_site &>(deed_site{DEED_LANGUAGE_CXX, __LINE__, __FILE__}))
#else
#define DEED_HERE (&(const struct deed_site){DEED_LANGUAGE_C, __LINE__, __FILE__})
#endif

/* The English name of a language ("Fortran"); "unknown" for a number that is none. Never NULL, never freed. */
DEED_API const char *deed_language_name(enum deed_language language);

DEED_END_DECLS

#endif
