# SPDX-License-Identifier: BSD-3-Clause
"""Arrow arrays, out of deed and into it, and such that lie."""

from __future__ import annotations

import ctypes
import gc

import numpy as np
import pytest

import deed

_new_capsule = ctypes.pythonapi.PyCapsule_New
_new_capsule.restype = ctypes.py_object
_new_capsule.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p]
_get_pointer = ctypes.pythonapi.PyCapsule_GetPointer
_get_pointer.restype = ctypes.c_void_p
_get_pointer.argtypes = [ctypes.py_object, ctypes.c_char_p]

RELEASE = ctypes.CFUNCTYPE(None, ctypes.c_void_p)


class Schema(ctypes.Structure):
    """struct ArrowSchema."""

    _fields_ = (
        ("format", ctypes.c_char_p),
        ("name", ctypes.c_char_p),
        ("metadata", ctypes.c_void_p),
        ("flags", ctypes.c_int64),
        ("child_count", ctypes.c_int64),
        ("children", ctypes.c_void_p),
        ("dictionary", ctypes.c_void_p),
        ("release", ctypes.c_void_p),
        ("context", ctypes.c_void_p),
    )


class Elements(ctypes.Structure):
    """struct ArrowArray."""

    _fields_ = (
        ("length", ctypes.c_int64),
        ("null_count", ctypes.c_int64),
        ("offset", ctypes.c_int64),
        ("buffer_count", ctypes.c_int64),
        ("child_count", ctypes.c_int64),
        ("buffers", ctypes.POINTER(ctypes.c_void_p)),
        ("children", ctypes.c_void_p),
        ("dictionary", ctypes.c_void_p),
        ("release", ctypes.c_void_p),
        ("context", ctypes.c_void_p),
    )


class Producer:
    """Says of twelve doubles, 0.0 to 11.0, whatever the keywords say, and counts its releases."""

    def __init__(
        self, form: bytes = b"g", data: bool = True, nulls: bool = False, address=None, **fields
    ) -> None:
        """Truthful but for the keywords."""
        self.numbers = (ctypes.c_double * 12)(*range(12))
        self.released = 0
        self.release = RELEASE(self.count)
        release = ctypes.cast(self.release, ctypes.c_void_p)
        self.buffers = (ctypes.c_void_p * 2)(
            ctypes.addressof(self.numbers) if nulls else None,
            (address or ctypes.addressof(self.numbers)) if data else None,
        )
        self.schema = Schema(form, b"", release=release)
        self.elements = Elements(12, 0, 0, 2, 0, self.buffers, release=release)
        for name, value in fields.items():
            setattr(self.schema if name in ("dictionary_schema", "context") else self.elements, name, value)

    def count(self, address: int) -> None:
        """What release of the array does."""
        self.released += 1
        Elements.from_address(address).release = None

    def __arrow_c_array__(self, requested_schema=None):
        """The two capsules, without destructors."""
        return (
            _new_capsule(ctypes.addressof(self.schema), b"arrow_schema", None),
            _new_capsule(ctypes.addressof(self.elements), b"arrow_array", None),
        )


GET = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)
GET_ERROR = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p)


class Stream(ctypes.Structure):
    """struct ArrowArrayStream."""

    _fields_ = (
        ("get_schema", GET),
        ("get_next", GET),
        ("get_last_error", GET_ERROR),
        ("release", RELEASE),
        ("context", ctypes.c_void_p),
    )


class StreamProducer:
    """A stream of what the producers say, which fails at the call of a number and then says why."""

    def __init__(self, *producers: Producer, fails_at: int = 0, reason: bytes | None = b"no more") -> None:
        """fails_at: 1 is the call for the schema."""
        self.producers, self.fails_at, self.reason = list(producers), fails_at, ctypes.c_char_p(reason)
        self.schema_released = self.calls = 0
        self.release_schema = RELEASE(self.count)
        why = ctypes.cast(self.reason, ctypes.c_void_p).value
        self.stream = Stream(
            GET(self.get_schema), GET(self.get_next), GET_ERROR(lambda _: why), RELEASE(lambda _: None)
        )

    def count(self, address: int) -> None:
        """What release of the schema does."""
        self.schema_released += 1
        Schema.from_address(address).release = None

    def is_failing(self) -> bool:
        """Is this the call that fails?"""
        self.calls += 1
        return self.calls == self.fails_at

    def get_schema(self, _, out: int) -> int:
        """That of the first producer, or of doubles."""
        if self.is_failing():
            return 5
        form = self.producers[0].schema.format if self.producers else b"g"
        release = ctypes.cast(self.release_schema, ctypes.c_void_p)
        ctypes.memmove(out, ctypes.byref(Schema(form, b"", release=release)), ctypes.sizeof(Schema))
        return 0

    def get_next(self, _, out: int) -> int:
        """The next array, or nothing."""
        if self.is_failing():
            return 5
        elements = self.producers.pop(0).elements if self.producers else Elements()
        ctypes.memmove(out, ctypes.byref(elements), ctypes.sizeof(Elements))
        return 0

    def __arrow_c_stream__(self, requested_schema=None):
        """Its capsule, without a destructor."""
        return _new_capsule(ctypes.addressof(self.stream), b"arrow_array_stream", None)


