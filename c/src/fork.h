/* SPDX-License-Identifier: BSD-3-Clause */
/* fork.h - keeps the core usable in the child of a fork, whatever other threads of the parent were doing. */
#ifndef DEED_FORK_H
#define DEED_FORK_H

/* From now on, fork takes every lock of the core before it copies the process. Once, when the core is loaded. */
void deed__watch_forks(void);

#endif
