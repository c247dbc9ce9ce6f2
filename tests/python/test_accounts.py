# SPDX-License-Identifier: BSD-3-Clause
"""counts, ledger and report."""

from __future__ import annotations

import numpy as np
import pytest

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


CONTROLS = "a\x1b[2Jb\x07c\x9b31md\ne\x7ff\u202eg.py"
ESCAPED = r"a\x1b[2Jb\x07c\x9b31md\ne\x7ff\u202eg.py"


def test_a_report_shows_control_characters_of_file_names_and_does_not_send_them():
    scope = {"a": deed.alloc(3)}
    exec(compile("b = a.copy(); c = b.share()", CONTROLS, "exec"), scope)
    (entry,) = [entry for entry in deed.ledger() if entry.holder.line == 1]
    assert entry.holder.file == CONTROLS
    report = deed.report()
    assert f" at {ESCAPED}:1" in report
    assert all(line.isprintable() for line in report.splitlines())
    assert str(entry.holder) == rf"title by Python (rw) at {ESCAPED}:1"


def test_a_refusal_sends_no_control_characters():
    scope = {"a": deed.lend(np.zeros(3))}
    exec(compile("b = a.share()", CONTROLS, "exec"), scope)
    with pytest.raises(deed.BusyError) as caught:
        scope["a"].recall()
    assert str(caught.value).isprintable()
    assert caught.value.holders[0].file == CONTROLS
    assert str(deed.errors.make_error(11, "type '\x1b[2J'", (), 0)) == r"type '\x1b[2J'"


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
