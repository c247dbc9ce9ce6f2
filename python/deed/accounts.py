# SPDX-License-Identifier: BSD-3-Clause
"""What the ledger tells: holders, live blocks, counts, and the report for people."""

from __future__ import annotations

from typing import NamedTuple

from .errors import visible


class Holder(NamedTuple):
    """One claim on a block."""

    language: str
    role: str
    rights: str
    file: str | None
    line: int

    def __str__(self) -> str:
        """The role first, as "share by Fortran (rw) at solver.f90:12"."""
        place = f" at {visible(self.file)}:{self.line}" if self.file else ""
        return f"{self.role} by {self.language} ({self.rights}){place}"


class LedgerEntry(NamedTuple):
    """One live block. holder: the title, or the first share when the title has ended."""

    address: int
    size_bytes: int
    claim_count: int
    origin: str
    owner: str
    copied: str | None
    name: str | None
    holder: Holder

    def __str__(self) -> str:
        """One line of report()."""
        name = f" {self.name!r}" if self.name else ""
        copied = f", copied: {self.copied}" if self.copied else ""
        claims = f"{self.claim_count} claim{'' if self.claim_count == 1 else 's'}"
        return (
            f"{self.size_bytes} bytes at {self.address:#x}{name}, origin {self.origin}, owner {self.owner}, "
            f"{claims}: {self.holder}{copied}"
        )


class Counts(NamedTuple):
    """What happened since deed was loaded.

    queued: Python objects whose last claim ended on a thread without the interpreter, and which will be let
    go at the next chance. python_abandoned: those of the abandoned blocks whose Python object nobody could
    let go any more, because the interpreter had ended.
    """

    live_blocks: int
    live_claims: int
    live_bytes: int
    blocks_made: int
    blocks_ended: int
    copies: int
    abandoned: int
    queued: int
    python_abandoned: int


def report() -> str:
    """The ledger as text: one line per live block with who holds it, then the counts."""
    from . import _core

    counts = _core.counts()
    lines = [
        f"deed: {counts.live_blocks} live blocks, {counts.live_claims} claims, {counts.live_bytes} bytes",
        *(f"  {entry}" for entry in _core.ledger()),
        f"made {counts.blocks_made}, ended {counts.blocks_ended}, copies {counts.copies}, "
        f"abandoned {counts.abandoned}",
        f"Python objects: {counts.queued} queued, {counts.python_abandoned} abandoned",
    ]
    return "\n".join(lines)
