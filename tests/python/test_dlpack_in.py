# SPDX-License-Identifier: BSD-3-Clause
"""DLPack tensors of other libraries, honest ones and such that lie."""

from __future__ import annotations

import gc

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lying_producer import Producer

import deed


class Tensor:
    """A NumPy array that speaks DLPack and nothing else."""

    def __init__(self, x: np.ndarray) -> None:
        """Speak about x."""
        self.x = x

    def __dlpack__(self, **keywords):
        """What NumPy says."""
        return self.x.__dlpack__(**keywords)

    def __dlpack_device__(self):
        """What NumPy says."""
        return self.x.__dlpack_device__()


class OldTensor(Tensor):
    """As before DLPack 1.0: no keywords, the unversioned form."""

    def __dlpack__(self, stream=None):
        """The unversioned form."""
        return self.x.__dlpack__(stream=stream)


class SilentTensor:
    """A producer that cannot be asked for its device."""

    def __init__(self, x: np.ndarray) -> None:
        """Speak about x."""
        self.x = x

    def __dlpack__(self, **keywords):
        """What NumPy says."""
        return self.x.__dlpack__(**keywords)


class RefusingTensor(Tensor):
    """A producer whose enquiry fails."""

    def __dlpack_device__(self):
        """Fail as a missing attribute inside would."""
        raise AttributeError("of the producer's own")


@pytest.mark.parametrize("verb", [deed.from_dlpack, deed.adopt, deed.lend])
def test_a_producer_need_not_say_its_device_beforehand(verb):
    x = np.arange(3.0)
    a = verb(SilentTensor(x))
    assert np.shares_memory(a.numpy(), x)
    a.release()
    with pytest.raises(AttributeError, match="of the producer's own"):
        verb(RefusingTensor(x))
    assert deed.counts().live_blocks == 0


LAYOUTS = {
    "C": np.arange(12.0).reshape(3, 4),
    "F": np.asfortranarray(np.arange(12.0).reshape(3, 4)),
    "transposed": np.arange(24.0).reshape(2, 3, 4).transpose(2, 0, 1),
    "stepped": np.arange(40.0).reshape(5, 8)[::2, 1::3],
    "reversed": np.arange(12.0).reshape(3, 4)[::-1, ::-2],
    "zero stride": np.lib.stride_tricks.as_strided(np.arange(3.0), (2, 3), (0, 8)),
    "0-d": np.array(7.0),
    "empty": np.empty((2, 0)),
    "one": np.arange(1.0).reshape(1, 1, 1),
}


def needs_versions() -> bool:
    """Does this NumPy know max_version?"""
    try:
        np.arange(3.0).__dlpack__(max_version=(1, 0))
    except TypeError:
        return False
    return True


@pytest.mark.parametrize("layout", LAYOUTS)
def test_values_addresses_and_writes(layout):
    x = LAYOUTS[layout]
    a = deed.from_dlpack(Tensor(x))
    seen = a.numpy()
    np.testing.assert_array_equal(seen, x)
    assert a.origin == "foreign"
    assert a.lower == (1,) * x.ndim
    assert a.copied is None
    if x.size:
        assert a.address == x.__array_interface__["data"][0]
    if x.size and not a.readonly:
        seen[...] = seen + 1
        np.testing.assert_array_equal(seen, x)


@pytest.mark.parametrize(
    "name", ["int8", "uint16", "int64", "float16", "float32", "complex64", "complex128", "bool"]
)
def test_types(name):
    x = np.zeros(3, name)
    assert deed.from_dlpack(Tensor(x)).dtype == x.dtype


@pytest.mark.skipif(not needs_versions(), reason="NumPy 1.26 gives the unversioned form only")
def test_trap_a33_read_only_stays_read_only():
    x = np.arange(3.0)
    x.flags.writeable = False
    a = deed.from_dlpack(Tensor(x))
    assert a.readonly
    with pytest.raises(deed.RightsError):
        a.share(writable=True)
    assert not deed.from_dlpack(Tensor(np.arange(3.0))).readonly


def test_the_unversioned_form_cannot_say_that_memory_may_be_written():
    a = deed.from_dlpack(OldTensor(np.arange(3.0)))
    assert a.readonly
    np.testing.assert_array_equal(a.numpy(), [0, 1, 2])


