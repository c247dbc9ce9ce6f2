# SPDX-License-Identifier: BSD-3-Clause
"""adopt and lend with name=: published in the same call, or nothing has happened."""

from __future__ import annotations

import sys

import numpy as np
import pytest

import deed

NUMPY_1 = np.lib.NumpyVersion(np.__version__) < "2.1.0"  # knows the unversioned form only

WRONG = {
    "taken": deed.NameTaken,
    "": deed.InvalidArgument,
    " u": deed.InvalidArgument,
    "u" * 128: deed.InvalidArgument,
}


@pytest.fixture
def taken():
    """Somebody has the name."""
    with deed.alloc(1, name="taken"):
        yield


@pytest.mark.parametrize("verb", [deed.adopt, deed.lend])
def test_name_publishes(verb):
    x = np.arange(3.0)
    with verb(x, name="field") as a:
        assert a.name == "field"
        assert deed.lookup("field").address == x.ctypes.data
    assert deed.names() == []
    with verb(x, name=None) as a:
        assert a.name is None


def test_name_goes_with_other_arguments():
    x = np.arange(3.0)
    with deed.lend(x, -1, False, "field") as a:
        assert (a.name, a.lower, a.readonly) == ("field", (-1,), True)
    with deed.adopt(x, 0, "field") as a:
        assert (a.name, a.lower) == ("field", (0,))


SOURCES = {
    "ndarray": lambda: np.arange(3.0),
    "bytearray": lambda: bytearray(24),
    "memoryview": lambda: memoryview(bytearray(24)),
    "object with DLPack": lambda: Producer(np.arange(3.0)),
}


class Producer:
    """An object that speaks DLPack only."""

    def __init__(self, x):
        self.x = x

    def __dlpack__(self, **keywords):
        return self.x.__dlpack__(**keywords)

    def __dlpack_device__(self):
        return self.x.__dlpack_device__()


@pytest.mark.parametrize("name", WRONG)
@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("verb", [deed.adopt, deed.lend])
@pytest.mark.usefixtures("taken")
def test_refused_name_leaves_the_object_to_its_owner(verb, source, name):
    x = SOURCES[source]()
    references = sys.getrefcount(x)
    before = deed.counts()
    with pytest.raises(WRONG[name]):
        verb(x, name=name)
    after = deed.counts()
    assert (after.live_blocks, after.live_claims) == (before.live_blocks, before.live_claims)
    assert sys.getrefcount(x) == references
    assert deed.names() == ["taken"]
    if isinstance(x, bytearray):
        x.append(1)  # refused if anybody holds a buffer
    with verb(x, name="field") as a:
        assert a.name == "field"


@pytest.mark.parametrize("name", WRONG)
@pytest.mark.parametrize("keywords", [{}] if NUMPY_1 else [{}, {"max_version": (1, 0)}], ids=str)
@pytest.mark.parametrize("verb", [deed.adopt, deed.lend])
@pytest.mark.usefixtures("taken")
def test_refused_name_consumes_no_capsule(verb, keywords, name):
    x = np.arange(3.0)
    references = sys.getrefcount(x)
    capsule = x.__dlpack__(**keywords)
    for _ in range(3):
        with pytest.raises(WRONG[name]):
            verb(capsule, name=name)
    with verb(capsule, name="field") as a:
        assert a.address == x.ctypes.data
    with pytest.raises(ValueError, match="consumed"):
        verb(capsule)
    del capsule, a
    assert sys.getrefcount(x) == references


@pytest.mark.parametrize("verb", [deed.adopt, deed.lend])
def test_share_of_an_array_cannot_have_a_name(verb):
    a = deed.alloc(3)
    x = a.numpy()
    claims = deed.counts().live_claims
    with pytest.raises(deed.NotTitleError):
        verb(x, name="field")
    assert deed.counts().live_claims == claims
    assert deed.names() == []


@pytest.mark.parametrize("verb", [deed.adopt, deed.lend, deed.alloc])
def test_what_is_no_text(verb):
    for wrong, error in ((3, TypeError), (b"u", TypeError), ("a\0b", ValueError)):
        with pytest.raises(error):
            verb(np.zeros(1) if verb is not deed.alloc else 1, name=wrong)


def test_refused_loan_frees_the_object_for_another():
    x = np.arange(3.0)
    with deed.lend(x, name="field"):
        with pytest.raises(deed.NameTaken):
            deed.lend(x[1:], name="field")
        with pytest.raises(deed.NameTaken):
            deed.adopt(x[1:].copy(), name="field")
    x.resize(9)