def test_a_stream_of_one_array():
    producer = Producer(offset=2, length=5)
    stream = StreamProducer(producer)
    a = deed.from_arrow(stream)
    assert (a.numpy().tolist(), a.readonly, a.origin) == ([2, 3, 4, 5, 6], True, "foreign")
    assert (producer.released, stream.schema_released) == (0, 1)
    del a
    assert producer.released == 1


STREAM_LIES = {
    "no array": ((), {}, deed.InvalidArgument, 0),
    "more than one array": ((Producer, Producer), {}, deed.UnsupportedError, 2),
    "may have nulls": ((lambda: Producer(null_count=2, nulls=True),), {}, deed.UnsupportedError, 1),
    "no type": ((lambda: Producer(form=b"u"),), {}, deed.DtypeError, 1),
    "not the two buffers": ((lambda: Producer(buffer_count=3),), {}, deed.InvalidArgument, 1),
    "no more": ((Producer,), {"fails_at": 1}, deed.InvalidArgument, 0),
    "be held: no more": ((Producer,), {"fails_at": 2}, deed.InvalidArgument, 0),
    "held: no more": ((Producer,), {"fails_at": 3}, deed.InvalidArgument, 1),
    "does not say why": ((Producer,), {"fails_at": 3, "reason": None}, deed.InvalidArgument, 1),
}


@pytest.mark.parametrize("reason", STREAM_LIES)
def test_a_stream_that_is_refused_has_released_what_it_gave(reason):
    makers, keywords, error, released = STREAM_LIES[reason]
    producers = [make() for make in makers]
    stream = StreamProducer(*producers, **keywords)
    with pytest.raises(error, match=reason):
        deed.from_arrow(stream)
    assert sum(producer.released for producer in producers) == released
    assert stream.schema_released == (0 if keywords.get("fails_at") == 1 else 1)


def test_a_stream_that_is_none():
    stream = StreamProducer(Producer())
    stream.stream.release = RELEASE()
    with pytest.raises(deed.InvalidArgument, match="consumed"):
        deed.from_arrow(stream)

    class Wrong:
        def __arrow_c_stream__(self):
            return 5

    with pytest.raises(TypeError, match="capsule of an Arrow stream, but 5"):
        deed.from_arrow(Wrong())


def elements_of(a: deed.Array):
    pair = a.__arrow_c_array__()
    schema = Schema.from_address(_get_pointer(pair[0], b"arrow_schema"))
    return pair, schema, Elements.from_address(_get_pointer(pair[1], b"arrow_array"))


FORMATS = {
    "int8": b"c",
    "uint8": b"C",
    "int16": b"s",
    "uint16": b"S",
    "int32": b"i",
    "uint32": b"I",
    "int64": b"l",
    "uint64": b"L",
    "float16": b"e",
    "float32": b"f",
    "float64": b"g",
}


@pytest.mark.parametrize("name", FORMATS)
def test_out_and_back_again(name):
    a = deed.alloc(5, name)
    a.numpy()[...] = np.arange(5)
    pair, schema, elements = elements_of(a)
    assert (schema.format, schema.flags, schema.child_count) == (FORMATS[name], 0, 0)
    assert (elements.length, elements.null_count, elements.offset, elements.buffer_count) == (5, 0, 0, 2)
    assert (elements.buffers[0], elements.buffers[1]) == (None, a.address)
    del pair
    b = deed.from_arrow(a)
    assert (b.address, b.dtype, b.origin, b.readonly) == (a.address, a.dtype, "foreign", True)
    np.testing.assert_array_equal(b.numpy(), np.arange(5))


def test_a_capsule_has_a_claim_until_it_is_moved_or_goes():
    a = deed.alloc(5)
    pair = a.__arrow_c_array__()
    assert len(a.holders()) == 2
    del pair
    assert len(a.holders()) == 1
    b = deed.from_arrow(a)
    del a
    gc.collect()
    assert deed.counts().live_blocks == 2
    del b
    assert deed.counts().live_blocks == 0


def test_what_arrow_cannot_take():
    with pytest.raises(BufferError, match="one dimension"):
        deed.alloc((2, 3)).__arrow_c_array__()
    with pytest.raises(BufferError, match="gaps"):
        deed.alloc(6)[::2].__arrow_c_array__()
    for kind in ("bool", "complex128", "S3", "longdouble"):
        with pytest.raises(BufferError, match="no type"):
            deed.alloc(3, kind).__arrow_c_array__()