def test_adopt_and_lend_take_what_speaks_dlpack():
    x = np.arange(3.0)
    assert deed.adopt(Tensor(x), lower=0).lower == (0,)
    with deed.lend(Tensor(x)) as loan:
        assert loan.origin == "lent"
        share = loan.share()
        with pytest.raises(deed.BusyError):
            loan.recall()
        del share


def test_an_array_of_deed_gives_a_share():
    a = deed.alloc(3, zeroed=True)
    assert deed.from_dlpack(a).address == a.address
    assert deed.counts().live_blocks == 1
    with pytest.raises(TypeError, match="share"):
        deed.adopt(a)


def test_copy_only_when_asked():
    x = np.arange(3.0)
    copies = deed.counts().copies
    assert deed.from_dlpack(Tensor(x), copy=False).copied is None
    assert deed.counts().copies == copies
    a = deed.from_dlpack(Tensor(x), copy=True)
    assert (a.copied, a.origin) == ("requested", "malloc")
    assert a.address != x.__array_interface__["data"][0]


def test_reclaim_of_foreign_memory_is_refused():
    with pytest.raises(deed.OriginError):
        deed.from_dlpack(Tensor(np.arange(3.0))).reclaim()


def test_what_does_not_speak_dlpack():
    with pytest.raises(TypeError, match="__dlpack__"):
        deed.from_dlpack([1, 2])
    with pytest.raises(deed.UnsupportedError, match="cuda"):
        deed.from_dlpack(Tensor(np.arange(3.0)), device="cuda")


class Device:
    """As array libraries have them: a kind and a number."""

    def __init__(self, kind, text):
        """A device of this type that shows itself as text."""
        self.type, self.text = kind, text

    def __str__(self):
        """As the library shows it."""
        return self.text


class NamedDevice:
    """A device without a type."""

    def __str__(self):
        """Its name is all."""
        return "cpu"


@pytest.mark.parametrize(
    "device", [None, "cpu", (1, 0), Device("cpu", "cpu"), Device("cpu", "cpu:0"), NamedDevice()]
)
def test_every_way_to_name_the_cpu(device):
    x = np.arange(3.0)
    assert deed.from_dlpack(Tensor(x), device=device).size == 3
    assert deed.from_dlpack(deed.alloc(3), device=device).size == 3


@pytest.mark.parametrize(
    "device", ["cuda", "CPU", "", (2, 0), (1, 1), (1,), (), ("cpu", 0), 1, Device("cuda", "cpu"), object()]
)
def test_every_other_device_is_refused_by_name(device):
    with pytest.raises(
        deed.UnsupportedError, match=r"from_dlpack to device .*: deed has 'cpu', which is \(1, 0\)"
    ):
        deed.from_dlpack(Tensor(np.arange(3.0)), device=device)


