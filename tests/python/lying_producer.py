# SPDX-License-Identifier: BSD-3-Clause
"""A DLPack producer in C that can be made to lie about every field: native/lying_producer.c."""

from __future__ import annotations

import ctypes

_new_capsule = ctypes.pythonapi.PyCapsule_New
_new_capsule.restype = ctypes.py_object
_new_capsule.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p]
_get_name = ctypes.pythonapi.PyCapsule_GetName
_get_name.restype = ctypes.c_char_p
_get_name.argtypes = [ctypes.py_object]


class Tensor(ctypes.Structure):
    """The fields of a DLTensor."""

    _fields_ = (
        ("data", ctypes.c_void_p),
        ("device_type", ctypes.c_int32),
        ("device_id", ctypes.c_int32),
        ("ndim", ctypes.c_int32),
        ("code", ctypes.c_uint8),
        ("bits", ctypes.c_uint8),
        ("lanes", ctypes.c_uint16),
        ("shape", ctypes.POINTER(ctypes.c_int64)),
        ("strides", ctypes.POINTER(ctypes.c_int64)),
        ("byte_offset", ctypes.c_uint64),
    )


class Producer:
    """Speaks DLPack about twelve doubles, 0.0 to 11.0, and says of them whatever the keywords say."""

    def __init__(
        self,
        path: str,
        *,
        versioned: bool = True,
        major: int = 1,
        flags: int = 0,
        deleter: bool = True,
        device: tuple[int, int] = (1, 0),
        **fields,
    ) -> None:
        """Truthful but for the keywords; shape and strides are sequences or None."""
        self.library = ctypes.CDLL(path)
        self.library.lying_versioned.restype = ctypes.c_void_p
        self.library.lying_unversioned.restype = ctypes.c_void_p
        self.library.lying_free.argtypes = [ctypes.c_void_p]
        self.library.lying_ended.restype = ctypes.c_int64
        self.numbers = (ctypes.c_double * 12)(*range(12))
        self.versioned, self.major, self.flags, self.deleter = versioned, major, flags, deleter
        self.device = device
        shape = fields.pop("shape", (3, 4))
        strides = fields.pop("strides", (4, 1))
        self.tensor = Tensor(ctypes.addressof(self.numbers), device[0], device[1], 2, 2, 64, 1)
        self.extents = [
            None if list_ is None else (ctypes.c_int64 * 40)(*list_) for list_ in (shape, strides)
        ]
        self.tensor.shape, self.tensor.strides = self.extents
        for name, value in fields.items():
            setattr(self.tensor, name, value)
        self.begun = self.ended
        self.managed = None

    @property
    def ended(self) -> int:
        """How many tensors have been ended by their deleter, of all producers."""
        return self.library.lying_ended()

    @property
    def ended_here(self) -> int:
        """The same since this producer was made."""
        return self.ended - self.begun

    def capsule(self):
        """A capsule without a destructor: whoever does not consume it must call the deleter."""
        if self.versioned:
            name = b"dltensor_versioned"
            self.managed = self.library.lying_versioned(
                ctypes.byref(self.tensor), self.major, ctypes.c_uint64(self.flags), self.deleter
            )
        else:
            name = b"dltensor"
            self.managed = self.library.lying_unversioned(ctypes.byref(self.tensor), self.deleter)
        self.name = name
        self.last = _new_capsule(self.managed, name, None)
        return self.last

    def __dlpack__(self, **_):
        """A capsule with the lie."""
        return self.capsule()

    def __dlpack_device__(self) -> tuple[int, int]:
        """The device it claims to be on."""
        return self.device

    def is_consumed(self) -> bool:
        """Has the last capsule been consumed?"""
        return _get_name(self.last).startswith(b"used_")

    def free_unconsumed(self) -> None:
        """What the destructor of a capsule would do."""
        if self.managed and not self.is_consumed():
            self.library.lying_free(self.managed)
