/* SPDX-License-Identifier: BSD-3-Clause */
/* Many readers and a writer: who has the lock, and who gets it next. */
#include "reader_lock.h"

#include <pthread.h>
#include <sched.h>
#include <stdbool.h>
#include <time.h>

#include "check.h"

static struct deed__reader_lock lock;

/* Threads that come to the lock and note when they got it. */
static _Atomic int arrivals;

struct visitor {
  pthread_t thread;
  bool writes;
  int place; /* 1 for who got the lock first */
};

static void *visit(void *argument) {
  struct visitor *visitor = argument;
  if (visitor->writes) {
    deed__reader_lock_write(&lock);
    visitor->place = ++arrivals;
    deed__reader_unlock_write(&lock);
  } else {
    deed__reader_lock_read(&lock);
    visitor->place = ++arrivals;
    deed__reader_unlock_read(&lock);
  }
  return NULL;
}

/* How many have come to the lock, whether they have got it or not. */
static uint32_t comers(void) {
  uint32_t count = lock.tickets;
  for (int slot = 0; slot < DEED__READER_SLOTS; ++slot) count += lock.slots[slot].came / 4;
  return count;
}

/* Start it, see it come to the lock, and give it the time to get it if anything lets it. */
static void begin(struct visitor *visitor) {
  const struct timespec pause = {.tv_nsec = 5000000};
  uint32_t before = comers();
  assert_int_equal(pthread_create(&visitor->thread, NULL, visit, visitor), 0);
  while (comers() == before) sched_yield();
  nanosleep(&pause, NULL);
}

static void end(struct visitor *visitor) { assert_int_equal(pthread_join(visitor->thread, NULL), 0); }

static void readers_do_not_wait_for_each_other(void **state) {
  struct visitor readers[2 * DEED__READER_SLOTS] = {{.place = 0}};
  (void)state;
  arrivals = 0;
  deed__reader_lock_read(&lock);
  for (size_t i = 0; i < COUNT_OF(readers); ++i) {
    assert_int_equal(pthread_create(&readers[i].thread, NULL, visit, &readers[i]), 0);
    end(&readers[i]);
  }
  assert_int_equal(arrivals, COUNT_OF(readers));
  deed__reader_unlock_read(&lock);
}

/* Readers that keep coming would else keep a writer out for ever. */
static void a_reader_lets_the_writer_pass_that_was_there_first(void **state) {
  struct visitor writer = {.writes = true};
  struct visitor readers[2 * DEED__READER_SLOTS] = {{.place = 0}};
  (void)state;
  arrivals = 0;
  deed__reader_lock_read(&lock);
  begin(&writer);
  for (size_t i = 0; i < COUNT_OF(readers); ++i) begin(&readers[i]);
  assert_int_equal(arrivals, 0);
  deed__reader_unlock_read(&lock);
  end(&writer);
  assert_int_equal(writer.place, 1);
  for (size_t i = 0; i < COUNT_OF(readers); ++i) end(&readers[i]);
  assert_int_equal(arrivals, 1 + COUNT_OF(readers));
}

/* And writers that keep coming would keep readers out. */
static void a_writer_lets_the_readers_pass_that_were_there_first(void **state) {
  struct visitor readers[2 * DEED__READER_SLOTS] = {{.place = 0}};
  struct visitor writers[] = {{.writes = true}, {.writes = true}};
  (void)state;
  for (int round = 0; round < 2; ++round) { /* writers take turns with their marks */
    arrivals = 0;
    deed__reader_lock_write(&lock);
    begin(&writers[0]);
    for (size_t i = 0; i < COUNT_OF(readers); ++i) begin(&readers[i]);
    begin(&writers[1]);
    assert_int_equal(arrivals, 0);
    deed__reader_unlock_write(&lock);
    end(&writers[0]);
    end(&writers[1]);
    for (size_t i = 0; i < COUNT_OF(readers); ++i) {
      end(&readers[i]);
      assert_true(readers[i].place < writers[0].place);
    }
    assert_int_equal(writers[0].place, COUNT_OF(readers) + 1);
    assert_int_equal(writers[1].place, COUNT_OF(readers) + 2);
    deed__reader_lock_write(&lock);
    deed__reader_unlock_write(&lock);
  }
}

/* Two numbers that only a writer changes, and that are equal for everybody who has the lock. */
enum { THREADS = 12, ROUNDS = 2000 };
static int first, second;

