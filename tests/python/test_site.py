# SPDX-License-Identifier: BSD-3-Clause
"""The place that a claim is recorded with."""

from __future__ import annotations

import threading

import numpy as np

import deed


def places(array: deed.Array) -> list[tuple[str | None, int]]:
    return [(holder.file, holder.line) for holder in array.holders()]


def test_every_line_of_a_long_function():
    count = 500
    lines = ["def claims(a):", "  kept = []", *["  kept.append(a.share())"] * count, "  return kept"]
    scope: dict = {}
    exec(compile("\n".join(lines), "long.py", "exec"), scope)
    a = deed.alloc(1)
    for _ in range(2):
        kept = scope["claims"](a)
        assert sorted(places(a)[1:]) == [("long.py", 3 + k) for k in range(count)]
        kept.clear()


def test_code_that_takes_the_place_of_other_code():
    a = deed.alloc(1)
    for k in range(200):
        scope = {"a": a}
        exec(compile("\n" * k + "s = a.share()", f"file{k}.py", "exec"), scope)
        assert places(a)[1:] == [(f"file{k}.py", k + 1)]


def test_frames_of_the_package_are_no_callers():
    argument = deed.handle.from_param(np.zeros(3))
    line = test_frames_of_the_package_are_no_callers.__code__.co_firstlineno + 1
    assert places(argument._claim) == [(__file__, line)]


def test_file_names_that_are_no_utf8():
    scope = {"a": deed.alloc(1)}
    exec(compile("s = a.share()", "odd\udc80.py", "exec"), scope)
    assert places(scope["a"])[1:] == [(None, 1)]


def test_threads_and_nested_calls():
    a = deed.alloc(1)
    found = []

    def inner():
        return a.share()

    def work():
        s = inner()
        found.append(places(a)[-1])
        s.release()

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert found == [(__file__, inner.__code__.co_firstlineno + 1)]
