/* SPDX-License-Identifier: BSD-3-Clause */
/* core.c - one core per process: every copy carries an ELF note, and looks for the notes of others when it is loaded.
 */
#include <string.h>

#include "deed/version.h"
#include "fail.h"
#include "verbs.h"
const char *deed_version(void) { return DEED_VERSION; }

uint32_t deed_abi_version(void) { return DEED_ABI_VERSION; }

#if defined(__linux__) && defined(__ELF__)
#include <elf.h>
#include <link.h>
#include <stdio.h>
#include <unistd.h>

#define PATH_BYTES 1024
#define NOTE_TYPE 1

static const struct {
  ElfW(Nhdr) header;
  char owner[8];
  char version[8];
} note __attribute__((section(".note.deed"), used, aligned(4))) = {
    {.n_namesz = 5, .n_descsz = 8, .n_type = NOTE_TYPE}, "deed", DEED_VERSION};

/* The file this core is in, and the file of a core that was there before. */
static char own_path[PATH_BYTES];
static char other_path[PATH_BYTES];

static size_t aligned_to_4(size_t size) { return (size + 3) & ~(size_t)3; }

static bool is_core_note(const ElfW(Nhdr) * header) {
  return header->n_type == NOTE_TYPE && header->n_namesz == 5 && memcmp(header + 1, "deed", 5) == 0;
}

/* The core's note in a segment of notes; NULL if it has none. */
static const void *find_note(const char *segment, size_t size_bytes) {
  for (size_t at = 0; at + sizeof(ElfW(Nhdr)) <= size_bytes;) {
    const ElfW(Nhdr) *header = (const ElfW(Nhdr) *)(const void *)(segment + at);
    if (is_core_note(header)) return header;
    at += sizeof *header + aligned_to_4(header->n_namesz) + aligned_to_4(header->n_descsz);
  }
  return NULL;
}

static const void *note_of(const struct dl_phdr_info *object) {
  for (int i = 0; i < object->dlpi_phnum; ++i) {
    const ElfW(Phdr) *segment = &object->dlpi_phdr[i];
    if (segment->p_type != PT_NOTE) continue;
    const void *found = find_note((const char *)(uintptr_t)(object->dlpi_addr + segment->p_vaddr), segment->p_memsz);
    if (found) return found;
  }
  return NULL;
}

static void copy_path(const struct dl_phdr_info *object, char *path) {
  snprintf(path, PATH_BYTES, "%s", object->dlpi_name);
  if (path[0]) return;
  ssize_t length = readlink("/proc/self/exe", path, PATH_BYTES - 1); /* the program itself has no name */
  path[length > 0 ? length : 0] = '\0';
}

/* Objects come in the order they were loaded in, so a core before ours was here first. */
static int look_for_core(struct dl_phdr_info *object, size_t size_bytes, void *unused) {
  (void)size_bytes;
  (void)unused;
  const void *found = note_of(object);
  if (!found) return 0;
  bool is_own = found == (const void *)&note;
  copy_path(object, is_own ? own_path : other_path);
  return 1;
}

static int look_for_self(struct dl_phdr_info *object, size_t size_bytes, void *unused) {
  (void)size_bytes;
  (void)unused;
  if (note_of(object) != (const void *)&note) return 0;
  copy_path(object, own_path);
  return 1;
}

static void identify(void) {
  dl_iterate_phdr(look_for_core, NULL);
  dl_iterate_phdr(look_for_self, NULL);
}

#else
static const char own_path[] = "";
static const char other_path[] = "";

static void identify(void) {}
#endif

__attribute__((constructor)) static void begin_core(void) {
  identify();
  deed__watch_forks();
}

bool deed__core_is_duplicate(void) { return other_path[0] != '\0'; }

const char *deed_core_path(void) { return own_path; }

enum deed_status deed_core_check(struct deed_error *error) {
  if (!deed__core_is_duplicate()) return DEED_OK;
  return deed__fail(error, DEED_EDUPLICATE, "this copy of the deed core, %s, was loaded after another copy, %s",
                    own_path, other_path);
}
