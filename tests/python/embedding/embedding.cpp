// SPDX-License-Identifier: BSD-3-Clause
// embedding.cpp - a C++ program that runs the interpreter, ends it, and holds arrays of Python's longer than that.
//   embedding CASE
// Whatever holds the last claim, the program ends with exit code 0, and what Python can no longer let go is counted.
#include <Python.h>

#include <unistd.h>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <deed/deed.hpp>
#include <future>
#include <thread>
#include <vector>

namespace {

using field = deed::array<double, 1>;

void require(bool holds, const char *what) {
  if (holds) return;
  std::fprintf(stderr, "FAILED: %s\n", what);
  _exit(1);
}

// Made before all other static objects, so destroyed after them: the account of the whole program.
struct account {
  std::int64_t abandoned = -1;

  ~account() {
    const deed_counts counts = deed::counts();
    std::fprintf(stderr, "live blocks %lld, claims %lld, abandoned %lld\n", static_cast<long long>(counts.live_blocks),
                 static_cast<long long>(counts.live_claims), static_cast<long long>(counts.abandoned));
    require(abandoned >= 0, "the case ran to its end");
    require(counts.live_blocks == 0 && counts.live_claims == 0, "nothing lives");
    require(counts.abandoned == abandoned, "abandoned blocks are counted");
  }
} final_account;

field held_by_static;
std::vector<field> held_by_atexit;

// The value of a Python expression that is a handle.
field taken(const char *expression) {
  PyObject *globals = PyModule_GetDict(PyImport_AddModule("__main__"));
  PyObject *number = PyRun_String(expression, Py_eval_input, globals, globals);
  if (!number) PyErr_Print();
  require(number != nullptr, expression);
  field array(deed_array{PyLong_AsUnsignedLongLong(number)});
  Py_DECREF(number);
  return array;
}

void begin_python() {
  Py_InitializeEx(0);
  require(PyRun_SimpleString("import numpy as np, deed") == 0, "import deed");
}

void end_python() { require(Py_FinalizeEx() == 0, "Py_FinalizeEx"); }

constexpr const char *owned_by_python = "deed.adopt(np.arange(3.0)).into_handle()";

void trap_a3_from_a_static_destructor() {
  begin_python();
  held_by_static = taken(owned_by_python);
  end_python();
  require(held_by_static(held_by_static.upper(0)) == 2.0, "the memory lives as long as the claim");
  final_account.abandoned = 1;
}

void trap_a3_from_a_thread_local_destructor() {
  begin_python();
  std::promise<void> has_claim, may_end;
  std::thread holder([&, array = taken(owned_by_python)]() mutable {
    thread_local field held_by_thread;
    held_by_thread = std::move(array);
    has_claim.set_value();
    may_end.get_future().wait();
  });
  has_claim.get_future().wait();
  end_python();
  may_end.set_value();
  holder.join();
  final_account.abandoned = 1;
}

void trap_a3_from_atexit() {
  begin_python();
  held_by_atexit.push_back(taken(owned_by_python));
  std::atexit([] { held_by_atexit.clear(); });
  end_python();
  final_account.abandoned = 1;
}

// The interpreter lets go what it holds itself; what C++ owns is freed by C++, before and after.
void memory_of_cxx_survives_python() {
  held_by_static = field::adopt(std::vector<double>(1000, 1.0));
  begin_python();
  held_by_static.publish("embedding/cxx");
  require(PyRun_SimpleString("kept = deed.lookup('embedding/cxx').numpy(); kept[7] = 7") == 0, "lookup");
  end_python();
  require(held_by_static(7) == 7.0, "what Python wrote");
  require(held_by_static.reclaim<std::vector<double>>().size() == 1000, "reclaim: no claim of Python's is left");
  final_account.abandoned = 0;
}

// Releases while the interpreter ends are let go by it or counted, and nobody waits.
void trap_a4_from_native_threads_while_python_ends() {
  begin_python();
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    std::vector<field> arrays;
    for (int k = 0; k < 50; ++k) arrays.push_back(taken(owned_by_python));
    threads.emplace_back([held = std::move(arrays)]() mutable {
      while (!held.empty()) {
        held.pop_back();
        std::this_thread::yield();
      }
    });
  }
  end_python();
  for (std::thread &thread : threads) thread.join();
  final_account.abandoned = deed::counts().abandoned;  // how many came too late is a matter of time
}

// An object of the first interpreter is never touched by the second, though this thread is attached to it. NumPy 2
// refuses to be imported again; then deed is not there in the second life.
void a_second_life_of_the_interpreter() {
  begin_python();
  field first = taken(owned_by_python);
  end_python();
  Py_InitializeEx(0);
  first.release();
  require(deed::counts().abandoned == 1, "what belongs to the first life is abandoned");
  const bool works = PyRun_SimpleString(
                         "try:\n import numpy as np, deed\nexcept ImportError as e:\n print(e)\n"
                         "else:\n deed.adopt(np.zeros(3)).release()") == 0;
  require(works, "deed works or is refused");
  end_python();
  final_account.abandoned = 1;
}

struct test_case {
  const char *name;
  void (*run)();
};

constexpr std::array<test_case, 6> cases{{{"static", trap_a3_from_a_static_destructor},
                                          {"thread_local", trap_a3_from_a_thread_local_destructor},
                                          {"atexit", trap_a3_from_atexit},
                                          {"cxx", memory_of_cxx_survives_python},
                                          {"threads", trap_a4_from_native_threads_while_python_ends},
                                          {"second_life", a_second_life_of_the_interpreter}}};

}  // namespace

int main(int count, char **arguments) {
  for (const test_case &candidate : cases) {
    if (count == 2 && std::strcmp(candidate.name, arguments[1]) == 0) {
      candidate.run();
      return 0;
    }
  }
  require(false, "usage: embedding CASE");
}
