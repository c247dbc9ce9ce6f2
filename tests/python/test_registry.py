# SPDX-License-Identifier: BSD-3-Clause
"""publish, lookup, withdraw, names."""

from __future__ import annotations

import numpy as np
import pytest

import deed


def test_lookup_gives_a_claim_of_its_own():
    a = deed.alloc((3, 4), lower=-1, name="heat/u", zeroed=True)
    u = deed.lookup("heat/u")
    assert (u.role, u.address, u.lower, u.handle != a.handle) == ("share", a.address, (-1, -1), True)
    a.release()
    assert deed.names() == []
    assert u.numpy().shape == (3, 4)


def test_rights_of_lookup():
    a = deed.alloc(3, name="u")
    assert deed.lookup("u").rights == "rw"
    assert deed.lookup("u", writable=False).rights == "r"
    a.withdraw()
    x = np.zeros(3)
    x.flags.writeable = False
    with deed.lend(x) as loan:
        loan.publish("x")
        assert deed.lookup("x").readonly
        with pytest.raises(deed.RightsError):
            deed.lookup("x", writable=True)


def test_names_are_sorted_and_unicode():
    arrays = [deed.alloc(1, name=name) for name in ("b", "a", "größe/η")]
    assert deed.names() == ["a", "b", "größe/η"]
    assert arrays[2].name == "größe/η"


def test_function_publish():
    with deed.alloc(3) as a:
        deed.publish(a, "u")
        assert a.name == "u"
        a.withdraw()
        assert a.name is None
        a.publish("v")
        assert a.share().name == "v"


def test_transfer_keeps_the_name():
    a = deed.alloc(3, name="u").transfer("Fortran")
    assert a.name == "u"
    assert deed.lookup("u").owner == "Fortran"


def test_many_names():
    arrays = [deed.alloc(1, name=f"n{k:03}") for k in range(200)]
    assert deed.names() == [f"n{k:03}" for k in range(200)]
    assert arrays[150].name == "n150"
