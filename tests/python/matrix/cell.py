# SPDX-License-Identifier: BSD-3-Clause
"""One cell of the matrix: an array crosses, and everything that can be observed of it is compared.

Both directions: values through the layout, the type, the writes of each side seen by the other, no copy,
read-only kept, the memory kept as long as anybody holds it, and released exactly once.
"""

from __future__ import annotations

import gc
import sys
import weakref
from typing import Any, NamedTuple

import deed

from .layouts import BFLOAT16, Layout, Memory
from .lib_deed import Deed, content_of
from .library import Library, NotThere, Route
from .uses import Wrong, check, check_uses

OK, REFUSED, NONE, COPY = "ok", "refused", "none", "copy"
NARROW, UNSAFE, CRASH, WRONG = "narrow", "unsafe", "crash", "wrong"


class Outcome(NamedTuple):
    """What happened. name: of the exception when refused. detail: for people."""

    kind: str
    name: str = ""
    detail: str = ""


def refusal(error: Exception) -> Outcome:
    return Outcome(REFUSED, type(error).__name__, str(error).split("\n")[0][:200])


class Account:
    """What deed counted before the cell, and what it must have counted after it."""

    def __init__(self) -> None:
        gc.collect()
        self.before = deed.counts()

    def check_held(self) -> None:
        live = deed.counts().live_blocks - self.before.live_blocks
        check(live == 1, f"{live} blocks live while the memory is in use, not 1")

    def check_settled(self, memory: weakref.ref) -> None:
        gc.collect()
        after = deed.counts()
        made = after.blocks_made - self.before.blocks_made
        ended = after.blocks_ended - self.before.blocks_ended
        check(made == ended, f"{made} blocks made, {ended} ended")
        claims = after.live_claims - self.before.live_claims
        check(claims == 0, f"{claims} claims left")
        check(after.abandoned == self.before.abandoned, "memory was abandoned")
        check(memory() is None, "the memory below was never let go")


def deed_array(layout: Layout, memory: Memory) -> deed.Array:
    array = deed.adopt(memory.ndarray(layout))
    return array.component(BFLOAT16, 0) if layout.dtype == BFLOAT16 else array


def check_look(library: Library, route: Route, layout: Layout, thing: Any) -> None:
    shape = library.shape(thing)
    check(route.flat or shape == layout.shape, f"shape {shape}, not {layout.shape}")
    dtype = library.dtype(thing)
    check(dtype is None or dtype == str(layout.dtype), f"dtype {dtype}, not {layout.dtype}")


def writes_out(library: Library, layout: Layout, thing: Any, memory: Memory) -> str:
    """UNSAFE: the library wrote to memory that is read-only; NARROW: it may not write what deed does."""
    position = list(layout.positions())[-1]
    memory.store(layout, position, layout.encoded(91))
    check(library.content(thing) == memory.gathered(layout), "a write of deed's side is not seen")
    try:
        library.write(thing, layout.last, layout.value(52))
    except NotThere:
        return OK
    except Exception:
        return NARROW if layout.writable else OK
    written = memory.gathered(layout) == library.content(thing)
    check(written, "a write of the library's side is not seen")
    return OK if layout.writable else UNSAFE


def change(layout: Layout, memory: Memory) -> None:
    """Another last element, and then no longer equal to one from before, whatever the type."""
    memory.store(layout, [*layout.positions()][-1], layout.encoded(77))


def use_out(library: Library, route: Route, layout: Layout, thing: Any, memory: Memory) -> str:
    if not layout.empty and library.address(thing) != memory.first(layout):
        return COPY
    check_look(library, route, layout, thing)
    check(library.content(thing) == memory.gathered(layout), "values differ")
    check_uses(library, thing, None if layout.empty else lambda: change(layout, memory))
    if layout.empty:
        return OK
    return writes_out(library, layout, thing, memory)


def out_of_deed(library: Library, route: Route, layout: Layout) -> Outcome:
    account = Account()
    memory = Memory.of(layout)
    watch = weakref.ref(memory)
    array = deed_array(layout, memory)
    try:
        thing = route.cross(array)
    except NotThere:
        outcome = Outcome(NONE)
        thing = None
    except Exception as error:
        outcome = refusal(error)
        thing = None
    else:
        outcome = Outcome(use_out(library, route, layout, thing, memory))
    if route.holds_claim:
        array.release()
    del array
    gc.collect()
    if thing is not None and outcome.kind != COPY:
        account.check_held()
        check(library.content(thing) == memory.gathered(layout), "values differ after the release")
    del thing, memory
    account.check_settled(watch)
    return outcome


