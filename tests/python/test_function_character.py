# SPDX-License-Identifier: BSD-3-Clause
"""deed.function: characters of Fortran, whose length goes with them."""

from __future__ import annotations

import numpy as np
import pytest
from native_procedures import COMPILER, make

import deed
from deed import arg


@pytest.fixture
def count_letter():
    return make("count_letter", arg.character("text", optional=True), result="int32")


@pytest.fixture
def count_letters():
    return make("count_letters", arg.character("text"), arg.descriptor("words", "S", 2), result="int32")


@pytest.fixture
def stamp():
    return make("stamp", arg.descriptor("words", "S", 1, "inout"), arg.character("text"))


def test_scalar_of_any_length(count_letter):
    assert count_letter("banana") == 6003
    assert count_letter(b"x") == 1001
    assert count_letter("") == 0
    assert count_letter("grün") == 5001
    assert count_letter("a\0b\0") == 4002
    assert count_letter(None) == -1


def test_array_of_words(count_letters):
    words = np.array([[b"red", b"bad"], [b"sea", b"odd"], [b"add", b"end"]])
    for shown in (words, words.T, np.asfortranarray(words), words[::-2, ::-1]):
        assert count_letters("d", shown) == 3000 + int(np.char.endswith(shown, b"d").sum())
    assert count_letters("d", words[:0]) == 3000


def test_words_are_written_where_they_are(stamp):
    words = np.array([b"abcde", b"fghij", b"klmno"])
    stamp(words[::2], "!!")
    assert list(words) == [b"abc!!", b"fghij", b"klm!!"]
    with deed.adopt(words) as array:
        stamp(array, b"?")
    assert list(words) == [b"abc!?", b"fghi?", b"klm!?"]


def test_words_of_one_length():
    stamp = make("stamp", arg.descriptor("words", "S4", 1, "inout"), arg.character("text"))
    words = np.array([b"abcd"])
    stamp(words, "12")
    assert list(words) == [b"ab12"]
    with pytest.raises(deed.DtypeError, match=r"'words': .*S5.* of 4 bytes is wanted"):
        stamp(np.array([b"abcde"]), "12")


def test_component_of_records(stamp):
    records = np.zeros(3, dtype=[("word", "S3"), ("n", "i1")])
    if COMPILER == "gfortran":
        with pytest.raises(deed.OrderError, match="'words'"):
            stamp(records["word"], "x")
    else:
        stamp(records["word"], "abc")
        assert list(records["word"]) == [b"abc"] * 3


def test_what_is_no_text_is_refused_by_name(count_letter, count_letters):
    for wrong in (3, np.array(b"a"), ["a"]):
        with pytest.raises(deed.DtypeError, match=r"'text': .* came, str or bytes is wanted"):
            count_letter(wrong)
    with pytest.raises(deed.InvalidArgument, match="'text'"):
        count_letter("\udc80")
    for wrong in (np.zeros((1, 1)), np.array([["a"]]), np.zeros((1, 1), "V3")):
        with pytest.raises(deed.DtypeError, match=r"'words': .* of any length is wanted"):
            count_letters("d", wrong)


def test_words_of_any_length_need_a_descriptor():
    with pytest.raises(deed.DtypeError):
        make("stamp", arg.pointer("words", "S", 1), arg.character("text"))
