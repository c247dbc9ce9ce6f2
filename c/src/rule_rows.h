/* SPDX-License-Identifier: BSD-3-Clause */
/* rule_rows.h - **the ownership rules**. rules.c compiles them into one cell for each verb, role, state and origin;
 * docs/ownership.md prints them.
 *
 * A row is ROW(roles, states, origins, status, effect): who calls, in which states of the block, with which origins of
 * its memory; the answer, and what it does. Of each verb the first row that holds the cell decides; what no row holds
 * is refused with DEED_EINVAL. A new verb needs its DEED__ROWS_<VERB> here, with as many rows as it takes. */
#ifndef DEED_RULE_ROWS_H
#define DEED_RULE_ROWS_H

#include "rules.h"

/* A set of roles, of states or of origins: one bit each, in an int. */
#define DEED__BIT(n) (1 << (n))
#define DEED__SET_WIDTH 16
_Static_assert(DEED__ROLE_COUNT <= DEED__SET_WIDTH, "a set holds every role");
_Static_assert(DEED__STATE_COUNT <= DEED__SET_WIDTH, "a set holds every state");
_Static_assert(DEED__ORIGIN_COUNT <= DEED__SET_WIDTH, "a set holds every origin");

enum {
  NOBODY = DEED__BIT(DEED_ROLE_NONE),
  TITLE = DEED__BIT(DEED_ROLE_TITLE),
  SHARE = DEED__BIT(DEED_ROLE_SHARE),
  HOLDER = TITLE | SHARE,
};

enum {
  NEW = DEED__BIT(DEED__NEW),
  NEW_LENT = DEED__BIT(DEED__NEW_LENT),
  ANY_NEW = NEW | NEW_LENT,
  SOLE = DEED__BIT(DEED__SOLE) | DEED__BIT(DEED__SOLE_NAMED),
  SHARED = DEED__BIT(DEED__SHARED) | DEED__BIT(DEED__SHARED_NAMED),
  NAMED = DEED__BIT(DEED__SOLE_NAMED) | DEED__BIT(DEED__SHARED_NAMED),
  UNNAMED = DEED__BIT(DEED__SOLE) | DEED__BIT(DEED__SHARED),
  LIVE = SOLE | SHARED,
};

enum {
  MALLOC = DEED__BIT(DEED_ORIGIN_MALLOC),
  CXX = DEED__BIT(DEED_ORIGIN_CXX),
  FORTRAN = DEED__BIT(DEED_ORIGIN_FORTRAN),
  INTERPROCESS = DEED__BIT(DEED_ORIGIN_INTERPROCESS),
  LENT = DEED__BIT(DEED_ORIGIN_LENT),
  STATIC = DEED__BIT(DEED_ORIGIN_STATIC),
  ADOPTED = CXX | DEED__BIT(DEED_ORIGIN_PYTHON) | DEED__BIT(DEED_ORIGIN_FOREIGN) | STATIC,
  OWNED = MALLOC | FORTRAN | ADOPTED,
  ANY = OWNED | LENT,
};

/* Before the rows of every verb. A share that is alone has outlived the title, so its block has no name any more. */
#define DEED__ROWS_OF_ALL(ROW, ...) ROW(SHARE, DEED__BIT(DEED__SOLE_NAMED), ANY, DEED_EINVAL, NOTHING, __VA_ARGS__)

#define DEED__ROWS_ALLOC(ROW, ...) ROW(NOBODY, NEW, MALLOC, DEED_OK, MAKES_BLOCK, __VA_ARGS__)

#define DEED__ROWS_ADOPT(ROW, ...)                                        \
  ROW(NOBODY, NEW_LENT, CXX, DEED_EBUSY, NOTHING, __VA_ARGS__)            \
  ROW(NOBODY, ANY_NEW, ADOPTED, DEED_OK, MAKES_BLOCK, __VA_ARGS__)        \
  ROW(NOBODY, ANY_NEW, MALLOC | LENT, DEED_EORIGIN, NOTHING, __VA_ARGS__) \
  ROW(NOBODY, ANY_NEW, INTERPROCESS, DEED_EUNSUPPORTED, NOTHING, __VA_ARGS__)

#define DEED__ROWS_TAKE(ROW, ...)                                  \
  ROW(NOBODY, NEW_LENT, FORTRAN, DEED_EBUSY, NOTHING, __VA_ARGS__) \
  ROW(NOBODY, NEW, FORTRAN, DEED_OK, MAKES_BLOCK, __VA_ARGS__)

#define DEED__ROWS_LEND(ROW, ...) ROW(NOBODY, ANY_NEW, LENT, DEED_OK, MAKES_BLOCK, __VA_ARGS__)

