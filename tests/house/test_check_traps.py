# SPDX-License-Identifier: BSD-3-Clause
"""The list of traps and the tests, where they disagree."""

from __future__ import annotations

import pytest
from check_traps import named_in, problems_of


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("def test_trap_a12_a43_a_lie_is_refused():", {"A12", "A43"}),
        ("static void trap_a07_a_callback(void **state)", {"A7"}),
        ('TEST_CASE("trap A19, T20: what is refused")', {"A19", "T20"}),
        ("!> Traps T15 and T17: a program that ends", {"T15", "T17"}),
        ("call run('trap_t02_view', trap_t02_view)", {"T2"}),
        ("deed_trap_handler, a trap in general, trap_t", set()),
    ],
)
def test_numbers_are_found_in_names_and_comments(text, numbers):
    assert named_in(text) == numbers


@pytest.mark.parametrize(
    "line", ["A thread ends.", "A thread ends. *Held by* `tests/c`.", "A thread ends. *No test*: it cannot."]
)
def test_list_and_tests_agree(line):
    named = {} if "*" in line else {"A1": "tests/c/a.c"}
    assert problems_of({"A1": line}, named) == []


def test_trap_that_is_not_in_the_list():
    assert problems_of({}, {"T9": "tests/c/a.c"}) == ["tests/c/a.c: trap T9 is not in tests/traps.md"]


def test_trap_without_a_test_and_a_reason():
    assert problems_of({"T9": "Copies. *No test*:"}, {}) == [
        "tests/traps.md: no test names T9, and the line does not say why"
    ]


def test_mark_that_is_not_true_any_more():
    problems = problems_of({"T9": "Copies. *No test*: not built."}, {"T9": "tests/c/a.c"})
    assert problems == ["tests/traps.md: T9 is marked as without a test, but tests/c/a.c names it"]