static void *read_and_write(void *failures) {
  for (int round = 0; round < ROUNDS; ++round) {
    if (round % 16 == 0) {
      deed__reader_lock_write(&lock);
      ++first;
      ++second;
      deed__reader_unlock_write(&lock);
    } else {
      deed__reader_lock_read(&lock);
      *(int *)failures += first != second;
      deed__reader_unlock_read(&lock);
    }
  }
  return NULL;
}

static void a_writer_is_alone(void **state) {
  pthread_t threads[THREADS];
  int failures[THREADS] = {0};
  (void)state;
  for (int i = 0; i < THREADS; ++i) {
    assert_int_equal(pthread_create(&threads[i], NULL, read_and_write, &failures[i]), 0);
  }
  for (int i = 0; i < THREADS; ++i) {
    pthread_join(threads[i], NULL);
    assert_int_equal(failures[i], 0);
  }
  assert_int_equal(first, THREADS * ROUNDS / 16);
  assert_int_equal(second, first);
}

/* Readers of which there is always one that has the lock, several in each slot: each looks for a while. */
enum { LOOKERS = 4 * DEED__READER_SLOTS, WRITES = 10 };
static _Atomic int looks, must_stop;

static void *look_all_the_time(void *unused) {
  const struct timespec while_looking = {.tv_nsec = 2000000};
  while (!must_stop) {
    deed__reader_lock_read(&lock);
    nanosleep(&while_looking, NULL);
    deed__reader_unlock_read(&lock);
    ++looks;
  }
  return unused;
}

/* A writer waits for those that look already, and lets those look that have waited for the writer before: not many
 * times for everybody, as if it had to wait for a moment without readers. */
static void a_writer_waits_for_few_readers(void **state) {
  pthread_t threads[LOOKERS];
  (void)state;
  for (int i = 0; i < LOOKERS; ++i) {
    assert_int_equal(pthread_create(&threads[i], NULL, look_all_the_time, NULL), 0);
  }
  while (looks < LOOKERS) sched_yield();
  int before = looks;
  for (int i = 0; i < WRITES; ++i) {
    deed__reader_lock_write(&lock);
    deed__reader_unlock_write(&lock);
  }
  int during = looks - before;
  must_stop = 1;
  for (int i = 0; i < LOOKERS; ++i) pthread_join(threads[i], NULL);
  print_message("%d readers finished for each writer, of %d\n", during / WRITES, LOOKERS);
  assert_true(during / WRITES < 10 * LOOKERS);
}

/* As in the child of a fork: it begins with a copy of the lock, with all who were waiting counted in it. */
static void a_renewed_lock_is_unlocked(void **state) {
  struct visitor reader = {.writes = false};
  struct visitor writer = {.writes = true};
  static struct deed__reader_lock copy;
  (void)state;
  deed__reader_lock_write(&lock);
  begin(&reader);
  begin(&writer);
  for (int slot = 0; slot < DEED__READER_SLOTS; ++slot) {
    copy.slots[slot].came = lock.slots[slot].came;
    copy.slots[slot].gone = lock.slots[slot].gone;
    copy.slots[slot].came_before = lock.slots[slot].came_before;
  }
  copy.tickets = lock.tickets;
  copy.turn = lock.turn;
  deed__reader_unlock_write(&lock);
  end(&reader);
  end(&writer);
  deed__reader_lock_renew(&copy);
  for (int round = 0; round < 3; ++round) {
    deed__reader_lock_write(&copy);
    deed__reader_unlock_write(&copy);
    deed__reader_lock_read(&copy);
    deed__reader_unlock_read(&copy);
  }
  assert_int_equal(copy.turn, 3);
}

/* A slot has cache lines of its own. */
static void readers_of_two_slots_share_no_cache_line(void **state) {
  (void)state;
  assert_int_equal(sizeof lock.slots[0] % DEED__CACHE_LINE_BYTES, 0);
  assert_int_equal((uintptr_t)&lock.slots[0] % DEED__CACHE_LINE_BYTES, 0);
  assert_true((uintptr_t)&lock.tickets - (uintptr_t)&lock.slots[DEED__READER_SLOTS - 1] >= DEED__CACHE_LINE_BYTES);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      ACCOUNTED(readers_do_not_wait_for_each_other),
      ACCOUNTED(a_reader_lets_the_writer_pass_that_was_there_first),
      ACCOUNTED(a_writer_lets_the_readers_pass_that_were_there_first),
      ACCOUNTED(a_writer_is_alone),
      ACCOUNTED(a_writer_waits_for_few_readers),
      ACCOUNTED(a_renewed_lock_is_unlocked),
      ACCOUNTED(readers_of_two_slots_share_no_cache_line),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