#define DEED__ROWS_SHARE(ROW, ...) ROW(HOLDER, LIVE, ANY, DEED_OK, ADDS_SHARE, __VA_ARGS__)

#define DEED__ROWS_VIEW(ROW, ...) ROW(HOLDER, LIVE, ANY, DEED_OK, ADDS_SHARE, __VA_ARGS__)

#define DEED__ROWS_TRANSFER(ROW, ...)                         \
  ROW(SHARE, LIVE, ANY, DEED_ENOTTITLE, NOTHING, __VA_ARGS__) \
  ROW(TITLE, LIVE, LENT, DEED_EORIGIN, NOTHING, __VA_ARGS__)  \
  ROW(TITLE, LIVE, OWNED, DEED_OK, MOVES_TITLE, __VA_ARGS__)

#define DEED__ROWS_RECLAIM(ROW, ...)                          \
  ROW(SHARE, LIVE, ANY, DEED_ENOTTITLE, NOTHING, __VA_ARGS__) \
  ROW(TITLE, LIVE, LENT, DEED_EORIGIN, NOTHING, __VA_ARGS__)  \
  ROW(TITLE, SHARED, OWNED, DEED_EBUSY, NOTHING, __VA_ARGS__) \
  ROW(TITLE, SOLE, OWNED, DEED_OK, GIVES_BACK, __VA_ARGS__)

#define DEED__ROWS_RECALL(ROW, ...)                           \
  ROW(SHARE, LIVE, ANY, DEED_ENOTTITLE, NOTHING, __VA_ARGS__) \
  ROW(TITLE, LIVE, OWNED, DEED_EORIGIN, NOTHING, __VA_ARGS__) \
  ROW(TITLE, SHARED, LENT, DEED_EBUSY, NOTHING, __VA_ARGS__)  \
  ROW(TITLE, SOLE, LENT, DEED_OK, GIVES_BACK, __VA_ARGS__)

#define DEED__ROWS_RECALL_LATER(ROW, ...)                     \
  ROW(SHARE, LIVE, ANY, DEED_ENOTTITLE, NOTHING, __VA_ARGS__) \
  ROW(TITLE, LIVE, OWNED, DEED_EORIGIN, NOTHING, __VA_ARGS__) \
  ROW(TITLE, SHARED, LENT, DEED_OK, ENDS_CLAIM, __VA_ARGS__)  \
  ROW(TITLE, SOLE, LENT, DEED_OK, FREES, __VA_ARGS__)

#define DEED__ROWS_RELEASE(ROW, ...)                         \
  ROW(TITLE, SHARED, LENT, DEED_EBUSY, NOTHING, __VA_ARGS__) \
  ROW(HOLDER, SHARED, ANY, DEED_OK, ENDS_CLAIM, __VA_ARGS__) \
  ROW(TITLE, SOLE, LENT, DEED_OK, GIVES_BACK, __VA_ARGS__)   \
  ROW(HOLDER, SOLE, ANY, DEED_OK, FREES, __VA_ARGS__)

#define DEED__ROWS_PUBLISH(ROW, ...)                          \
  ROW(SHARE, LIVE, ANY, DEED_ENOTTITLE, NOTHING, __VA_ARGS__) \
  ROW(TITLE, NAMED, ANY, DEED_EEXIST, NOTHING, __VA_ARGS__)   \
  ROW(TITLE, UNNAMED, ANY, DEED_OK, NAMES, __VA_ARGS__)

#define DEED__ROWS_LOOKUP(ROW, ...)                         \
  ROW(NOBODY, NAMED, ANY, DEED_OK, ADDS_SHARE, __VA_ARGS__) \
  ROW(NOBODY, UNNAMED, ANY, DEED_ENONAME, NOTHING, __VA_ARGS__)

#define DEED__ROWS_WITHDRAW(ROW, ...)                          \
  ROW(SHARE, LIVE, ANY, DEED_ENOTTITLE, NOTHING, __VA_ARGS__)  \
  ROW(TITLE, UNNAMED, ANY, DEED_ENONAME, NOTHING, __VA_ARGS__) \
  ROW(TITLE, NAMED, ANY, DEED_OK, UNNAMES, __VA_ARGS__)

#define DEED__ROWS_COPY(ROW, ...) ROW(HOLDER, LIVE, ANY, DEED_OK, MAKES_BLOCK, __VA_ARGS__)

#define DEED__ROWS_UPGRADE(ROW, ...) ROW(NOBODY, LIVE, ANY, DEED_OK, ADDS_SHARE, __VA_ARGS__)

/* The origins whose memory the child of a fork frees where it ends a block of its parent. deed's own memory is a copy
 * in the child, as all of its heap is. */
enum { CHILD_FREES = MALLOC | STATIC };

#endif
