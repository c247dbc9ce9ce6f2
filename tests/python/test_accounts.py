# SPDX-License-Identifier: BSD-3-Clause
"""counts, ledger and report."""

from __future__ import annotations

import numpy as np

import deed


def test_counts_follow_what_happens():
    before = deed.counts()
    a = deed.alloc(10, "int8")
    s = a.share()
    now = deed.counts()
    assert now.live_blocks - before.live_blocks == 1
    assert now.live_claims - before.live_claims == 2
    assert now.live_bytes - before.live_bytes == 10
    assert now.blocks_made - before.blocks_made == 1
    s.release()
    a.release()
    assert deed.counts().blocks_ended - before.blocks_ended == 1


def test_ledger_entry():
    a = deed.alloc((3, 4), name="u")
    line = test_ledger_entry.__code__.co_firstlineno + 1
    (entry,) = deed.ledger()
    assert entry == (
        a.address,
        96,
        1,
        "malloc",
        "Python",
        None,
        "u",
        ("Python", "title", "rw", __file__, line),
    )
    assert entry.holder == a.holders()[0]


def test_report_names_the_line_of_a_leak():
    deed_array = deed.adopt(np.zeros(5)).copy(reason="dtype")
    report = deed.report()
    assert "1 live blocks, 1 claims, 40 bytes" in report
    assert f"title by Python (rw) at {__file__}:" in report
    assert "copied: dtype" in report
    assert deed_array.nbytes == 40


def test_trap_a27_small_view_shows_what_it_pins():
    v = deed.alloc(1_000_000)[5:6]
    assert v.nbytes == 8
    (entry,) = deed.ledger()
    assert (entry.size_bytes, entry.claim_count, entry.holder.role) == (8_000_000, 1, "share")
    assert "8000000 bytes" in deed.report()


def test_many_blocks():
    arrays = [deed.alloc(k) for k in range(300)]
    assert len(deed.ledger()) == 300
    assert len(deed.report().splitlines()) == 303
    assert len(arrays) == 300


def test_many_holders():
    a = deed.alloc(3)
    shares = [a.share() for _ in range(100)]
    assert len(a.holders()) == 101
    assert len(shares) == 100