def test_a_requested_schema_is_a_wish():
    a = deed.alloc(3)
    for requested in (None, a.__arrow_c_schema__(), deed.alloc(3, "float32").__arrow_c_schema__()):
        pair = a.__arrow_c_array__(requested_schema=requested)
        schema = Schema.from_address(_get_pointer(pair[0], b"arrow_schema"))
        elements = Elements.from_address(_get_pointer(pair[1], b"arrow_array"))
        assert (schema.format, elements.buffers[1]) == (b"g", a.address)
    with pytest.raises(TypeError, match=r"requested_schema must be .*, not int"):
        a.__arrow_c_array__(3)
    del pair
    assert len(a.holders()) == 1


def test_released_once_by_its_producer():
    producer = Producer(offset=2, length=5)
    a = deed.adopt(producer)
    assert a.numpy().tolist() == [2, 3, 4, 5, 6]
    assert not a.numpy().flags.writeable
    assert producer.elements.release is None
    with pytest.raises(deed.InvalidArgument, match="moved"):
        deed.from_arrow(producer)
    share = a.share()
    del a
    assert producer.released == 0
    del share
    assert producer.released == 1


def test_trap_a13_empty_arrays_a_thousand_times():
    released = 0
    for _ in range(1000):
        producer = Producer(length=0, data=False)
        assert deed.from_arrow(producer).shape == (0,)
        released += producer.released
    assert released == 1000


LIES = {
    "logical": ({"form": b"b"}, deed.DtypeError),
    "text": ({"form": b"u"}, deed.DtypeError),
    "no format": ({"form": None}, deed.InvalidArgument),
    "nulls": ({"null_count": 2, "nulls": True}, deed.UnsupportedError),
    "uncounted nulls": ({"null_count": -1, "nulls": True}, deed.UnsupportedError),
    "nulls without bits": ({"null_count": 3}, deed.UnsupportedError),
    "negative nulls": ({"null_count": -7}, deed.UnsupportedError),
    "more nulls than elements": ({"null_count": 2**62}, deed.UnsupportedError),
    "least nulls": ({"null_count": -(2**63)}, deed.UnsupportedError),
    "negative length": ({"length": -1}, deed.InvalidArgument),
    "negative offset": ({"offset": -1}, deed.InvalidArgument),
    "one buffer": ({"buffer_count": 1}, deed.InvalidArgument),
    "no buffers": ({"buffers": None}, deed.InvalidArgument),
    "children": ({"child_count": 1}, deed.InvalidArgument),
    "dictionary": ({"dictionary": 8}, deed.InvalidArgument),
    "no elements": ({"data": False}, deed.NullError),
    "too long": ({"length": 2**62}, deed.SizeError),
    "too far": ({"length": 2**62, "offset": 2**62}, deed.SizeError),
    "offset leaves the address space": ({"address": 2**64 - 8, "offset": 3, "length": 1}, deed.SizeError),
    "elements leave the address space": ({"address": 2**64 - 8, "length": 3}, deed.SizeError),
    "released": ({"release": None}, deed.InvalidArgument),
}


@pytest.mark.parametrize("lie", LIES)
def test_trap_a12_a43_a_lie_is_refused_and_stays_with_its_capsule(lie):
    fields, error = LIES[lie]
    producer = Producer(**fields)
    with pytest.raises(error):
        deed.from_arrow(producer)
    assert producer.released == 0
    assert (producer.elements.release is None) == (lie == "released")


def test_what_is_refused_after_it_was_found_good_stays_with_its_capsule():
    producer = Producer()
    with pytest.raises(deed.RankError):
        deed.adopt(producer, lower=(1, 2))
    with pytest.raises(deed.RightsError):
        deed.lend(producer, writable=True)
    assert producer.released == 0
    assert producer.elements.release
    assert deed.from_arrow(producer).numpy().sum() == 66
    assert producer.released == 1


def test_an_array_that_is_moved_meanwhile_is_not_taken():
    class Thief:
        def __init__(self, producer):
            self.producer = producer

        def __index__(self):
            self.stolen = deed.from_arrow(self.producer)
            return 0

    producer = Producer()
    thief = Thief(producer)
    with pytest.raises(ValueError, match="meanwhile"):
        deed.adopt(producer, lower=thief)
    assert producer.released == 0
    assert thief.stolen.numpy().sum() == 66
    del thief.stolen
    assert producer.released == 1


def test_no_nulls_need_no_bits_and_bits_need_no_nulls():
    assert deed.from_arrow(Producer(null_count=-1)).size == 12
    assert deed.from_arrow(Producer(null_count=0, nulls=True)).size == 12


def test_what_does_not_speak_arrow():
    with pytest.raises(TypeError, match="__arrow_c_array__"):
        deed.from_arrow([1])

    class Wrong:
        def __arrow_c_array__(self):
            return self.answer

    for answer in (None, (1, 2, 3), (1, 2)):
        Wrong.answer = answer
        with pytest.raises(TypeError, match="pair"):
            deed.from_arrow(Wrong())
