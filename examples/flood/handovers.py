# SPDX-License-Identifier: BSD-3-Clause
"""The table of who handed which array to whom."""

from __future__ import annotations

import ctypes


class Handover(ctypes.Structure):
    """What one handover did; struct flood_handover of handover.h."""

    _fields_ = (
        ("size_bytes", ctypes.c_int64),
        ("address_before", ctypes.c_int64),
        ("address_after", ctypes.c_int64),
        ("seconds", ctypes.c_double),
    )


class Handovers:
    """One row per handover; equal addresses of the first element mean that nothing was copied."""

    HEAD = (
        "| array      | from    | to      | verb     |   bytes | address before | address after  "
        "| copied |      us |"
    )

    def __init__(self) -> None:
        """Begin with an empty table."""
        self.rows: list[str] = []
        self.copied = 0

    def add(self, array: str, origin: str, target: str, verb: str, row: Handover) -> None:
        """Record one handover."""
        copied = row.address_before != row.address_after
        self.copied += copied
        addresses = f"{row.address_before:14x} | {row.address_after:14x}"
        self.rows.append(
            f"| {array:10} | {origin:7} | {target:7} | {verb:8} | {row.size_bytes:7} | {addresses} "
            f"| {'yes' if copied else 'no':6} | {row.seconds * 1e6:7.1f} |"
        )

    def __str__(self) -> str:
        """Return the whole table."""
        return "\n".join([self.HEAD, *self.rows])
