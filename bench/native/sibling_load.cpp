// SPDX-License-Identifier: BSD-3-Clause
#include "sibling_load.hpp"

#include <pthread.h>

#include <cstdio>
#include <string>

#include "core_width.h"

namespace bench {

namespace {

void stay_on(int processor) {
  cpu_set_t one;
  CPU_ZERO(&one);
  CPU_SET(processor, &one);
  pthread_setaffinity_np(pthread_self(), sizeof one, &one);
}

/// The siblings of a processor as the system lists them, such as "0,4" or "0-1", always two at most here.
int listed_sibling(int processor) {
  const std::string path = "/sys/devices/system/cpu/cpu" + std::to_string(processor) + "/topology/thread_siblings_list";
  int first = processor;
  int second = processor;
  if (std::FILE *file = std::fopen(path.c_str(), "r")) {
    if (std::fscanf(file, "%d%*[,-]%d", &first, &second) < 2) second = first;
    std::fclose(file);
  }
  return first == processor ? second : first;
}

/// Where none is listed the neighbour, as virtual machines usually number them.
int sibling_of(int processor) {
  const int sibling = listed_sibling(processor);
  return sibling != processor ? sibling : processor ^ 1;
}

}  // namespace

sibling_load::sibling_load() {
  sched_getaffinity(0, sizeof allowed_, &allowed_);
  const int processor = sched_getcpu();
  const int sibling = sibling_of(processor);
  if (processor < 0 || !CPU_ISSET(sibling, &allowed_)) return;
  stay_on(processor);
  busy_ = std::thread([this, sibling] {
    stay_on(sibling);
    while (!is_over_.load(std::memory_order_relaxed)) bench_core_width();
  });
}

sibling_load::~sibling_load() {
  if (!busy_.joinable()) return;
  is_over_.store(true, std::memory_order_relaxed);
  busy_.join();
  pthread_setaffinity_np(pthread_self(), sizeof allowed_, &allowed_);
}

}  // namespace bench
