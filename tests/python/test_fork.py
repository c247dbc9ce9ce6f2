# SPDX-License-Identifier: BSD-3-Clause
"""Children of a fork release nothing of their parent, however they end."""

from __future__ import annotations

import pytest

PARENT = """
import gc, multiprocessing, os, sys, threading, warnings
import numpy as np
import deed

warnings.simplefilter("ignore", DeprecationWarning)  # of newer Pythons: fork with threads
reader, writer = os.pipe()

class Owner(np.ndarray):
    def __del__(self):
        os.write(writer, b"x")

def owned():
    return deed.adopt(np.zeros(3).view(Owner))

def ended():
    os.write(writer, b".")
    return os.read(reader, 100)

def wait_for(child):
    status = os.waitpid(child, 0)[1]
    assert status == 0, status
"""

CHILDREN = {
    "os._exit": """
a = owned()
child = os.fork()
if child == 0:
    before = deed.counts().abandoned
    a.release()
    assert deed.counts().abandoned == before + 1
    os._exit(0)
wait_for(child)
""",
    "normally": """
a = owned()
child = os.fork()
if child == 0:
    a.release()
    del a
    gc.collect()
    sys.exit(0)
wait_for(child)
""",
    "multiprocessing": """
a = owned()
def work(connection):
    global a
    seen = a.numpy()
    del a
    gc.collect()
    connection.send(float(seen.sum()))
    del seen
    b = deed.alloc(4, zeroed=True, name="child/b")
    connection.send(float(deed.lookup("child/b").numpy().sum()))
    b.release()
context = multiprocessing.get_context("fork")
here, there = context.Pipe()
process = context.Process(target=work, args=(there,))
process.start()
assert here.recv() == 0.0
assert here.recv() == 0.0
process.join(60)
assert process.exitcode == 0, process.exitcode
""",
    "with an ndarray that has the last claim": """
a = owned()
seen = a.numpy()
del a
child = os.fork()
if child == 0:
    del seen
    gc.collect()
    os._exit(0)
wait_for(child)
a = deed.share(seen)
del seen
""",
    "with an ndarray that is gone": """
a = owned()
def show():
    return a.numpy()
show()
child = os.fork()
if child == 0:
    show()
    before = deed.counts().abandoned
    show()
    a.release()
    assert deed.counts().abandoned == before + 1
    os._exit(0)
wait_for(child)
show()
""",
    "while threads call": """
a = owned()
stop = threading.Event()
def call():
    while not stop.is_set():
        with deed.alloc(10, name="busy/" + threading.current_thread().name) as b:
            deed.lookup(b.name).release()
threads = [threading.Thread(target=call) for _ in range(3)]
for thread in threads:
    thread.start()
for _ in range(20):
    child = os.fork()
    if child == 0:
        deed.alloc(5, name="own").release()
        a.release()
        os._exit(0)
    wait_for(child)
stop.set()
for thread in threads:
    thread.join()
""",
}

END = """
assert ended() == b".", "released by a child"
a.release()
assert ended() == b"x.", "not released by the parent"
assert deed.counts().abandoned == 0
print("done")
"""


@pytest.mark.parametrize("child", CHILDREN)
def test_trap_a48_a_child_that_ends(child, run_python):
    assert run_python(PARENT + CHILDREN[child] + END) == "done\n"


def test_trap_a48_what_native_threads_had_queued_is_let_go_by_the_parent(run_python, native_path):
    script = (
        PARENT
        + """
import ctypes
native = ctypes.PyDLL(sys.argv[1])  # the GIL stays here, so nothing is drained before the fork
a = owned()
native.native_release_on_thread.argtypes = [deed.handle]
assert native.native_release_on_thread(deed.handle(a.into_handle())) == 0
child = os.fork()
if child == 0:
    deed.counts()
    os._exit(0)
wait_for(child)
deed.counts()
assert ended() == b"x."
print("done")
"""
    )
    assert run_python(script, native_path) == "done\n"