def test_a_device_that_fails_passes_its_error_on():
    class Failing:
        type = property(lambda self: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        deed.from_dlpack(Tensor(np.arange(3.0)), device=Failing())


def test_trap_a11_a_capsule_is_consumed_once(native_path):
    producer = Producer(native_path)
    capsule = producer.capsule()
    a = deed.from_dlpack(capsule)
    assert producer.is_consumed()
    with pytest.raises(ValueError, match="consumed"):
        deed.from_dlpack(capsule)
    del capsule
    assert producer.ended_here == 0
    assert a.numpy().sum() == 66
    del a
    assert producer.ended_here == 1


@pytest.mark.parametrize("versioned", [True, False])
def test_trap_a13_empty_tensors_a_thousand_times(native_path, versioned):
    producer = Producer(native_path, versioned=versioned, shape=(0, 4))
    for _ in range(1000):
        assert deed.from_dlpack(producer).size == 0
    assert producer.ended_here == 1000


def test_trap_a14_no_deleter_is_static_memory(native_path):
    producer = Producer(native_path, deleter=False)
    a = deed.from_dlpack(producer)
    assert a.numpy()[2, 3] == 11
    del a
    producer.library.lying_free(producer.managed)
    assert producer.ended_here == 0


def test_trap_a15_each_release_by_its_own_deleter(native_path):
    producer = Producer(native_path)
    tensor, array = deed.from_dlpack(producer), deed.adopt(np.arange(3.0))
    del array
    assert producer.ended_here == 0
    del tensor
    assert producer.ended_here == 1


@pytest.mark.parametrize("major", [0, 2, 99])
def test_trap_a16_another_major_version_is_ended_unread(native_path, major):
    producer = Producer(native_path, major=major, data=8, shape=None, ndim=1000)
    with pytest.raises(deed.UnsupportedError, match=f"version {major}"):
        deed.from_dlpack(producer)
    assert producer.is_consumed()
    assert producer.ended_here == 1


def test_trap_a35_a_read_only_flag_is_believed(native_path):
    assert deed.from_dlpack(Producer(native_path, flags=1)).readonly
    assert not deed.from_dlpack(Producer(native_path, flags=2)).readonly


def test_trap_a37_no_strides_is_c_order(native_path):
    producer = Producer(native_path, strides=None)
    a = deed.from_dlpack(producer)
    np.testing.assert_array_equal(a.numpy(), np.arange(12.0).reshape(3, 4))
    assert a.c_contiguous
    zero = Producer(native_path, ndim=0, shape=None, strides=None)
    scalar = deed.from_dlpack(zero)
    assert (scalar.shape, scalar.numpy()[()]) == ((), 0.0)


@pytest.mark.parametrize("stride", [12345, -(2**63), 2**62])
@pytest.mark.parametrize("shape", [(1, 3), (0, 3), (3, 0)])
def test_trap_a37_a_stride_to_no_second_element_may_be_anything(native_path, shape, stride):
    strides = (stride, 1) if shape == (1, 3) else (stride, stride)
    producer = Producer(native_path, shape=shape, strides=strides)
    a = deed.from_dlpack(producer)
    np.testing.assert_array_equal(a.numpy(), np.arange(a.size, dtype="f8").reshape(shape))


@pytest.mark.parametrize("data", [None, 1, 2**64 - 1])
def test_trap_a38_t44_pointers_of_empty_tensors_are_not_followed(native_path, data):
    a = deed.from_dlpack(Producer(native_path, shape=(3, 0), data=data, byte_offset=2**64 - 8))
    assert (a.shape, a.numpy().size) == ((3, 0), 0)


def test_trap_a39_negative_strides_are_exact(native_path):
    producer = Producer(native_path, strides=(-4, -1), byte_offset=88)
    a = deed.from_dlpack(producer)
    np.testing.assert_array_equal(a.numpy(), np.arange(12.0).reshape(3, 4)[::-1, ::-1])


def test_trap_a41_byte_offset(native_path):
    producer = Producer(native_path, ndim=1, shape=(3,), strides=(1,), byte_offset=16)
    a = deed.from_dlpack(producer)
    assert a.numpy().tolist() == [2, 3, 4]


LIES = {
    "negative ndim": ({"ndim": -1}, deed.RankError),
    "ndim 16": ({"ndim": 16}, deed.RankError),
    "ndim 65": ({"ndim": 65}, deed.RankError),
    "no shape": ({"shape": None}, deed.NullError),
    "negative extent": ({"shape": (3, -4)}, deed.ShapeError),
    "overflowing shape": ({"shape": (2**62, 2**62)}, deed.SizeError),
    "overflowing shape without strides": ({"shape": (2**62, 2**62), "strides": None}, deed.SizeError),
    "overflowing stride": ({"strides": (2**62, 1)}, deed.SizeError),
    "overflowing offset": ({"byte_offset": 2**64 - 8}, deed.SizeError),
    "no data": ({"data": None}, deed.NullError),
    "lanes": ({"lanes": 2}, deed.DtypeError),
    "no lanes": ({"lanes": 0}, deed.DtypeError),
    "4 bits": ({"code": 17, "bits": 4}, deed.DtypeError),
    "8-bit real": ({"code": 2, "bits": 8}, deed.DtypeError),
    "7 bits": ({"code": 0, "bits": 7}, deed.DtypeError),
    "0 bits": ({"bits": 0}, deed.DtypeError),
    "handle": ({"code": 3, "bits": 64}, deed.DtypeError),
    "unknown code": ({"code": 200}, deed.DtypeError),
    "device": ({"device_type": 2}, deed.UnsupportedError),
}


@pytest.mark.parametrize("versioned", [True, False])
@pytest.mark.parametrize("lie", LIES)
def test_trap_a12_a43_a_lie_is_refused_and_the_tensor_stays_with_its_capsule(native_path, lie, versioned):
    fields, error = LIES[lie]
    producer = Producer(native_path, versioned=versioned, **fields)
    with pytest.raises(error):
        deed.from_dlpack(producer)
    assert not producer.is_consumed()
    assert producer.ended_here == 0
    producer.free_unconsumed()


@pytest.mark.parametrize("versioned", [True, False])
def test_trap_a12_what_is_refused_after_it_was_found_good_stays_with_its_capsule(native_path, versioned):
    refusals = [
        (deed.adopt, {"lower": (1, 2, 3)}, {}, deed.RankError),
        (deed.adopt, {"lower": 2**63 - 1}, {}, deed.SizeError),
        (deed.lend, {"lower": (1, 2, 3)}, {}, deed.RankError),
        (deed.lend, {"writable": True}, {"flags": 1}, deed.RightsError),
        (deed.adopt, {}, {"data": 2**64 - 8}, deed.SizeError),
        (deed.lend, {}, {"data": 2**64 - 8}, deed.SizeError),
        (deed.from_dlpack, {}, {"data": 2**64 - 8}, deed.SizeError),
    ]
    for take, keywords, fields, error in refusals:
        producer = Producer(native_path, versioned=versioned, **fields)
        with pytest.raises(error):
            take(producer, **keywords)
        assert not producer.is_consumed()
        assert producer.ended_here == 0
        if fields:
            producer.free_unconsumed()
        else:
            assert deed.from_dlpack(producer.last).numpy().sum() == 66
            assert producer.ended_here == 1


@pytest.mark.parametrize("versioned", [True, False])
def test_trap_a11_a_tensor_that_is_consumed_meanwhile_is_not_taken(native_path, versioned):
    producer = Producer(native_path, versioned=versioned)
    capsule = producer.capsule()

    class Thief:
        def __index__(self):
            self.stolen = deed.from_dlpack(capsule)
            return 0

    thief = Thief()
    with pytest.raises(ValueError, match="consumed"):
        deed.adopt(capsule, lower=thief)
    assert producer.ended_here == 0
    assert thief.stolen.numpy().sum() == 66
    del thief.stolen
    assert producer.ended_here == 1


def test_device_is_asked_before_a_capsule_is_made(native_path):
    producer = Producer(native_path, device=(2, 0))
    with pytest.raises(deed.UnsupportedError, match=r"\(2, 0\)"):
        deed.from_dlpack(producer)
    assert producer.managed is None


@pytest.mark.parametrize("device", [None, 3, ("cpu", 0), (1,)])
def test_nonsense_for_a_device(native_path, device):
    producer = Producer(native_path)
    producer.device = device
    with pytest.raises(TypeError):
        deed.from_dlpack(producer)


def test_failures_of_the_producer_pass_through():
    class Failing:
        def __dlpack_device__(self):
            return (1, 0)

        def __dlpack__(self, **_):
            raise BufferError("not today")

    with pytest.raises(BufferError, match="not today"):
        deed.from_dlpack(Failing())
    Failing.__dlpack__ = lambda self, **_: 3
    with pytest.raises(ValueError, match="no DLPack tensor"):
        deed.from_dlpack(Failing())


EXTENT = st.integers(-1, 4) | st.integers(-(2**63), 2**63 - 1)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300, deadline=None)
@given(
    ndim=st.integers(-2, 4) | st.integers(-(2**31), 2**31 - 1),
    shape=st.none() | st.lists(EXTENT, min_size=4, max_size=4),
    strides=st.none() | st.lists(EXTENT, min_size=4, max_size=4),
    code=st.integers(0, 17),
    bits=st.sampled_from([0, 1, 4, 8, 16, 32, 64, 80, 128, 255]),
    lanes=st.sampled_from([1, 1, 1, 0, 2]),
    byte_offset=st.just(0) | st.integers(0, 2**64 - 1),
    versioned=st.booleans(),
)
def test_trap_a43_any_lie_is_held_or_refused(native_path, versioned, **fields):
    producer = Producer(native_path, versioned=versioned, **fields)
    try:
        a = deed.from_dlpack(producer)  # described, not read: the lie may point anywhere
    except (deed.DeedError, ValueError):
        assert producer.ended_here == 0
        producer.free_unconsumed()
    else:
        assert len(a.shape) == fields["ndim"]
        del a
        assert producer.ended_here == 1


def test_trap_t21_a_loop_grows_nothing(native_path):
    producer = Producer(native_path)
    for _ in range(2000):
        deed.from_dlpack(producer)
    gc.collect()
    assert producer.ended_here == 2000
