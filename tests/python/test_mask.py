# SPDX-License-Identifier: BSD-3-Clause
"""Arrays with a mask, which memory cannot show: refused by every way in where something is masked."""

from __future__ import annotations

import numpy as np
import pytest

import deed


def masked(mask=(0, 1, 0)):
    return np.ma.array([1.0, 2.0, 3.0], mask=mask)


class Shows:
    """An object with __array__ or another way to an ndarray."""

    def __init__(self, **attributes):
        """These attributes."""
        self.__dict__.update(attributes)


class WithArray(Shows):
    """__array__ gives self.x."""

    def __array__(self, dtype=None, copy=None):
        """As it is."""
        return self.x


class Interface(Shows):
    """An __array_interface__ with self.mask."""

    @property
    def __array_interface__(self):
        """That of self.x, with a mask."""
        return {**self.x.__array_interface__, "mask": self.mask}


WAYS = [deed.adopt, deed.lend, deed.from_buffer, deed.from_dlpack]
WAYS += [
    lambda x: deed.from_dlpack(x, copy=True),
    deed.handle.of().from_param,
    lambda x: deed.lend(x, lower=0),
]


@pytest.mark.parametrize("number", range(len(WAYS)))
def test_every_way_in_refuses_a_mask_by_name_and_takes_what_hides_nothing(number):
    take = WAYS[number]
    two = np.ma.array(np.zeros((2, 3)))
    two[1, 1] = np.ma.masked
    records = np.ma.array([(1, 2.0)], "i4,f8", mask=[(0, 1)])
    for x in (masked(), two, two[:, 1:].T[:1], masked().view()[1:2]):
        with pytest.raises(deed.UnsupportedError, match=r"mask of this .*MaskedArray .*filled\(\)"):
            take(x)
    with pytest.raises(deed.UnsupportedError, match="mask"):
        take(records)
    for x in (masked(0), masked(np.ma.nomask), masked()[2:], np.ma.array(np.zeros((2, 3)))):
        assert take(x) is not None


def test_a_memoryview_of_an_array_with_a_mask():
    with pytest.raises(deed.UnsupportedError, match="mask"):
        deed.lend(memoryview(masked()))
    assert deed.lend(memoryview(masked(0))).size == 3


def test_what_the_message_says_can_be_done():
    x = masked()
    assert deed.lend(x.filled(-1)).numpy().tolist() == [1, -1, 3]
    assert deed.lend(np.asarray(x)).numpy().tolist() == [1, 2, 3]
    assert deed.lend(x.data).address == x.data.ctypes.data


def test_an_ndarray_of_deed_that_got_a_mask():
    a = deed.alloc(3, zeroed=True)
    x = a.numpy().view(np.ma.MaskedArray)
    assert deed.share(x).address == a.address
    assert deed.handle.of().from_param(x) is not None
    x[1] = np.ma.masked
    for take in (deed.share, deed.adopt, deed.lend, deed.handle.of().from_param):
        with pytest.raises(deed.UnsupportedError, match="mask"):
            take(x)
    del x
    assert len(a.holders()) == 1


def test_what_an_object_answers_with_may_have_a_mask():
    with pytest.raises(deed.UnsupportedError, match="MaskedArray"):
        deed.lend(WithArray(x=masked()))
    assert deed.lend(WithArray(x=masked(0))).size == 3


def test_the_mask_of_an_array_interface():
    x = np.arange(3.0)
    for mask in (np.array([False, True, False]), [False, True, False]):
        with pytest.raises(deed.UnsupportedError, match="mask of this Interface"):
            deed.adopt(Interface(x=x, mask=mask))
    for mask in (None, np.zeros(3, bool)):
        assert deed.adopt(Interface(x=x, mask=mask)).address == x.ctypes.data


def test_other_classes_of_ndarrays():
    class Quantity(np.ndarray):
        unit = "metre"

    class Masked(np.ndarray):
        mask = property(lambda self: np.array(self) > 1)

    class Broken(np.ndarray):
        mask = property(lambda self: 1 / 0)

    x = np.arange(3.0)
    assert deed.lend(x.view(Quantity)).size == 3
    assert deed.adopt(x.view(Quantity)).reclaim().unit == "metre"
    with pytest.raises(deed.UnsupportedError, match="mask of this Masked"):
        deed.lend(x.view(Masked))
    assert deed.lend(x[:2].view(Masked)).size == 2
    with pytest.raises(ZeroDivisionError):
        deed.lend(x.view(Broken))
    records = np.array([(1, 2.0)], [("mask", "i4"), ("x", "f8")]).view(np.recarray)
    assert deed.lend(records).itemsize == 12
    assert deed.lend(x.view(np.matrix)).shape == (1, 3)
    assert deed.lend(np.char.array([b"a ", b"bc"])).itemsize == 2
