/* SPDX-License-Identifier: BSD-3-Clause */
#include "memory.h"

#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "check.h"

/* The last range that the system was advised of, and whether it took the advice. */
static struct {
  int count;
  uintptr_t begin;
  size_t size_bytes;
  int result;
} advised;

int __real_madvise(void *begin, size_t size_bytes, int advice);
int __wrap_madvise(void *begin, size_t size_bytes, int advice);

int __wrap_madvise(void *begin, size_t size_bytes, int advice) {
  advised.count += 1;
  advised.begin = (uintptr_t)begin;
  advised.size_bytes = size_bytes;
  advised.result = __real_madvise(begin, size_bytes, advice);
  return advised.result;
}

static void every_size_is_aligned_and_intact(void **state) {
  (void)state;
  for (int64_t size_bytes = 0; size_bytes < 300; ++size_bytes) {
    void *raw = NULL;
    char *data = deed__memory_alloc(size_bytes, size_bytes % 2 != 0, &raw);
    assert_non_null(data);
    assert_int_equal((uintptr_t)data % DEED__ALIGNMENT, 0);
    memset(data, 0xff, (size_t)size_bytes);
    assert_true(deed__memory_is_intact(data, raw));
    deed__memory_free(data, raw);
  }
}

/* The sixteen bytes in front of the data are guarded, each of them. */
static void every_byte_of_the_guard_counts(void **state) {
  void *raw;
  char *data = deed__memory_alloc(8, false, &raw);
  (void)state;
  for (int i = 1; i <= 16; ++i) {
    data[-i] = (char)(data[-i] ^ 1);
    assert_false(deed__memory_is_intact(data, raw));
    data[-i] = (char)(data[-i] ^ 1);
  }
  assert_true(deed__memory_is_intact(data, raw));
  assert_false(deed__memory_is_intact(data, data));
  deed__memory_free(data, raw);
}

static void what_the_system_cannot_give_is_null(void **state) {
  void *raw = state;
  assert_null(deed__memory_alloc(INT64_MAX, false, &raw));
  assert_null(deed__memory_alloc(INT64_MAX, true, &raw));
  assert_ptr_equal(raw, state);
}

/* Does the mapping that this address is in have the flag of memory for large pages, in Linux's words? */
static bool is_for_large_pages(const char *address) {
  FILE *file = fopen("/proc/self/smaps", "r");
  char line[512];
  bool is_here = false;
  bool found = false;
  assert_non_null(file);
  while (fgets(line, sizeof line, file)) {
    unsigned long long begin;
    unsigned long long end;
    if (sscanf(line, "%llx-%llx ", &begin, &end) == 2)
      is_here = begin <= (uintptr_t)address && (uintptr_t)address < end;
    if (is_here && strncmp(line, "VmFlags:", 8) == 0) found = strstr(line, " hg") != NULL;
  }
  fclose(file);
  return found;
}

static void large_memory_is_for_large_pages(void **state) {
  void *raw;
  (void)state;
  if (access("/sys/kernel/mm/transparent_hugepage/enabled", R_OK) != 0) skip();
  char *large = deed__memory_alloc(INT64_C(8) << 20, false, &raw);
  assert_non_null(large);
  assert_true(is_for_large_pages(large + 4096));
  deed__memory_free(large, raw);
}

/* From the first page that begins in the memory to its end, and not a byte outside of it; nothing below 4 MiB. */
static void just_the_memory_itself_is_for_large_pages(void **state) {
  const int64_t large_bytes = INT64_C(4) << 20;
  (void)state;
  for (int64_t size_bytes = large_bytes - 179; size_bytes < large_bytes + 9000; size_bytes += 100) {
    void *raw;
    advised.count = 0;
    char *data = deed__memory_alloc(size_bytes, false, &raw);
    assert_non_null(data);
    uintptr_t begin = (uintptr_t)raw;
    uintptr_t end = begin + (uintptr_t)size_bytes + 16 + DEED__ALIGNMENT - 1;
    assert_int_equal(advised.count, end - begin >= (uintptr_t)large_bytes);
    if (advised.count) {
      assert_true(advised.begin >= begin && advised.begin - begin < 4096);
      assert_int_equal(advised.begin % 4096, 0);
      assert_int_equal(advised.begin + advised.size_bytes, end);
    }
    assert_true((uintptr_t)data + (uintptr_t)size_bytes <= end);
    deed__memory_free(data, raw);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_size_is_aligned_and_intact),          cmocka_unit_test(every_byte_of_the_guard_counts),
      cmocka_unit_test(what_the_system_cannot_give_is_null),       cmocka_unit_test(large_memory_is_for_large_pages),
      cmocka_unit_test(just_the_memory_itself_is_for_large_pages),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
