/* SPDX-License-Identifier: BSD-3-Clause */
/* share.c - one more claim like another, for whoever is shown the memory. */
#include "claims/share.h"

#include "base/errors.h"
#include "claims/site.h"

int deedpy_share_at(const struct module_state *state, struct deed_array array, const struct deed_site *site,
                    struct deed_array *claim) {
  struct deed_error error;
  if (deed_share(array, 0, site, claim, &error) == DEED_OK) return 0;
  deedpy_raise(state, &error);
  return -1;
}

int deedpy_share_here(struct module_state *state, struct deed_array array, struct deed_array *claim) {
  struct known_place *place = deedpy_begin_verb_at(state);
  if (deedpy_share_at(state, array, &place->site, claim) != 0) return -1;
  deedpy_place_recorded(place, *claim);
  return 0;
}
