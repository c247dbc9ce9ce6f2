/* SPDX-License-Identifier: BSD-3-Clause */
/* idle_claim.c - the claim of an ndarray that is gone, kept for the next ndarray of the same Array at the same place.
 */
#include "claims/idle_claim.h"

#include "claims/held_claim.h"
#include "claims/trace.h"

static int is_idle(const struct idle_claim *kept) { return Py_REFCNT(kept->held) == 1; }

PyObject *deedpy_idle_take(const struct array_object *array, const struct known_site *place) {
  const struct idle_claim *kept = array->kept;
  if (!kept || kept->code != place->code || kept->line != place->line || !is_idle(kept)) return NULL;
  return deed_is_live(kept->claim) ? Py_NewRef(kept->held) : NULL;
}

/* The place is free before the references go, because the end of a claim may run any code. */
static void let_go(struct idle_claim *kept) {
  struct idle_claim ended = *kept;
  if (!ended.array) return;
  ended.array->kept = NULL;
  *kept = (struct idle_claim){0};
  Py_DECREF(ended.held);
  Py_XDECREF(ended.code);
}

/* An empty place in the table: the Array's own, or the one that was filled longest ago. */
static struct idle_claim *place_for(struct module_state *state, const struct array_object *array) {
  struct idle_claims *idle = &state->idle;
  struct idle_claim *kept = array->kept ? array->kept : &idle->claims[idle->next++ % IDLE_CLAIMS];
  let_go(kept);
  return kept;
}

/* A trace must end with the last claim that Python uses, so while there are any no claim is idle. */
void deedpy_idle_keep(struct module_state *state, struct array_object *array, const struct known_site *place,
                      PyObject *held) {
  if (array->keeps_none || state->idle.is_closed || deedpy_trace_is_on()) return;
  const struct known_site here = *place; /* which code that runs meanwhile overwrites */
  struct idle_claim *kept = place_for(state, array);
  if (kept->array || array->kept) return; /* the end of the claim before ran code that has kept another */
  *kept = (struct idle_claim){.array = array,
                              .held = Py_NewRef(held),
                              .claim = deedpy_held_claim(held)->claim,
                              .code = (PyCodeObject *)Py_XNewRef((PyObject *)here.code),
                              .line = here.line};
  array->kept = kept;
}

void deedpy_idle_end(struct array_object *array) {
  if (array->kept) let_go(array->kept);
}

void deedpy_idle_forbid(struct array_object *array) {
  array->keeps_none = 1;
  deedpy_idle_end(array);
}

int deedpy_idle_end_all(struct module_state *state) {
  int count = 0;
  for (int k = 0; k < IDLE_CLAIMS; ++k) {
    struct idle_claim *kept = &state->idle.claims[k];
    if (!kept->array) continue;
    count += is_idle(kept);
    let_go(kept);
  }
  return count;
}

int deedpy_idle_made_way(struct module_state *state, enum deed_status status, const struct deed_error *error) {
  return status != DEED_OK && error->holder_count > 0 && deedpy_idle_end_all(state) > 0;
}

void deedpy_idle_close(struct module_state *state) {
  state->idle.is_closed = 1;
  deedpy_idle_end_all(state);
}