def dtype_fits(array: deed.Array, layout: Layout) -> bool:
    """Is it the type of the layout? Records keep their fields, and NumPy has no bfloat16."""
    if layout.dtype == BFLOAT16:
        return array.kind == "bfloat16"
    return array.dtype == layout.storage and (array.kind == "opaque") == (layout.storage.kind == "V")


def check_description(library: Library, route: Route, layout: Layout, array: deed.Array, thing: Any) -> None:
    if not route.flat:
        check(array.shape == layout.shape, f"shape {array.shape}, not {layout.shape}")
        check(library.dtype(thing) is None or dtype_fits(array, layout), f"{array.kind}, not {layout.dtype}")
    check(content_of(array) == library.content(thing), "values differ")
    writable = layout.writable and not library.immutable
    check(writable or array.readonly, "what the library never writes became writable")
    check(array.copied is None, f"copied: {array.copied}")


def write_in(route: Route, layout: Layout, array: deed.Array, number: int) -> None:
    """Write an element through deed; of what lost its shape, a byte."""
    if route.flat:
        array.numpy()[-1] ^= 1
        return
    target = array.component("uint16", 0) if layout.dtype == BFLOAT16 else array
    target.numpy()[layout.last] = layout.value(number)


def check_writes_in(library: Library, route: Route, layout: Layout, array: deed.Array, thing: Any) -> None:
    if not array.readonly:
        write_in(route, layout, array, 91)
        check(content_of(array) == library.content(thing), "a write of deed's side is not seen")
    try:
        library.write(thing, layout.last, layout.value(52))
    except NotThere:
        return
    except Exception as error:
        check(not layout.writable, f"the library cannot write: {error!r}")
    check(content_of(array) == library.content(thing), "a write of the library's side is not seen")


def use_in(library: Library, route: Route, layout: Layout, array: deed.Array, thing: Any) -> str:
    check_description(library, route, layout, array, thing)
    if not layout.empty and array.address != library.address(thing):
        return COPY
    can_change = not (layout.empty or array.readonly)
    check_uses(Deed(), array, (lambda: write_in(route, layout, array, 77)) if can_change else None)
    if layout.empty:
        return OK
    check_writes_in(library, route, layout, array, thing)
    return NARROW if array.readonly and layout.writable and not library.immutable else OK


def into_deed(library: Library, route: Route, layout: Layout) -> Outcome:
    account = Account()
    memory = Memory.of(layout)
    watch = weakref.ref(memory)
    try:
        thing = library.make(layout, memory)
    except Exception as error:
        return Outcome(NONE, type(error).__name__, str(error).split("\n")[0][:200])
    references = sys.getrefcount(thing)
    try:
        array = route.cross(thing)
    except Exception as error:
        outcome = refusal(error)
        array = None
    else:
        outcome = Outcome(use_in(library, route, layout, array, thing))
    if array is not None:
        check_release(account, array)
    del array
    gc.collect()
    check(sys.getrefcount(thing) == references, "the object has more or fewer references than before")
    if outcome.kind in (OK, NARROW):
        array = route.cross(thing)
        before = content_of(array)
        del thing, memory
        gc.collect()
        check(content_of(array) == before, "values differ when nobody but deed has the object")
        array.release()
    thing = memory = None
    account.check_settled(watch)
    return outcome


def check_release(account: Account, array: deed.Array) -> None:
    account.check_held()
    before = content_of(array)
    share = array.share()
    array.release()
    account.check_held()
    check(content_of(share) == before, "values differ after the release of one of two claims")
    share.release()


def run(library: Library, route: Route, layout: Layout) -> Outcome:
    try:
        return (out_of_deed if route.direction == "out" else into_deed)(library, route, layout)
    except Wrong as wrong:
        return Outcome(WRONG, "", str(wrong))
    except Exception as error:
        return Outcome(WRONG, type(error).__name__, repr(error)[:300])
