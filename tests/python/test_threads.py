# SPDX-License-Identifier: BSD-3-Clause
"""Several threads of Python on the same arrays: every claim ends once. Runs with the GIL and without."""

from __future__ import annotations

import sys
import threading

import numpy as np
import pytest

import deed

THREADS = 6
ROUNDS = 400


@pytest.fixture(autouse=True)
def fast_switches():
    """Threads take turns often, where there is a GIL."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def run_in_threads(work) -> None:
    """work(number) in THREADS threads that begin together; the first exception is raised here."""
    barrier, failures = threading.Barrier(THREADS), []

    def run(number: int) -> None:
        barrier.wait()
        try:
            for _ in range(ROUNDS):
                work(number)
        except BaseException as failure:
            failures.append(failure)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]


def test_claims_of_one_array_come_and_go():
    a = deed.alloc((3, 4), zeroed=True)
    made = deed.counts().blocks_made

    def work(number):
        share, view, n = a.share(), a[number % 3], a.numpy()
        assert (share.shape, view.shape, n.shape) == ((3, 4), (4,), (3, 4))
        memory = memoryview(share)
        share.release()
        assert memory.shape == (3, 4)
        assert deed.from_dlpack(n.T).address == a.address
        assert len(a.holders()) >= 1
        assert repr(a).startswith("<deed.Array real64")

    run_in_threads(work)
    assert len(a.holders()) == 1
    assert deed.counts().blocks_made - made == THREADS * ROUNDS  # the adoptions of ndarrays


def test_ndarrays_of_one_place_never_have_one_claim():
    a = deed.alloc((3, 4), zeroed=True)
    bases: set[int] = set()

    def work(number):
        n = a.numpy()
        number_of_base = id(n.base)
        assert number_of_base not in bases
        bases.add(number_of_base)
        assert n[number % 3].tolist() == [0, 0, 0, 0]
        bases.remove(number_of_base)

    run_in_threads(work)
    assert len(a.holders()) == 1


def test_one_of_them_ends_a_claim():
    shares = [deed.alloc(3).share() for _ in range(ROUNDS)]
    left = [iter(shares) for _ in range(THREADS)]
    ended = [0] * THREADS

    def work(number):
        try:
            next(left[number]).release()
            ended[number] += 1
        except deed.StaleError:
            pass

    run_in_threads(work)
    assert sum(ended) == ROUNDS
    assert not any(share.is_live for share in shares)


def test_names_come_and_go():
    title = deed.alloc(3, zeroed=True)
    outcomes = {"published": 0, "withdrawn": 0}
    lock = threading.Lock()

    def work(number):
        try:
            if number % 3 == 0:
                title.publish("shared")
                outcome = "published"
            elif number % 3 == 1:
                title.withdraw()
                outcome = "withdrawn"
            else:
                assert deed.lookup("shared").numpy().tolist() == [0, 0, 0]
                return
        except (deed.NameTaken, deed.NameUnknown):
            return
        with lock:
            outcomes[outcome] += 1

    run_in_threads(work)
    assert outcomes["published"] >= 1
    assert outcomes["published"] - outcomes["withdrawn"] == len(deed.names())
    if deed.names():
        title.withdraw()
    assert len(title.holders()) == 1


def test_arrays_of_many_threads():
    x = np.zeros(3)
    references = sys.getrefcount(x)
    base = deed.counts()

    def work(number):
        with deed.lend(x) as loan, deed.alloc(4, name=f"u{number}") as a:
            seen = deed.lookup(f"u{number}")
            assert seen.address == a.address
            seen.release()
            loan.share().release()
        assert deed.adopt(x.copy()).reclaim().shape == (3,)

    run_in_threads(work)
    counts = deed.counts()
    assert sys.getrefcount(x) == references
    assert counts.blocks_made - base.blocks_made == 3 * THREADS * ROUNDS
    assert (counts.live_blocks, counts.live_claims) == (base.live_blocks, base.live_claims)
