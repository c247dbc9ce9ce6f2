# SPDX-License-Identifier: BSD-3-Clause
"""Every call of numpy_calls.py, with deed.Arrays and with equal ndarrays: result, error, effects."""

from __future__ import annotations

import bisect
import copy
import functools
import heapq
import itertools
import json
import math
import numbers
import operator
import pickle
import random
import statistics
import warnings

import numpy as np
import pytest
from numpy_calls import REFUSED, TABLES

import deed

pytestmark = pytest.mark.skipif(
    np.lib.NumpyVersion(np.__version__) < "2.1.0", reason="the calls are those of NumPy 2"
)

MODULES = (
    bisect,
    copy,
    functools,
    heapq,
    itertools,
    json,
    math,
    numbers,
    operator,
    pickle,
    random,
    statistics,
)


def elements() -> dict[str, np.ndarray]:
    """What numpy_calls.py says of each name."""
    rng = np.random.default_rng(7)
    x, y, q = rng.normal(2, 1, (3, 4)), rng.normal(2, 1, (3, 4)), rng.normal(1, 1, (4, 4))
    n = x.copy()
    n[0, 1] = n[2, 3] = np.nan
    return {
        "x": x,
        "y": y,
        "q": q,
        "n": n,
        "v": np.array([1.5, 0.25, 4.0, 2.5, 3.75]),
        "w": np.array([0.5, 4.0, 1.25, 3.0, 2.0]),
        "i": np.array([3, 0, 4, 1, 3]),
        "j": np.array([1, 2, 4, 0, 3]),
        "b": np.array([True, False, True, True, False]),
        "m": x > 2,
        "c": np.array([1 + 2j, 3j, 2, -1 - 1j]),
        "h": x.astype("f4"),
        "s": np.array([b"abc", b"de", b"", b"fgh"], "S3"),
        "u": np.array(["abc", "de", "", "fgh"], "U3"),
        "z": np.array(2.25),
        "zi": np.array(2),
        "e": np.zeros((0, 4)),
        "o": np.full((3, 4), -9.0),
        "row": np.full(4, -9.0),
        "column": np.full(3, -9.0),
        "five": np.full(5, -9.0),
        "square": np.full((4, 4), -9.0),
        "number": np.array(-9.0),
        "whole": np.zeros((3, 4), np.int64),
        "ten": np.full(10, -9.0),
        "mask": np.zeros((3, 4), bool),
        "wave": np.zeros(5, complex),
    }


def array_of(values: np.ndarray, order: str) -> deed.Array:
    a = deed.alloc(values.shape, values.dtype, order=order)
    a.numpy()[...] = values
    return a


def settled(value):
    """With ndarrays in the place of Arrays, whose memory may change or go."""
    if isinstance(value, deed.Array):
        return value.numpy().copy()
    if isinstance(value, (tuple, list)):
        return [settled(item) for item in value]
    return value.copy() if isinstance(value, np.ndarray) else value


class Outcome:
    """What a call did: its result or error, all elements, and which names mean something else now."""

    def __init__(self, call: str, arrays: dict, folder):
        names = {module.__name__: module for module in MODULES}
        names |= {"np": np, "file": lambda name: folder / name, **arrays}
        self.error = self.result = None
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            try:
                self.result = settled(run(call, names))
            except Exception as error:
                self.error = error
        self.elements = {name: np.array(array) for name, array in arrays.items()}
        self.rebound = {name for name, array in arrays.items() if names[name] is not array}


def run(call: str, names: dict):
    try:
        return eval(compile(call, call, "eval"), names)
    except SyntaxError:
        exec(compile(call, call, "exec"), names)
        return names.get("r")


def assert_same(ours, theirs):
    assert type(ours) is type(theirs)
    if isinstance(theirs, list):
        assert len(ours) == len(theirs)
        for one, other in zip(ours, theirs, strict=True):
            assert_same(one, other)
    elif isinstance(theirs, (np.ndarray, np.generic)):
        assert ours.dtype == theirs.dtype
        assert ours.shape == theirs.shape
        np.testing.assert_array_equal(ours, theirs, strict=True)
    else:
        assert ours == theirs or ours != ours


def builtin_classes(error: Exception) -> set[type]:
    return {cls for cls in type(error).__mro__ if cls.__module__ == "builtins"} - {
        Exception,
        BaseException,
        object,
    }


def assert_same_error(ours, theirs):
    if theirs is None and ours is not None:
        raise ours
    assert (ours is None) == (theirs is None), f"{ours!r}, with an ndarray {theirs!r}"
    if theirs is not None:
        assert builtin_classes(ours) & builtin_classes(theirs), f"{ours!r}, with an ndarray {theirs!r}"


def both(call: str, order: str, folder) -> tuple[Outcome, Outcome]:
    data = elements()
    ours = Outcome(call, {name: array_of(values, order) for name, values in data.items()}, folder)
    theirs = Outcome(call, {name: values.copy(order) for name, values in data.items()}, folder)
    return ours, theirs


def difference(call: str, order: str, folder) -> str | None:
    """What a call does with Arrays that it does not do with ndarrays."""
    ours, theirs = both(call, order, folder)
    try:
        assert_same_error(ours.error, theirs.error)
        if theirs.error is None:
            assert_same(ours.result, theirs.result)
        assert ours.rebound == theirs.rebound
        for name, values in theirs.elements.items():
            np.testing.assert_array_equal(ours.elements[name], values, err_msg=name)
    except Exception as error:
        return f"{call}: {type(error).__name__} {error}"
    return None


@pytest.mark.parametrize("order", "CF")
@pytest.mark.parametrize("table", TABLES)
def test_calls_do_what_they_do_with_an_ndarray(table, order, tmp_path):
    calls = TABLES[table].strip().splitlines()
    assert len(calls) == len(set(calls)) > 10
    differences = [text for call in calls if (text := difference(call, order, tmp_path))]
    assert not differences, "\n".join(differences)


@pytest.mark.parametrize("reason", REFUSED)
def test_meant_differences_are_refusals(reason, tmp_path):
    """Nothing is silently another thing: what an Array cannot do is an error, and only what is listed."""
    for call in REFUSED[reason].strip().splitlines():
        ours, theirs = both(call, "C", tmp_path)
        assert theirs.error is None, f"{call}: {theirs.error!r}"
        assert isinstance(ours.error, (TypeError, ValueError, AttributeError)), call
        assert not ours.rebound, call
