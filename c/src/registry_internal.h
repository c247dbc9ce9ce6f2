/* SPDX-License-Identifier: BSD-3-Clause */
/* registry_internal.h - what other files of the core need of the registry. */
#ifndef DEED_REGISTRY_INTERNAL_H
#define DEED_REGISTRY_INTERNAL_H

#include "block.h"
#include "deed/registry.h"

/* Take the name of a block out of the registry, if it is there. The block may have ended already. */
void deed__name_end(deed__block_ref block);

/* The same for a block that lives on without its name. The caller has seized its title. */
void deed__name_withdraw(deed__block_ref block);

/* The name of a block; false when it has none. name [fills]: DEED_NAME_BYTES of it. */
bool deed__name_of(deed__block_ref block, char *name);

#endif
